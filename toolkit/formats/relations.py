"""Relations between mentions, which are fields of a mention here: `{"speaker": {"ref": "m2"}}`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from toolkit.errors import DataError, Problem
from toolkit.formats.holding import is_reference
from toolkit.model import Mention, Value, values


class Relation(NamedTuple):
    """A named link from one mention to another, by their ids."""

    source: str
    name: str
    target: str


def relations_of(mentions: Iterable[Mention]) -> list[Relation]:
    """The references in the mentions' fields."""
    return [
        Relation(mention.id, name, item["ref"])
        for mention in mentions
        for name, value in mention.fields.items()
        for item in values(value)
        if is_reference(item)
    ]


def without_references(mention: Mention) -> dict[str, Value]:
    """A mention's other fields; absent and empty ones are left out."""
    fields: dict[str, Value] = {}
    for name, value in mention.fields.items():
        kept = [item for item in values(value) if not is_reference(item)]
        if kept:
            fields[name] = kept if isinstance(value, list) else kept[0]
    return fields


def related(
    where: str, mentions: Iterable[Mention], relations: Iterable[Relation]
) -> tuple[Mention, ...]:
    """The mentions with the relations among their fields; one that leads nowhere is refused."""
    by_id = {mention.id: mention for mention in mentions}
    problems = []
    for source, name, target in relations:
        unknown = [one for one in (source, target) if one not in by_id]
        for one in unknown:
            what = f"relation {name!r} refers to {one!r}, which is not among the mentions"
            problems.append(Problem(where, what))
        if unknown:
            continue
        held = values(by_id[source].fields.get(name))
        fields = {**by_id[source].fields, name: [*held, {"ref": target}]}
        if not held:
            fields[name] = {"ref": target}
        by_id[source] = msgspec.structs.replace(by_id[source], fields=fields)
    if problems:
        raise DataError(problems)
    return tuple(by_id.values())
