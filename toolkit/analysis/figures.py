"""The table of a scorecard with the 95 % interval of every figure."""

from __future__ import annotations

from math import isnan
from typing import NamedTuple, TypeAlias

import numpy as np

from toolkit.analysis.means import mean_intervals
from toolkit.analysis.parts import cell_moments, figure_moments
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.views import ALL_FIELDS, MACRO, Row
from toolkit.statistics.intervals import Interval, effective_documents, interval
from toolkit.statistics.metrics import METRICS, Metric
from toolkit.statistics.parts import Moments

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

    Means over labels have none where documents are kept as sums alone.
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
    means = {
        field: mean_intervals(card.counts, cells, of_fields=field is not None)
        for field in (None, ALL_FIELDS)
    }
    return [
        _macro(row, means[row.field]) if row.label == MACRO else _figure(*next(singles))
        for row in rows
    ]


def few(gold: float | None, documents: float) -> bool:
    """Whether support is small: few gold values, or few documents that they are spread over."""
    return (gold or 0) < FEW_VALUES or documents < FEW_DOCUMENTS


def _figure(row: Row, precision: Bounds, recall: Bounds, f1: Bounds, documents: float) -> Figure:
    return Figure(row, precision, recall, f1, documents, few(row.gold, documents))


def _macro(row: Row, means: dict[tuple[str, Metric], Interval]) -> Figure:
    found = (means.get((row.view, metric)) for metric in METRICS)
    precision, recall, f1 = (_NONE if each is None else _bounds(each)[0] for each in found)
    return Figure(row, precision, recall, f1, None, None)


def _bounds(found: Interval) -> list[Bounds]:
    ends = zip(*(np.atleast_1d(end).tolist() for end in found), strict=True)
    return [(None, None) if isnan(low) else (low, high) for low, high in ends]
