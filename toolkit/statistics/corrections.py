"""Many tests at once."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

LEVEL = 0.05
"""Of every decision."""


def holm(ps: Sequence[float], least: Sequence[float] | None = None) -> list[float]:
    """Each p adjusted for all (Holm 1979): the chance of any false alarm is at most what is asked.

    Undefined ones (NaN) stay so and are no part of the family. Nor are those that could not have
    come below 5 % whatever the answers (`least`, the lowest p that each could have; Tarone 1990):
    they become 1 and cost the others nothing.
    """
    able = decidable(ps, least)
    tested = sorted((p, position) for position, p in enumerate(ps) if able[position])
    found = [p if able[position] or isnan(p) else 1.0 for position, p in enumerate(ps)]
    worst = 0.0
    for rank, (p, position) in enumerate(tested):
        worst = max(worst, min(1.0, p * (len(tested) - rank)))
        found[position] = worst
    return found


def decidable(ps: Sequence[float], least: Sequence[float] | None) -> list[bool]:
    """Which tests are part of the family: those that are defined and could be below 5 %."""
    floors = [0.0] * len(ps) if least is None else least
    return [not isnan(p) and floor <= LEVEL for p, floor in zip(ps, floors, strict=True)]


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
