"""Many tests at once."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan


def holm(ps: Sequence[float]) -> list[float]:
    """Each p adjusted for all (Holm 1979): the chance of any false alarm is at most what is asked.

    Undefined ones (NaN) stay so and are no part of the family.
    """
    tested = sorted((p, position) for position, p in enumerate(ps) if not isnan(p))
    found = list(ps)
    worst = 0.0
    for rank, (p, position) in enumerate(tested):
        worst = max(worst, min(1.0, p * (len(tested) - rank)))
        found[position] = worst
    return found


def letters(order: Sequence[str], differ: set[frozenset[str]]) -> dict[str, str]:
    """A compact letter display (Piepho 2004): two names share a letter unless they differ.

    `order` lists names best first, so that the best have an `a`.
    """
    groups = [set(order)]
    for pair in sorted(differ, key=sorted):
        one, other = sorted(pair)
        split = [group - {out} for group in groups if pair <= group for out in (one, other)]
        groups = [group for group in groups if not pair <= group]
        for group in split:
            if not any(group <= known for known in groups):
                groups = [known for known in groups if not known < group] + [group]
    groups.sort(key=lambda group: sorted(map(order.index, group)))
    return {
        name: "".join(_letter(k) for k, group in enumerate(groups) if name in group)
        for name in order
    }


def _letter(position: int) -> str:
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    return alphabet[position] if position < len(alphabet) else f"({position + 1})"
