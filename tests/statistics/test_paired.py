"""The document-swap test and the interval of a difference."""

from itertools import product

import numpy as np
import pytest
from counts_of import two_systems
from dense import many
from hypothesis import given
from hypothesis import strategies as st

from toolkit.statistics.metrics import METRICS, value
from toolkit.statistics.paired import (
    ENUMERATED,
    SWAPS,
    active_documents,
    compare_parts,
    difference_error,
    least_p,
)


def compared(one, other, metric="f1"):
    return compare_parts(one[None], other[None], (metric,))[0][0]


def systems(rng, documents, recall=(0.8, 0.8)):
    gold = rng.poisson(4, documents) + 1
    found = []
    for chance in recall:
        right = rng.binomial(gold, chance)
        found.append(np.stack((right, gold, right, right + rng.poisson(1, documents)), axis=-1))
    return [each.astype(float) for each in found]


@many(60)
@given(two_systems(most=7), st.sampled_from(METRICS))
def test_few_documents_are_enumerated(pair, metric):
    """Against the definition: every assignment of the two systems' answers, one after another."""
    one, other = pair
    found = compared(one, other, metric)
    observed = found.difference
    if np.isnan(observed):
        assert np.isnan(found.p)
        return
    differing = [k for k in range(len(one)) if (one[k] != other[k]).any()]
    extreme = drops = 0
    for swapped in product((False, True), repeat=len(differing)):
        a, b = one.copy(), other.copy()
        for k, swap in zip(differing, swapped, strict=True):
            if swap:
                a[k], b[k] = other[k], one[k]
        change = float(value(b.sum(axis=0), metric) - value(a.sum(axis=0), metric))
        extreme += np.isnan(change) or abs(change) >= abs(observed) - 1e-12
        drops += np.isnan(change) or change <= observed + 1e-12
    assert found.p == extreme / 2 ** len(differing)
    assert found.p_drop == drops / 2 ** len(differing)
    assert found.differing == len(differing)


@given(two_systems(), st.sampled_from(METRICS))
def test_a_system_compared_with_itself_has_p_of_exactly_one(pair, metric):
    found = compared(pair[0], pair[0], metric)
    if not np.isnan(found.difference):
        assert (found.p, found.p_drop, found.difference) == (1, 1, 0)
        assert found.error == 0 or np.isnan(found.error)  # of one document there is none
    assert (found.differing, found.least) == (0, 1)


@pytest.mark.parametrize("documents", [10, 60])
@pytest.mark.parametrize("metric", METRICS)
def test_which_system_comes_first_does_not_matter(documents, metric):
    one, other = systems(np.random.default_rng(2), documents)
    forth, back = compared(one, other, metric), compared(other, one, metric)
    assert forth.p == back.p
    assert forth.difference == -back.difference
    assert (forth.low, forth.high) == pytest.approx((-back.high, -back.low))


@many(40)
@given(two_systems(), st.sampled_from(METRICS))
def test_the_interval_contains_the_difference(pair, metric):
    found = compared(*pair, metric)
    if active_documents(*pair) < 2:
        assert np.isnan([found.low, found.high, found.error]).all()
    elif not np.isnan(found.difference):
        assert -1 <= found.low <= found.difference <= found.high <= 1
        assert 0 < found.p <= 1


def test_many_differing_documents_are_swapped_at_random_and_near_the_enumeration():
    one, other = systems(np.random.default_rng(3), 24, recall=(0.9, 0.75))
    differing = (one != other).any(axis=1)
    assert differing.sum() > ENUMERATED
    fewer = np.flatnonzero(differing)[:ENUMERATED]
    exact = compared(one[fewer], other[fewer])
    # A figure of its own with many differing documents makes the others no less exact.
    padded = np.zeros((2, 24, 4)), np.zeros((2, 24, 4))
    padded[0][0], padded[1][0] = one, other
    padded[0][1, :16], padded[1][1, :16] = one[fewer], other[fewer]
    found = compare_parts(*padded, ("f1",))
    assert found[1][0].p == exact.p
    assert found[0][0].p >= 1 / (SWAPS + 1)


def test_random_swaps_agree_with_the_normal_approximation():
    one, other = systems(np.random.default_rng(4), 400, recall=(0.8, 0.78))
    found = compared(one, other)
    from math import erfc

    score = abs(found.difference) / difference_error(one, other, "f1")
    assert found.p == pytest.approx(erfc(score / 2**0.5), abs=0.02)
    assert compared(one, other) == found


def test_documents_that_do_not_differ_change_nothing():
    one, other = systems(np.random.default_rng(6), 40)
    same = np.tile(one[:1], (500, 1))
    found = compare_parts(one[None], other[None], ("recall",))[0][0]
    more = compare_parts(
        np.concatenate((one, same))[None], np.concatenate((other, same))[None], ("recall",)
    )[0][0]
    assert more.p == found.p
    assert more.differing == found.differing


def test_empty_documents_change_nothing_at_all():
    one, other = systems(np.random.default_rng(6), 12)
    empty = np.zeros((300, 4))
    found = compared(one, other)
    more = compared(np.concatenate((one, empty)), np.concatenate((other, empty)))
    assert more == pytest.approx(found)


def test_few_documents_cannot_give_a_low_p():
    one = np.tile([5.0, 5, 5, 5], (20, 1))
    other = one.copy()
    other[:4, [0, 2]] = 0
    found = compared(one, other)
    assert found.p == found.least == least_p(4, sides=2) == 2**-3
    assert found.p_drop == found.least_drop == 2**-4
    assert least_p(0, sides=1) == least_p(0, sides=2) == 1
    assert least_p(10_000, sides=2) == 1 / 10_001


def test_one_document_has_no_interval():
    one, other = np.array([[4.0, 5, 4, 5]]), np.array([[3.0, 5, 3, 5]])
    found = compared(one, other)
    assert found.difference == pytest.approx(-0.2)
    assert np.isnan([found.low, found.high, found.error]).all()
    assert found.p == 1


def test_large_counts_are_summed_exactly():
    """Characters of many documents pass what 32-bit floats hold exactly."""
    rng = np.random.default_rng(7)
    gold = rng.integers(10_000_000, 90_000_000, 30)
    parts = [
        np.stack((right, gold, right, gold), axis=-1).astype(float)
        for right in (gold - rng.integers(0, 3, 30), gold - rng.integers(0, 3, 30))
    ]
    small = [each - [10_000_000, 0, 10_000_000, 0] for each in parts]
    assert compared(*parts, "recall").p == compared(*small, "recall").p
