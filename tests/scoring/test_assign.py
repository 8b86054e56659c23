"""Assignment is optimal objective by objective, also when they do not fit one exact weight."""

import numpy as np
import pytest
from dense import many
from hypothesis import given
from hypothesis import strategies as st

from toolkit.scoring import assign as module
from toolkit.scoring import hungarian
from toolkit.scoring.assign import assign, components


def edges(objectives=3):
    worths = st.tuples(st.integers(1, 3), *[st.integers(0, 3)] * (objectives - 1))
    pairs = st.tuples(st.integers(0, 4), st.integers(0, 4))
    return st.dictionaries(pairs, worths, min_size=1, max_size=12)


def best(found):
    """The optimum by trying every pairing."""
    if not found:
        return (0, 0, 0)
    (row, column), worth = next(iter(found.items()))
    rest = {pair: w for pair, w in found.items() if pair != (row, column)}
    free = {pair: w for pair, w in rest.items() if pair[0] != row and pair[1] != column}
    taken = tuple(a + b for a, b in zip(worth, best(free), strict=True))
    return max(best(rest), taken)


@pytest.mark.parametrize("exact", [2**52, 40], ids=["one weight", "several rounds"])
@pytest.mark.parametrize("dense", [25, 0], ids=["matrix", "graph"])
@pytest.mark.parametrize("narrow", [0, 2])
@pytest.mark.parametrize("few", [0, 20_000])
@many(200)
@given(edges())
def test_no_other_assignment_is_worth_more(exact, dense, narrow, few, found):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hungarian, "EXACT", exact)
        patch.setattr(hungarian, "DENSE", dense)
        patch.setattr(module, "NARROW", narrow)
        patch.setattr(module, "FEW", few)
        pairs = assign(found)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    total = tuple(map(sum, zip(*(found[pair] for pair in pairs), strict=True)))
    assert total == best(found)


def test_ties_go_to_the_first():
    assert assign({(0, 1): (1,), (0, 0): (1,), (0, 2): (1,)}) == [(0, 0)]


def test_large_worths_stay_exact():
    size, huge = 30, 2**40
    found = {(i, j): (huge, int(i == j), 1) for i in range(size) for j in range(size)}
    assert sorted(assign(found)) == [(i, i) for i in range(size)]


@pytest.mark.parametrize("rounds", [0, 8])
def test_components_part_what_does_not_touch(monkeypatch, rounds):
    monkeypatch.setattr(module, "ROUNDS", rounds)
    parted = components(np.array([0, 5, 1, 1]), np.array([0, 7, 1, 0]))
    assert parted[0] == parted[2] == parted[3] != parted[1]


@many(300)
@given(edges())
def test_components_are_the_same_either_way(found):
    rows, columns = np.array(list(found)).T
    with pytest.MonkeyPatch.context() as patch:
        spread = components(rows, columns)
        patch.setattr(module, "ROUNDS", 0)
        asked = components(rows, columns)
    assert ((spread[:, None] == spread) == (asked[:, None] == asked)).all()
