"""What aligning the gold of a batch of documents with its predictions leaves.

tier 1  EXACT       same label, same place
tier 2  MATCHED     same label, the label's match rule is met
tier 3  OVERLAPPING same label, sharing at least one character
tier 4  RELABELLED  same place, other label
tier 5  CROSSED     sharing at least one character, other label
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from toolkit.columns import Mask, Real, Whole
from toolkit.scoring.sides import Side


class Tier(IntEnum):
    """How well two aligned mentions agree in label and place."""

    EXACT = 1
    MATCHED = 2
    OVERLAPPING = 3
    RELABELLED = 4
    CROSSED = 5


class Pairs(NamedTuple):
    """Gold and predicted mentions, by position, that stand against each other.

    `shared` are the code points in both places, `size` and `other_size` those of the gold place,
    the mention's own or one of its alternatives, and of the predicted one; 0 for records.
    """

    rows: Whole
    columns: Whole
    tier: Whole
    shared: Whole
    size: Whole
    other_size: Whole

    def at(self, positions: Whole | Mask) -> Pairs:
        """Some of the pairs."""
        return Pairs(*(each[positions] for each in self))

    @property
    def iou(self) -> Real:
        """Shared code points over those in either place; of pairs that have places."""
        return self.shared / (self.size + self.other_size - self.shared)


class Alignment(NamedTuple):
    """All mentions of a batch, each exactly once: in a pair, missing, or spurious.

    `left_out` are optional gold mentions that nothing was found for.
    """

    gold: Side
    predicted: Side
    pairs: Pairs
    missing: Whole
    spurious: Whole
    left_out: Whole
