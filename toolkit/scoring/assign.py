"""One-to-one assignment that is optimal by several objectives, the first before the second and so
on.

A component without a circle is solved here, in time linear in its edges; most are such, for spans
that do not overlap on their own side can form nothing else. The rest goes to SciPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any, TypeAlias

import numpy as np

from toolkit.scoring.sides import Whole

Pairs: TypeAlias = list[tuple[int, int]]

Edges: TypeAlias = dict[tuple[int, int], tuple[int, ...]]
"""What pairing a row with a column is worth, objective by objective; pairs that are not there are
forbidden.
"""

EXACT = 2**52
"""Sums of whole numbers below this are exact in the solvers' double precision."""

FEW = 20_000
"""Up to this many edges are looked at one by one, which costs less than loading SciPy."""

NARROW = 4
"""Components with at most so many rows, or columns, are solved by trying all sets of those."""

DENSE = 5_000**2
"""Up to this many cells a component is solved as a full matrix, beyond it as a sparse graph."""


def assign(edges: Edges) -> Pairs:
    """The pairs that maximise the sum of the first worth, among those of the second, and so on.

    Worths are whole and not negative, with one of them above zero for each edge. Where everything
    ties, pairs with low numbers tend to win, so callers number rows and columns in an order that
    does not depend on their input's.
    """
    if len({row for row, _ in edges}) == len({column for _, column in edges}) == len(edges):
        return list(edges)  # no two compete
    ends = np.array(list(edges), dtype=np.int64).T
    return assign_arrays(ends[0], ends[1], list(np.array(list(edges.values()), dtype=np.int64).T))


def assign_arrays(rows: Whole, columns: Whole, levels: Sequence[Whole]) -> Pairs:
    """The same for many edges: arrays of rows, of columns, and of each objective's worths."""
    order = np.lexsort((columns, rows))
    rows, columns, levels = rows[order], columns[order], [level[order] for level in levels]
    pairs: Pairs = []
    small: list[Whole] = []
    for edges in components(rows, columns):
        if len(edges) > FEW:
            pairs += _solve(rows[edges], columns[edges], [level[edges] for level in levels])
        else:
            small.append(edges)
    if not small:
        return pairs
    most = max(map(len, small))
    weights = _weights([level[np.concatenate(small)] for level in levels], most)
    position = 0
    for edges in small:
        ends = list(zip(rows[edges].tolist(), columns[edges].tolist(), strict=True))
        weighed = dict(zip(ends, weights[position : position + len(ends)], strict=True))
        position += len(ends)
        height, width = len({row for row, _ in ends}), len({column for _, column in ends})
        if min(height, width) <= NARROW:
            pairs += _narrow(weighed, turned=height < width)
        elif height + width == len(ends) + 1:
            pairs += _tree(weighed)
        else:
            pairs += _solve(rows[edges], columns[edges], [level[edges] for level in levels])
    return pairs


def components(rows: Whole, columns: Whole) -> list[Whole]:
    """The edges parted into connected components: the positions of each one's."""
    if len(rows) <= FEW:
        leaders = _leaders(rows.tolist(), columns.tolist())
    else:
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        above = int(rows.max()) + 1
        size = above + int(columns.max()) + 1
        links = coo_array((np.ones(len(rows)), (rows, columns + above)), shape=(size, size))
        leaders = connected_components(links, directed=False)[1][rows]
    order = np.argsort(leaders, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(leaders[order])) + 1)


def _leaders(rows: list[int], columns: list[int]) -> Whole:
    """For each edge a node that stands for its component; columns are the nodes below zero."""
    leader: dict[int, int] = {}

    def find(node: int) -> int:
        while (above := leader.setdefault(node, node)) != node:
            leader[node] = leader[above]
            node = above
        return node

    for row, column in zip(rows, columns, strict=True):
        leader[find(row)] = find(~column)
    return np.array([find(row) for row in rows], dtype=np.int64)


def _weights(levels: list[Whole], size: int) -> list[int]:
    """All objectives in one whole number, however long, so that any `size` of them add up right."""
    weights = [0] * len(levels[0])
    for level in _packed(levels, size):
        base = size * int(level.max()) + 1
        parts = zip(weights, level.tolist(), strict=True)
        weights = [weight * base + part for weight, part in parts]
    return weights


def _narrow(edges: dict[tuple[int, int], int], *, turned: bool) -> Pairs:
    """The heaviest pairs where one side is short, by going through the other with the best so far
    for each set of what is taken of the short one: rows where it is `turned`.
    """
    around: dict[int, list[tuple[int, int, tuple[int, int]]]] = {}
    bits: dict[int, int] = {}
    for pair, weight in edges.items():
        long, short = pair[::-1] if turned else pair
        bit = bits.setdefault(short, 1 << len(bits))
        around.setdefault(long, []).append((bit, weight, pair))
    best: dict[int, tuple[int, Pairs]] = {0: (0, [])}
    for ways in around.values():
        before = list(best.items())
        for taken, (total, pairs) in before:
            for bit, weight, pair in ways:
                more = taken | bit
                if not taken & bit and total + weight > best.get(more, _NOTHING)[0]:
                    best[more] = (total + weight, [*pairs, pair])
    return max(best.values(), key=itemgetter(0))[1]


_NOTHING: tuple[int, Pairs] = (-1, [])


def _tree(edges: dict[tuple[int, int], int]) -> Pairs:
    """The heaviest pairs of a tree, from its leaves up; columns are the nodes below zero.

    `free` is the best below a node that stays unpaired, `gain` what pairing it with one of its
    children adds to that.
    """
    around: dict[int, list[tuple[int, int]]] = {}
    for (row, column), weight in edges.items():
        around.setdefault(row, []).append((~column, weight))
        around.setdefault(~column, []).append((row, weight))
    root = next(iter(around))
    parent, order = {root: root}, [root]
    for node in order:
        for other, _ in around[node]:
            if other not in parent:
                parent[other] = node
                order.append(other)
    free = dict.fromkeys(around, 0)
    gain = dict.fromkeys(around, 0)
    child: dict[int, int] = {}
    for node in reversed(order):
        for other, weight in around[node]:
            if other != parent[node]:
                free[node] += free[other] + gain[other]
                more = weight - gain[other]
                if more > gain[node]:
                    gain[node], child[node] = more, other
    pairs, taken = [], set()
    for node in order:
        if node in child and node not in taken:
            taken.add(child[node])
            pairs.append((node, ~child[node]) if node >= 0 else (child[node], ~node))
    return pairs


def _solve(rows: Whole, columns: Whole, levels: list[Whole]) -> Pairs:
    """One component by SciPy, objectives packed into one weight as far as they fit exactly.

    What does not fit is solved in further rounds that keep to the optima of the rounds before: by
    complementary slackness those are the perfect matchings of the edges whose reduced cost is zero.
    """
    row_names, rows = np.unique(rows, return_inverse=True)
    column_names, columns = np.unique(columns, return_inverse=True)
    dense = len(row_names) * len(column_names) <= DENSE
    real = set(zip(rows.tolist(), columns.tolist(), strict=True))
    packed = _packed(levels, min(len(row_names), len(column_names)))
    complete, match = (_squared, _dense) if dense else (_doubled, _sparse)
    rows, columns, packed = complete(rows, columns, packed)
    while True:
        chosen = match(rows, columns, packed[0])
        if len(packed) == 1:
            break
        kept = _tight(rows, columns, packed[0], chosen)
        rows, columns = rows[kept], columns[kept]
        packed = [weights[kept] for weights in packed[1:]]
    return [
        (int(row_names[i]), int(column_names[j]))
        for i, j in enumerate(chosen.tolist())
        if (i, j) in real
    ]


def _packed(levels: list[Whole], size: int) -> list[Whole]:
    """Objectives merged into as few as can be, so that sums of `size` worths stay exact."""
    packed: list[Whole] = []
    for level in levels:
        base = size * int(level.max()) + 1
        if base == 1:
            continue
        if packed and int(packed[-1].max()) * base * size < EXACT:
            packed[-1] = packed[-1] * base + level
        else:
            packed.append(level)
    return packed


Graph: TypeAlias = "tuple[Whole, Whole, list[Whole]]"
"""Rows, columns and weights of edges, sorted by column; every row and column can be matched."""


def _squared(rows: Whole, columns: Whole, packed: list[Whole]) -> Graph:
    """All cells of a square matrix; those that no edge fills are worth nothing."""
    size = int(max(rows.max(), columns.max())) + 1
    every_column, every_row = np.divmod(np.arange(size * size), size)
    filled = []
    for weights in packed:
        cells = np.zeros(size * size, dtype=np.int64)
        cells[columns * size + rows] = weights
        filled.append(cells)
    return every_row, every_column, filled


def _doubled(rows: Whole, columns: Whole, packed: list[Whole]) -> Graph:
    """The edges, and a stand-in for each row and column that it may be left to; stand-ins of an
    edge's two ends may pair, so that both are provided for when the edge is taken.
    """
    height, width = int(rows.max()) + 1, int(columns.max()) + 1
    left_rows, left_columns = np.arange(height), np.arange(width)
    all_rows = np.concatenate((rows, left_rows, height + left_columns, height + columns))
    all_columns = np.concatenate((columns, width + left_rows, left_columns, width + rows))
    order = np.lexsort((all_rows, all_columns))
    nothing = np.zeros(len(order) - len(rows), dtype=np.int64)
    filled = [np.concatenate((weights, nothing))[order] for weights in packed]
    return all_rows[order], all_columns[order], filled


def _dense(rows: Whole, columns: Whole, weights: Whole) -> Whole:
    """The column of each row in a heaviest perfect matching, by the Hungarian method."""
    from scipy.optimize import linear_sum_assignment

    size = int(rows.max()) + 1
    worth = np.full((size, size), -float(size * int(weights.max()) + 1))
    worth[rows, columns] = weights
    return np.asarray(linear_sum_assignment(worth, maximize=True)[1])


def _sparse(rows: Whole, columns: Whole, weights: Whole) -> Whole:
    """The same on a sparse graph."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    cost = (int(weights.max()) + 1 - weights).astype(np.float64)
    return np.asarray(min_weight_full_bipartite_matching(coo_array((cost, (rows, columns))))[1])


def _tight(rows: Whole, columns: Whole, weights: Whole, chosen: Whole) -> Any:
    """Which edges some heaviest perfect matching may use, by potentials found as shortest paths."""
    owner = np.argsort(chosen)
    first = np.searchsorted(columns, np.arange(len(chosen)))
    taken = weights[(rows == owner[columns]).nonzero()[0]]  # of each column, as edges are sorted
    potential = np.zeros(len(chosen), dtype=np.int64)
    while True:
        reached = taken + np.minimum.reduceat(potential[rows] - weights, first)
        lower = potential.copy()
        lower[owner] = np.minimum(potential[owner], reached)
        if np.array_equal(lower, potential):
            break
        potential = lower
    other = taken - potential[owner]
    return potential[rows] + other[columns] == weights
