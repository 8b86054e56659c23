"""Choices from a hierarchy of values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def comparator(parents: dict[str, str]) -> Callable[[Any, Any], float]:
    """1 for the same value, a half where one value contains the other, 0 for siblings and all else.

    The half is MUC's credit for an answer that is right but coarser (MUC-5 scoring, Chinchor 1993).
    """

    def compare(gold: Any, predicted: Any) -> float:
        if gold == predicted:
            return 1.0
        return 0.5 if _within(gold, predicted) or _within(predicted, gold) else 0.0

    def _within(value: Any, ancestor: Any) -> bool:
        while isinstance(value, str) and value in parents:
            value = parents[value]
            if value == ancestor:
                return True
        return False

    return compare
