"""The intervals of means over labels, and over the fields of all labels."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from toolkit.analysis.parts import Of, column_cells, figure_moments, weights
from toolkit.scoring.counts import Counts, Table
from toolkit.scoring.views import FIELD_VIEWS, MENTION_VIEWS, MICRO
from toolkit.statistics.intervals import Interval, interval, variance
from toolkit.statistics.means import distances, mean_interval, shares
from toolkit.statistics.metrics import METRICS, Metric, slope, value
from toolkit.statistics.parts import GOLD, Floats, Moments


class _Mean(NamedTuple):
    """The figures that one mean is over: those with support that are defined."""

    taken: Any
    estimates: Floats
    away: Floats
    errors: Floats


def mean_intervals(
    counts: Counts, cells: dict[Of, Moments], *, of_fields: bool
) -> dict[tuple[str, Metric], Interval]:
    """The interval of each mean, by view and metric; none where documents are kept as sums alone:
    sums do not tell how labels go together.
    """
    table: Table[Any] = counts.fields if of_fields else counts.mentions
    keys = [of for of in cells if of[0] != MICRO and (of[1] is not None) == of_fields]
    if counts.folded or not keys or len(counts) < 2:
        return {}
    views = FIELD_VIEWS if of_fields else MENTION_VIEWS
    means: dict[tuple[str, Metric], _Mean] = {}
    influences: list[Floats] = []
    for view in views:
        each = [figure_moments(cells[of], view) for of in keys]
        sums = np.stack([one.sums for one in each])
        whole = Moments(len(counts), sums, np.stack([one.products for one in each]))
        for metric in METRICS:
            mean = _mean(whole, metric)
            means[view, metric] = mean
            by_cell = np.where(mean.taken[:, None], slope(sums, metric), 0) @ weights(view).T
            weighted = np.zeros((2, len(keys)))
            weighted[:, mean.taken] = shares(mean.away, mean.errors)
            influences += [by_cell * one[:, None] for one in weighted]
    shared = _variances(counts, table, keys, np.stack(influences, axis=-1)).reshape(-1, 2)
    return {
        name: mean_interval(mean.estimates, mean.away, mean.errors, together)
        for (name, mean), together in zip(means.items(), shared, strict=True)
        if mean.taken.any()
    }


def _mean(whole: Moments, metric: Metric) -> _Mean:
    estimates = value(whole.sums, metric)
    taken = (whole.sums[:, GOLD] > 0) & ~np.isnan(estimates)
    away = distances(estimates, interval(whole, metric))[:, taken]
    return _Mean(taken, estimates[taken], away, np.sqrt(variance(whole, metric))[taken])


def _variances(counts: Counts, table: Table[Any], keys: list[Of], influences: Floats) -> Floats:
    """The jackknife variances of weighted sums of figures; `influences` has for each key what a
    cell counts in each of the sums.
    """
    n = len(counts)
    found = np.zeros((n, influences.shape[-1]))
    for (label, field), counting in zip(keys, influences, strict=True):
        column = table.columns[label if field is None else (label, field)]
        found[np.array(column.documents)] += column_cells(column, table.width) @ counting
    spread: Floats = np.square(found).sum(axis=0) * n / (n - 1)
    return spread
