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

from toolkit.scoring.sides import Mask, Whole

Pairs: TypeAlias = list[tuple[int, int]]

Edges: TypeAlias = dict[tuple[int, int], tuple[int, ...]]
"""What pairing a row with a column is worth, objective by objective; pairs that are not there are
forbidden.
"""

EXACT = 2**52
"""Sums of whole numbers below this are exact in the solvers' double precision."""

FEW = 20_000
"""Components of up to this many edges are looked at edge by edge."""

ROUNDS = 8
"""Steps in which numbers spread through components before SciPy is asked for those still open."""

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
    pairs = list(edges)
    if len({row for row, _ in edges}) == len({column for _, column in edges}) == len(edges):
        return pairs  # no two compete
    ends = np.array(pairs, dtype=np.int64).T
    worths = np.array(list(edges.values()), dtype=np.int64).T
    return [pairs[k] for k in assign_arrays(ends[0], ends[1], list(worths)).tolist()]


def assign_arrays(rows: Whole, columns: Whole, levels: Sequence[Whole]) -> Whole:
    """The same for many edges: arrays of rows, of columns, and of each objective's worths.

    Returns the positions of the edges that are taken.
    """
    levels = [level for level in levels if level.any()]
    component = components(rows, columns)
    keys = rows * (int(columns.max()) + 1) + columns
    order = np.argsort(keys)
    if component[order].min() != component.max():  # several, each to stand together
        order = order[np.argsort(component[order], kind="stable")]
    rows, columns, levels = rows[order], columns[order], [level[order] for level in levels]
    first = np.flatnonzero(np.diff(component[order], prepend=-1))
    size = np.diff(first, append=len(order))
    in_twos, taken = _twos(rows, columns, levels, first, size)
    chosen = [np.flatnonzero(taken)]
    small: list[Whole] = []
    for start, count in zip(first[~in_twos].tolist(), size[~in_twos].tolist(), strict=True):
        edges = np.arange(start, start + count)
        if count > FEW:
            solved = _solve(rows[edges], columns[edges], [level[edges] for level in levels])
            chosen.append(edges[solved])
        else:
            small.append(edges)
    if small:
        chosen.append(_each(rows, columns, levels, small))
    return order[np.concatenate(chosen)]


def _twos(
    rows: Whole, columns: Whole, levels: list[Whole], first: Whole, size: Whole
) -> tuple[Mask, Mask]:
    """Solve all components of at most two rows and two columns at once, as most are.

    Such a component has two ways to pair: first row with first column and second with second, or
    crosswise. Returns which components are such, and which edges are taken in them.
    """
    component = np.repeat(np.arange(len(first)), size)
    low_row, low_column = (np.minimum.reduceat(each, first)[component] for each in (rows, columns))
    high_row, high_column = (
        np.maximum.reduceat(each, first)[component] for each in (rows, columns)
    )
    outside = ((rows != low_row) & (rows != high_row)) | (
        (columns != low_column) & (columns != high_column)
    )
    in_twos = ~np.logical_or.reduceat(outside, first)
    crosswise = (rows == low_row) != (columns == low_column)
    way = component * 2 + crosswise
    wins = np.zeros(len(first), np.int64)  # 1 where crosswise is better, -1 where straight is
    for level in levels:
        worth = np.bincount(way, level, minlength=2 * len(first)).reshape(-1, 2)
        wins = np.where(wins == 0, np.sign(worth[:, 1] - worth[:, 0]).astype(np.int64), wins)
    return in_twos, in_twos[component] & (crosswise == (wins[component] > 0))


def _each(rows: Whole, columns: Whole, levels: list[Whole], groups: list[Whole]) -> Whole:
    """The edges taken in each of some small components."""
    weights = _weights([level[np.concatenate(groups)] for level in levels], max(map(len, groups)))
    taken: list[int] = []
    position = 0
    for edges in groups:
        ends = list(zip(rows[edges].tolist(), columns[edges].tolist(), strict=True))
        weighed = dict(zip(ends, weights[position : position + len(ends)], strict=True))
        position += len(ends)
        height, width = len({row for row, _ in ends}), len({column for _, column in ends})
        if min(height, width) <= NARROW:
            pairs = _narrow(weighed, turned=height < width)
        elif height + width == len(ends) + 1:
            pairs = _tree(weighed)
        else:
            chosen = _solve(rows[edges], columns[edges], [level[edges] for level in levels])
            taken += edges[chosen].tolist()
            continue
        number = dict(zip(ends, edges.tolist(), strict=True))
        taken += [number[pair] for pair in pairs]
    return np.array(taken, dtype=np.int64)


def components(rows: Whole, columns: Whole) -> Whole:
    """For each edge the number of its connected component."""
    label = np.arange(len(rows))
    for _ in range(ROUNDS):
        lowest = np.full(int(rows.max()) + 1, len(rows))
        np.minimum.at(lowest, rows, label)
        by_row = lowest[rows]
        lowest = np.full(int(columns.max()) + 1, len(rows))
        np.minimum.at(lowest, columns, by_row)
        lower = lowest[columns]
        if np.array_equal(lower, label):
            return label
        label = lower
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    above = int(rows.max()) + 1
    size = above + int(columns.max()) + 1
    links = coo_array((np.ones(len(rows)), (rows, columns + above)), shape=(size, size))
    found: Whole = connected_components(links, directed=False)[1][rows].astype(np.int64)
    return found


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


def _solve(rows: Whole, columns: Whole, levels: list[Whole]) -> Whole:
    """One component by SciPy, its edges in order; the positions of those taken.

    Objectives are packed into one weight as far as they fit exactly. What does not fit is solved in
    further rounds that keep to the optima of the rounds before: by complementary slackness those
    are the perfect matchings of the edges whose reduced cost is zero.
    """
    row_names, rows = numbered(rows)
    column_names, columns = numbered(columns)
    height, width = len(row_names), len(column_names)
    keys = rows * width + columns
    packed = _packed(levels, min(height, width))
    complete, match = (_squared, _dense) if height * width <= DENSE else (_doubled, _sparse)
    rows, columns, packed = complete(rows, columns, packed)
    while True:
        chosen = match(rows, columns, packed[0])
        if len(packed) == 1:
            break
        kept = _tight(rows, columns, packed[0], chosen)
        rows, columns = rows[kept], columns[kept]
        packed = [weights[kept] for weights in packed[1:]]
    chosen = chosen[:height]
    found = (np.arange(height) * width + chosen)[chosen < width]
    at = np.minimum(np.searchsorted(keys, found), len(keys) - 1)
    taken: Whole = at[keys[at] == found]
    return taken


def numbered(names: Whole) -> tuple[Whole, Whole]:
    """The different ones of some whole numbers, in order, and which of them stands at each place.

    What `numpy.unique` gives, without sorting: the numbers are positions, and so not large.
    """
    found = np.flatnonzero(np.bincount(names))
    table = np.zeros(int(names.max()) + 1, np.int64)
    table[found] = np.arange(len(found))
    return found, table[names]


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
    size = len(chosen)
    owner = np.argsort(chosen)
    if len(weights) == size * size:  # complete, so that neither end needs looking up
        grid = weights.reshape(size, size)
        taken = grid[np.arange(size), owner]

        def best(potential: Whole) -> Whole:
            found: Whole = (potential[None, :] - grid).min(axis=1)
            return found
    else:
        first = np.searchsorted(columns, np.arange(size))
        taken = weights[np.flatnonzero(rows == owner[columns])]  # in order, as edges are

        def best(potential: Whole) -> Whole:
            found: Whole = np.minimum.reduceat(potential[rows] - weights, first)
            return found

    potential = np.zeros(size, dtype=np.int64)
    while True:
        lower = potential.copy()
        lower[owner] = np.minimum(potential[owner], taken + best(potential))
        if np.array_equal(lower, potential):
            break
        potential = lower
    other = taken - potential[owner]
    return potential[rows] + other[columns] == weights
