"""The words that an attribution without full quotation marks gives to its source."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.extractors.rules.attribution import Attribution
from toolkit.extractors.rules.clauses import (
    is_clause,
    is_plain_clause,
    only_circumstances,
    phrase_end,
    that_follows,
    without_addressee,
    without_circumstances,
)
from toolkit.extractors.rules.lexicon import CueVerb
from toolkit.extractors.rules.reading import Range, Reading

_CLOSERS = frozenset("”\"'»›“")
_ENDS = frozenset(".!?…;")


class Content(NamedTuple):
    """Ranges of tokens that the source is quoted with, and whether they form a clause."""

    parts: tuple[Range, ...]
    clause: bool


def content(reading: Reading, sentence: Range, this: Attribution, until: int) -> Content | None:
    """The content of one attribution, which ends before the token `until` at the latest."""
    words = reading.words
    zone = this.zone
    end = min(until, _end(reading, sentence))
    before = words[zone.first - 1] if zone.first > sentence.first else ""
    after = words[zone.last] if zone.last < sentence.last else ""
    closed = before in _CLOSERS and reading.text[reading.tokens[zone.first - 1].start - 1] == ","
    if not this.shared and (before == "," or closed) and not that_follows(reading, zone.last, end):
        first = Range(sentence.first, zone.first - (not closed))
        rest = Range(zone.last + 1, end)
        if (
            after == ","
            and rest.first < rest.last
            and words[rest.first] not in ("and", "but", "which")
        ):
            return Content((first, rest), True)
        if (
            after in _ENDS
            or zone.last >= end
            or this.cue.verb is None
            or only_circumstances(reading, zone.last, end)
        ):
            return Content((first,), True)
    if this.cue.verb is None:
        if after == "," and zone.last + 1 < end:
            return Content((Range(zone.last + 1, end),), True)
        trailing = zone.first > sentence.first and (after in _ENDS or zone.last >= end)
        return Content((Range(sentence.first, zone.first),), True) if trailing else None
    return _after_verb(reading, this, this.cue.verb, end)


def _after_verb(reading: Reading, this: Attribution, verb: CueVerb, end: int) -> Content | None:
    words = reading.words
    start = this.zone.last if this.zone.last > this.cue.last else this.cue.last
    if verb.only_with_preposition and not this.cue.preposition:
        of = reading.words.index("of", this.cue.last) + 1
        return Content((Range(of, phrase_end(reading, of, end)),), False) if of < end else None
    that = that_follows(reading, start, end)
    if that is not None and not this.cue.preposition:
        keeps = words[that] != "that"
        first = that if keeps else that + 1
        return Content((Range(first, end),), True) if first < end else None
    if verb.takes == {"that_clause"}:
        return None
    if "naming" in verb.takes and not this.cue.preposition:
        return (
            Content((Range(start, phrase_end(reading, start, end)),), False)
            if start < end
            else None
        )
    if this.cue.preposition or verb.takes <= {"object"}:
        stop = phrase_end(reading, start, end)
        return Content((Range(start, stop),), False) if start < stop else None
    start = without_circumstances(reading, start, end)
    if "addressee" in verb.takes:
        start = without_addressee(reading, start, end)
    if start >= end or words[start] in (",", ":", "by", "as", "with", "and"):
        return None
    if is_clause(reading, start, end) or is_plain_clause(reading, verb.takes, start, end):
        return Content((Range(start, end),), True)
    stop = phrase_end(reading, start, end)
    wanted = "object" in verb.takes or this.cue.negated or "thought" in verb.acts
    return Content((Range(start, stop),), False) if wanted and start < stop else None


def _end(reading: Reading, sentence: Range) -> int:
    """The end of the sentence without its final stop."""
    end = sentence.last
    while end > sentence.first and reading.words[end - 1] in _ENDS:
        end -= 1
    return end
