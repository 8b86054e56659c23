"""Attributions: each cue together with the noun phrase that it makes the source."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.extractors.rules.cues import Cue, cues, is_auxiliary
from toolkit.extractors.rules.lexicon import LEXICON
from toolkit.extractors.rules.marks import CLOSING
from toolkit.extractors.rules.names import Names
from toolkit.extractors.rules.reading import STOPS, Range, Reading
from toolkit.extractors.rules.speakers import Speaker, describe, is_head, is_pronoun

_LONGEST = 14
"""Tokens of a noun phrase, which keeps the search for it short."""

_EDGES = STOPS | CLOSING | frozenset(",;:(—–‘‹[|")
"""What a noun phrase never reaches across."""


class Attribution(NamedTuple):
    """A cue, its speaker if any, and the tokens that both cover when they stand together.

    It is `shared` where the subject belongs to another cue or is the noun before "who".
    """

    cue: Cue
    speaker: Speaker | None
    zone: Range
    shared: bool = False


def attributions(
    reading: Reading, names: Names, sentence: Range, masked: set[int]
) -> list[Attribution]:
    """The attributions of a sentence in order, but for the masked tokens; without a source only
    passives count."""
    found: list[Attribution] = []
    for cue in cues(reading, sentence, masked):
        one = _attribution(reading, names, sentence, cue, found[-1] if found else None)
        if one:
            found.append(one)
    return found


def _attribution(
    reading: Reading, names: Names, sentence: Range, cue: Cue, last: Attribution | None
) -> Attribution | None:
    """The attribution of one cue, `last` being the one before it in the sentence."""
    before, after = reading.around(cue.place, sentence)
    first, end = cue.place
    if cue.passive:
        told = before == "it" or after in ("to", "that")
        return Attribution(cue, None, cue.place) if told else None
    if cue.verb and before in ("who", "which"):
        limit = first - 1 - (reading.words[first - 2] == ",")
        subject = source_before(reading, names, Range(sentence.first, limit))
        return Attribution(cue, subject, cue.place, shared=True) if subject else None
    if cue.verb and last and last.speaker and (before in ("and", "but", "then") or cue.gerund):
        return Attribution(cue, last.speaker, cue.place, shared=True)
    if cue.verb:
        start = last.zone.last if last else sentence.first
        subject = source_before(reading, names, Range(start, first))
        if subject:
            return Attribution(cue, subject, Range(subject.place.first, end))
    if not cue.verb or before in CLOSING or before in (",", "—", "–", "-"):
        subject = source_after(reading, names, Range(end, sentence.last))
        if subject:
            return Attribution(cue, subject, Range(first, subject.place.last))
    return None


def source_before(reading: Reading, names: Names, within: Range) -> Speaker | None:
    """The speaker whose words end where the range ends."""
    words, (limit, last) = reading.words, within
    if words[last - 1] == ")":  # such as the name in another script
        bracket = range(last - 2, max(limit, last - _LONGEST), -1)
        last = next((at for at in bracket if words[at] == "("), last)
    if last - 1 > limit and words[last - 1] == ",":
        comma = _comma_before(reading, limit, last - 1)
        if comma is None:
            return None
        first = _phrase_start(reading, limit, comma)
        last = last - 1 if _is_apposition(reading, comma + 1, last - 1) else comma
    else:
        first = _phrase_start(reading, limit, last)
    return describe(reading, names, Range(first, last)) if _names(reading, first, last) else None


def _names(reading: Reading, first: int, last: int) -> bool:
    """Whether any of the words can name a source."""
    return any(is_head(reading, position) for position in range(first, last))


def _is_apposition(reading: Reading, first: int, last: int) -> bool:
    """Whether the words tell who somebody is, and not only what they did."""
    return _names(reading, first, last) and reading.words[first] not in LEXICON.relatives


def _comma_before(reading: Reading, limit: int, last: int) -> int | None:
    """The comma that opens the insertion which closes at `last`."""
    for position in range(last - 1, max(limit, last - 2 * _LONGEST), -1):
        if reading.words[position] in _EDGES:
            return position if reading.words[position] == "," else None
    return None


def _phrase_start(reading: Reading, limit: int, last: int) -> int:
    """Where the noun phrase that ends at `last` begins; `last` itself where there is none."""
    first = last
    while first > max(limit, last - _LONGEST) and not _parts(reading, first - 1, last):
        first -= 1
    while first < last and (
        reading.words[first] in LEXICON.openers
        or reading.words[first] in LEXICON.adverbs - LEXICON.determiners
    ):
        first += 1
    opening = reading.words[first : first + 1]
    if LEXICON.prepositions_of_place.isdisjoint(opening):
        return first
    # "On Tuesday the board": the phrase begins behind the date or place
    for position in range(last - 1, first, -1):
        word, previous = reading.words[position], reading.words[position - 1]
        dated = previous in LEXICON.weekdays or previous in LEXICON.months
        apart = dated or not reading.tokens[position - 1].capital
        starts = word in LEXICON.determiners or (reading.tokens[position].capital and apart)
        leads = previous in LEXICON.connectors or previous in LEXICON.prepositions_of_place
        if starts and not leads and previous not in LEXICON.determiners:
            return position
    return last - 1 if is_pronoun(reading.words[last - 1]) else last


def _parts(reading: Reading, position: int, last: int) -> bool:
    """Whether a word before a noun phrase does not belong to it: a mark, a conjunction, a verb."""
    word = reading.words[position]
    if word == "and" and position + 1 < last:  # may join two names
        return not (reading.tokens[position - 1].capital and reading.tokens[position + 1].capital)
    return word in _EDGES or word in LEXICON.subordinators or is_auxiliary(word)


def source_after(reading: Reading, names: Names, within: Range) -> Speaker | None:
    """The speaker whose words begin the range, as after an inverted verb or "according to"."""
    words, (first, limit) = reading.words, within
    last = first
    while last < min(limit, first + _LONGEST):
        word = words[last]
        name = next(iter(names.within(last, last + 1)), None)
        if name:
            last = min(name.last, limit)
            continue
        if word in _EDGES or word in LEXICON.subordinators or is_auxiliary(word):
            break
        if word in LEXICON.time_words or word in LEXICON.weekdays:
            break
        last += 1
    if last == first:
        return None
    if last + 1 < limit and words[last] == "," and names.within(first, last):
        last = _apposition_end(reading, last, limit)
    return describe(reading, names, Range(first, last))


def _apposition_end(reading: Reading, comma: int, limit: int) -> int:
    """The end of ", a nurse from the old town" behind a name, or the comma where none follows."""
    end = comma + 1
    while end < min(limit, comma + _LONGEST) and reading.words[end] not in _EDGES:
        end += 1
    return end if _is_apposition(reading, comma + 1, end) else comma
