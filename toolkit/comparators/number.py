"""Numbers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def comparator(absolute: float = 0.0, relative: float = 0.0) -> Callable[[Any, Any], float]:
    """1 where the numbers differ by no more than a tolerance; never credit for digits that look
    alike.

    `absolute` is in the field's own unit, `relative` a share of the gold number.
    """

    def compare(gold: Any, predicted: Any) -> float:
        try:
            one, other = _number(gold), _number(predicted)
            return float(one == other or abs(one - other) <= max(absolute, relative * abs(one)))
        except (ValueError, OverflowError):
            return 0.0

    return compare


def _number(value: Any) -> int | float:
    """A number, or a text that is nothing but one; its thousands may be parted by commas."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ValueError(value)
    number = float(_THOUSANDS.sub("", value)) if isinstance(value, str) else value
    if isinstance(number, float) and not math.isfinite(number):
        raise ValueError(value)
    return number
