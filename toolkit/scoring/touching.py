"""Which gold and predicted mentions share characters, and how many."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from toolkit.model import Alternative, Mention
from toolkit.spans import length, shared

if TYPE_CHECKING:
    import numpy as np

    Whole: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]

Item: TypeAlias = Mention | Alternative

_Bounds: TypeAlias = tuple[int, int, int]
"""First and last offset, and position in the input."""

_start = itemgetter(0)
_fragments = attrgetter("fragments")


Touch: TypeAlias = tuple[int, int, int, int, int]
"""Two items that share characters: their positions, how many they share, how many each covers."""


def touching(gold: Sequence[Item], predicted: Sequence[Item]) -> list[Touch]:
    """Every two items that share a character; each must have a place."""
    found: list[Touch] = []
    theirs = _bounds(predicted)
    for start, end, i in _bounds(gold):
        for other_start, other_end, j in theirs:
            if other_start >= end:
                break
            if other_end > start:
                last = end if end < other_end else other_end
                first = start if start > other_start else other_start
                found.append((i, j, last - first, end - start, other_end - other_start))
    if any(map(_fragments, gold)) or any(map(_fragments, predicted)):
        return _exactly(found, gold, predicted)
    return found


class Touches(NamedTuple):
    """The same facts as arrays."""

    rows: Whole
    columns: Whole
    shared: Whole
    sizes: Whole
    other_sizes: Whole


def touching_arrays(gold: Sequence[Item], predicted: Sequence[Item]) -> Touches:
    """The same for very many items, in time that grows with their number and with what is found.

    Either the predicted one starts within the gold one, or the gold one starts within the predicted
    one; sorted starts make both questions a range.
    """
    import numpy as np

    ours, theirs = np.array(_bounds(gold)), np.array(_bounds(predicted))
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
    found = Touches(i, j, common, end - start, other_end - other_start)
    broken = np.array([bool(item.fragments) for item in gold])[i]
    broken |= np.array([bool(item.fragments) for item in predicted])[j]
    if not broken.any():
        return found
    listed = list(zip(*(each[broken].tolist() for each in found), strict=True))
    exact = np.array(_exactly(listed, gold, predicted), dtype=np.int64).reshape(-1, len(found))
    return Touches(
        *(np.concatenate((each[~broken], more)) for each, more in zip(found, exact.T, strict=True))
    )


def _bounds(items: Sequence[Item]) -> list[_Bounds]:
    """Each item's bounds, in order; those of a discontinuous one span its gaps."""
    found: list[_Bounds] = []
    for position, item in enumerate(items):
        start, end = item.start, item.end
        if start is None or end is None:
            place = item.place
            start, end = place[0].start, place[-1].end
        found.append((start, end, position))
    found.sort(key=_start)
    return found


def _exactly(found: list[Touch], gold: Sequence[Item], predicted: Sequence[Item]) -> list[Touch]:
    """The touches whose bounds are not all there is: with characters in gaps left out."""
    exact: list[Touch] = []
    for i, j, *_ in found:
        place, other = gold[i].place, predicted[j].place
        common = shared(place, other)
        if common:
            exact.append((i, j, common, length(place), length(other)))
    return exact


def _ranges(first: Whole, last: Whole) -> tuple[Whole, Whole]:
    """Each position repeated, with every number from its `first` up to its `last`."""
    import numpy as np

    sizes = np.maximum(last - first, 0)
    position = np.repeat(np.arange(len(sizes)), sizes)
    within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return position, first[position] + within
