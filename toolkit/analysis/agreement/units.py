"""Mentions of several annotators brought together, and the value each gave."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any, TypeAlias

from toolkit.comparators.date import parse as parse_date
from toolkit.folding import fold
from toolkit.model import Document, Entities, Mention, values
from toolkit.schema.nouns import Field, LabelSchema
from toolkit.scoring.alignment import Tier
from toolkit.scoring.twins import Twins

Unit: TypeAlias = dict[str, Mention]
"""What each annotator marked in one place, under one label."""

NOTHING = "(no value)"
"""The value of a field that an annotator left empty, which is a decision too."""

RATED = ("choice", "boolean", "entity", "text", "number", "date")
"""Field types whose values can be told apart as categories; places and references are compared
through F1 alone.
"""


def units(
    documents: Mapping[str, Document], pairs: Mapping[tuple[str, str], list[Twins]]
) -> list[Unit]:
    """The mentions of one document that are matched across annotators.

    With more than two, units grow from the best matches on (exact before matched, then by place);
    no unit ever holds two mentions of one person. Who is named first makes no difference.
    """
    edges = []
    for one, other in combinations(sorted(documents), 2):
        for pair in pairs[one, other]:
            if pair.one and pair.other and pair.tier in (Tier.EXACT, Tier.MATCHED):
                place = pair.one.place + pair.other.place
                key = (int(pair.tier), len(pair.differing), place, one, other)
                edges.append(
                    (key, pair.one.id, pair.other.id, (one, pair.one), (other, pair.other))
                )
    home: dict[tuple[str, str], Unit] = {}
    for *_, (one, ours), (other, theirs) in sorted(edges, key=lambda edge: edge[:3]):
        left = home.setdefault((one, ours.id), {one: ours})
        right = home.setdefault((other, theirs.id), {other: theirs})
        if left is not right and not left.keys() & right.keys():
            left.update(right)
            for name, mention in right.items():
                home[name, mention.id] = left
    found = {id(unit): unit for unit in home.values() if len(unit) > 1}
    return list(found.values())


def rated_fields(schema: LabelSchema | None, label: str, unit: list[Unit]) -> dict[str, Field]:
    """The fields of a label whose values can be told apart; without a schema, all there are."""
    if schema is None:
        names = {name for one in unit for mention in one.values() for name in mention.fields}
        return {name: Field(name, "text") for name in sorted(names)}
    known = schema.labels.get(label)
    fields = known.fields.values() if known else ()
    return {field.name: field for field in fields if field.type in RATED}


def category(mention: Mention, field: Field, entities: Entities) -> str:
    """The value of a field as one category; of a many-valued field, the set of its values."""
    found = sorted(
        {_name(value, field, entities) for value in values(mention.fields.get(field.name))}
    )
    return " + ".join(found) or NOTHING


def _name(value: Any, field: Field, entities: Entities) -> str:
    if field.type == "entity" and isinstance(value, str):
        return "/".join(sorted(entities.ids(value)))
    if field.type == "date" and (parsed := parse_date(value)):
        return str(parsed)
    return fold(value) if isinstance(value, str) and field.type == "text" else str(value)
