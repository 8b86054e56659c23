"""Numbers of the charts: the template draws them as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from toolkit.analysis.parts import Name, document_parts
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.views import MICRO
from toolkit.statistics.metrics import value

BINS = 10
MOST_POINTS = 200
"""Points of a curve; more would not be seen."""


class Bin(NamedTuple):
    """Documents whose F1 lies from `low` to `high` percent; `share` is of the fullest bin."""

    low: int
    high: int
    documents: int
    share: float


class Point(NamedTuple):
    """Precision and recall of the predictions whose score is at least this."""

    score: float
    precision: float
    recall: float


def distribution(card: Scorecard) -> list[Bin]:
    """How documents spread over F1 of all mentions, strict; none where fewer than two are known
    one by one. Documents without any mention have no F1 and stand in no bin.
    """
    if len(card.counts.names) < 2:
        return []
    found = value(document_parts(card.counts, Name(MICRO, None, "strict")), "f1")
    counts, _ = np.histogram(found[~np.isnan(found)], bins=BINS, range=(0, 1))
    most = max(1, int(counts.max()))
    width = 100 // BINS
    return [
        Bin(k * width, (k + 1) * width, times, times / most)
        for k, times in enumerate(counts.tolist())
    ]


def curve(ranked: Sequence[tuple[float | None, bool]], gold: int) -> list[Point]:
    """Precision against recall as ever less sure predictions are taken; none unless all predictions
    have a score, and not all the same.

    The alignment is that of all predictions: a threshold does not align anew.
    """
    scores = [score for score, _ in ranked]
    if not gold or None in scores or len(set(scores)) < 2:
        return []
    found = sorted(((score or 0.0, right) for score, right in ranked), key=lambda row: -row[0])
    points = []
    correct = 0
    for taken, (score, right) in enumerate(found, 1):
        correct += right
        if taken == len(found) or found[taken][0] != score:
            points.append(Point(score, correct / taken, correct / gold))
    step = -(-len(points) // MOST_POINTS)
    return points[:-1:step] + points[-1:] if step > 1 else points
