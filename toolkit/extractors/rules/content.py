"""The words that an attribution without full quotation marks gives to its source."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.extractors.rules.attribution import Attribution
from toolkit.extractors.rules.cues import CueVerb, is_auxiliary
from toolkit.extractors.rules.lexicon import LEXICON
from toolkit.extractors.rules.marks import CLOSING
from toolkit.extractors.rules.reading import STOPS, Range, Reading
from toolkit.extractors.rules.speakers import is_pronoun

_ENDS = STOPS | {";"}

_NEAR = 14
"""How many tokens may stand between a cue and its "that"."""

_ENDS_PHRASE = frozenset(
    (*",;:—–(", "but", "because", "after", "when", "while", "as", "before", "if", "unless")
)


class Content(NamedTuple):
    """Ranges of tokens that the source is quoted with, and whether they form a clause."""

    parts: tuple[Range, ...]
    clause: bool


def content(reading: Reading, sentence: Range, this: Attribution, until: int) -> Content | None:
    """The content of one attribution, which ends before the token `until` at the latest."""
    first, last = this.zone
    before, after = reading.around(this.zone, sentence)
    end = until
    while end > sentence.first and reading.words[end - 1] in _ENDS:
        end -= 1
    if (before == "," or before in CLOSING) and _that(reading, last, end) is None:
        parts = [Range(sentence.first, first)]
        if after == "," and last + 1 < end:
            parts.append(Range(last + 1, end))
        if _is_clause(reading, *parts[0]) or this.cue.verb is None:
            return Content(tuple(parts), True)
    if this.cue.verb:
        return _after_verb(reading, this, this.cue.verb, end)
    part = Range(last + 1, end) if after == "," else Range(sentence.first, first)
    return Content((part,), True)


def _after_verb(reading: Reading, this: Attribution, verb: CueVerb, end: int) -> Content | None:
    """The clause, or where the verb takes one the noun phrase, that follows cue and source."""
    start = this.zone.last
    if this.cue.preposition:
        return Content((Range(start, _phrase_end(reading, start, end)),), False)
    that = _that(reading, start, end)
    if that is not None:
        return Content((Range(that + (reading.words[that] == "that"), end),), True)
    if verb.takes == {"that_clause"}:
        return None
    if "addressee" in verb.takes:
        start = _without_addressee(reading, start, end)
    if _is_clause(reading, start, end):
        return Content((Range(start, end),), True)
    return Content((Range(start, _phrase_end(reading, start, end)),), False)


def _that(reading: Reading, start: int, end: int) -> int | None:
    """Where the "that" or "whether" of a clause stands, before any other verb."""
    for position in range(start, min(end, start + _NEAR)):
        word = reading.words[position]
        if word in ("that", "whether"):
            return position
        if is_auxiliary(word) or word in _ENDS:
            return None
    return None


def _without_addressee(reading: Reading, start: int, end: int) -> int:
    """The start of the content after whoever is spoken to: "told the board the dam was safe"."""
    for position in range(start + 1, min(end, start + 6)):
        word = reading.words[position]
        if word in LEXICON.determiners or word == "to" or is_pronoun(word):
            return position
    return start


def _is_clause(reading: Reading, start: int, end: int) -> bool:
    """Whether the words hold a finite verb, as far as forms tell."""
    words = reading.words[start : min(end, start + 30)]
    finite = any(is_auxiliary(word) and word != "'s" for word in words)
    past = any(word.endswith("ed") for word in words[2:])
    return finite or past or (bool(words) and is_pronoun(words[0]))


def _phrase_end(reading: Reading, start: int, end: int) -> int:
    """Where a noun phrase after a verb ends."""
    return next((at for at in range(start, end) if reading.words[at] in _ENDS_PHRASE), end)
