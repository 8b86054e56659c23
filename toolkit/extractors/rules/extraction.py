"""A text in, mentions out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from toolkit.extractors.rules.claims import Claim, claims
from toolkit.extractors.rules.names import names
from toolkit.extractors.rules.quotes import quotes
from toolkit.extractors.rules.reading import Range, Reading, read
from toolkit.extractors.rules.sanctions import Sanction, sanctions
from toolkit.model import Mention
from toolkit.spans import Place, Span, canonical

_LETTERS = {"speaker": "s", "quote": "q", "claim": "c", "sanction": "x"}


def extract(text: str) -> tuple[Mention, ...]:
    """Speakers, quotes, claims and sanctions of an English news text, in text order within each
    label."""
    reading = read(text)
    named = names(reading)
    said = quotes(reading, named)
    speakers = {reading.place(one.speaker.place): one.speaker for one in said if one.speaker}
    ids = {place: f"s{number}" for number, place in enumerate(sorted(speakers), 1)}
    sources = [
        {"ref": ids[reading.place(one.speaker.place)]} if one.speaker else None for one in said
    ]
    places = [canonical(one.fragments) for one in said]
    order = sorted(range(len(said)), key=places.__getitem__)
    quote_ids = {position: {"ref": f"q{number}"} for number, position in enumerate(order, 1)}
    return (
        *_mentions(
            "speaker",
            (
                ((at,), {"entity": o.entity, "role": o.role, "kind": o.kind, "form": o.form})
                for at, o in speakers.items()
            ),
        ),
        *_mentions(
            "quote",
            (
                (
                    place,
                    {
                        "source": source,
                        "cue": _span(reading.place(one.cue.place)) if one.cue else None,
                        "type": one.type,
                        "act": [one.act],
                        "negated": bool(one.cue and one.cue.negated),
                        "nested_in": None if one.outer is None else quote_ids[one.outer],
                    },
                )
                for place, one, source in zip(places, said, sources, strict=True)
            ),
        ),
        *_mentions("claim", _records(reading, claims(reading, said), sources)),
        *_mentions("sanction", _records(reading, sanctions(reading, named, said), sources)),
    )


def _span(place: Span) -> dict[str, int]:
    return place._asdict()


def _mentions(label: str, rows: Iterable[tuple[Place, dict[str, Any]]]) -> list[Mention]:
    """Mentions of one label in text order, without the fields that have no value."""
    found: list[Mention] = []
    for number, (place, fields) in enumerate(sorted(rows, key=lambda row: row[0]), 1):
        kept = {name: value for name, value in fields.items() if value not in (None, [], False)}
        name = f"{_LETTERS[label]}{number}"
        if len(place) == 1:
            found.append(Mention(name, label, *place[0], fields=kept))
        else:
            found.append(Mention(name, label, fragments=place, fields=kept))
    return found


def _records(
    reading: Reading, found: Iterable[Claim | Sanction], sources: list[dict[str, str] | None]
) -> Iterable[tuple[Place, dict[str, Any]]]:
    """Claims or sanctions as the schema writes them, each place once; the position of a quote
    becomes a reference to its speaker."""
    rows: dict[Place, dict[str, Any]] = {}
    for one in found:
        fields: dict[str, Any] = one._asdict()
        place = reading.place(fields.pop("place"))
        for name, value in fields.items():
            if isinstance(value, Range):
                fields[name] = _span(reading.place(value))
            elif isinstance(value, tuple):
                fields[name] = list(value)
            elif isinstance(value, int):
                fields[name] = sources[value]
        rows[(place,)] = fields
    return rows.items()
