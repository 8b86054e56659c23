"""Sanctions: each trigger with who restricts whom, its status, terms and source."""

from __future__ import annotations

from collections import Counter
from datetime import date as Date
from typing import NamedTuple

from toolkit.extractors.rules.lexicon import LEXICON
from toolkit.extractors.rules.names import Name, Names
from toolkit.extractors.rules.quotes import Quote
from toolkit.extractors.rules.reading import Range, Reading, sentences
from toolkit.extractors.rules.terms import condition, date_in, dateline, instrument, objective
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
    written = dateline(reading)
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
            found.append(_sanction(reading, names, sentence, hit, terms, written, near))
    return _completed(found)


def _sanction(
    reading: Reading,
    names: Names,
    sentence: Range,
    hit: Trigger,
    clause: Range | None,
    written: Date | None,
    quoted: list[tuple[int, int, int]],
) -> Sanction:
    """One trigger's measure; a date in the condition is a deadline and not its date."""
    start, end = reading.place(hit.place)
    around = [(last - first, at) for first, last, at in quoted if first <= start and end <= last]
    gap = clause or Range(sentence.last, sentence.last)
    outside = Range(sentence.first, gap.first), Range(gap.last, sentence.last)
    dates = (date_in(reading, part, written) for part in outside)
    target, kinds = _targets(reading, names, sentence, hit, clause)
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
    """The country of an adjective right before the trigger, a name after "by", or the subject close
    before it."""
    first, last = hit.place
    before = names.within(max(sentence.first, first - _SENDER_REACH), first)[::-1]
    for name in before:
        if name.first >= first - 3 and names.demonyms.get(name.text, "") not in ("", *targets):
            return (names.demonyms[name.text],)
    if reading.words[last] == "by":
        for name in names.within(last, min(sentence.last, last + 3)):
            return (names.entity(name),)
    for name in before:
        lead = reading.words[name.first - 1 - (reading.words[name.first - 1] == "the")]
        subject = lead not in _TARGET_WORDS and lead not in LEXICON.prepositions_of_place
        named = name.kind in _BODIES and name.text not in names.demonyms
        if subject and named and names.entity(name) not in targets:
            return (names.entity(name),)
    return ()


def _targets(
    reading: Reading, names: Names, sentence: Range, hit: Trigger, clause: Range | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those whom the trigger or the words behind it name after "on", "against" or "of", and their
    kinds."""
    first, last = hit.place
    end = min(sentence.last, last + _TARGET_REACH)
    if clause and clause.first >= last:
        end = min(end, clause.first)
    stops = (at for at in range(last, end) if reading.words[at] in _TARGET_ENDS)
    end = next(stops, end)
    lead = next((at for at in range(last, end) if reading.words[at] in _TARGET_WORDS), end)
    kinds: list[str] = []
    for word in reading.words[first:end]:
        if word in LEXICON.sectors:
            kinds.append("sector")
        if word.rpartition("-")[2] in LEXICON.vessels:
            kinds.append("vessel")
    found = [
        name
        for name in names.within(first, end)
        if not last <= name.first < lead
        and name.kind not in ("document", "metonym")
        and reading.words[name.first - 1] not in ("by", "under", "in", "since")
    ]
    targets = [names.demonyms.get(n.text.partition("-")[0], names.entity(n)) for n in found[:3]]
    kinds += [_kind(reading, name) for name in found]
    return tuple(dict.fromkeys(targets)), tuple(dict.fromkeys(kinds))


def _kind(reading: Reading, name: Name) -> str:
    if name.kind == "organisation":
        company = not LEXICON.companies.isdisjoint(reading.words[name.first : name.last])
        return "company" if company else "government_body"
    return name.kind if name.kind in ("person", "vessel") else "country"


def _completed(found: list[Sanction]) -> list[Sanction]:
    """What a mention leaves out, from the last mention of its measure; parties else from the whole
    text."""
    senders = Counter(one.sender for one in found if one.sender).most_common(3)
    targets = Counter((one.target, one.target_kind) for one in found if one.target).most_common(3)
    latest: dict[tuple[str, ...], Sanction] = {}
    result: list[Sanction] = []
    for one in found:
        before = latest.get(one.measure, one)
        target, kinds = one.target or before.target, one.target_kind or before.target_kind
        if not target:
            others = (pair for pair, _ in targets if pair[0] != one.sender)
            target, common = next(others, ((), ()))
            kinds = kinds or common
        known = (sender for sender, _ in senders if sender != target)
        standing = before.status if before.status in ("imposed", "in_force") else "in_force"
        told = one.status or standing
        same = told == before.status
        latest[one.measure] = one._replace(
            sender=one.sender or before.sender or next(known, ()),
            target=target,
            target_kind=kinds,
            status=told,
            date=one.date or (before.date if same else None),
            legal_instrument=one.legal_instrument or (before.legal_instrument if same else None),
        )
        result.append(latest[one.measure])
    return result
