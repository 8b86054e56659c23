"""Sanctions: each trigger with who restricts whom, its status, terms and source."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from toolkit.extractors.rules.lexicon import LEXICON
from toolkit.extractors.rules.names import Name, Names
from toolkit.extractors.rules.quotes import Quote
from toolkit.extractors.rules.reading import Range, Reading, sentences
from toolkit.extractors.rules.terms import condition, date_in, instrument, objective
from toolkit.extractors.rules.triggers import Trigger, status, triggers

_NEAREST_QUOTES = 40
"""How many quotes that reach into a sentence are looked at."""

_BODIES = ("country", "organisation", "metonym")
_TARGET_WORDS = frozenset(("on", "against", "to", "of", "from", "towards", "over"))
_TARGET_ENDS = frozenset((*";.:", "if", "unless", "until", "that", "after", "because", "by"))
_SENDER_REACH, _TARGET_REACH = 8, 9


class Sanction(NamedTuple):
    """One sanctions measure as the text mentions it, with what the schema asks of it.

    `attribution` is the position of the quote it stands in.
    """

    place: Range
    measure: tuple[str, ...]
    status: str
    sender: tuple[str, ...]
    target: tuple[str, ...]
    target_kind: tuple[str, ...]
    condition: Range | None
    objective: Range | None
    date: str | None
    legal_instrument: Range | None
    attribution: int | None


def sanctions(reading: Reading, names: Names, said: list[Quote]) -> list[Sanction]:
    """The sanctions of a text in order; what a sentence leaves out comes from other mentions."""
    found: list[Sanction] = []
    quoted = sorted((*place, number) for number, one in enumerate(said) for place in one.fragments)
    passed = 0
    for sentence in sentences(reading, reading.all, []):
        hits = triggers(reading, sentence, found[-1].measure[0] if found else None)
        if not hits:
            continue
        while passed < len(quoted) and quoted[passed][1] < reading.place(sentence).start:
            passed += 1
        near = quoted[passed : passed + _NEAREST_QUOTES]
        clause = condition(reading, sentence)
        for hit in hits:
            inside = clause and clause.first <= hit.place.first < clause.last
            terms = None if inside else clause
            found.append(_sanction(reading, names, sentence, hit, terms, near))
    return _completed(found)


def _sanction(
    reading: Reading,
    names: Names,
    sentence: Range,
    hit: Trigger,
    clause: Range | None,
    quoted: list[tuple[int, int, int]],
) -> Sanction:
    """One trigger's measure; a date in the condition is a deadline and not its date."""
    start, end = reading.place(hit.place)
    around = [(last - first, at) for first, last, at in quoted if first <= start and end <= last]
    gap = clause or Range(sentence.last, sentence.last)
    outside = Range(sentence.first, gap.first), Range(gap.last, sentence.last)
    dates = (date_in(reading, part) for part in outside)
    target, kinds = _targets(reading, names, sentence, hit)
    return Sanction(
        place=hit.place,
        measure=(hit.measure,),
        status=status(reading, sentence, hit, clause),
        sender=_senders(reading, names, sentence, hit, target),
        target=target,
        target_kind=kinds,
        condition=clause,
        objective=objective(reading, hit.place.last, sentence),
        date=next(filter(None, dates), None),
        legal_instrument=instrument(reading, names, sentence),
        attribution=min(around)[1] if around else None,
    )


def _senders(
    reading: Reading, names: Names, sentence: Range, hit: Trigger, targets: tuple[str, ...]
) -> tuple[str, ...]:
    """The country or body that stands close before the trigger as its subject."""
    first = hit.place.first
    before = names.within(max(sentence.first, first - _SENDER_REACH), first)[::-1]
    for name in before:
        lead = reading.words[name.first - 1 - (reading.words[name.first - 1] == "the")]
        subject = lead not in _TARGET_WORDS and lead not in LEXICON.prepositions_of_place
        if subject and name.kind in _BODIES and names.entity(name) not in targets:
            return (names.entity(name),)
    return ()


def _targets(
    reading: Reading, names: Names, sentence: Range, hit: Trigger
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those whom the trigger names, or the words behind it after "on", "against" or "of", and their
    kinds."""
    first, last = hit.place
    end = min(sentence.last, last + _TARGET_REACH)
    end = next((at for at in range(last, end) if reading.words[at] in _TARGET_ENDS), end)
    lead = next((at for at in range(last, end) if reading.words[at] in _TARGET_WORDS), end)
    kinds: list[str] = []
    for word in reading.words[first:end]:
        if word in LEXICON.sectors:
            kinds.append("sector")
        if word.rpartition("-")[2] in LEXICON.vessels:
            kinds.append("vessel")
    named = [*names.within(first, last), *names.within(lead, end)]
    found = [name for name in named if name.kind not in ("document", "metonym")]
    targets = [names.demonyms.get(n.text.partition("-")[0], names.entity(n)) for n in found[:3]]
    kinds += [_kind(reading, name) for name in found]
    return tuple(dict.fromkeys(targets)), tuple(dict.fromkeys(kinds))


def _kind(reading: Reading, name: Name) -> str:
    if name.kind == "organisation":
        company = not LEXICON.companies.isdisjoint(reading.words[name.first : name.last])
        return "company" if company else "government_body"
    return "person" if name.kind == "person" else "country"


def _completed(found: list[Sanction]) -> list[Sanction]:
    """The parties that a mention leaves out are those that the text names most often; a measure of
    which nothing is told stands."""
    senders = Counter(one.sender for one in found if one.sender).most_common(2)
    targets = Counter((one.target, one.target_kind) for one in found if one.target).most_common(2)
    result: list[Sanction] = []
    for one in found:
        target, kinds = one.target, one.target_kind
        if not target:
            others = (pair for pair, _ in targets if pair[0] != one.sender)
            target, common = next(others, ((), ()))
            kinds = kinds or common
        known = (sender for sender, _ in senders if sender != target)
        result.append(
            one._replace(
                sender=one.sender or next(known, ()),
                target=target,
                target_kind=kinds,
                status=one.status or "in_force",
            )
        )
    return result
