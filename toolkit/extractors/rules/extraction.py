"""A text in, mentions out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit.extractors.rules.claims import Claim, claims
from toolkit.extractors.rules.names import names
from toolkit.extractors.rules.quotes import Quote, quotes
from toolkit.extractors.rules.reading import Range, Reading, read
from toolkit.extractors.rules.sanctions import Sanction, sanctions
from toolkit.extractors.rules.speakers import Speaker
from toolkit.model import Mention
from toolkit.spans import Place, canonical


def extract(text: str) -> tuple[Mention, ...]:
    """Speakers, quotes, claims and sanctions of an English news text, in text order within each
    label."""
    reading = read(text)
    named = names(reading)
    said = quotes(reading, named)
    speakers = {one.speaker.place: one.speaker for one in said if one.speaker}
    speaker_ids = dict(
        zip(speakers, _ids("s", [_place(reading, at) for at in speakers]), strict=True)
    )
    sources = [{"ref": speaker_ids[one.speaker.place]} if one.speaker else None for one in said]
    places = [canonical(one.fragments) for one in said]
    quote_ids = _ids("q", places)
    mentions = [
        *_mentions(
            "speaker", "s", ((_place(reading, at), _speaker(one)) for at, one in speakers.items())
        ),
        *_mentions(
            "quote",
            "q",
            (
                (place, _quote(reading, one, source, quote_ids))
                for place, one, source in zip(places, said, sources, strict=True)
            ),
        ),
        *_mentions("claim", "c", _records(reading, claims(reading, said), sources)),
        *_mentions("sanction", "x", _records(reading, sanctions(reading, named, said), sources)),
    ]
    return tuple(mentions)


def _place(reading: Reading, part: Range) -> Place:
    return (reading.place(part),)


def _ids(letter: str, places: list[Place]) -> list[str]:
    """An id for each place, numbered in text order."""
    order = sorted(range(len(places)), key=places.__getitem__)
    numbers = {position: number for number, position in enumerate(order, 1)}
    return [f"{letter}{numbers[position]}" for position in range(len(places))]


def _mentions(
    label: str, letter: str, rows: Iterable[tuple[Place, dict[str, Any]]]
) -> list[Mention]:
    """Mentions of one label in text order, without the fields that have no value."""
    listed = sorted(rows, key=lambda row: row[0])
    found: list[Mention] = []
    for number, (place, fields) in enumerate(listed, 1):
        kept = {name: value for name, value in fields.items() if value not in (None, [], False)}
        start, end = (place[0].start, place[0].end) if len(place) == 1 else (None, None)
        fragments = place if start is None else ()
        found.append(Mention(f"{letter}{number}", label, start, end, fragments, kept))
    return found


def _span(reading: Reading, part: Range) -> dict[str, int]:
    return reading.place(part)._asdict()


def _speaker(one: Speaker) -> dict[str, Any]:
    return {"entity": one.entity, "role": one.role, "kind": one.kind, "form": one.form}


def _quote(
    reading: Reading, one: Quote, source: dict[str, str] | None, quote_ids: list[str]
) -> dict[str, Any]:
    return {
        "source": source,
        "cue": _span(reading, one.cue.place) if one.cue else None,
        "type": one.type,
        "act": list(one.acts),
        "negated": bool(one.cue and one.cue.negated),
        "nested_in": None if one.outer is None else {"ref": quote_ids[one.outer]},
    }


def _records(
    reading: Reading, found: Iterable[Claim | Sanction], sources: list[dict[str, str] | None]
) -> list[tuple[Place, dict[str, Any]]]:
    """Claims or sanctions as the schema writes them, each place once; the position of a quote
    becomes a reference to its speaker."""
    rows: dict[Place, dict[str, Any]] = {}
    for one in found:
        fields: dict[str, Any] = {}
        for name, value in one._asdict().items():
            if isinstance(value, Range):
                fields[name] = _span(reading, value)
            elif isinstance(value, tuple):
                fields[name] = list(value)
            else:
                fields[name] = sources[value] if isinstance(value, int) else value
        del fields["place"]
        rows[_place(reading, one.place)] = fields
    return list(rows.items())
