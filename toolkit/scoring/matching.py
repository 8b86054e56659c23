"""Heaviest matchings of graphs of simple shape, exact for weights of any length."""

from __future__ import annotations

from operator import itemgetter
from typing import TypeAlias

Pairs: TypeAlias = list[tuple[int, int]]
"""Rows with columns."""


def narrow(edges: dict[tuple[int, int], int], *, turned: bool) -> Pairs:
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


def tree(edges: dict[tuple[int, int], int]) -> Pairs:
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
