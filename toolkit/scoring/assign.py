"""One-to-one assignment that is optimal by several objectives, the first before the second and so
on.

Components of the graph of edges are solved each by itself: the many of two by two at once, here;
narrow ones and trees by `matching`, in time linear in their edges; the rest by `hungarian`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from toolkit.columns import Mask, Whole
from toolkit.scoring.hungarian import packed, solve
from toolkit.scoring.matching import Pairs, narrow, tree
from toolkit.scoring.sides import numbered

Edges: TypeAlias = dict[tuple[int, int], tuple[int, ...]]
"""What pairing a row with a column is worth, objective by objective; pairs that are not there are
forbidden.
"""

FEW = 20_000
"""Components of up to this many edges are looked at edge by edge."""

ROUNDS = 8
"""Steps in which numbers spread through components before SciPy is asked for those still open."""

MOST_OF_TWOS = 4
"""Edges that a component of at most two rows and two columns can have."""

NARROW = 4
"""Components with at most so many rows, or columns, are solved by trying all sets of those."""


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
    order = np.empty(len(keys), np.int64)
    order[numbered(keys)[1]] = np.arange(len(keys))  # no two edges have one key
    if component.min() != component.max():  # several, each to stand together
        order = order[np.argsort(component[order], kind="stable")]
    rows, columns, levels = rows[order], columns[order], [level[order] for level in levels]
    first = np.flatnonzero(np.diff(component[order], prepend=-1))
    size = np.diff(first, append=len(order))
    in_twos = size <= MOST_OF_TWOS
    few = np.flatnonzero(np.repeat(in_twos, size))
    chosen: list[Whole] = []
    if len(few):
        few_levels = [level[few] for level in levels]
        in_twos[in_twos], taken = _twos(rows[few], columns[few], few_levels, size[in_twos])
        chosen.append(few[taken])
    small: list[Whole] = []
    for start, count in zip(first[~in_twos].tolist(), size[~in_twos].tolist(), strict=True):
        edges = np.arange(start, start + count)
        if count > FEW:
            solved = solve(rows[edges], columns[edges], [level[edges] for level in levels])
            chosen.append(edges[solved])
        else:
            small.append(edges)
    if small:
        chosen.append(_each(rows, columns, levels, small))
    return order[np.concatenate(chosen)]


def _twos(rows: Whole, columns: Whole, levels: list[Whole], size: Whole) -> tuple[Mask, Mask]:
    """Solve all components of at most two rows and two columns at once, as most are.

    Such a component has two ways to pair: first row with first column and second with second, or
    crosswise. Returns which components are such, and which edges are taken in them.
    """
    first = np.cumsum(size) - size
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
            pairs = narrow(weighed, turned=height < width)
        elif height + width == len(ends) + 1:
            pairs = tree(weighed)
        else:
            chosen = solve(rows[edges], columns[edges], [level[edges] for level in levels])
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
    for level in packed(levels, size):
        base = size * int(level.max()) + 1
        parts = zip(weights, level.tolist(), strict=True)
        weights = [weight * base + part for weight, part in parts]
    return weights
