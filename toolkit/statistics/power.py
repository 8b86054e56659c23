"""What a number of documents can show, from the standard error that was observed on some."""

from __future__ import annotations

from math import ceil, inf, isnan

from scipy.special import chdtri, ndtri

from toolkit.statistics.corrections import LEVEL
from toolkit.statistics.parts import Floats

POWER = 0.80


def detectable(error: float, tests: int = 1, power: float = POWER) -> float:
    """The smallest drop that a one-sided 5 % test finds with that `power`, given the difference's
    standard error.

    With several `tests` under Holm, as the first of them must: at 5 % divided by their number.
    """
    return _factor(tests, power) * error


def documents_needed(
    error: float, documents: int, drop: float, tests: int = 1, power: float = POWER
) -> float:
    """How many documents such a test needs to find a drop, given the standard error on `documents`;
    infinite for no drop at all.
    """
    if drop <= 0 or isnan(error):
        return inf
    return max(2, ceil(documents * (_factor(tests, power) * error / drop) ** 2 - 1e-9))


def needed_range(needed: float, influences: Floats) -> tuple[float, float]:
    """The 95 % interval of a number of documents needed, for their influences show the variance
    only so well.

    That of a variance by chi-squared, whose degrees of freedom are 2 over the squared coefficient
    of variation of the estimate (Satterthwaite 1946): few where a few documents decide.
    """
    squares = influences[influences != 0] ** 2
    away = (squares**2).sum() / squares.sum() ** 2 - 1 / len(squares) if len(squares) > 1 else inf
    freedom = min(2 / max(away, 1e-9), len(squares) - 1.0)
    if freedom <= 0:
        return 2.0, inf
    low, high = (needed * freedom / float(chdtri(freedom, tail)) for tail in (0.025, 0.975))
    return max(2.0, low), high


def _factor(tests: int, power: float) -> float:
    return float(ndtri(1 - LEVEL / max(tests, 1)) + ndtri(power))
