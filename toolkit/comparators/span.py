"""Stretches of text as field values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit.schema.nouns import Match
from toolkit.spans import iou, value_place


def comparator(match: Match) -> Callable[[Any, Any], float]:
    """1 where the spans meet the field's match rule, a half where they merely overlap, else 0."""

    def compare(gold: Any, predicted: Any) -> float:
        one, other = value_place(gold), value_place(predicted)
        if one is None or other is None:
            return 0.0
        if one == other:
            return 1.0
        overlap = iou(one, other)
        if not overlap:
            return 0.0
        matched = match.rule == "overlap" or (match.rule == "iou" and overlap >= match.threshold)
        return 1.0 if matched else 0.5

    return compare
