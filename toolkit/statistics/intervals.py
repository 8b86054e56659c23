"""The interval of one figure: closed form, no seed, from moments alone."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtri, stdtrit

from toolkit.statistics.metrics import Metric, divide, slope, value
from toolkit.statistics.parts import GOLD, PREDICTED, Floats, Moments

LEVEL = 0.95
"""Of every interval."""

_Z = float(ndtri((1 + LEVEL) / 2))

_ITEMS: dict[Metric, tuple[float, float]] = {
    "precision": (0.0, 1.0),
    "recall": (1.0, 0.0),
    "f1": (1.0, 1.0),
}
"""Whether a metric rests on gold and on predicted items."""


class Interval(NamedTuple):
    """The bounds of a 95 % interval, from 0 to 1; NaN where fewer than two documents say anything.

    They are arrays with an element for each figure asked for.
    """

    low: Floats
    high: Floats


def variance(moments: Moments, metric: Metric) -> Floats:
    """The variance of a metric by delete-one-document jackknife, linearised."""
    gradient = slope(moments.sums, metric)
    squares = np.einsum("...i,...ij,...j->...", gradient, moments.products, gradient)
    return np.asarray(np.maximum(squares, 0.0)) * _enlarged(moments.documents)


def interval(moments: Moments, metric: Metric) -> Interval:
    """Wilson's interval on the number of independent items that the jackknife says the items are
    worth.

    F1 is taken as a Jaccard index, right over all items of either side, which is a proportion as
    precision and recall are, and mapped back. The design effect follows Kish (1965), its use in
    Wilson's interval and the correction by Student's t Korn and Graubard (1998).
    """
    estimate, spread = value(moments.sums, metric), variance(moments, metric)
    worth = _items(moments.sums, metric)
    found = _bounded(estimate, spread, worth, moments.documents, metric)
    alone = effective_documents(moments, metric) < 1 + 1e-9
    return Interval(*(np.where(alone, np.nan, bound) for bound in found))


def _items(sums: Floats, metric: Metric) -> Floats:
    """How many items the metric is a share of: gold, predicted, or in either."""
    right, gold, answered, predicted = np.moveaxis(sums, -1, 0)
    either = gold + predicted - (right + answered) / 2
    found: dict[Metric, Floats] = {"precision": predicted, "recall": gold, "f1": either}
    return found[metric]


def _bounded(
    estimate: Floats, spread: Floats, worth: Floats, documents: int, metric: Metric
) -> Interval:
    """The interval of an estimate that has this variance and is worth at most so many items."""
    if metric != "f1":
        return _wilson(estimate, spread, worth, documents)
    share, slope_ = estimate / (2 - estimate), 2 / (2 - estimate) ** 2
    found = _wilson(share, spread * slope_**2, worth, documents)
    low, high = (2 * bound / (1 + bound) for bound in found)
    return Interval(np.minimum(low, estimate), np.maximum(high, estimate))


def _wilson(share: Floats, spread: Floats, items: Floats, documents: int) -> Interval:
    """Wilson's interval of a share of `items` whose variance over documents is `spread`."""
    worth = np.minimum(items, np.nan_to_num(divide(share * (1 - share), spread), nan=np.inf))
    n = worth * (_Z / student(documents)) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):  # no items: undefined, as the share is
        middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    # At 0 and 1 the bound is the share itself, which rounding must not pass.
    low, high = np.minimum(middle - half, share), np.maximum(middle + half, share)
    return Interval(np.maximum(low, 0.0), np.minimum(high, 1.0))


def effective_documents(moments: Moments, metric: Metric) -> Floats:
    """How many documents of equal size the metric's items are spread over as evenly (Kish): at most
    the number of documents that have any, and 1 where one document has all.
    """
    weights = np.zeros(4)
    weights[GOLD], weights[PREDICTED] = _ITEMS[metric]
    squares = np.einsum("i,...ij,j->...", weights, moments.products, weights)
    return np.nan_to_num(divide((moments.sums @ weights) ** 2, squares))


def student(documents: int, level: float = LEVEL) -> float:
    """The two-sided quantile of Student's t; NaN below two documents."""
    return float(stdtrit(documents - 1, (1 + level) / 2)) if documents > 1 else np.nan


def _enlarged(documents: int) -> float:
    return documents / (documents - 1) if documents > 1 else np.nan
