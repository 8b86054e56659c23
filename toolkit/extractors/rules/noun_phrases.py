"""Noun phrases that can name a source."""

from __future__ import annotations

from toolkit.extractors.rules.lexicon import cue_forms, lexicon
from toolkit.extractors.rules.reading import Range, Reading

LONGEST = 14


STOPS = frozenset(",;:()—–“”‘'\"«»‹›[]|.!?…")


_AGENTS = ("ers", "ors", "ists", "ants", "men", "women", "ist")
"""Endings of nouns for people whose trade the word lists do not hold."""


def phrase_before(
    reading: Reading, limit: int, last: int, *, any_noun: bool = False
) -> Range | None:
    """The noun phrase that ends at `last`; unless `any_noun`, one that can name a source."""
    words = lexicon()
    first = last
    while first > limit and last - first < LONGEST:
        word = reading.words[first - 1]
        if word in STOPS or (
            word in words.subordinators and not _joins_nouns(reading, first - 1, last)
        ):
            break
        if word in words.auxiliaries - {"'s"} or word.endswith("n't"):
            break
        if word in cue_forms() and not _is_noun_here(reading, first - 1, limit):
            break
        first -= 1
    first = _trimmed(reading, first, last)
    known = first < last and (any_noun or has_head(reading, first, last))
    return Range(first, last) if known else None


def _joins_nouns(reading: Reading, position: int, last: int) -> bool:
    """Whether "and" joins two names or nouns of one subject rather than two clauses."""
    if reading.words[position] != "and" or position + 1 >= last:
        return False
    before, after = reading.tokens[position - 1], reading.tokens[position + 1]
    return before.capital and after.capital


def _is_noun_here(reading: Reading, position: int, limit: int) -> bool:
    if position <= limit:
        return False
    previous = reading.words[position - 1]
    return previous in lexicon().determiners or previous == "'s" or reading.tokens[position].capital


def _trimmed(reading: Reading, first: int, last: int) -> int:
    """The start without adverbs, and without a leading phrase such as "On Tuesday"."""
    words = lexicon()
    while first < last and (
        reading.words[first] in words.openers | words.adverbs
        or (reading.words[first].endswith("ly") and not reading.tokens[first].capital)
    ):
        if reading.words[first] in ("both", "all", "first"):
            break
        first += 1
    leading = reading.words[first:last]
    if leading and (leading[0] in words.prepositions_of_place | {"of", "during", "by", "under"}):
        leads = words.connectors, words.prepositions_of_place, words.determiners
        for position in range(last - 1, first, -1):
            starts = (
                reading.words[position] in words.determiners or reading.tokens[position].capital
            )
            previous = reading.words[position - 1]
            dated = previous in (*words.weekdays, *words.months)
            apart = dated or not reading.tokens[position - 1].capital
            if starts and apart and not any(previous in group for group in leads):
                return position
        pronouns = frozenset().union(*words.pronouns.values())
        return last - 1 if leading[-1] in pronouns else last
    return first


def has_head(reading: Reading, first: int, last: int) -> bool:
    """Whether the phrase can name somebody: a capital, a pronoun, or a noun for people, bodies or
    documents."""
    words = lexicon()
    people = (
        words.roles | words.groups | words.organisations | words.documents | words.countries.keys()
    )
    pronouns = frozenset().union(*words.pronouns.values())
    for position in range(first, last):
        token = reading.tokens[position]
        word = token.word
        if word in pronouns or word in people or word.removesuffix("s") in people:
            return True
        if word.endswith(_AGENTS) and len(word) > 6:
            return True
        common = words.weekdays, words.months, words.determiners, words.function_words
        if token.capital and not any(word in group for group in common):
            return True
    return False
