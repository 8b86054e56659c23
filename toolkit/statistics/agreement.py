"""Agreement beyond chance, with document-clustered intervals."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import numpy as np

from toolkit.errors import DataError, Problem
from toolkit.statistics.intervals import student
from toolkit.statistics.parts import Floats

Bounds: TypeAlias = tuple[float | None, float | None]


def cohen_kappa(table: Floats) -> float | None:
    """Cohen's kappa (1960) of two raters, from a square table of how often they gave which values.

    None where it is undefined: nobody used a second value.
    """
    used = np.flatnonzero(table.sum(axis=0) + table.sum(axis=1))
    if len(used) < 2:
        return None
    metrics = _library("sklearn.metrics")
    rows, columns = np.indices(table.shape)
    weights = table.ravel()
    return float(metrics.cohen_kappa_score(rows.ravel(), columns.ravel(), sample_weight=weights))


def fleiss_kappa(counts: Floats) -> float | None:
    """Fleiss' kappa (1971), from a row for each unit with how many raters gave each value; every
    unit has as many raters. None where nobody used a second value.
    """
    table = counts[:, counts.any(axis=0)]
    if table.shape[1] < 2:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what statsmodels imports
        rating = _library("statsmodels.stats.inter_rater")
    return float(rating.fleiss_kappa(table, method="fleiss"))


def coincidences(counts: Floats) -> Floats:
    """Krippendorff's coincidence matrix of units (a row each: how many raters gave each value).

    Units of one rater have nothing to coincide with. Matrices of documents add up, so that leaving
    each out in turn looks at no unit again.
    """
    raters = counts.sum(axis=1)
    rows = counts[raters > 1]
    shares = rows / (rows.sum(axis=1, keepdims=True) - 1)
    found: Floats = shares.T @ rows - np.diag(shares.sum(axis=0))
    return found


def krippendorff_alpha(table: Floats) -> float | None:
    """Krippendorff's nominal alpha (2004) from a coincidence matrix; None where nobody used a
    second value.
    """
    margins = table.sum(axis=0)
    total = margins.sum()
    expected = total**2 - (margins**2).sum()
    if expected <= 1e-9 * total**2:  # what is left of a subtraction is no second value
        return None
    observed = total - np.trace(table)
    return float(1 - (total - 1) * observed / expected)


def summed(
    statistic: Callable[[Floats], float | None], documents: Sequence[Floats]
) -> tuple[float | None, Bounds]:
    """A coefficient of tables that add up, one for each document, and its interval."""
    total = np.sum(documents, axis=0)
    estimate = statistic(total)
    return estimate, jackknife_bounds(estimate, [statistic(total - one) for one in documents])


def stacked(
    statistic: Callable[[Floats], float | None], documents: Sequence[Floats]
) -> tuple[float | None, Bounds]:
    """A coefficient of rows of units, some for each document, and its interval."""
    rows = np.concatenate(documents)
    home = np.repeat(np.arange(len(documents)), [len(one) for one in documents])
    estimate = statistic(rows)
    without = [statistic(rows[home != k]) for k in range(len(documents))]
    return estimate, jackknife_bounds(estimate, without)


def jackknife_bounds(estimate: float | None, without: Sequence[float | None]) -> Bounds:
    """The 95 % interval of a coefficient by delete-one-document jackknife and Student's t, within
    [-1, 1]; `without` is the coefficient with each document left out.

    Undefined where fewer than two documents have anything, where leaving one out leaves the
    coefficient undefined, and where no document moves it: sameness says nothing of spread.
    """
    number = len(without)
    known = [value for value in without if value is not None]
    if estimate is None or number < 2 or len(known) < number:
        return None, None
    spread = (number - 1) / number * float(np.square(np.array(known) - np.mean(known)).sum())
    half = student(number) * spread**0.5
    if half < 1e-9:
        return None, None
    return max(estimate - half, -1.0), min(estimate + half, 1.0)


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        what = f"{name.partition('.')[0]} is not installed, and kappa needs it"
        hint = "pip install 'extraction-toolkit[agreement]'"
        raise DataError(Problem("agreement", what, hint)) from None
