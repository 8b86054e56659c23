"""Agreement beyond chance, with document-clustered intervals."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, TypeVar

import numpy as np

from toolkit.errors import DataError, Problem
from toolkit.statistics.intervals import student
from toolkit.statistics.parts import Floats

Bounds: TypeAlias = tuple[float | None, float | None]

Part = TypeVar("Part")


def cohen_kappa(tables: Sequence[Floats]) -> float | None:
    """Cohen's kappa (1960) of two raters, from a square table of values for each document.

    None where it is undefined: nobody used a second value.
    """
    table = np.sum(tables, axis=0)
    used = np.flatnonzero(table.sum(axis=0) + table.sum(axis=1))
    if len(used) < 2:
        return None
    metrics = _library("sklearn.metrics")
    rows, columns = np.indices(table.shape)
    weights = table.ravel()
    return float(metrics.cohen_kappa_score(rows.ravel(), columns.ravel(), sample_weight=weights))


def fleiss_kappa(tables: Sequence[Floats]) -> float | None:
    """Fleiss' kappa (1971): for each document a row a unit, with how many raters gave each value;
    every unit has as many raters. None where nobody used a second value.
    """
    table = np.concatenate(tables)
    table = table[:, table.any(axis=0)]
    if table.shape[1] < 2:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what statsmodels imports
        rating = _library("statsmodels.stats.inter_rater")
    return float(rating.fleiss_kappa(table, method="fleiss"))


def coincidences(counts: Floats) -> Floats:
    """Krippendorff's coincidence matrix of units (a row each: how many raters gave each value).

    Units of one rater have nothing to coincide with. Matrices of documents add up, so no unit is
    looked at twice however many documents are left out in turn.
    """
    raters = counts.sum(axis=1)
    rows = counts[raters > 1]
    shares = rows / (rows.sum(axis=1, keepdims=True) - 1)
    found: Floats = shares.T @ rows - np.diag(shares.sum(axis=0))
    return found


def krippendorff_alpha(tables: Sequence[Floats]) -> float | None:
    """Krippendorff's nominal alpha (2004) from the coincidences of each document; None where
    nobody used a second value.
    """
    table = np.sum(tables, axis=0)
    margins = table.sum(axis=0)
    total = margins.sum()
    expected = total**2 - (margins**2).sum()
    if not expected > 0:
        return None
    observed = total - np.trace(table)
    return float(1 - (total - 1) * observed / expected)


def jackknife_bounds(
    statistic: Callable[[Sequence[Part]], float | None], documents: Sequence[Part]
) -> Bounds:
    """The 95 % interval of a coefficient by delete-one-document jackknife and Student's t, within
    [-1, 1].

    Undefined where fewer than two documents have anything, where leaving one out leaves the
    coefficient undefined, and where no document moves it: sameness says nothing of spread.
    """
    estimate, number = statistic(documents), len(documents)
    if estimate is None or number < 2:
        return None, None
    without = [statistic([*documents[:k], *documents[k + 1 :]]) for k in range(number)]
    known = [value for value in without if value is not None]
    if len(known) < number:
        return None, None
    spread = (number - 1) / number * float(np.square(np.array(known) - np.mean(known)).sum())
    half = student(number) * spread**0.5
    if half < 1e-12:
        return None, None
    return max(estimate - half, -1.0), min(estimate + half, 1.0)


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        what = f"{name.partition('.')[0]} is not installed, and kappa needs it"
        hint = "pip install 'extraction-toolkit[agreement]'"
        raise DataError(Problem("agreement", what, hint)) from None
