"""Triggers: the words that name a sanctions measure or its being taken."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from toolkit.extractors.rules.lexicon import (
    Phrases,
    Words,
    lexicon,
    phrase_at,
    phrases,
    verb_forms,
)
from toolkit.extractors.rules.reading import Range, Reading

_NEAR = 6
"""How many tokens may stand between a verb and its object."""

_BREAKS = frozenset((",", ".", ";", ":", "that", "which", "who", "and", "but", "if", "unless"))


class Trigger(NamedTuple):
    """A measure named in the text: its tokens, the measure, whether it ends or goes on, whether a
    verb takes it."""

    place: Range
    measure: str
    change: str = ""
    done: bool = False


@cache
def _nouns() -> dict[str, str]:
    return {noun: name for name, row in lexicon().measures.items() for noun in row.nouns}


@cache
def _noun_phrases() -> Phrases:
    return phrases(_nouns())


@cache
def _later_nouns() -> Phrases:
    return phrases(lexicon().nouns_after_mention)


@cache
def _verbs() -> dict[str, tuple[tuple[str, Words, Words], ...]]:
    """By form: the measures it can take, the objects that tell which, and its kinds."""
    found: dict[str, list[tuple[str, Words, Words]]] = {}
    for name, row in lexicon().measures.items():
        for form, (_, kinds) in verb_forms(row.verbs).items():
            found.setdefault(form, []).append((name, row.objects, kinds))
    return {form: tuple(rows) for form, rows in found.items()}


@cache
def _changes() -> dict[str, str]:
    """Verb forms that lift or extend a measure."""
    words = lexicon()
    lifted = dict.fromkeys((*verb_forms(words.lifting), *words.lifting_nouns), "lifted")
    return lifted | dict.fromkeys(verb_forms(words.extending), "extended")


@cache
def _starts() -> Words:
    """Words that a trigger can begin with, so that most of a text is passed over quickly."""
    return frozenset((*_verbs(), *_noun_phrases(), *_later_nouns()))


@cache
def _participles() -> Words:
    """Participles that lift or extend: "the embargo will not be relaxed"."""
    listed = verb_forms((*lexicon().lifting, *lexicon().extending))
    return frozenset(form for form, (_, kinds) in listed.items() if "participle" in kinds)


def triggers(reading: Reading, sentence: Range, mentioned: str | None) -> list[Trigger]:
    """Triggers of a sentence in order; `mentioned` is the last measure named before it, for "the
    measures"."""
    found: list[Trigger] = []
    starts = _starts()
    position = sentence.first
    while position < sentence.last:
        trigger = None
        if reading.words[position] in starts:
            trigger = _verb_at(reading, sentence, position)
            trigger = trigger or _noun_at(reading, sentence, position, mentioned)
        if trigger and not (found and trigger.place.first < found[-1].place.last):
            found.append(trigger)
        position = max(trigger.place.last if trigger else 0, position + 1)
    return _without_umbrella(found)


def _without_umbrella(found: list[Trigger]) -> list[Trigger]:
    """Without the bare "sanctions" of a sentence that names measures in words of their own."""
    precise = [t for t in found if t.measure != "unspecified"]
    return (
        [t for t in found if t.measure != "unspecified" or t.change] if len(precise) > 1 else found
    )


def _verb_at(reading: Reading, sentence: Range, position: int) -> Trigger | None:
    """ "froze the assets", "the assets were frozen"."""
    word = reading.words[position]
    rows = _verbs().get(word, ())
    before = reading.words[position - 1] if position > sentence.first else ""
    if not rows or before in lexicon().determiners or before == "'s":
        return None
    change = _changes().get(word, "")
    for step in range(position + 1, min(sentence.last, position + 1 + _NEAR)):
        object_ = reading.words[step]
        if object_ in _BREAKS:
            break
        for measure, objects, _ in rows:
            if object_ in objects:
                return Trigger(Range(position, step + 1), measure, change, True)
    passive = set(reading.words[max(sentence.first, position - 4) : position]) & lexicon().be_forms
    for step in range(position - 1, max(sentence.first, position - _NEAR) - 1, -1):
        if reading.words[step] in _BREAKS or not passive:
            break
        for measure, objects, kinds in rows:
            if "participle" in kinds and reading.words[step] in objects:
                return Trigger(Range(step, position + 1), measure, change, True)
    alone = next((row for row in rows if not row[1]), None)
    if alone and before not in lexicon().determiners | {"of", "on"} and word not in _nouns():
        lifts = word.startswith("delist")
        return Trigger(Range(position, position + 1), alone[0], "lifted" if lifts else change, True)
    return None


def _noun_at(
    reading: Reading, sentence: Range, position: int, mentioned: str | None
) -> Trigger | None:
    """ "travel bans", "a ban on imports", "lift the embargo"; the verb belongs to it where it ends
    or prolongs it."""
    words = reading.words
    length = phrase_at(_noun_phrases(), words, position)
    measure = _nouns()[" ".join(words[position : position + length])] if length else ""
    if (
        not length
        and mentioned
        and words[position - 1 : position] in (["the"], ["these"], ["those"])
    ):
        length = phrase_at(_later_nouns(), words, position)
        measure = mentioned
    if not length or position + length > sentence.last:
        return None
    last = position + length
    if last < sentence.last and words[last] in lexicon().not_triggers:
        return None
    first = position
    if words[last - 1] in ("ban", "bans", "embargo", "embargoes"):
        first, last, measure = _goods(reading, sentence, position, last, measure)
    change = "lifted" if words[position] == "delisting" else ""
    for step in range(position - 1, max(sentence.first, position - _NEAR) - 1, -1):
        if words[step] in _changes() and words[step - 1 : step] not in (["the"], ["a"]):
            return Trigger(Range(step, last), measure, _changes()[words[step]])
        if words[step] in _BREAKS:
            break
    if last < sentence.last and words[last] in lexicon().auxiliaries:
        for step in range(last + 1, min(sentence.last, last + _NEAR - 1)):
            if words[step] in _participles():
                return Trigger(Range(first, step + 1), measure, _changes()[words[step]])
            if words[step] in _BREAKS:
                break
    return Trigger(Range(first, last), measure, change)


def _goods(
    reading: Reading, sentence: Range, position: int, last: int, measure: str
) -> tuple[int, int, str]:
    """The place and kind of a ban by the goods named with it: "wheat ban", "ban on imports"."""
    words = reading.words
    goods = {word: name for name, listed in lexicon().ban_goods.items() for word in listed}
    before = words[position - 1] if position > sentence.first else ""
    if measure in ("unspecified", "trade") and before in goods:
        return position - 1, last, goods[before]
    if last + 1 < sentence.last and words[last] == "on":
        for step in range(last + 1, min(sentence.last, last + 4)):
            if words[step] in goods:
                return position, step + 1, goods[words[step]]
    return position, last, measure
