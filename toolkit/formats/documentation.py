"""The table of formats in the documentation, made from the formats themselves."""

from __future__ import annotations

import importlib
from typing import Any

from toolkit.formats import READERS, WRITERS

_COLUMNS = {
    "text": "text",
    "checksums": "checksum",
    "meta": "meta",
    "overlaps": "overlaps",
    "fragments": "discontinuous",
    "relations": "relations",
    "records": "no place",
    "words": "words",
    "fields": "fields",
    "typed": "numbers",
    "many": "lists",
    "references": "references",
    "spans": "span values",
    "scores": "scores",
    "groundings": "grounding",
    "alternatives": "alternatives",
}
"""The parts of documents, as short as a column's head needs them."""


def holds(name: str) -> frozenset[str]:
    """The parts of documents that a format can hold."""
    parts: frozenset[str] = _module(name).HOLDS
    return parts


def extra(name: str) -> str | None:
    """The extra of the package that a format needs, if any."""
    return getattr(_module(name), "EXTRA", None)


def table() -> str:
    """A row for each format: whether it is written, its extra, what it can hold; in Markdown."""
    head = ["format", "written", "extra", *_COLUMNS.values()]
    rows = [head, ["---"] * len(head)]
    for name in READERS:
        held = holds(name)
        rows.append(
            [
                f"`{name}`",
                "yes" if name in WRITERS else "no",
                f"`{extra(name)}`" if extra(name) else "",
                *("yes" if part in held else "" for part in _COLUMNS),
            ]
        )
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _module(name: str) -> Any:
    return importlib.import_module(READERS[name].partition(":")[0])
