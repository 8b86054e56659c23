"""The words that an attribution without full quotation marks gives to its source."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.extractors.rules.attribution import Attribution
from toolkit.extractors.rules.lexicon import lexicon
from toolkit.extractors.rules.reading import Range, Reading

_CLAUSE_WORDS = ("that", "whether", "if", "how", "why", "what", "who", "when", "where", "to")
_OBJECT_PRONOUNS = ("me", "him", "her", "us", "them", "it", "you", "reporters", "journalists", "lawmakers")
_ENDS = frozenset(".!?…;")

_NEAR = 14
"""How many tokens may stand between a cue and its "that"."""


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
    phrase = this.cue.verb is None
    if not this.shared and before == "," and not _that_follows(reading, zone.last, end):
        first = Range(sentence.first, zone.first - 1)
        rest = Range(zone.last + 1, end)
        if after == "," and rest.first < rest.last and words[rest.first] not in ("and", "but", "which"):
            return Content((first, rest), True)
        if after in _ENDS or zone.last >= end or phrase or _only_circumstances(reading, zone.last, end):
            return Content((first,), True)
    if phrase:
        if after == "," and zone.last + 1 < end:
            return Content((Range(zone.last + 1, end),), True)
        trailing = zone.first > sentence.first and (after in _ENDS or zone.last >= end)
        return Content((Range(sentence.first, zone.first),), True) if trailing else None
    return _after_cue(reading, this, end)


def _after_cue(reading: Reading, this: Attribution, end: int) -> Content | None:
    words = reading.words
    verb = this.cue.verb
    assert verb is not None  # a phrase was handled by the caller
    start = this.zone.last if this.zone.last > this.cue.last else this.cue.last
    that = _that_follows(reading, start, end)
    if that is not None and not this.cue.preposition:
        keeps = words[that] != "that"
        first = that if keeps else that + 1
        return Content((Range(first, end),), True) if first < end else None
    if verb.takes == {"that_clause"}:
        return None
    if "naming" in verb.takes and not this.cue.preposition:
        return Content((Range(start, _phrase_end(reading, start, end)),), False) if start < end else None
    if this.cue.preposition or verb.takes <= {"object"}:
        stop = _phrase_end(reading, start, end)
        return Content((Range(start, stop),), False) if start < stop else None
    start = _without_circumstances(reading, start, end)
    if "addressee" in verb.takes:
        start = _without_addressee(reading, start, end)
    if start >= end or words[start] in (",", ":", "by", "as", "with", "and"):
        return None
    if _is_clause(reading, start, end):
        return Content((Range(start, end),), True)
    stop = _phrase_end(reading, start, end)
    wanted = "object" in verb.takes or this.cue.negated or "thought" in verb.acts
    return Content((Range(start, stop),), False) if wanted and start < stop else None


def _end(reading: Reading, sentence: Range) -> int:
    """The end of the sentence without its final stop."""
    end = sentence.last
    while end > sentence.first and reading.words[end - 1] in _ENDS:
        end -= 1
    return end


def _that_follows(reading: Reading, start: int, end: int) -> int | None:
    """Where "that" or another word that opens a clause stands, with only an addressee or time before it."""
    for position in range(start, min(end, start + _NEAR)):
        word = reading.words[position]
        if word == "that" and not _is_pronoun_that(reading, position, start, end):
            return position
        if word in _CLAUSE_WORDS and position == start or word == "whether":
            return position
        if word in lexicon().auxiliaries or word in _ENDS or word in ("because", "after", "which", "“", '"'):
            return None
    return None


def _is_pronoun_that(reading: Reading, position: int, start: int, end: int) -> bool:
    """Whether "that" opens no clause: "called that a mistake", "the plan that failed"."""
    following = reading.words[position + 1] if position + 1 < end else ""
    return following in lexicon().auxiliaries and position > start or not following


def _only_circumstances(reading: Reading, start: int, end: int) -> bool:
    """Whether only time, place or means follow: "in a statement", "on Tuesday after the talks"."""
    word = reading.words[start]
    words = lexicon()
    if word in words.time_words or word in words.weekdays or word in words.prepositions_of_place:
        return not any(w in words.auxiliaries for w in reading.words[start:end])
    return False


def _without_circumstances(reading: Reading, start: int, end: int) -> int:
    """The start of the content after "on Tuesday" or "in a statement"."""
    words = lexicon()
    first = start
    means = start + 4
    if start < end and reading.words[start] in ("in", "on"):
        for position in range(start + 1, min(end, means)):
            if reading.words[position] in words.written_means or reading.words[position] in words.weekdays:
                return position + 1
    while first < end and (reading.words[first] in ("today", "yesterday", "earlier", "later", "again", "last", "week")
                           or reading.words[first] in words.weekdays):  # fmt: skip
        first += 1
    return first


def _without_addressee(reading: Reading, start: int, end: int) -> int:
    """The start of the content after whoever is spoken to."""
    words = lexicon()
    if start < end and reading.words[start] in _OBJECT_PRONOUNS:
        return start + 1
    position = start
    while position < end and position - start < 6:
        word = reading.words[position]
        opens = word in words.determiners or word == "to" or any(word in g for g in words.pronouns.values())
        if position > start and opens:
            return position
        position += 1
    return start


def _is_clause(reading: Reading, start: int, end: int) -> bool:
    """Whether the words hold a finite verb, as far as forms tell."""
    words = lexicon()
    for position in range(start, min(end, start + 30)):
        word = reading.words[position]
        if word in words.auxiliaries - {"'s"} or word.endswith("n't"):
            return True
        if word.endswith("ed") and position > start + 1:
            return True
    return any(reading.words[start] in group for group in words.pronouns.values())


def _phrase_end(reading: Reading, start: int, end: int) -> int:
    """Where a noun phrase after a verb ends."""
    for position in range(start, end):
        word = reading.words[position]
        if word in (",", ";", ":", "—", "–", "(", "but", "because", "after", "when", "while", "as", "before", "if", "unless"):
            return position
        if word == "and" and position + 1 < end and reading.words[position + 1] in ("said", "that", "will", "has", "is"):
            return position
    return end
