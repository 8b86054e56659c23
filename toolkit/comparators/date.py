"""Dates and ranges of dates, each as precise as it is written."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias

Parts: TypeAlias = tuple[int, ...]
"""Year, year and month, or year, month and day."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?\Z")

_PARTS = {"year": 1, "month": 2, "day": 3}


def parse(value: Any) -> tuple[Parts, Parts] | None:
    """First and last date of `2021`, `2021-12`, `2021-12-07` or a range `2021-12-07/2021-12-09`;
    else `None`.
    """
    return _parse(value) if isinstance(value, str) else None


@lru_cache(2**16)
def _parse(value: str) -> tuple[Parts, Parts] | None:
    ends = [_parse_one(end) for end in value.split("/")]
    first, last = ends[0], ends[-1]
    if len(ends) > 2 or first is None or last is None or first[: len(last)] > last[: len(first)]:
        return None
    return first, last


def comparator(granularity: str) -> Callable[[Any, Any], float]:
    """1 for the same date at the field's granularity, a half where one side is right but coarser,
    else 0.

    `2021-12` for `2021-12-07` is a half: full credit would let an extractor win by always answering
    the year. A field that needs no more than the year says `granularity: year`. 2014 for 2015 is 0.
    """
    keep = _PARTS[granularity]

    def compare(gold: Any, predicted: Any) -> float:
        one, other = parse(gold), parse(predicted)
        if one is None or other is None:
            return 0.0
        exact = True
        for mine, theirs in zip(one, other, strict=True):
            mine, theirs = mine[:keep], theirs[:keep]
            known = min(len(mine), len(theirs))
            if mine[:known] != theirs[:known]:
                return 0.0
            exact = exact and len(mine) == len(theirs)
        return 1.0 if exact else 0.5

    return compare


def _parse_one(value: str) -> Parts | None:
    found = _DATE.match(value.strip())
    if not found:
        return None
    parts = tuple(int(part) for part in found.groups() if part)
    try:
        datetime.date(*(*parts, 1, 1)[:3])
    except ValueError:
        return None
    return parts
