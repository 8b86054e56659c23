"""Which gold and predicted places share characters, and how many."""

from __future__ import annotations

import numpy as np

from toolkit.columns import Whole
from toolkit.scoring.alignment import Pairs
from toolkit.scoring.sides import Places, Side
from toolkit.spans import shared


def touching(gold: Side, predicted: Side) -> Pairs:
    """Every two places that share a character, of no tier yet; a gold mention with alternatives may
    stand in several pairs with one prediction.

    They are found in time that grows with the input and with what is found.

    Either the predicted place starts within the gold one, or the gold one starts within the
    predicted one; sorted starts make both questions a range. Offsets count on from document to
    document, so that places of two documents never touch.
    """
    ours, theirs = gold.places, predicted.places
    stride = 1 + max(ours.end.max(initial=0), theirs.end.max(initial=0))
    base = gold.document[ours.owner] * stride
    other_base = predicted.document[theirs.owner] * stride
    order = np.argsort(ours.start + base, kind="stable")
    other_order = np.argsort(theirs.start + other_base, kind="stable")
    start, end = (ours.start + base)[order], (ours.end + base)[order]
    other_start = (theirs.start + other_base)[other_order]
    other_end = (theirs.end + other_base)[other_order]
    rows, columns = _ranges(np.searchsorted(other_start, start), np.searchsorted(other_start, end))
    more_columns, more_rows = _ranges(
        np.searchsorted(start, other_start, "right"), np.searchsorted(start, other_end)
    )
    rows, columns = np.concatenate((rows, more_rows)), np.concatenate((columns, more_columns))
    common = np.minimum(end[rows], other_end[columns])
    common -= np.maximum(start[rows], other_start[columns])
    rows, columns = order[rows], other_order[columns]
    if ours.broken or theirs.broken:
        _leave_out_gaps(rows, columns, common, ours, theirs)
        kept = common > 0
        rows, columns, common = rows[kept], columns[kept], common[kept]
    return Pairs(
        rows=ours.owner[rows],
        columns=theirs.owner[columns],
        tier=np.zeros(len(rows), np.int64),
        shared=common,
        size=ours.size[rows],
        other_size=theirs.size[columns],
    )


def _leave_out_gaps(
    rows: Whole, columns: Whole, common: Whole, ours: Places, theirs: Places
) -> None:
    """Put right what is shared where one of two places has gaps that its bounds do not show."""
    gaps = np.isin(rows, list(ours.broken)) | np.isin(columns, list(theirs.broken))
    for k in np.flatnonzero(gaps).tolist():
        common[k] = shared(ours.place(int(rows[k])), theirs.place(int(columns[k])))


def _ranges(first: Whole, last: Whole) -> tuple[Whole, Whole]:
    """Each position repeated, with every number from its `first` up to its `last`."""
    sizes = np.maximum(last - first, 0)
    position = np.repeat(np.arange(len(sizes)), sizes)
    within = np.arange(len(position)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return position, first[position] + within
