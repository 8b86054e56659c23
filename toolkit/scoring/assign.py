"""One-to-one assignment that is optimal by several objectives, the first before the second and so
on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np

    Matrix: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]

Edges: TypeAlias = dict[tuple[int, int], tuple[int, ...]]
"""What pairing a row with a column is worth, objective by objective; pairs that are not there are
forbidden.
"""

EXACT = 2**52
"""Sums of whole numbers below this are exact in the solver's double precision."""


def assign(edges: Edges) -> list[tuple[int, int]]:
    """The pairs that maximise the sum of the first worth, among those of the second, and so on.

    Worths are whole and not negative, with one of them above zero for each edge. Where everything
    ties, pairs with low numbers win, so callers number rows and columns in an order that does not
    depend on their input's.
    """
    pairs: list[tuple[int, int]] = []
    for component in components(edges):
        if len(component) == 1:
            pairs.extend(component)
        elif len({row for row, _ in component}) == 1 or len({col for _, col in component}) == 1:
            pairs.append(max(component, key=lambda pair: (edges[pair], -pair[0], -pair[1])))
        else:
            pairs.extend(_solve({pair: edges[pair] for pair in component}))
    return pairs


def components(edges: Edges) -> list[list[tuple[int, int]]]:
    """The edges parted into connected components, each in order."""
    leader: dict[tuple[str, int], tuple[str, int]] = {}

    def find(node: tuple[str, int]) -> tuple[str, int]:
        while (above := leader.setdefault(node, node)) != node:
            leader[node] = leader[above]
            node = above
        return node

    for row, column in edges:
        leader[find(("row", row))] = find(("column", column))
    parted: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for pair in sorted(edges):
        parted.setdefault(find(("row", pair[0])), []).append(pair)
    return list(parted.values())


def _solve(edges: Edges) -> list[tuple[int, int]]:
    """One tangled component: Hungarian assignment, objectives packed into one weight as far as they
    fit exactly.

    What does not fit is solved in further rounds that keep to the optima of the rounds before: by
    complementary slackness those are the perfect matchings of the cells whose reduced cost is zero.
    """
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    rows = sorted({row for row, _ in edges})
    columns = sorted({column for _, column in edges})
    size = max(len(rows), len(columns))
    at_row = {row: i for i, row in enumerate(rows)}
    at_column = {column: i for i, column in enumerate(columns)}
    cells = ([at_row[row] for row, _ in edges], [at_column[column] for _, column in edges])
    forbidden = np.zeros((size, size), dtype=bool)
    chosen = np.arange(size)
    for weights in _packed(list(zip(*edges.values(), strict=True)), min(len(rows), len(columns))):
        worth = np.zeros((size, size))
        worth[cells] = weights
        worth[forbidden] = -float(size * max(weights) + 1)
        _, chosen = linear_sum_assignment(worth, maximize=True)
        forbidden |= ~_tight(worth, chosen)
    pairs = (
        (rows[i], columns[j]) for i, j in enumerate(chosen) if i < len(rows) and j < len(columns)
    )
    return [pair for pair in pairs if pair in edges]


def _packed(levels: Sequence[Sequence[int]], size: int) -> list[list[int]]:
    """Objectives merged into as few as can be, so that sums of `size` worths stay exact."""
    packed: list[list[int]] = []
    for level in levels:
        base = size * max(level) + 1
        if base == 1:
            continue
        if packed and max(packed[-1]) * base * size < EXACT:
            packed[-1] = [high * base + low for high, low in zip(packed[-1], level, strict=True)]
        else:
            packed.append(list(level))
    return packed


def _tight(worth: Matrix, chosen: Any) -> Any:
    """The cells that some optimal assignment may use, from potentials found by shortest paths."""
    import numpy as np

    taken = worth[np.arange(len(chosen)), chosen]
    loss = np.empty_like(worth)
    loss[chosen] = taken[:, None] - worth
    potential = np.zeros(len(chosen))
    while True:
        lower = np.minimum(potential, (potential[:, None] + loss).min(axis=0))
        if (lower == potential).all():
            break
        potential = lower
    reduced = taken[:, None] - worth + potential[chosen][:, None] - potential[None, :]
    return reduced == 0
