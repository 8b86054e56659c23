"""Cues: the verb groups and phrases that attribute words to a source."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from toolkit.extractors.rules.lexicon import (
    CueVerb,
    Phrases,
    cue_forms,
    cue_verbs,
    lexicon,
    phrase_at,
    phrases,
)
from toolkit.extractors.rules.reading import Range, Reading

ACCUSED = 8
"""How many tokens the accused and "of" may take up."""


class Cue(NamedTuple):
    """A verb group or phrase: its tokens, its verb (none for a phrase), how it is used."""

    first: int
    last: int
    verb: CueVerb | None
    negated: bool = False
    passive: bool = False
    gerund: bool = False
    preposition: bool = False


def cues(reading: Reading, within: Range, masked: set[int]) -> list[Cue]:
    """Cues in a sentence, in order, outside the masked tokens."""
    found: list[Cue] = []
    forms, noun_cues = cue_forms(), _noun_cues()
    position = within.first
    while position < within.last:
        word = reading.words[position]
        possible = (word in forms or word in noun_cues) and position not in masked
        cue = _cue_at(reading, within, position, masked) if possible else None
        if cue and not (found and cue.first < found[-1].last):
            found.append(cue)
        position = cue.last if cue else position + 1
    return found


@cache
def _noun_cues() -> Phrases:
    return phrases(lexicon().noun_cues)


def _cue_at(reading: Reading, within: Range, position: int, masked: set[int]) -> Cue | None:
    words = reading.words
    length = phrase_at(_noun_cues(), words, position)
    if length:
        return Cue(position, position + length, None)
    if words[position] not in cue_forms():
        return None
    lemma, kinds = cue_forms()[words[position]]
    first, chain = _auxiliaries(reading, within, position)
    first, declined = _decliner(reading, within, first, position)
    if not declined and not _is_verb(reading, within, first, position, chain, kinds):
        return None
    verb = cue_verbs()[lemma]
    last = position + 1
    preposition = last < within.last and last not in masked and words[last] in verb.prepositions
    if preposition:
        last += 1
    elif verb.only_with_preposition and not (
        lemma == "accuse" and "of" in words[last : min(within.last, last + ACCUSED)]
    ):
        return None
    be = lexicon().be_forms
    passive = "participle" in kinds and any(word in be for word in chain)
    negated = declined or any(w in lexicon().negations or w.endswith("n't") for w in chain)
    return Cue(first, last, verb, negated, passive, kinds == {"gerund"} and not chain, preposition)


def _auxiliaries(reading: Reading, within: Range, position: int) -> tuple[int, list[str]]:
    """Where the verb group begins, and the auxiliaries, negations and adverbs in it."""
    words = lexicon()
    first = position
    while first > within.first and position - first < 6:
        word = reading.words[first - 1]
        if not (
            word in words.auxiliaries
            or word in words.negations
            or word.endswith("n't")
            or word in words.adverbs
            or (word.endswith("ly") and len(word) > 4 and not reading.tokens[first - 1].capital)
        ):
            break
        if word == "'s" and reading.tokens[first - 2].capital:
            break
        first -= 1
    while (
        first < position
        and reading.words[first] in words.adverbs | {"'s"}
        and first == within.first
    ):
        first += 1
    return first, reading.words[first:position]


def _decliner(reading: Reading, within: Range, first: int, position: int) -> tuple[int, bool]:
    """The start of the group where it hangs on "declined to" or "refused to"."""
    start = position - 2
    if start < within.first or reading.words[position - 1] != "to" or first != position:
        return first, False
    stem = reading.words[start].removesuffix("s").removesuffix("d")
    if not any(stem in (verb, verb.removesuffix("e")) for verb in lexicon().decliners):
        return first, False
    return _auxiliaries(reading, within, start)[0], True


def _is_verb(
    reading: Reading,
    within: Range,
    first: int,
    position: int,
    chain: list[str],
    kinds: frozenset[str],
) -> bool:
    """Whether the form stands as a finite verb (or participle after a comma) and not as noun or
    adjective."""
    words = lexicon()
    before = reading.words[first - 1] if first > within.first else ""
    after = reading.words[position + 1] if position + 1 < within.last else ""
    if (before in words.determiners and not chain) or (
        before in ("to", "'s", "-", "–") and not chain
    ):
        return False
    if before in words.connectors and not chain:
        return False
    helped = any(w in words.auxiliaries or w.endswith("n't") for w in chain)
    if kinds == {"gerund"}:
        return before in (",", "and") or any(w in words.be_forms for w in chain)
    if "base" in kinds and not (kinds & {"past"}):
        modal = any(w in words.modals or w.endswith("n't") for w in chain)
        return (
            modal
            or _is_plural(reading, first - 1, within)
            or (before in (",", "”", '"', "’", "'") and after in words.determiners | words.groups)
        )
    if "third" in kinds:
        return not helped and before not in words.possessives
    return not (helped and chain[-1] in ("'s",) and before not in ("he", "she", "it", "who"))


def _is_plural(reading: Reading, position: int, within: Range) -> bool:
    """Whether the token can be the plural subject of a verb in its base form."""
    if position < within.first:
        return False
    word = reading.words[position]
    plural = (
        "they",
        "we",
        "i",
        "you",
        "police",
        "people",
        "some",
        "many",
        "others",
        "who",
        "media",
    )
    return word in plural or (
        len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us"))
    )
