"""Ranges of text and how much they share, always in Unicode code points."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias


class Span(NamedTuple):
    """Half-open range of code points: `text[start:end]`."""

    start: int
    end: int


Place: TypeAlias = tuple[Span, ...]
"""Where a mention or a span value stands: sorted fragments that do not touch; `()` is nowhere."""


def canonical(fragments: Iterable[tuple[int, int]]) -> Place:
    """Fragments sorted, those that touch or overlap joined: the characters count, not how they are
    written down.
    """
    joined: list[Span] = []
    for start, end in sorted(fragments):
        if joined and start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(end, joined[-1].end))
        else:
            joined.append(Span(start, end))
    return tuple(joined)


def value_place(value: Any) -> Place | None:
    """The place of a field's span value, or `None` where the value is not of that form."""
    try:
        pairs = value["fragments"] if "fragments" in value else [(value["start"], value["end"])]
        pairs = [(start, end) for start, end in pairs]
    except (TypeError, KeyError, ValueError):
        return None
    if not pairs or not all(type(n) is int for pair in pairs for n in pair):
        return None
    if not all(0 <= start < end for start, end in pairs):
        return None
    return canonical(pairs)


def length(place: Place) -> int:
    """Code points in the place."""
    return sum(end - start for start, end in place)


def shared(one: Place, other: Place) -> int:
    """Code points that are in both places."""
    total = i = j = 0
    while i < len(one) and j < len(other):
        (start, end), (other_start, other_end) = one[i], other[j]
        total += max(0, min(end, other_end) - max(start, other_start))
        if end < other_end:
            i += 1
        else:
            j += 1
    return total


def iou(one: Place, other: Place) -> float:
    """Shared code points over those in either place; 0 where both are nowhere."""
    common = shared(one, other)
    return common / (length(one) + length(other) - common) if common else 0.0


def describe(place: Place) -> str:
    """`3-9` or `3-9+12-20`, for messages and tables."""
    return "+".join(f"{start}-{end}" for start, end in place) or "no place"
