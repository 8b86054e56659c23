"""Sanctions: each trigger with its parties, status, terms, date and source."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple

from toolkit.extractors.rules import parties, status, terms
from toolkit.extractors.rules.dates import date_in, dateline
from toolkit.extractors.rules.direct import Quote
from toolkit.extractors.rules.names import Names
from toolkit.extractors.rules.reading import Range, Reading, sentences
from toolkit.extractors.rules.triggers import Trigger, triggers

_NEAREST_QUOTES = 40


class Sanction(NamedTuple):
    """One sanctions measure as the text mentions it."""

    place: Range
    measure: str
    status: str
    sender: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    target_kind: tuple[str, ...] = ()
    condition: Range | None = None
    objective: Range | None = None
    date: str | None = None
    legal_instrument: Range | None = None
    quote: int | None = None


def sanctions(reading: Reading, names: Names, said: list[Quote]) -> list[Sanction]:
    """The sanctions of a text in order; what a sentence leaves out comes from other mentions."""
    found: list[Sanction] = []
    written = dateline(reading)
    places = sorted((*place, number) for number, one in enumerate(said) for place in one.fragments)
    passed = 0
    for sentence in sentences(reading, Range(0, len(reading.tokens)), []):
        hits = triggers(reading, sentence, found[-1].measure if found else None)
        if not hits:
            continue
        start, end = reading.place(*sentence)
        while passed < len(places) and places[passed][1] < start:
            passed += 1
        near = [place for place in places[passed : passed + _NEAREST_QUOTES] if place[0] < end]
        clause = terms.condition(reading, sentence)
        for hit in hits:
            inside = clause and clause.first <= hit.place.first < clause.last
            one = _sanction(reading, names, sentence, hit, None if inside else clause, written)
            found.append(one._replace(quote=_around(reading, hit.place, near)))
    return _completed(found)


def _sanction(
    reading: Reading,
    names: Names,
    sentence: Range,
    hit: Trigger,
    clause: Range | None,
    written: date | None,
) -> Sanction:
    target, kinds = parties.targets(reading, names, sentence, hit, clause)
    outside = (
        [Range(sentence.first, clause.first), Range(clause.last, sentence.last)]
        if clause
        else [sentence]
    )
    return Sanction(
        place=hit.place,
        measure=hit.measure,
        status=status.status(reading, sentence, hit, clause),
        sender=parties.senders(reading, names, sentence, hit, target),
        target=target,
        target_kind=kinds,
        condition=clause,
        objective=terms.objective(reading, hit.place.last, sentence),
        date=next(filter(None, (date_in(reading, part, written) for part in outside)), None),
        legal_instrument=terms.instrument(reading, names, sentence),
    )


def _around(reading: Reading, place: Range, near: list[tuple[int, int, int]]) -> int | None:
    """The innermost quote around a trigger."""
    start, end = reading.place(*place)
    around = [
        (last - first, number) for first, last, number in near if first <= start and end <= last
    ]
    return min(around)[1] if around else None


def _completed(found: list[Sanction]) -> list[Sanction]:
    """What a mention leaves out, from the last mention of its measure; parties else from the whole
    text."""
    senders = Counter(one.sender for one in found if one.sender)
    targets = Counter((one.target, one.target_kind) for one in found if one.target)
    latest: dict[str, Sanction] = {}
    result: list[Sanction] = []
    for one in found:
        before = latest.get(one.measure, one)
        target = (one.target or before.target, one.target_kind or before.target_kind)
        if not target[0]:
            others = (pair for pair, _ in targets.most_common(3) if pair[0] != one.sender)
            common = next(others, ((), ()))
            target = (common[0], target[1] or common[1])
        sender = one.sender or before.sender
        if not sender:
            sender = next((name for name, _ in senders.most_common(3) if name != target[0]), ())
        told = one.status or (
            before.status if before.status in ("imposed", "in_force") else "in_force"
        )
        same = told == before.status
        one = one._replace(
            sender=sender,
            target=target[0],
            target_kind=target[1],
            status=told,
            date=one.date or (before.date if same else None),
            legal_instrument=one.legal_instrument or (before.legal_instrument if same else None),
        )
        latest[one.measure] = one
        result.append(one)
    return result
