"""A batch of documents: aligned, compared and counted."""

from __future__ import annotations

from collections import Counter

import numpy as np

from toolkit.columns import Columns, Whole, grouped
from toolkit.scoring.align import align
from toolkit.scoring.alignment import Alignment, Tier
from toolkit.scoring.cells import (
    CHARACTERS_MISSING,
    CHARACTERS_SHARED,
    CHARACTERS_SPURIOUS,
    CROSSED_GOLD,
    CROSSED_PREDICTED,
    EXACT,
    IOU_HALF,
    MATCHED,
    MENTION_CELLS,
    MISSING,
    OVERLAPPING,
    RELABELLED_GOLD,
    RELABELLED_PREDICTED,
    SPURIOUS,
    Confusion,
)
from toolkit.scoring.count_fields import Judged, count_fields
from toolkit.scoring.counts import Counts
from toolkit.scoring.plan import Plan
from toolkit.scoring.sides import numbered, sides


def count(
    gold: Columns,
    predicted: Columns,
    plan: Plan,
    counts: Counts,
    taken: Confusion,
) -> tuple[Alignment, Judged]:
    """Count documents, gold and predicted at one position, into `counts`, and the labels and choice
    values taken for one another into `taken`.

    Returns what is not correct: the alignment tells it of mentions and of the fields of unmatched
    ones.
    """
    alignment = align(*sides(gold, predicted, plan), plan)
    first = len(counts.names)
    counts.names += [document.id for document in gold.documents]
    _count_mentions(alignment, counts, first, taken)
    values: Judged = []
    if alignment.gold.values or alignment.predicted.values:
        values = count_fields(alignment, plan, counts, first, taken)
    return alignment, values


def _count_mentions(alignment: Alignment, counts: Counts, first: int, taken: Confusion) -> None:
    gold, predicted, pairs, missing, spurious, _ = alignment
    labels = len(gold.labels)
    ours = gold.document * labels + gold.label
    theirs = predicted.document * labels + predicted.label
    both = np.concatenate((ours, theirs))
    groups, group = numbered(both)
    group, other_group = group[: len(ours)], group[len(ours) :]
    cells = np.zeros((len(MENTION_CELLS), len(groups)), np.int64)

    def add(cell: int, groups_: Whole, amount: Whole | None = None) -> None:
        found = np.bincount(groups_, amount, minlength=len(groups))
        cells[cell] += found.astype(np.int64)

    rows, columns, tier, shared, size, other_size = pairs
    same = tier <= Tier.OVERLAPPING
    inexact = same & (tier != Tier.EXACT)
    for cell, found in (
        (EXACT, tier == Tier.EXACT),
        (MATCHED, tier == Tier.MATCHED),
        (OVERLAPPING, tier == Tier.OVERLAPPING),
        (RELABELLED_GOLD, tier == Tier.RELABELLED),
        (CROSSED_GOLD, tier == Tier.CROSSED),
        (IOU_HALF, inexact & (3 * shared >= size + other_size)),
    ):
        add(cell, group[rows[found]])
    add(RELABELLED_PREDICTED, other_group[columns[tier == Tier.RELABELLED]])
    add(CROSSED_PREDICTED, other_group[columns[tier == Tier.CROSSED]])
    add(MISSING, group[missing])
    add(SPURIOUS, other_group[spurious])
    common = np.where(same, shared, 0)
    add(CHARACTERS_SHARED, group[rows], common)
    add(CHARACTERS_MISSING, group[rows], size - common)
    add(CHARACTERS_MISSING, group[missing], gold.size[missing])
    add(CHARACTERS_SPURIOUS, other_group[columns], other_size - common)
    add(CHARACTERS_SPURIOUS, other_group[spurious], predicted.size[spurious])
    for name, here in zip(gold.labels, grouped(groups % labels, labels), strict=True):
        counts.mentions.append(name, groups[here] // labels + first, cells[:, here].T)
    crossed = zip(
        gold.label[rows[~same]].tolist(), predicted.label[columns[~same]].tolist(), strict=True
    )
    for (label, other), times in Counter(crossed).items():
        taken["", "", gold.labels[label], gold.labels[other]] += times
