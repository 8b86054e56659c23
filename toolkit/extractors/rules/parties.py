"""Who restricts whom: sender and target of a sanctions measure."""

from __future__ import annotations

from toolkit.extractors.rules.lexicon import lexicon
from toolkit.extractors.rules.names import Name, Names
from toolkit.extractors.rules.reading import Range, Reading
from toolkit.extractors.rules.triggers import Trigger

_BODIES = ("country", "organisation", "metonym")
_TARGET_WORDS = frozenset(("on", "against", "to", "of", "from", "towards", "over"))
_TARGET_ENDS = frozenset((";", ".", ":", "if", "unless", "until", "that", "after", "because", "by"))

_SUBJECT_REACH = 8
_TARGET_REACH = 9


def senders(
    reading: Reading, names: Names, sentence: Range, hit: Trigger, targets: tuple[str, ...]
) -> tuple[str, ...]:
    """The country of an adjective right before the trigger, a name after "by", or the subject close
    before it."""
    first, last = hit.place
    for name in reversed(names.within(max(sentence.first, first - 3), first)):
        land = names.demonyms.get(name.text)
        if land and land not in targets:
            return (land,)
    if last < sentence.last and reading.words[last] == "by":
        by = names.within(last, min(sentence.last, last + 3))
        if by:
            return (names.entity(by[0]),)
    for name in reversed(names.within(max(sentence.first, first - _SUBJECT_REACH), first)):
        before = reading.words[name.first - 1] if name.first > sentence.first else ""
        if before == "the" and name.first - 1 > sentence.first:
            before = reading.words[name.first - 2]
        subject = before not in _TARGET_WORDS and before not in lexicon().prepositions_of_place
        text = names.entity(name)
        if name.kind in _BODIES and subject and text not in targets and text not in names.demonyms:
            return (text,)
    return ()


def targets(
    reading: Reading, names: Names, sentence: Range, hit: Trigger, condition: Range | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those whom the trigger or the words behind it name after "on", "against" or "of", and their
    kinds."""
    words = lexicon()
    end = min(sentence.last, hit.place.last + _TARGET_REACH)
    if condition and condition.first >= hit.place.last:
        end = min(end, condition.first)
    found: list[str] = []
    kinds: list[str] = []
    led = False
    for position in range(hit.place.first, end):
        word = reading.words[position]
        behind = position >= hit.place.last
        if behind and word in _TARGET_ENDS:
            break
        led = led or not behind or word in _TARGET_WORDS
        if word in words.sectors:
            kinds.append("sector")
        if word.rpartition("-")[2] in words.vessels:
            kinds.append("vessel")
        for name in names.within(position, position + 1):
            dated = reading.words[position - 1] in ("by", "under", "in", "since")
            if led and name.kind not in ("document", "metonym") and not dated:
                found.append(names.demonyms.get(name.text.partition("-")[0], names.entity(name)))
                kinds.append(_kind(reading, name))
    return tuple(dict.fromkeys(found[:3])), tuple(dict.fromkeys(kinds))


def _kind(reading: Reading, name: Name) -> str:
    if name.kind == "organisation":
        inside = reading.words[name.first : name.last]
        return "company" if any(w in lexicon().companies for w in inside) else "government_body"
    return name.kind if name.kind in ("person", "vessel") else "country"
