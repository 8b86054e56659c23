"""What a number of documents can show, from the standard error that was observed on some."""

from __future__ import annotations

from math import ceil, inf, isnan

from scipy.special import ndtri

from toolkit.statistics.corrections import LEVEL

POWER = 0.80


def detectable(error: float, tests: int = 1) -> float:
    """The smallest drop that a one-sided 5 % test finds in 80 % of cases, given the difference's
    standard error.

    With several `tests` under Holm, as the first of them must: at 5 % divided by their number.
    """
    return _factor(tests) * error


def documents_needed(error: float, documents: int, drop: float, tests: int = 1) -> float:
    """How many documents such a test needs to find a drop, given the standard error on `documents`;
    infinite for no drop at all.
    """
    if drop <= 0 or isnan(error):
        return inf
    return max(2, ceil(documents * (_factor(tests) * error / drop) ** 2 - 1e-9))


def _factor(tests: int) -> float:
    return float(ndtri(1 - LEVEL / max(tests, 1)) + ndtri(POWER))
