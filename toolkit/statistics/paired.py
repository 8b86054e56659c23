"""Two systems on the same documents: the document-swap test and the interval of the difference.

Every document's answers of both systems are exchanged with probability 1/2, as they may be where
the systems are equally good (approximate randomisation; Noreen 1989, Yeh 2000). What is as extreme
as the difference observed counts against it, ties included.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from toolkit.statistics.intervals import student
from toolkit.statistics.metrics import Metric, slope, value
from toolkit.statistics.parts import Floats, Parts

SWAPS, SEED = 10_000, 20_210_712
"""Random swaps, and the seed of NumPy's PCG64 that they are drawn with, which never changes."""

ENUMERATED = 16
"""Up to so many differing documents, all 2**k swaps are made instead."""

_BLOCK = 1_024
_EXACT_FLOAT32 = 2**24
_TIE = 1e-12


class Difference(NamedTuple):
    """The second system less the first, in one metric.

    `low` and `high` bound the 95 % interval (jackknife over documents, Student's t). `p` is
    two-sided, `p_drop` that of a drop as large; `differing` is the number of documents whose counts
    differ, which alone decide; `least` and `least_drop` are the lowest that each p can be with so
    many. `error` is the standard error. NaN where it is undefined.
    """

    difference: float
    low: float
    high: float
    error: float
    p: float
    p_drop: float
    differing: int
    least: float
    least_drop: float


def compare_parts(one: Parts, other: Parts, metrics: tuple[Metric, ...]) -> list[list[Difference]]:
    """Each figure of two systems, in each metric.

    `one` and `other` are parts (figures, documents, 4) of the same documents, in an order that does
    not depend on chance (random swaps go by position). One set of swaps serves all figures.
    """
    change = np.asarray(other, np.float64) - one
    differs = np.any(change, axis=-1)
    differing = differs.sum(axis=-1)
    most = int(differing.max(initial=0))
    moved = _random_swaps(change, differs.any(axis=0)) if most > ENUMERATED else None
    found = []
    for k in range(len(change)):
        if moved is None or differing[k] <= ENUMERATED:
            swaps, exact = _all_swaps(change[k][differs[k]]), True
        else:
            swaps, exact = moved[:, k], False
        totals = _sum(one[k]), _sum(other[k])
        found.append(
            [
                _difference(one[k], other[k], metric)._replace(
                    **_ps(*totals, swaps, metric, exact=exact),
                    differing=int(differing[k]),
                    least=least_p(int(differing[k]), sides=2),
                    least_drop=least_p(int(differing[k]), sides=1),
                )
                for metric in metrics
            ]
        )
    return found


def least_p(differing: int, sides: int) -> float:
    """The lowest p, one- or two-sided, that so many differing documents can give: all worse."""
    if differing <= ENUMERATED:
        return float(min(1.0, sides * 0.5**differing))
    return 1 / (SWAPS + 1)


def difference_error(one: Parts, other: Parts, metric: Metric) -> float:
    """The standard error of the difference of a metric, by jackknife over the documents in which
    either system or the gold has anything: others say nothing of it.
    """
    documents = active_documents(one, other)
    if documents < 2:
        return float("nan")
    influence = influences(one, other, metric)
    return float(np.sqrt((influence**2).sum() * documents / (documents - 1)))


def influences(one: Parts, other: Parts, metric: Metric) -> Floats:
    """Each document's influence on the difference of a metric, the linearised jackknife; that on
    the metric of `other` alone where `one` is all zeros.
    """
    found: Floats = other @ slope(_sum(other), metric) - one @ slope(_sum(one), metric)
    return found


def active_documents(one: Parts, other: Parts) -> int:
    """How many documents have anything that counts, in the gold or in either system's answers."""
    return int(((one + other) > 0).any(axis=-1).sum())


def _difference(one: Parts, other: Parts, metric: Metric) -> Difference:
    before, after = (float(value(_sum(parts), metric)) for parts in (one, other))
    error = difference_error(one, other, metric)
    half = student(active_documents(one, other)) * error
    change = after - before
    low, high = max(change - half, -1.0), min(change + half, 1.0)
    return Difference(change, low, high, error, np.nan, np.nan, 0, 1.0, 1.0)


def _ps(
    one: Floats, other: Floats, swaps: Floats, metric: Metric, *, exact: bool
) -> dict[str, float]:
    """Two-sided p and p of a drop; a swap that leaves the metric undefined counts as extreme."""
    observed = value(other, metric) - value(one, metric)
    if np.isnan(observed):
        return {"p": np.nan, "p_drop": np.nan}
    found = value(other - swaps, metric) - value(one + swaps, metric)
    undefined = np.isnan(found)
    extreme = undefined | (np.abs(found) >= abs(observed) - _TIE)
    dropped = undefined | (found <= observed + _TIE)
    more = 0 if exact else 1
    whole = len(swaps) + more
    return {
        "p": float((extreme.sum() + more) / whole),
        "p_drop": float((dropped.sum() + more) / whole),
    }


def _sum(parts: Parts) -> Floats:
    found: Floats = np.sum(parts, axis=0, dtype=np.float64)
    return found


def _all_swaps(change: Floats) -> Floats:
    """What moves from one system to the other in each of the 2**k swaps."""
    return np.asarray(_subsets(len(change)) @ change)


@lru_cache(maxsize=ENUMERATED + 1)
def _subsets(k: int) -> Floats:
    return ((np.arange(2**k)[:, None] >> np.arange(k)) & 1).astype(np.float64)


def _random_swaps(change: Floats, differs: NDArray[np.bool_]) -> Floats:
    """What moves in each random swap: (swaps, figures, 4).

    Twice the counts are whole numbers, so that sums are exact in 32 bits where these suffice; means
    over several runs are not, and take 64.
    """
    figures, _, width = change.shape
    rows = 2 * change[:, differs].transpose(1, 0, 2).reshape(-1, figures * width)
    small = np.abs(rows).sum(axis=0).max(initial=0.0) < _EXACT_FLOAT32
    kind: Any = np.float32 if small and not (rows % 1).any() else np.float64
    rows = rows.astype(kind)
    moved = np.zeros((SWAPS, figures * width), kind)
    bits = np.random.Generator(np.random.PCG64(SEED))
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        drawn = np.frombuffer(bits.bytes(SWAPS * _BLOCK // 8), np.uint8).reshape(SWAPS, -1)
        chosen = np.unpackbits(drawn, axis=1, count=len(block))
        moved += chosen.astype(kind) @ block
    return moved.reshape(SWAPS, figures, width).astype(np.float64) / 2
