"""Scores of predictions against what became of them: curve, best threshold, calibration."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from toolkit.statistics.parts import Floats

Bools: TypeAlias = NDArray[np.bool_]

BINS, REDRAWN, SEED = 10, 500, 20_210_712
"""Bins of equal width, how often documents are drawn anew, and PCG64's seed for that."""


class Bin(NamedTuple):
    """Predictions with scores in one bin: how many, their mean score, and the share right."""

    low: float
    high: float
    mentions: int
    score: float
    right: float


class Curve(NamedTuple):
    """Precision and recall at each threshold, from the lowest; recall is of all gold."""

    threshold: list[float]
    precision: list[float]
    recall: list[float]
    average_precision: float | None


def curve(right: Bools, scores: Floats, gold: float) -> Curve:
    """scikit-learn's curve, its recall brought from what was found to all `gold` mentions; empty
    where nothing is right.
    """
    if not right.any() or not gold:
        return Curve([], [], [], None)
    from sklearn.metrics import average_precision_score, precision_recall_curve

    precision, recall, threshold = precision_recall_curve(right, scores)
    share = right.sum() / gold
    return Curve(
        threshold.tolist(),
        precision[:-1].tolist(),
        (recall[:-1] * share).tolist(),
        float(average_precision_score(right, scores) * share),
    )


def best(of: Curve) -> tuple[float | None, float | None]:
    """The threshold of best F1, the lowest of several, and its F1."""
    if not of.threshold:
        return None, None
    precision, recall = np.array(of.precision), np.array(of.recall)
    f1 = 2 * precision * recall / np.maximum(precision + recall, np.finfo(float).tiny)
    top = int(np.flatnonzero(f1 >= f1.max() - 1e-12)[0])
    return of.threshold[top], float(f1[top])


def threshold_bounds(
    right: Bools, scores: Floats, document: NDArray[np.int64], gold: Floats
) -> tuple[float | None, float | None]:
    """Where the best threshold lies in 95 % of samples of as many documents, drawn with
    replacement; none below two documents.

    `document` is the position of each prediction's in `gold`, the gold mentions of each document.
    """
    if len(gold) < 2:
        return None, None
    order = np.argsort(scores, kind="stable")
    ends = np.flatnonzero(np.diff(scores[order], prepend=-np.inf))
    of, correct = document[order], right[order]
    drawing = np.random.Generator(np.random.PCG64(SEED))
    found = []
    for _ in range(REDRAWN):
        times = np.bincount(drawing.integers(len(gold), size=len(gold)), minlength=len(gold))
        kept = np.cumsum(times[of][::-1])[::-1][ends]
        hits = np.cumsum((times[of] * correct)[::-1])[::-1][ends]
        f1 = 2 * hits / np.maximum(kept + times @ gold, 1)
        if f1.max() > 0:
            found.append(scores[order][ends[int(f1.argmax())]])
    if not found:
        return None, None
    low, high = np.quantile(found, (0.025, 0.975), method="nearest")
    return float(low), float(high)


def calibration(right: Bools, scores: Floats) -> tuple[float | None, list[Bin]]:
    """Expected calibration error (Naeini et al. 2015) over ten bins of equal width, and the bins
    that have predictions.
    """
    if not len(scores):
        return None, []
    from sklearn.calibration import calibration_curve

    share, mean = calibration_curve(right, scores, n_bins=BINS, strategy="uniform", pos_label=True)
    edges = np.linspace(0, 1, BINS + 1)
    counts = np.bincount(np.searchsorted(edges[1:-1], scores), minlength=BINS)
    rows = zip(np.flatnonzero(counts).tolist(), mean.tolist(), share.tolist(), strict=True)
    bins = [
        Bin(float(edges[k]), float(edges[k + 1]), int(counts[k]), at, good) for k, at, good in rows
    ]
    error = sum(each.mentions * abs(each.score - each.right) for each in bins) / len(scores)
    return error, bins
