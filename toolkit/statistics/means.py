"""The interval of a mean of several figures, from theirs."""

from __future__ import annotations

import numpy as np

from toolkit.statistics.intervals import Interval
from toolkit.statistics.metrics import divide
from toolkit.statistics.parts import Floats


def distances(estimates: Floats, bounds: Interval) -> Floats:
    """How far the bounds lie from the estimates, below and above: (2, figures)."""
    return np.stack((estimates - bounds.low, bounds.high - estimates))


def shares(away: Floats, errors: Floats) -> Floats:
    """What each figure's influences are weighted with, below and above: its distances in standard
    errors, and none for a figure that no document moves.
    """
    return np.nan_to_num(divide(away, np.broadcast_to(errors, away.shape)))


def mean_interval(estimates: Floats, away: Floats, errors: Floats, shared: Floats) -> Interval:
    """The interval of the mean of figures, from their bounds' distances and their standard errors.

    `shared` is the variance, below and above, of the figures' sum weighted with `shares`. So
    distances are put together as standard errors would be, with the correlation that documents
    show, and what the single intervals know of small samples is kept (MOVER; Zou and Donner 2008).
    Undefined where any of the intervals is.
    """
    mean, number = estimates.mean(), len(estimates)
    alone = np.square(away[:, errors == 0]).sum(axis=1)
    below, above = np.sqrt(shared + alone) / number
    known = not np.isnan(away).any()
    low, high = (max(mean - below, 0.0), min(mean + above, 1.0)) if known else (np.nan, np.nan)
    return Interval(np.array(low), np.array(high))
