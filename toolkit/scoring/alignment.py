"""What aligning a document's gold with its predictions leaves.

tier 1  EXACT       same label, same place
tier 2  MATCHED     same label, the label's match rule is met
tier 3  OVERLAPPING same label, sharing at least one character
tier 4  RELABELLED  same place, other label
tier 5  CROSSED     sharing at least one character, other label
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from toolkit.model import Mention


class Tier(IntEnum):
    """How well two aligned mentions agree in label and place."""

    EXACT = 1
    MATCHED = 2
    OVERLAPPING = 3
    RELABELLED = 4
    CROSSED = 5


class Pair(NamedTuple):
    """A gold mention and a prediction, aligned.

    `shared` are the code points in both places, `size` and `other_size` those of the gold place
    and of the predicted one; the gold place is the mention's own or one of its alternatives.
    Records have none.
    """

    gold: Mention
    predicted: Mention
    tier: Tier
    shared: int
    size: int
    other_size: int

    @property
    def iou(self) -> float:
        """Shared code points over those in either place; 1 for records."""
        return iou(self.shared, self.size, self.other_size) if self.size else 1.0


def iou(shared: int, size: int, other_size: int) -> float:
    """Shared code points over those in either place."""
    return shared / (size + other_size - shared)


class Alignment(NamedTuple):
    """All mentions of a document, each exactly once; exact pairs stand apart, as most pairs are."""

    exact: list[tuple[Mention, Mention]]
    inexact: list[Pair]
    missing: list[Mention]
    spurious: list[Mention]

    def same_label(self) -> Iterator[tuple[Mention, Mention]]:
        """Every pair whose mentions have one label."""
        yield from self.exact
        for pair in self.inexact:
            if pair.tier <= Tier.OVERLAPPING:
                yield pair.gold, pair.predicted
