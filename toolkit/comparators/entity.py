"""People, bodies and places, by id or by any of their names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit.model import Entities


def comparator(entities: Entities) -> Callable[[Any, Any], float]:
    """1 where the two names may mean the same entity; names of no known entity compare as folded
    text.
    """

    def compare(gold: Any, predicted: Any) -> float:
        if not isinstance(gold, str) or not isinstance(predicted, str):
            return 0.0
        return float(not entities.ids(gold).isdisjoint(entities.ids(predicted)))

    return compare
