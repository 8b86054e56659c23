"""Timing two things in turn, and a line of the table."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple


class Unmeasured(Exception):
    """Why a line of the table has no figure."""


class Bound(NamedTuple):
    """What a figure must reach, or stay under, and what is aimed at."""

    floor: float
    aim: float | None = None
    most: bool = False

    def met(self, figure: float, wanted: float) -> bool:
        """Whether a figure is as good as wanted."""
        return figure <= wanted if self.most else figure >= wanted


class Row(NamedTuple):
    """A line of the table: a figure, how it came about, and what it is held to."""

    name: str
    figure: float | None = None
    unit: str = "x"
    ours: str = ""
    other: str = ""
    spread: str = ""
    bound: Bound | None = None
    why: str = ""

    @property
    def state(self) -> str:
        """How the figure stands to its bound."""
        if self.figure is None:
            return f"not measured: {self.why}"
        if self.bound is None:
            return ""
        if not self.bound.met(self.figure, self.bound.floor):
            return "**below floor**"
        if self.bound.aim is not None and not self.bound.met(self.figure, self.bound.aim):
            return "holds, below aim"
        return "holds"


class Side(NamedTuple):
    """What is timed; `prepare` runs before each time, outside the clock, and gives its argument.

    The clock counts the processor time of this process, which other work on the machine disturbs
    least. What starts processes needs `time.perf_counter`.
    """

    run: Callable[..., Any]
    prepare: Callable[[], Any] | None = None
    clock: Callable[[], float] = time.process_time

    def seconds(self) -> float:
        """Time one run; what it leaves is thrown away after the clock has stopped."""
        given = () if self.prepare is None else (self.prepare(),)
        gc.collect()
        start = self.clock()
        left = self.run(*given)
        took = self.clock() - start
        del left
        return took


class Times(NamedTuple):
    """Seconds of two sides, round by round."""

    ours: list[float]
    other: list[float]

    def row(
        self, name: str, bound: Bound | None = None, *, slower: bool = False, unit: str = "x"
    ) -> Row:
        """The median over the rounds of how often ours fits into the other, or with `slower` the
        other into ours.
        """
        rounds = list(zip(self.ours, self.other, strict=True))
        ratios = [ours / other if slower else other / ours for ours, other in rounds]
        return Row(
            name,
            statistics.median(ratios),
            unit,
            seconds(self.ours),
            seconds(self.other),
            f"{min(ratios):.3g} to {max(ratios):.3g}",
            bound,
        )


def in_turn(ours: Side, other: Side, rounds: int) -> Times:
    """Run both once to warm up, then time one, the other, one, the other.

    What is alive before is hidden from the garbage collector, so that neither side pays for the
    other's input.
    """
    for side in (ours, other):
        side.seconds()
    gc.collect()
    gc.freeze()
    taken = Times([], [])
    for _ in range(rounds):
        taken.ours.append(ours.seconds())
        taken.other.append(other.seconds())
    gc.unfreeze()
    return taken


def alone(side: Side, rounds: int) -> float:
    """The median of several runs."""
    side.seconds()
    return statistics.median(side.seconds() for _ in range(rounds))


def seconds(times: Sequence[float] | float) -> str:
    """A time, or the median of several, to read."""
    found = times if isinstance(times, float) else statistics.median(times)
    return f"{found:.2f} s" if found >= 0.1 else f"{1000 * found:.1f} ms"
