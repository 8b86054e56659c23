"""The cells into which scoring counts, once; every figure of a report is read off them."""

from __future__ import annotations

from collections import Counter
from typing import Literal, TypeAlias

Cells: TypeAlias = list[int]

Confusion: TypeAlias = Counter[tuple[str, str, str, str]]
"""How often a gold label, or a choice value of a label's field, was answered by which other."""

Outcome: TypeAlias = Literal["correct", "partial", "incorrect", "missing", "spurious"]
"""What becomes of a gold or predicted item, in MUC's words."""

MENTION_CELLS = (
    "exact",
    "matched",
    "overlapping",
    "relabelled_gold",
    "relabelled_predicted",
    "crossed_gold",
    "crossed_predicted",
    "missing",
    "spurious",
    "iou_half",
    "characters_shared",
    "characters_missing",
    "characters_spurious",
)
"""Counts of one label in one document.

The first seven are aligned pairs by tier; a pair of two labels is counted under each, once as gold
and once as predicted. `missing` and `spurious` are mentions without a counterpart, `iou_half` the
inexact pairs of one label with IoU of at least 0.5. `characters` are code points: those that pairs
of one label share, and the rest of its gold and predicted mentions.
"""

FIELD_CELLS = (
    "correct",
    "partial",
    "incorrect",
    "missing",
    "spurious",
    "missing_unmatched",
    "spurious_unmatched",
)
"""Counts of one field in one document; the last two are values of mentions that have no matched
counterpart.
"""

(
    EXACT,
    MATCHED,
    OVERLAPPING,
    RELABELLED_GOLD,
    RELABELLED_PREDICTED,
    CROSSED_GOLD,
    CROSSED_PREDICTED,
    MISSING,
    SPURIOUS,
    IOU_HALF,
    CHARACTERS_SHARED,
    CHARACTERS_MISSING,
    CHARACTERS_SPURIOUS,
) = range(len(MENTION_CELLS))

CORRECT = 0
MISSING_UNMATCHED, SPURIOUS_UNMATCHED = 5, 6


def add(one: list[int], other: list[int]) -> list[int]:
    """Two rows of whole numbers added up."""
    return [a + b for a, b in zip(one, other, strict=True)]
