"""The parts of each figure of a scorecard, by document or as moments.

Views are linear in the cells that scoring counts, so each is a matrix from cells to parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from toolkit.scoring.cells import FIELD_CELLS, MENTION_CELLS
from toolkit.scoring.counts import Column, Counts, Moments, Table
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.views import ALL_FIELDS, FIELD_VIEWS, MENTION_VIEWS, MICRO
from toolkit.statistics import parts
from toolkit.statistics.parts import Floats, Parts

Of: TypeAlias = tuple[str, str | None]
"""A label's mentions (no field) or one of its fields."""


class Name(NamedTuple):
    """Which figure: of a label's mentions (`field` is `None`) or of a field, in one view."""

    label: str
    field: str | None
    view: str

    def __str__(self) -> str:
        return f"{self.label}.{self.field}" if self.field else self.label


@cache
def weights(view: str) -> Floats:
    """The matrix from the cells of a label or a field to its four parts."""
    rows = []
    if view in MENTION_VIEWS:
        for unit in np.eye(len(MENTION_CELLS), dtype=int).tolist():
            part = MENTION_VIEWS[view](unit)
            answered = part.predicted_correct + part.predicted_partial / 2
            rows.append((part.correct + part.partial / 2, part.gold, answered, part.predicted))
    else:
        for unit in np.eye(len(FIELD_CELLS), dtype=int).tolist():
            correct, partial, incorrect, missing, spurious = FIELD_VIEWS[view](unit)
            credit, paired = correct + partial / 2, correct + partial + incorrect
            rows.append((credit, paired + missing, credit, paired + spurious))
    return np.array(rows, np.float64)


def figure_names(cards: Sequence[Scorecard], view: str, field_view: str) -> list[Name]:
    """Every figure that any card has by document, all labels and all fields together first."""
    labels = sorted({label for card in cards for label in card.counts.mentions.columns})
    fields = sorted({field for card in cards for field in card.counts.fields.columns})
    found = [Name(MICRO, None, view)]
    found += [Name(MICRO, ALL_FIELDS, field_view)] if fields else []
    for label in labels:
        found.append(Name(label, None, view))
        found += [Name(*field, field_view) for field in fields if field[0] == label]
    return found


def document_parts(counts: Counts, name: Name) -> Parts:
    """The parts (documents, 4) of a figure in each document kept, in the order of their names."""
    table: Table[Any] = counts.mentions if name.field is None else counts.fields
    return _by_document(counts, table, _columns(table, name)) @ weights(name.view)


def cell_moments(counts: Counts) -> dict[Of, parts.Moments]:
    """The moments of the cells of each label, each field, all mentions and all fields, over all
    documents, whether or not these are kept one by one.
    """
    found: dict[Of, parts.Moments] = {}
    tables: tuple[tuple[Table[Any], Of], ...] = (
        (counts.mentions, (MICRO, None)),
        (counts.fields, (MICRO, ALL_FIELDS)),
    )
    for table, whole in tables:
        for key in sorted({*table.columns, *table.folded}):
            column = table.columns.get(key, Column())
            of = (key, None) if isinstance(key, str) else key
            found[of] = _with(column_cells(column, table.width), table.folded.get(key), len(counts))
        pooled = _by_document(counts, table, list(table.columns.values()))
        found[whole] = _with(pooled, table.pooled, len(counts))
    return found


def figure_moments(cells: parts.Moments, view: str) -> parts.Moments:
    """The moments of a figure's parts, from those of its cells."""
    to_parts = weights(view)
    products = to_parts.T @ cells.products @ to_parts
    return parts.Moments(cells.documents, cells.sums @ to_parts, products)


def _columns(table: Table[Any], name: Name) -> list[Column]:
    if name.label == MICRO and name.field in (None, ALL_FIELDS):
        return list(table.columns.values())
    column = table.columns.get(name.label if name.field is None else (name.label, name.field))
    return [column] if column else []


def _by_document(counts: Counts, table: Table[Any], columns: list[Column]) -> Floats:
    """The cells of columns added up in each document; a document has one row in a column."""
    found = np.zeros((len(counts.names), table.width))
    for column in columns:
        found[np.array(column.documents)] += column_cells(column, table.width)
    return found


def column_cells(column: Column, width: int) -> Floats:
    """The rows of a column as a matrix."""
    return np.array(column.cells, np.float64).reshape(-1, width)


def _with(cells: Floats, folded: Moments | None, documents: int) -> parts.Moments:
    found = parts.moments(cells)._replace(documents=documents)
    if folded is None:
        return found
    sums = found.sums + folded.sums
    return parts.Moments(
        documents, sums, found.products + np.reshape(folded.products, found.products.shape)
    )
