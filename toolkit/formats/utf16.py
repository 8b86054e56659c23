"""Offsets that count UTF-16 units, as Java and JavaScript do, and ours, which count code points."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from itertools import accumulate


def is_plain(text: str) -> bool:
    """Whether both ways of counting agree on the text."""
    return text.isascii() or max(text) <= "\uffff"


def from_utf16(text: str) -> Callable[[int], int | None]:
    """A function from an offset in UTF-16 units to one in code points; `None` for an offset past
    the text or in the middle of a character.
    """
    if is_plain(text):
        return lambda unit: unit if 0 <= unit <= len(text) else None
    starts = utf16_offsets(text)

    def point(unit: int) -> int | None:
        at = bisect_left(starts, unit)
        return at if at < len(starts) and starts[at] == unit else None

    return point


def utf16_offsets(text: str) -> list[int]:
    """For each offset in code points, the end included, that in UTF-16 units."""
    return list(accumulate((1 + (char > "\uffff") for char in text), initial=0))
