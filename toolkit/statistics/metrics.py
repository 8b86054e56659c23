"""Precision, recall and F1 of summed parts, and how they move with each part."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

import numpy as np

from toolkit.statistics.parts import CREDIT_GOLD, CREDIT_PREDICTED, GOLD, PREDICTED, Floats

Metric: TypeAlias = Literal["precision", "recall", "f1"]

METRICS: tuple[Metric, ...] = get_args(Metric)

_RATIO = {"precision": (CREDIT_PREDICTED, PREDICTED), "recall": (CREDIT_GOLD, GOLD)}


def value(sums: Floats, metric: Metric) -> Floats:
    """The metric of summed parts (..., 4), from 0 to 1; NaN where it is undefined.

    F1 is 0 where only one side has items, or nothing is right, and undefined where both are empty.
    """
    if metric in _RATIO:
        part, whole = _RATIO[metric]
        return divide(sums[..., part], sums[..., whole])
    right, gold, answered, predicted = np.moveaxis(sums, -1, 0)
    found = divide(2 * right * answered, right * predicted + answered * gold)
    return np.where(np.isnan(found) & (gold + predicted > 0), 0.0, found)


def slope(sums: Floats, metric: Metric) -> Floats:
    """The derivative of the metric by each part (..., 4); 0 where the metric cannot move smoothly.

    A document's parts times this are its influence on the metric, the linearised jackknife; over
    all documents the influences sum to 0.
    """
    found = np.zeros(sums.shape)
    if metric in _RATIO:
        part, whole = _RATIO[metric]
        found[..., part] = divide(1.0, sums[..., whole])
        found[..., whole] = -divide(sums[..., part], sums[..., whole] ** 2)
        np.nan_to_num(found, copy=False)
        return found
    right, gold, answered, predicted = np.moveaxis(sums, -1, 0)
    below = right * predicted + answered * gold
    f1 = divide(2 * right * answered, below)
    found[..., CREDIT_GOLD] = divide(2 * answered - f1 * predicted, below)
    found[..., GOLD] = -divide(f1 * answered, below)
    found[..., CREDIT_PREDICTED] = divide(2 * right - f1 * gold, below)
    found[..., PREDICTED] = -divide(f1 * right, below)
    np.nan_to_num(found, copy=False)
    return found


def divide(part: Floats | float, whole: Floats) -> Floats:
    """`part / whole`, NaN where `whole` is 0."""
    above, below = np.broadcast_arrays(np.asarray(part, np.float64), whole)
    found: Floats = np.full(below.shape, np.nan)
    np.divide(above, below, out=found, where=below != 0)
    return found
