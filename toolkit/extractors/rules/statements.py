"""Statements: where the text states something that can be a claim."""

from __future__ import annotations

from functools import cache

from toolkit.extractors.rules.direct import Quote
from toolkit.extractors.rules.lexicon import Phrases, lexicon, phrase_at, phrases
from toolkit.extractors.rules.reading import Range, Reading, sentences

_TRIMMED = frozenset(",;:.!?…—–-\"“”«»‘’'")


_MARKS = frozenset("%$€£“”\"«»‘’'‹›()[]")


CLAUSE_STARTS = frozenset(
    ("that", "they", "he", "she", "it", "we", "i", "you", "there", "this", "these")
)


_SHORTEST = 4
"""In tokens; what is shorter is an exclamation, not a statement."""


def statements(reading: Reading, fragment: tuple[int, int], quote: Quote) -> list[Range]:
    """The statements of a fragment: its sentences, parted at "and" before a new subject."""
    within = Range(reading.at(fragment[0]), reading.at(fragment[1]))
    found: list[Range] = []
    for sentence in sentences(reading, within, []):
        if (
            reading.words[sentence.last - 1] == "?"
            or "?" in reading.words[sentence.last - 2 : sentence.last]
        ):
            continue
        first = sentence.first
        for position in range(sentence.first + _SHORTEST, sentence.last - _SHORTEST):
            if reading.words[position] in ("and", "but", ";") and _starts_clause(reading, position):
                found.append(Range(first, position))
                first = position + 1
        found.append(Range(first, sentence.last))
    shortest = 2 if quote.type == "indirect" else _SHORTEST
    tidy = [_tidy(reading, part, quote.type == "direct") for part in found]
    return [part for part in tidy if part.last - part.first >= shortest]


def _starts_clause(reading: Reading, position: int) -> bool:
    """Whether a clause of its own follows the conjunction, and one stands before it."""
    following = reading.words[position + 1]
    return following in CLAUSE_STARTS or (
        reading.words[position - 1] == "," and _is_subject(reading, position + 1)
    )


def _is_subject(reading: Reading, position: int) -> bool:
    following = reading.words[position : position + 6]
    opens = reading.tokens[position].capital or following[0] in lexicon().determiners
    return opens and any(w in lexicon().auxiliaries for w in following)


def _tidy(reading: Reading, part: Range, marked: bool) -> Range:
    """Without "that", conjunctions, stops, and marks that enclose all of it."""
    first, last = part
    edges = _TRIMMED if marked else frozenset(",;:.!?…")
    while first < last and (
        not _matters(reading.words[first])
        or reading.words[first] in edges
        or reading.words[first] in ("that", "and", "but", "whether")
    ):
        first += 1
    while last > first and (
        reading.words[last - 1] in edges or not _matters(reading.words[last - 1])
    ):
        last -= 1
    return Range(first, last)


def _matters(word: str) -> bool:
    """Whether a token can stand at the edge of a statement: words, figures, marks, but no emoji or
    bullets."""
    return word[0].isalnum() or word[0] in _MARKS


def _without_dateline(reading: Reading, part: Range) -> Range:
    """The sentence after a place and date such as "PARIS, 3 May 2030 -"."""
    first = part.first
    if reading.text[slice(*reading.place(first, first + 1))].isupper():
        for position in range(first, min(part.last - 1, first + 14)):
            if reading.words[position] in ("-", "–", "—"):
                return Range(position + 1, part.last)
    return part


def authors(reading: Reading, found: list[Quote]) -> list[Range]:
    """Sentences outside all quotes that state a figure or a cause."""
    quoted = sorted(place for quote in found for place in quote.fragments)
    number = 0
    result: list[Range] = []
    outer = [q for q in reading.quotations if q.depth == 0]
    for sentence in sentences(reading, Range(0, len(reading.tokens)), outer):
        start, end = reading.place(*sentence)
        while number < len(quoted) and quoted[number][1] <= start:
            number += 1
        free = number == len(quoted) or quoted[number][0] >= end
        part = _tidy(reading, _without_dateline(reading, sentence), True)
        if (
            free
            and part.last - part.first > _SHORTEST
            and reading.words[sentence.last - 1] in (".", "!")
            and (is_numerical(reading, part) or is_causal(reading, part))
        ):
            result.append(part)
    return result


@cache
def table(name: str) -> Phrases:
    """The phrases of a degree of certainty, or those of causes."""
    words = lexicon()
    return phrases(words.causal if name == "causal" else words.certainty[name])


def holds(reading: Reading, part: Range, wanted: Phrases) -> bool:
    """Whether any of the phrases stands in a range of tokens."""
    words = reading.words
    return any(words[at] in wanted and phrase_at(wanted, words, at) for at in range(*part))


def is_numerical(reading: Reading, part: Range) -> bool:
    """Whether a quantity is stated; years, days and numbers of articles are none."""
    words = lexicon()
    for position in range(*part):
        word = reading.words[position]
        before = reading.words[position - 1] if position else ""
        if word in words.quantities and before not in ("the", "no", "this", "that", "one"):
            return word != "one"
        if word[0].isdigit() and not _is_date_part(reading, position, before):
            return True
    return False


def _is_date_part(reading: Reading, position: int, before: str) -> bool:
    words = lexicon()
    word = reading.words[position]
    after = reading.words[position + 1] if position + 1 < len(reading.words) else ""
    year = len(word) == 4 and word.isdigit() and word[:2] in ("18", "19", "20", "21")
    named = reading.tokens[position - 1].capital if position else False
    return year or after in words.months or before in words.months or named or ":" in word


def is_causal(reading: Reading, part: Range) -> bool:
    """Whether a word says that one thing brings about another."""
    return holds(reading, part, table("causal"))
