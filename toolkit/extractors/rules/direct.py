"""Direct quotes: whole sentences between marks, and what attributes them."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from toolkit.extractors.rules import speakers
from toolkit.extractors.rules.attribution import Attribution, is_written
from toolkit.extractors.rules.cues import Cue
from toolkit.extractors.rules.lexicon import cue_forms, cue_verbs, lexicon
from toolkit.extractors.rules.marks import Quotation
from toolkit.extractors.rules.names import Names
from toolkit.extractors.rules.reading import Range, Reading
from toolkit.extractors.rules.sources import Speaker

_NEAR = 12
"""How many tokens of addressee and time may stand between a cue and its quotation."""


class Quote(NamedTuple):
    """One quotation: where its words stand, what attributes them to whom, what contains it."""

    fragments: tuple[tuple[int, int], ...]
    type: str
    acts: tuple[str, ...]
    cue: Cue | None = None
    speaker: Speaker | None = None
    outer: int | None = None


def holder_of(found: list[Quote], q: Quotation) -> int | None:
    """The position of the latest quote whose fragments hold the marks."""
    for position in range(len(found) - 1, max(-1, len(found) - 20), -1):
        fragments = found[position].fragments
        after = bisect_right(fragments, (q.start, q.end))
        if after and fragments[after - 1][0] <= q.start < fragments[after - 1][1]:
            return position
    return None


def is_full(reading: Reading, sentence: Range, q: Quotation, here: list[Quotation]) -> bool:
    """Whether the marks hold somebody's sentence rather than a few words of it."""
    first, last = reading.at(q.start), reading.at(q.end)
    before = reading.words[first - 1] if first > sentence.first else ""
    after = reading.words[last] if last < sentence.last else ""
    inner = reading.tokens[first + 1]
    closed = (
        reading.text[q.end - 2] in ",.!?…—-" or after == "," or (after in ".;" and before == ",")
    )
    if not before:
        return closed or last == sentence.last
    if (
        before in (",", ":", "—", "–")
        and len(here) > 1
        and here[0].start == reading.place(*sentence)[0]
    ):
        return True
    return (
        before in (",", ":", "—", "–", "that") and (inner.capital or before == ":") and closed
    ) or (
        inner.capital
        and closed
        and last - first > 5
        and q.end >= reading.tokens[sentence.last - 1].start
    )


def direct_quote(
    reading: Reading,
    names: Names,
    sentence: Range,
    whole: list[Quotation],
    told: list[Attribution],
    outer: int | None,
) -> Quote | None:
    """The full quotations as one quote, where an attribution stands beside them."""
    if not whole:
        return None
    fragments = tuple((q.start, q.end) for q in whole)
    for one in told:
        for q in whole:
            first, last = reading.at(q.start), reading.at(q.end)
            follows = 0 <= one.zone.first - last <= 1
            opened = reading.words[first - 1] in (",", ":", "that") or first == one.zone.last
            if follows or (opened and 0 <= first - one.zone.last <= _NEAR):
                acts = acts_of(reading, sentence, one)
                return Quote(fragments, "direct", acts, one.cue, one.speaker, outer)
    first = reading.at(whole[0].start)
    if first > sentence.first and reading.words[first - 1] == ":":
        speaker = speakers.after(reading, names, sentence.first, first - 1)
        return Quote(fragments, "direct", ("speech",), None, speaker, outer) if speaker else None
    return None


def uncued(
    found: list[Quote], whole: list[Quotation], last: int | None, outer: int | None
) -> int | None:
    """A quotation without a cue joins the one it goes on from, or is the last speaker's."""
    fragments = tuple((q.start, q.end) for q in whole)
    if last is not None:
        found[last] = found[last]._replace(fragments=found[last].fragments + fragments)
        return last
    source = next((q.speaker for q in reversed(found[-20:]) if q.outer == outer), None)
    if source is None:
        return None
    found.append(Quote(fragments, "direct", ("speech",), None, source, outer))
    return len(found) - 1


def acts_of(reading: Reading, sentence: Range, one: Attribution) -> tuple[str, ...]:
    """What the source did: the acts of the cue verb, or writing where the text tells of it."""
    verb = one.cue.verb
    acts = verb.acts if verb else ("speech",)
    if acts == ("speech",) and is_written(reading, sentence, one):
        return ("writing",)
    if acts == ("speech",) and verb and _tells_thought(reading, sentence, one):
        return ("speech", "thought")
    return acts


def _tells_thought(reading: Reading, sentence: Range, one: Attribution) -> bool:
    """Whether a pronoun and a verb of the mind open the content, as in "said she feared"."""
    opening = reading.words[one.zone.last : min(sentence.last, one.zone.last + 5)]
    opening = opening[1:] if opening[:1] == ["that"] else opening
    pronoun = bool(opening) and any(opening[0] in group for group in lexicon().pronouns.values())
    return pronoun and any(
        w in cue_forms() and cue_verbs()[cue_forms()[w][0]].acts == ("thought",)
        for w in opening[1:4]
    )
