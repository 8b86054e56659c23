"""Offsets of tools that count as JavaScript does: in UTF-16 units, two for 🙂 and most emoji."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate


def is_plain(text: str) -> bool:
    """Whether both ways of counting agree on the text."""
    return text.isascii() or max(text, default="") <= "\uffff"


def to_code_points(text: str) -> Callable[[int], int | None]:
    """UTF-16 offsets to ours; `None` within a character, and past the end as far past it."""
    if is_plain(text):
        return lambda offset: offset
    units = _units(text)
    known = {unit: point for point, unit in enumerate(units)}

    def convert(offset: int) -> int | None:
        past = offset - units[-1]
        return len(text) + past if past > 0 else known.get(offset, offset if offset < 0 else None)

    return convert


def to_utf16(text: str) -> Callable[[int], int]:
    """Our offsets to UTF-16 offsets."""
    if is_plain(text):
        return lambda offset: offset
    return _units(text).__getitem__


def _units(text: str) -> list[int]:
    return [0, *accumulate(2 if char > "\uffff" else 1 for char in text)]
