"""Assignment by SciPy, exact by several objectives although its weights are floating-point."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np

from toolkit.columns import Whole
from toolkit.scoring.sides import numbered

EXACT = 2**52
"""Sums of whole numbers below this are exact in the solvers' double precision."""

DENSE = 5_000**2
"""Up to this many cells a component is solved as a full matrix, beyond it as a sparse graph."""


def solve(rows: Whole, columns: Whole, levels: list[Whole]) -> Whole:
    """One component by SciPy, its edges in order; the positions of those taken.

    Objectives are packed into one weight as far as they fit exactly. What does not fit is solved in
    further rounds that keep to the optima of the rounds before: by complementary slackness those
    are the perfect matchings of the edges whose reduced cost is zero.
    """
    row_names, rows = numbered(rows)
    column_names, columns = numbered(columns)
    height, width = len(row_names), len(column_names)
    keys = rows * width + columns
    rounds = packed(levels, min(height, width))
    complete, match = (_squared, _dense) if height * width <= DENSE else (_doubled, _sparse)
    rows, columns, rounds = complete(rows, columns, rounds)
    while True:
        chosen = match(rows, columns, rounds[0])
        if len(rounds) == 1:
            break
        kept = _tight(rows, columns, rounds[0], chosen)
        rows, columns = rows[kept], columns[kept]
        rounds = [weights[kept] for weights in rounds[1:]]
    chosen = chosen[:height]
    found = (np.arange(height) * width + chosen)[chosen < width]
    at = np.minimum(np.searchsorted(keys, found), len(keys) - 1)
    taken: Whole = at[keys[at] == found]
    return taken


Graph: TypeAlias = "tuple[Whole, Whole, list[Whole]]"
"""Rows, columns and weights of edges, sorted by column; every row and column can be matched."""


def _squared(rows: Whole, columns: Whole, rounds: list[Whole]) -> Graph:
    """All cells of a square matrix; those that no edge fills are worth nothing."""
    size = int(max(rows.max(), columns.max())) + 1
    every_column, every_row = np.divmod(np.arange(size * size), size)
    filled = []
    for weights in rounds:
        cells = np.zeros(size * size, dtype=np.int64)
        cells[columns * size + rows] = weights
        filled.append(cells)
    return every_row, every_column, filled


def _doubled(rows: Whole, columns: Whole, rounds: list[Whole]) -> Graph:
    """The edges, and a stand-in for each row and column that it may be left to; stand-ins of an
    edge's two ends may pair, so that both are provided for when the edge is taken.
    """
    height, width = int(rows.max()) + 1, int(columns.max()) + 1
    left_rows, left_columns = np.arange(height), np.arange(width)
    all_rows = np.concatenate((rows, left_rows, height + left_columns, height + columns))
    all_columns = np.concatenate((columns, width + left_rows, left_columns, width + rows))
    order = np.lexsort((all_rows, all_columns))
    nothing = np.zeros(len(order) - len(rows), dtype=np.int64)
    filled = [np.concatenate((weights, nothing))[order] for weights in rounds]
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


def packed(levels: list[Whole], size: int) -> list[Whole]:
    """Objectives merged into as few as can be, so that sums of `size` worths stay exact."""
    merged: list[Whole] = []
    for level in levels:
        base = size * int(level.max()) + 1
        if base == 1:
            continue
        if merged and int(merged[-1].max()) * base * size < EXACT:
            merged[-1] = merged[-1] * base + level
        else:
            merged.append(level)
    return merged
