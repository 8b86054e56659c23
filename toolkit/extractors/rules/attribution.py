"""Attributions: a cue together with whoever it makes the source."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.extractors.rules import speakers
from toolkit.extractors.rules.cues import Cue, cues
from toolkit.extractors.rules.lexicon import lexicon
from toolkit.extractors.rules.names import Names
from toolkit.extractors.rules.reading import Range, Reading
from toolkit.extractors.rules.sources import Speaker

_CLOSERS = frozenset(",”\"’'»“‹›—–-")


class Attribution(NamedTuple):
    """A cue, its speaker if any, and the tokens that both cover when they stand together."""

    cue: Cue
    speaker: Speaker | None
    zone: Range
    shared: bool = False


def attributions(
    reading: Reading, names: Names, sentence: Range, masked: set[int]
) -> list[Attribution]:
    """The attributions of a sentence in order; without a source only passives count."""
    found: list[Attribution] = []
    for cue in cues(reading, sentence, masked):
        attribution = _attribution(reading, names, sentence, cue, found)
        if attribution:
            found.append(attribution)
    return found


def _attribution(
    reading: Reading, names: Names, sentence: Range, cue: Cue, found: list[Attribution]
) -> Attribution | None:
    words = reading.words
    limit = found[-1].zone.last if found else sentence.first
    before = words[cue.first - 1] if cue.first > sentence.first else ""
    if cue.verb is None:
        speaker = speakers.after(reading, names, cue.last, sentence.last)
        return Attribution(cue, speaker, Range(cue.first, speaker.last)) if speaker else None
    if cue.passive:
        return _passive(reading, names, sentence, cue, before)
    if before in ("who", "which", "and", "but", ",", "then") or cue.gerund:
        shared = _shared(reading, names, sentence, cue, found, before)
        if shared:
            return shared
    speaker = speakers.before(reading, names, limit, cue.first)
    if speaker:
        return Attribution(cue, speaker, Range(speaker.first, cue.last))
    inverted = not before or before in _CLOSERS
    if inverted and cue.last < sentence.last and not cue.preposition:
        speaker = speakers.after(reading, names, cue.last, sentence.last)
        if speaker and before:
            return Attribution(cue, speaker, Range(cue.first, speaker.last))
    return None


def _shared(
    reading: Reading,
    names: Names,
    sentence: Range,
    cue: Cue,
    found: list[Attribution],
    before: str,
) -> Attribution | None:
    """A cue whose subject is that of the cue before it, or the noun before a relative clause."""
    if before in ("who", "which"):
        comma = reading.words[cue.first - 2] == ","
        end = cue.first - 1 - comma
        if end <= sentence.first:
            return None
        speaker = speakers.before(reading, names, sentence.first, end)
        return Attribution(cue, speaker, Range(cue.first, cue.last), True) if speaker else None
    source = next((one.speaker for one in reversed(found) if one.speaker), None)
    if source is None or (before == "," and not cue.gerund and not found):
        return None
    if before == "," and not cue.gerund:
        return None
    return Attribution(cue, source, Range(cue.first, cue.last), True)


def _passive(
    reading: Reading, names: Names, sentence: Range, cue: Cue, before: str
) -> Attribution | None:
    """ "It was said that", "is believed to": a source only where "by" names one."""
    after = reading.words[cue.last] if cue.last < sentence.last else ""
    if before != "it" and after not in ("to", "that"):
        return None
    if after == "by":
        speaker = speakers.after(reading, names, cue.last + 1, sentence.last)
        if speaker:
            return Attribution(cue, speaker, Range(cue.first, speaker.last))
    return Attribution(cue, None, Range(cue.first, cue.last))


def is_written(reading: Reading, sentence: Range, attribution: Attribution) -> bool:
    """Whether the text tells of writing: by the source, or by "in a statement" near the cue."""
    words = lexicon()
    if attribution.speaker and attribution.speaker.written:
        return True
    last = attribution.zone.last
    near = reading.words[last : min(sentence.last, last + 9)]
    opening = reading.words[sentence.first : min(sentence.first + 7, attribution.zone.first)]
    return _has_means(near) or (opening[:1] == ["in"] and bool(words.written_means & set(opening)))


def _has_means(near: list[str]) -> bool:
    for position, word in enumerate(near):
        if word in ("in", "on") and lexicon().written_means & set(
            near[position + 1 : position + 5]
        ):
            return True
        if word in ("that", ",", ".", ":"):
            return False
    return False
