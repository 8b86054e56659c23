"""Mentions and items of a document by columns: like beside like compresses to less."""

from __future__ import annotations

from typing import Any

from toolkit.rendering.html.plain import FIELDS, MORE, PLACE

LISTED, SHARED = 0, -1
"""Lengths of places that are no range: given in full, or the place of a gold mention."""


def mention_columns(rows: list[list[Any]]) -> dict[str, Any]:
    """Rows of mentions; `fields` says 0 for none, -1 for own, else 1 more than the position of the
    gold mention with the same, and `values` holds those that are own, by field.
    """
    starts, lengths, own = [], [], []
    fields: list[int] = []
    for row in rows:
        place = row[PLACE]
        if isinstance(place, int):
            start, length = place, SHARED
        elif len(place) == 2:
            start, length = place[0], place[1] - place[0]
        else:
            start, length = place, LISTED
        starts.append(start)
        lengths.append(length)
        said = row[FIELDS] if len(row) > FIELDS else {}
        if isinstance(said, int):
            fields.append(said + 1)
        else:
            fields.append(-1 if said else 0)
            own += [said] if said else []
    names = sorted({name for said in own for name in said})
    found = {
        "label": [row[0] for row in rows],
        "start": starts,
        "length": lengths,
        "id": [row[2] for row in rows],
        "fields": fields,
        "values": {name: [said.get(name) for said in own] for name in names},
    }
    more = [row[MORE] if len(row) > MORE else 0 for row in rows]
    return {**found, "more": more} if any(more) else found


def item_columns(rows: list[list[Any]]) -> list[Any]:
    """Rows of items: gold, predicted, code, and by position the values that are not right."""
    values = [[k, row[3]] for k, row in enumerate(rows) if len(row) > 3 and row[3]]
    return [*([row[column] for row in rows] for column in range(3)), values]
