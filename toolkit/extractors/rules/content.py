"""The words that an attribution without full quotation marks gives to its source."""

from __future__ import annotations

from toolkit.extractors.rules.attribution import Attribution
from toolkit.extractors.rules.cues import CueVerb, is_auxiliary
from toolkit.extractors.rules.marks import CLOSING
from toolkit.extractors.rules.reading import STOPS, Range, Reading
from toolkit.extractors.rules.speakers import is_pronoun

_ENDS = STOPS | {";"}
_LOOSE = _ENDS | frozenset((*",:—–-", "and", "but", "while"))

_NEAR = 14
"""How many tokens may stand between a cue and its "that"."""

_ENDS_PHRASE = frozenset(
    (*",;:—–(", "but", "because", "after", "when", "while", "as", "before", "if", "unless")
)


def content(
    reading: Reading, sentence: Range, this: Attribution, until: int
) -> tuple[list[Range], bool]:
    """The ranges of tokens that one attribution's source is quoted with, and whether they form a
    clause.

    They end before the token `until` at the latest; there may be none.
    """
    parts, clause = _parts(reading, sentence, this, until)
    tidy = [_tidy(reading, part) for part in parts]
    return [part for part in tidy if part.first < part.last], clause


def _tidy(reading: Reading, part: Range) -> Range:
    """A part without the stops, commas and conjunctions at its end."""
    last = part.last
    while last > part.first and reading.words[last - 1] in _LOOSE:
        last -= 1
    return Range(part.first, last)


def _parts(
    reading: Reading, sentence: Range, this: Attribution, end: int
) -> tuple[list[Range], bool]:
    """Ranges of tokens before, behind or on both sides of cue and source."""
    first, last = this.zone
    before, after = reading.around(this.zone, sentence)
    if (before == "," or before in CLOSING) and _that(reading, last, end) is None:
        parts = [Range(sentence.first, first)]
        if after == ",":
            parts.append(Range(last + 1, end))
        if after == "," or _is_clause(reading, *parts[0]) or this.cue.verb is None:
            return parts, True
    if this.cue.verb:
        return _after_verb(reading, this, this.cue.verb, end)
    return [Range(last + 1, end) if after == "," else Range(sentence.first, first)], True


def _after_verb(
    reading: Reading, this: Attribution, verb: CueVerb, end: int
) -> tuple[list[Range], bool]:
    """The clause or else the noun phrase that follows cue and source."""
    start = this.zone.last
    that = None if this.cue.preposition else _that(reading, start, end)
    if that is not None:
        return [Range(that + (reading.words[that] == "that"), end)], True
    if verb.needs == "that":
        return [], False
    if not this.cue.preposition and _is_clause(reading, start, end):
        return [Range(start, end)], True
    stop = next((at for at in range(start, end) if reading.words[at] in _ENDS_PHRASE), end)
    return [Range(start, stop)], False


def _that(reading: Reading, start: int, end: int) -> int | None:
    """Where the "that" or "whether" of a clause stands, before any other verb."""
    for position in range(start, min(end, start + _NEAR)):
        word = reading.words[position]
        if word in ("that", "whether"):
            return position
        if is_auxiliary(word) or word in _ENDS:
            return None
    return None


def _is_clause(reading: Reading, start: int, end: int) -> bool:
    """Whether the words hold a finite verb, as far as forms tell."""
    words = reading.words[start : min(end, start + 30)]
    finite = any(is_auxiliary(word) for word in words)
    past = any(word.endswith("ed") for word in words[2:])
    return finite or past or (bool(words) and is_pronoun(words[0]))
