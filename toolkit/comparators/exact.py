"""Values that are the same or not."""

from __future__ import annotations

from typing import Any


def compare(gold: Any, predicted: Any) -> float:
    """1 where both values are the same and of the same type."""
    return float(gold == predicted and isinstance(gold, bool) == isinstance(predicted, bool))
