"""Mentions and values as plain JSON that a browser reads: offsets in UTF-16 units, numbers that
JavaScript holds exactly.
"""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Any, TypeAlias

from toolkit.formats.utf16 import is_plain, utf16_offsets
from toolkit.model import Mention
from toolkit.spans import value_place

Offsets: TypeAlias = Callable[[int], int]
"""Turns our offsets in one text into UTF-16's."""

PLACE, FIELDS, MORE = 1, 3, 4
"""Positions in the row of a mention."""

EXACT_NUMBERS = 2**53
"""Whole numbers below this are exact in JavaScript; larger ones go as text."""


class Mentions:
    """Turns mentions into rows `[label, offsets, id, fields, more]`, names into numbers."""

    def __init__(self) -> None:
        self.labels: dict[str, int] = {}
        self.field_names: dict[str, int] = {}

    def label(self, name: str) -> int:
        """The number of a label."""
        return self.labels.setdefault(name, len(self.labels))

    def fields(self, name: str) -> int:
        """The number of a field's name."""
        return self.field_names.setdefault(name, len(self.field_names))

    def plain(self, mention: Mention, convert: Offsets) -> list[Any]:
        """A mention of a document whose offsets `convert` turns into UTF-16's."""
        place = [convert(offset) for fragment in mention.place for offset in fragment]
        more: dict[str, Any] = {}
        if mention.score is not None:
            more["score"] = plain(mention.score, convert)
        if mention.grounding is not None:
            more["grounding"] = mention.grounding
        if mention.text is not None and not mention.place:
            more["words"] = mention.text
        fields = {
            self.fields(name): plain(value, convert)
            for name, value in mention.fields.items()
            if value is not None
        }
        row = [self.label(mention.label), place, mention.id]
        return [*row, fields, more] if more else [*row, fields] if fields else row


def same(offset: int) -> int:
    """The offset itself: where there is no text, or both ways of counting agree."""
    return offset


def offsets(text: str | None) -> Offsets:
    """Our offsets in a text to UTF-16's; those past its end as far past it."""
    if text is None or is_plain(text):
        return same
    known, last = utf16_offsets(text), len(text)
    return lambda offset: known[min(offset, last)] + max(0, offset - last)


def plain(value: Any, convert: Offsets) -> Any:
    """A field value; a span keeps its form with other offsets, `{"span": [start, end, ...]}`."""
    if isinstance(value, list | tuple):
        return [plain(each, convert) for each in value]
    if isinstance(value, dict):
        if place := value_place(value):
            return {"span": [convert(offset) for fragment in place for offset in fragment]}
        return {str(key): plain(each, convert) for key, each in value.items()}
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= EXACT_NUMBERS:
        return str(value)
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value if isinstance(value, str | int | float | None) else str(value)


def plain_meta(meta: dict[str, Any], prefix: str = "") -> dict[str, str]:
    """What `meta` says, nested keys joined by dots; a document may be sliced by any of it."""
    found: dict[str, str] = {}
    for key, value in meta.items():
        if isinstance(value, dict):
            found |= plain_meta(value, f"{prefix}{key}.")
        elif value is not None:
            found[f"{prefix}{key}"] = str(value)
    return found
