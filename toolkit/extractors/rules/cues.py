"""Cues: the verb groups and phrases that attribute words to a source."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.extractors.rules.lexicon import LEXICON, Words, phrase_at, phrases, verb_forms
from toolkit.extractors.rules.reading import Range, Reading

_LONGEST_CHAIN = 6
"""Auxiliaries, negations and adverbs before a verb."""

_PLURAL = ("they", "we", "i", "you", "police", "people", "some", "many", "others", "who", "media")


class CueVerb(NamedTuple):
    """A verb that attributes words or thoughts, with what must and what may follow it."""

    lemma: str
    act: str
    needs: str
    prepositions: Words


class Cue(NamedTuple):
    """A verb group or phrase: its tokens, its verb (none for a phrase), how it is used."""

    place: Range
    verb: CueVerb | None
    negated: bool = False
    passive: bool = False
    gerund: bool = False
    preposition: bool = False

    @property
    def lemma(self) -> str:
        """The verb's lemma, empty for a phrase."""
        return self.verb.lemma if self.verb else ""


VERBS = {
    line.split()[0]: CueVerb(
        line.split()[0],
        row.act,
        row.needs,
        LEXICON.prepositions.get(line.split()[0], frozenset()),
    )
    for row in LEXICON.cues
    for line in row.verbs
}
FORMS = verb_forms(line for row in LEXICON.cues for line in row.verbs)
_PHRASES = phrases(LEXICON.noun_cues)
_DECLINING = verb_forms(LEXICON.decliners)


def cues(reading: Reading, within: Range, masked: set[int]) -> list[Cue]:
    """Cues in a sentence, in order, outside the masked tokens."""
    found: list[Cue] = []
    for position in range(*within):
        if position in masked or (found and position < found[-1].place.last):
            continue
        length = phrase_at(_PHRASES, reading.words, position)
        if length:
            found.append(Cue(Range(position, position + length), None))
        elif reading.words[position] in FORMS:
            cue = _verb_cue(reading, within, position, masked)
            found += [cue] if cue else []
    return found


def _verb_cue(reading: Reading, within: Range, position: int, masked: set[int]) -> Cue | None:
    if reading.tokens[position].capital and position > within.first:
        return None  # "the United States"
    lemma, kinds = FORMS[reading.words[position]]
    verb = VERBS[lemma]
    first = _chain_start(reading, within, position)
    declined = reading.words[position - 1] == "to" and reading.words[position - 2] in _DECLINING
    if declined and position - 2 >= within.first:
        first = _chain_start(reading, within, position - 2)
    elif not _is_verb(reading, within, first, position, kinds):
        return None
    last = position + 1
    preposition = last not in masked and reading.words[last] in verb.prepositions
    if verb.needs == "preposition" and not preposition:
        return None
    chain = reading.words[first:position]
    return Cue(
        Range(first, last + preposition),
        verb,
        negated=declined or any(is_negation(word) for word in chain),
        passive="participle" in kinds and not LEXICON.be_forms.isdisjoint(chain),
        gerund=kinds == {"gerund"},
        preposition=preposition,
    )


def is_negation(word: str) -> bool:
    """Whether the word negates a verb."""
    return word in LEXICON.negations or word.endswith("n't")


def is_auxiliary(word: str) -> bool:
    """Whether the word is an auxiliary verb, negated or not."""
    return word in LEXICON.auxiliaries or word.endswith("n't")


def _chain_start(reading: Reading, within: Range, position: int) -> int:
    """Where the verb group begins, with its auxiliaries, negations and adverbs."""
    first = position
    while first > max(within.first, position - _LONGEST_CHAIN):
        word = reading.words[first - 1]
        adverb = word in LEXICON.adverbs or (word.endswith("ly") and len(word) > 4)
        if not (adverb or is_auxiliary(word) or is_negation(word)):
            break
        first -= 1
    return first


def _is_verb(reading: Reading, within: Range, first: int, position: int, kinds: Words) -> bool:
    """Whether the form stands as a verb and not as noun or adjective."""
    before = reading.words[first - 1] if first > within.first else ""
    chain = reading.words[first:position]
    if kinds == {"gerund"}:
        return before in (",", "and") or not LEXICON.be_forms.isdisjoint(chain)
    if not chain and before in ("'s", "-", "–"):
        return False
    if kinds & {"past", "participle"}:
        return True
    if "third" in kinds:
        return not any(is_auxiliary(word) for word in chain)
    modal = any(word in LEXICON.modals or word.endswith("n't") for word in chain)
    return modal or before in _PLURAL or (len(before) > 3 and before.endswith("s"))
