"""Which gold and predicted mentions share characters, and how much of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from toolkit.spans import Place, iou

if TYPE_CHECKING:
    import numpy as np

    Whole: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
    Real: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]


def touching(gold: Sequence[Place], predicted: Sequence[Place]) -> list[tuple[int, int, float]]:
    """Every two places that share a character: the positions of both, and their IoU.

    Either the predicted one starts within the gold one, or the gold one starts within the predicted
    one; sorted starts make both questions a range. Work grows with the input and what is found.
    """
    found: list[tuple[int, int, float]] = []
    ours, theirs = _by_start(gold), _by_start(predicted)
    starts = [start for start, _, _ in ours]
    their_starts = [start for start, _, _ in theirs]
    for start, end, i in ours:
        here = bisect_left(their_starts, start)
        for _, _, j in theirs[here : bisect_left(their_starts, end, here)]:
            if overlap := iou(gold[i], predicted[j]):
                found.append((i, j, overlap))
    for start, end, j in theirs:
        here = bisect_right(starts, start)
        for _, _, i in ours[here : bisect_left(starts, end, here)]:
            if overlap := iou(gold[i], predicted[j]):
                found.append((i, j, overlap))
    return found


def touching_arrays(gold: Sequence[Place], predicted: Sequence[Place]) -> tuple[Whole, Whole, Real]:
    """The same as three arrays, for documents in which very many mentions touch."""
    import numpy as np

    ours, theirs = np.array(_by_start(gold)), np.array(_by_start(predicted))
    rows, columns = _ranges(
        np.searchsorted(theirs[:, 0], ours[:, 0]), np.searchsorted(theirs[:, 0], ours[:, 1])
    )
    more_columns, more_rows = _ranges(
        np.searchsorted(ours[:, 0], theirs[:, 0], "right"),
        np.searchsorted(ours[:, 0], theirs[:, 1]),
    )
    rows, columns = np.concatenate((rows, more_rows)), np.concatenate((columns, more_columns))
    (start, end, i), (other_start, other_end, j) = ours[rows].T, theirs[columns].T
    common = np.minimum(end, other_end) - np.maximum(start, other_start)
    overlap = common / (end - start + other_end - other_start - common)
    broken = np.array([len(place) > 1 for place in gold], dtype=bool)
    other_broken = np.array([len(place) > 1 for place in predicted], dtype=bool)
    for k in np.flatnonzero(broken[i] | other_broken[j]):
        overlap[k] = iou(gold[i[k]], predicted[j[k]])
    kept = overlap > 0
    return i[kept], j[kept], overlap[kept]


def _by_start(places: Sequence[Place]) -> list[tuple[int, int, int]]:
    return sorted((place[0][0], place[-1][1], i) for i, place in enumerate(places))


def _ranges(first: Whole, last: Whole) -> tuple[Whole, Whole]:
    """Each position repeated, with every number from its `first` up to its `last`."""
    import numpy as np

    sizes = np.maximum(last - first, 0)
    position = np.repeat(np.arange(len(sizes)), sizes)
    within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return position, first[position] + within
