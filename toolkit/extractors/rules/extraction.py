"""A text in, mentions out."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.extractors.rules.claims import Claim, claims
from toolkit.extractors.rules.direct import Quote
from toolkit.extractors.rules.names import names
from toolkit.extractors.rules.quotes import quotes
from toolkit.extractors.rules.reading import Range, Reading, read
from toolkit.extractors.rules.sanctions import Sanction, sanctions
from toolkit.extractors.rules.sources import Speaker
from toolkit.model import Mention, Value
from toolkit.spans import Place, Span, canonical

Fields = dict[str, Value]


def extract(text: str) -> tuple[Mention, ...]:
    """Speakers, quotes, claims and sanctions of an English news text, in text order within each
    label."""
    reading = read(text)
    named = names(reading)
    said = quotes(reading, named)
    stated = claims(reading, said)
    measures = sanctions(reading, named, said)
    speakers = {_place(reading, one): one for one in _speakers(said)}
    speaker_ids = dict(zip(speakers, _ids("s", speakers), strict=True))
    quote_ids = _ids("q", [canonical(one.fragments) for one in said])
    sources = [
        {"ref": speaker_ids[_place(reading, one.speaker)]} if one.speaker else None for one in said
    ]
    found = [
        *(_mention("speaker", speaker_ids[at], at, _speaker(one)) for at, one in speakers.items()),
        *(
            _mention(
                "quote", name, canonical(one.fragments), _quote(reading, one, source, quote_ids)
            )
            for name, one, source in zip(quote_ids, said, sources, strict=True)
        ),
        *_in_order(
            "claim", "c", ((one.place, _claim(reading, one, sources)) for one in stated), reading
        ),
        *_in_order(
            "sanction",
            "x",
            ((one.place, _sanction(reading, one, sources)) for one in measures),
            reading,
        ),
    ]
    return tuple(sorted(found, key=lambda one: ("sqcx".index(one.id[0]), int(one.id[1:]))))


def _speakers(said: list[Quote]) -> Iterable[Speaker]:
    return (one.speaker for one in said if one.speaker)


def _place(reading: Reading, one: Speaker) -> Place:
    return (Span(*reading.place(one.first, one.last)),)


def _ids(letter: str, places: Iterable[Place]) -> list[str]:
    """An id for each place, numbered in text order."""
    listed = list(places)
    order = sorted(range(len(listed)), key=lambda position: listed[position])
    numbers = {position: number for number, position in enumerate(order, 1)}
    return [f"{letter}{numbers[position]}" for position in range(len(listed))]


def _in_order(
    label: str, letter: str, rows: Iterable[tuple[Range, Fields]], reading: Reading
) -> Iterable[Mention]:
    """Mentions of one label, each place once."""
    by_place = {(Span(*reading.place(*place)),): fields for place, fields in rows}
    names = _ids(letter, by_place)
    return [
        _mention(label, name, place, fields)
        for name, (place, fields) in zip(names, by_place.items(), strict=True)
    ]


def _mention(label: str, name: str, place: Place, fields: Fields) -> Mention:
    """A mention without the fields that have no value."""
    kept: Fields = {
        field: value for field, value in fields.items() if value not in (None, [], False)
    }
    if len(place) == 1:
        return Mention(name, label, place[0].start, place[0].end, fields=kept)
    return Mention(name, label, fragments=place, fields=kept)


def _span(reading: Reading, place: Range | None) -> Value:
    if place is None:
        return None
    start, end = reading.place(*place)
    return {"start": start, "end": end}


def _speaker(one: Speaker) -> Fields:
    return {"entity": one.entity, "role": one.role, "kind": one.kind, "form": one.form}


def _quote(reading: Reading, one: Quote, source: Value, quote_ids: list[str]) -> Fields:
    return {
        "source": source,
        "cue": _span(reading, Range(one.cue.first, one.cue.last)) if one.cue else None,
        "type": one.type,
        "act": list(one.acts),
        "negated": bool(one.cue and one.cue.negated),
        "nested_in": None if one.outer is None else {"ref": quote_ids[one.outer]},
    }


def _claim(reading: Reading, one: Claim, sources: list[dict[str, str] | None]) -> Fields:
    return {
        "claimer": None if one.quote is None else sources[one.quote],
        "object": _span(reading, one.object),
        "stance": one.stance,
        "certainty": one.certainty,
        "type": list(one.types),
        "check_worthiness": one.check_worthiness,
        "topic": one.topic,
    }


def _sanction(reading: Reading, one: Sanction, sources: list[dict[str, str] | None]) -> Fields:
    return {
        "sender": list(one.sender),
        "target": list(one.target),
        "target_kind": list(one.target_kind),
        "measure": [one.measure],
        "status": one.status,
        "condition": _span(reading, one.condition),
        "objective": _span(reading, one.objective),
        "date": one.date,
        "legal_instrument": _span(reading, one.legal_instrument),
        "attribution": None if one.quote is None else sources[one.quote],
    }
