"""Triggers: the words that name a sanctions measure or its being taken, and how far it has come."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.extractors.rules.cues import is_auxiliary, is_negation
from toolkit.extractors.rules.lexicon import LEXICON, Words, phrase_at, phrases, verb_forms
from toolkit.extractors.rules.reading import Range, Reading

_NEAR = 6
"""How many tokens may stand between a verb and its object."""

_LEFT, _RIGHT = 12, 6
"""How many tokens before and after a trigger may tell its status."""

_NOUNS = {noun: name for name, row in LEXICON.measures.items() for noun in row.nouns}
_NOUN_PHRASES = phrases(_NOUNS)
_LATER_NOUNS = phrases(LEXICON.nouns_after_mention)
_GOODS = {word: name for name, words in LEXICON.ban_goods.items() for word in words}
_LIFTING = verb_forms(LEXICON.lifting)
_CHANGING = verb_forms((*LEXICON.lifting, *LEXICON.extending))
_CHANGES = {form: "lifted" if form in _LIFTING else "extended" for form in _CHANGING}
_STATUS = {tuple(line.split()): name for name, lines in LEXICON.status.items() for line in lines}
_STATUS_PHRASES = phrases(" ".join(words) for words in _STATUS)


class _VerbRow(NamedTuple):
    """A measure that a verb form can take, the objects that tell so, and which form it is."""

    measure: str
    objects: Words
    kinds: Words


def _verb_rows() -> dict[str, list[_VerbRow]]:
    found: dict[str, list[_VerbRow]] = {}
    for name, row in LEXICON.measures.items():
        for form, (_, kinds) in verb_forms(row.verbs).items():
            found.setdefault(form, []).append(_VerbRow(name, row.objects, kinds))
    return found


_VERBS = _verb_rows()


class Trigger(NamedTuple):
    """A measure named in the text: its tokens, the measure, whether it ends or goes on, whether a
    verb takes it."""

    place: Range
    measure: str
    change: str = ""
    taken: bool = False


def triggers(reading: Reading, sentence: Range, mentioned: str | None) -> list[Trigger]:
    """Triggers of a sentence in order; `mentioned` is the last measure named before it, for "the
    measures"."""
    found: list[Trigger] = []
    position = sentence.first
    while position < sentence.last:
        one = _verb_at(reading, sentence, position)
        one = one or _noun_at(reading, sentence, position, mentioned)
        if one and not (found and one.place.first < found[-1].place.last):
            found.append(one)
        position = max(one.place.last if one else 0, position + 1)
    precise = [one for one in found if one.measure != "unspecified"]
    return precise if len(precise) > 1 else found


def _verb_at(reading: Reading, sentence: Range, position: int) -> Trigger | None:
    """A verb that takes a measure, as in "froze the assets", "the assets were frozen"."""
    words = reading.words
    word, before = words[position], words[position - 1]
    rows = _VERBS.get(word, ())
    if not rows or before in LEXICON.determiners:
        return None
    change = _CHANGES.get(word, "")
    for step in range(position + 1, min(sentence.last, position + 1 + _NEAR)):
        for row in rows:
            if words[step] in row.objects:
                return Trigger(Range(position, step + 1), row.measure, change, True)
    first = max(sentence.first, position - _NEAR)
    if not LEXICON.be_forms.isdisjoint(words[first:position]):
        for step in range(position - 1, first - 1, -1):
            for row in rows:
                if "participle" in row.kinds and words[step] in row.objects:
                    return Trigger(Range(step, position + 1), row.measure, change, True)
    alone = next((row.measure for row in rows if not row.objects), None)
    if alone and word not in _NOUNS:
        return Trigger(Range(position, position + 1), alone, change, True)
    return None


def _noun_at(
    reading: Reading, sentence: Range, position: int, mentioned: str | None
) -> Trigger | None:
    """A noun such as "travel bans" or "embargo", with the verb that ends or prolongs it."""
    words = reading.words
    length = phrase_at(_NOUN_PHRASES, words, position)
    measure = _NOUNS.get(" ".join(words[position : position + length]), "")
    if not length and mentioned:
        length, measure = phrase_at(_LATER_NOUNS, words, position), mentioned
    first, last = position, position + length
    if not length or last > sentence.last or words[last] in LEXICON.not_triggers:
        return None
    if words[last - 1] in ("ban", "bans", "embargo", "embargoes"):
        first, last, measure = _with_goods(reading, sentence, first, last, measure)
    for step in range(first - 1, max(sentence.first, first - _NEAR) - 1, -1):
        if words[step] in _CHANGES:
            return Trigger(Range(step, last), measure, _CHANGES[words[step]])
    if is_auxiliary(words[last]):
        for step in range(last + 1, min(sentence.last, last + _NEAR)):
            if words[step] in _CHANGING and "participle" in _CHANGING[words[step]].kinds:
                return Trigger(Range(first, step + 1), measure, _CHANGES[words[step]])
    return Trigger(Range(first, last), measure, _CHANGES.get(words[first], ""))


def _with_goods(
    reading: Reading, sentence: Range, first: int, last: int, measure: str
) -> tuple[int, int, str]:
    """The place and kind of a ban with the goods it names: "wheat ban", "ban on imports"."""
    words = reading.words
    if measure in ("unspecified", "trade") and words[first - 1] in _GOODS:
        return first - 1, last, _GOODS[words[first - 1]]
    if words[last] == "on":
        for step in range(last + 1, min(sentence.last, last + 4)):
            if words[step] in _GOODS:
                return first, step + 1, _GOODS[words[step]]
    return first, last, measure


def status(reading: Reading, sentence: Range, hit: Trigger, condition: Range | None) -> str:
    """How far the measure has come, empty where nothing tells.

    What is done to the measure decides first, then the nearest word around it that tells.
    """
    start, end = hit.place
    first, last = max(sentence.first, start - _LEFT), min(sentence.last, end + _RIGHT)
    left, inside = reading.words[first:start], reading.words[start:end]
    if hit.change == "lifted":
        if any(is_negation(word) or word in LEXICON.refusing for word in (*left[-5:], *inside)):
            return "refused_to_lift"
        asked = not LEXICON.asking.isdisjoint((*left, *inside))
        return "in_force" if condition or asked else "eased_lifted"
    if hit.change == "extended":
        return "extended"
    if any(is_negation(word) for word in left[-4:]):
        return "denied_or_opposed"
    for position in (*range(start - 1, first - 1, -1), *range(end, last)):
        length = phrase_at(_STATUS_PHRASES, reading.words, position)
        if length:
            return _STATUS[tuple(reading.words[position : position + length])]
    return "imposed" if hit.taken else ""
