"""Values without a schema: compared by what they look like."""

from __future__ import annotations

from typing import Any

from toolkit.comparators.text import normalised
from toolkit.spans import value_place


def compare(gold: Any, predicted: Any) -> float:
    """1 for the same value, the same text but for case, white space and quotes, or the same span;
    else 0.
    """
    if isinstance(gold, str) and isinstance(predicted, str):
        return normalised(gold, predicted)
    if isinstance(gold, dict) and (place := value_place(gold)) is not None:
        return float(place == value_place(predicted))
    return float(gold == predicted and isinstance(gold, bool) == isinstance(predicted, bool))
