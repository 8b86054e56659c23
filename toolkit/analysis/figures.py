"""The table of a scorecard with the 95 % interval of every figure."""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan
from typing import NamedTuple, TypeAlias

import numpy as np

from toolkit.analysis.parts import Name, cell_moments, document_parts, figure_moments
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.views import MACRO, Row
from toolkit.statistics.intervals import Interval, bounded, effective_documents, interval, items
from toolkit.statistics.metrics import METRICS, Metric, slope, value
from toolkit.statistics.parts import Moments, moments

FEW_VALUES, FEW_DOCUMENTS = 20, 10
"""Below so many gold values, or effective documents, support is small: an interval is then less
sure than it says.
"""

Bounds: TypeAlias = tuple[float | None, float | None]
"""The lower and upper end of an interval, from 0 to 1; `None` where it is undefined."""

_NONE: Bounds = (None, None)


class Figure(NamedTuple):
    """A row of the table, the interval of each of its figures, and how much it rests on.

    `documents` is the number of documents of equal size over which its gold and predicted items
    would be spread as evenly; `few` says that support is small. Both are `None` in macro rows.
    """

    row: Row
    precision: Bounds
    recall: Bounds
    f1: Bounds
    documents: float | None
    few: bool | None

    def columns(self) -> dict[str, object]:
        """The row with the intervals' columns behind it, as in JSON, CSV and data frames."""
        bounds = {
            f"{metric}_{end}": bound
            for metric in METRICS
            for end, bound in zip(("low", "high"), getattr(self, metric), strict=True)
        }
        documents = None if self.documents is None else round(self.documents, 1)
        more = {"effective_documents": documents, "small_support": self.few}
        return {**self.row._asdict(), **bounds, **more}


def figures(card: Scorecard) -> list[Figure]:
    """Every row of the table with its intervals.

    Means over labels have none where documents are kept as sums alone: sums do not tell how labels
    go together.
    """
    cells = cell_moments(card.counts)
    rows = card.rows
    plain = [row for row in rows if row.label != MACRO]
    each = [figure_moments(cells[row.label, row.field], row.view) for row in plain]
    whole = Moments(
        card.documents, np.stack([m.sums for m in each]), np.stack([m.products for m in each])
    )
    ends = (_bounds(interval(whole, metric)) for metric in METRICS)
    documents: list[float] = effective_documents(whole, "f1").tolist()
    singles = iter(zip(plain, *ends, documents, strict=True))
    return [
        _macro(card, row, plain) if row.label == MACRO else _figure(*next(singles)) for row in rows
    ]


def few(gold: float | None, documents: float) -> bool:
    """Whether support is small: few gold values, or few documents that they are spread over."""
    return (gold or 0) < FEW_VALUES or documents < FEW_DOCUMENTS


def _figure(row: Row, precision: Bounds, recall: Bounds, f1: Bounds, documents: float) -> Figure:
    return Figure(row, precision, recall, f1, documents, few(row.gold, documents))


def _macro(card: Scorecard, mean: Row, rows: Iterable[Row]) -> Figure:
    """A mean over labels, of which the influence of a document is the mean of its influences."""
    averaged = [
        Name(row.label, row.field, row.view)
        for row in rows
        if row.view == mean.view and row.gold and _is_single(card, row)
    ]
    if card.counts.folded or not averaged:
        return Figure(mean, _NONE, _NONE, _NONE, None, None)
    each = [document_parts(card.counts, name) for name in averaged]
    whole = moments(np.sum(each, axis=0))
    ends: list[Bounds] = []
    for metric in METRICS:
        influence = np.zeros(card.documents)
        worth: list[float] = []
        for parts in each:
            sums = parts.sum(axis=0)
            if not np.isnan(value(sums, metric)):
                influence += parts @ slope(sums, metric)
                worth.append(float(1 / items(sums, metric)))
        ends += _bounds(_of_mean(getattr(mean, metric), influence, worth, metric, whole))
    return Figure(mean, ends[0], ends[1], ends[2], None, None)


def _of_mean(
    figure: float | None, influence: object, worth: list[float], metric: Metric, whole: Moments
) -> Interval:
    """The interval of a mean of several ratios; alone in one document it is undefined."""
    n = whole.documents
    if figure is None or n < 2 or effective_documents(whole, metric) < 1 + 1e-9:
        return Interval(np.array(np.nan), np.array(np.nan))
    squares = np.sum(np.square(np.asarray(influence) / len(worth)))
    spread = squares * n / (n - 1)
    together = len(worth) ** 2 / sum(worth)
    return bounded(np.array(figure), spread, np.array(together), n, metric)


def _is_single(card: Scorecard, row: Row) -> bool:
    counts = card.counts
    if row.field is None:
        return row.label in counts.mentions.columns
    return (row.label, row.field) in counts.fields.columns


def _bounds(found: Interval) -> list[Bounds]:
    ends = zip(*(np.atleast_1d(end).tolist() for end in found), strict=True)
    return [(None, None) if isnan(low) else (low, high) for low, high in ends]
