"""Terms of a sanctions measure: its condition, its objective, the law that carries it."""

from __future__ import annotations

from functools import cache

from toolkit.extractors.rules.lexicon import Phrases, lexicon, phrase_at, phrases
from toolkit.extractors.rules.names import Names
from toolkit.extractors.rules.reading import Range, Reading

_ENDS = frozenset((",", ".", ";", ":", "!", "?", "”", '"', "'", "»"))


@cache
def _condition_words() -> Phrases:
    return phrases(lexicon().conditions)


@cache
def _objective_words() -> Phrases:
    return phrases(lexicon().objectives)


def condition(reading: Reading, sentence: Range) -> Range | None:
    """The clause with "if", "unless" or "until", up to its comma or the end of the sentence."""
    for position in range(*sentence):
        if not phrase_at(_condition_words(), reading.words, position):
            continue
        before = reading.words[position - 1] if position > sentence.first else ""
        inverted = reading.words[position] == "should"
        if before in ("as", "even", "at") or (inverted and before):
            continue
        end = _clause_end(reading, position + 1, sentence.last, _ENDS)
        return Range(position, end) if end > position + 1 else None
    return None


def objective(reading: Reading, start: int, sentence: Range) -> Range | None:
    """The aim stated behind a trigger: "in order to", "aimed at", "to force"."""
    words = reading.words
    for position in range(start, sentence.last - 1):
        purpose = words[position] == "to" and words[position + 1] in lexicon().objective_verbs
        aimed = words[position] in lexicon().objective_leads and words[position + 1] in ("at", "to")
        if not (purpose or aimed or phrase_at(_objective_words(), words, position)):
            continue
        first = position + (words[position + 1] == "at") + aimed
        end = _clause_end(reading, first, sentence.last, _ENDS | {"if", "unless", "until"})
        return Range(first, end) if end > first else None
    return None


def instrument(reading: Reading, names: Names, sentence: Range) -> Range | None:
    """A law, order or decree named in the sentence, with its year or number."""
    known = lexicon().instruments
    for name in names.within(*sentence):
        inside = reading.words[name.first : name.last]
        if len(inside) < 2 or known.isdisjoint(inside):
            continue
        first, last = name.first, name.last
        if (
            first > sentence.first
            and len(reading.words[first - 1]) == 4
            and reading.words[first - 1].isdigit()
        ):
            first -= 1
        if (
            last + 1 < sentence.last
            and reading.words[last] == "of"
            and reading.words[last + 1].isdigit()
        ):
            last += 2
        return Range(first, last)
    return None


def _clause_end(reading: Reading, start: int, limit: int, ends: frozenset[str]) -> int:
    return next((p for p in range(start, limit) if reading.words[p] in ends), limit)
