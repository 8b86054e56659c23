"""Which of several places a quotation means: the one that fits the order of the answer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


class Places:
    """The places where some words stand, each given away once as long as there are any left."""

    def __init__(self, starts: Sequence[int]) -> None:
        self.starts = starts
        self._up = list(range(len(starts) + 1))
        self._down = list(range(len(starts) + 1))

    def take(self, low: int, high: int) -> int:
        """The index of the first free place from `low` to `high`, else of the free one nearest to
        that stretch, else of the nearest.
        """
        at = bisect_left(self.starts, low)
        above, below = _root(self._up, at), _root(self._down, at) - 1
        last = len(self.starts)
        if above < last and (self.starts[above] <= high or below < 0):
            chosen = above
        elif above < last:
            near_above = self.starts[above] - high <= low - self.starts[below]
            chosen = above if near_above else below
        else:
            chosen = below
        if chosen < 0:
            return min(at, last - 1)
        self._up[chosen] = chosen + 1
        self._down[chosen + 1] = chosen
        return chosen


def _root(links: list[int], at: int) -> int:
    """Where the links lead to; they are shortened on the way, so that many steps stay cheap."""
    while links[at] != at:
        links[at] = links[links[at]]
        at = links[at]
    return at


def bounds(answer: Sequence[int | None], length: int) -> list[tuple[int, int]]:
    """For each item of an answer the stretch of text between its neighbours whose place is sure.

    Where an answer jumps back, as one does that is sorted by label, the stretch is the one between
    the two all the same.
    """
    before: list[int] = []
    sure = 0
    for start in answer:
        before.append(sure)
        sure = sure if start is None else start
    after: list[int] = []
    sure = length
    for start in reversed(answer):
        after.append(sure)
        sure = sure if start is None else start
    return [(min(pair), max(pair)) for pair in zip(before, reversed(after), strict=True)]
