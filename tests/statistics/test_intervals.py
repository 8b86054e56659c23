"""Intervals: what they contain, what they rest on, and the published numbers they agree with."""

import numpy as np
import pytest
from counts_of import documents
from hypothesis import given
from hypothesis import strategies as st

from toolkit.statistics.intervals import effective_documents, interval, student, variance
from toolkit.statistics.metrics import METRICS, slope, value
from toolkit.statistics.parts import merge, moments


def rows(*counts):
    """Parts from (right, gold, predicted)."""
    return np.array([(right, gold, right, predicted) for right, gold, predicted in counts], float)


def same(one, other):
    return np.allclose(one, other, rtol=1e-9, atol=1e-12, equal_nan=True)


@given(documents(), st.sampled_from(METRICS))
def test_an_interval_contains_its_estimate_and_stays_within_0_and_1(parts, metric):
    found = moments(parts)
    low, high = interval(found, metric)
    estimate = value(found.sums, metric)
    if effective_documents(found, metric) > 1 + 1e-9:
        assert 0 <= low <= estimate + 1e-12
        assert estimate - 1e-12 <= high <= 1
        assert low < high
    else:
        assert np.isnan([low, high]).all()


@given(documents(), st.sampled_from(METRICS), st.randoms())
def test_the_order_of_documents_does_not_matter(parts, metric, random):
    shuffled = parts[random.sample(range(len(parts)), len(parts))]
    assert same(interval(moments(parts), metric), interval(moments(shuffled), metric))


@given(documents(), documents(), st.sampled_from(METRICS))
def test_moments_of_parts_add_up_to_those_of_the_whole(one, other, metric):
    whole = moments(np.concatenate((one, other)))
    added = merge(moments(one), moments(other))
    assert same(interval(added, metric), interval(whole, metric))


@given(documents(), st.sampled_from(METRICS))
def test_moments_give_the_variance_that_single_documents_give(parts, metric):
    """The textbook sum over documents of squared influences."""
    sums = parts.sum(axis=0)
    influence = parts @ slope(sums, metric)
    n = len(parts)
    expected = n / (n - 1) * (influence**2).sum()
    assert variance(moments(parts), metric) == pytest.approx(expected, rel=1e-9, abs=1e-15)
    assert influence.sum() == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("metric", METRICS)
def test_the_linearised_jackknife_is_near_the_one_that_leaves_each_document_out(metric):
    rng = np.random.default_rng(5)
    gold = rng.poisson(5, 400) + 1
    right = rng.binomial(gold, 0.8)
    parts = np.stack((right, gold, right, right + rng.poisson(1, 400)), axis=-1).astype(float)
    without = value(parts.sum(axis=0) - parts, metric)
    exact = (len(parts) - 1) / len(parts) * ((without - without.mean()) ** 2).sum()
    assert variance(moments(parts), metric) == pytest.approx(exact, rel=0.01)


@pytest.mark.parametrize("metric", METRICS)
def test_the_slope_is_the_derivative(metric):
    sums = np.array([70.0, 100.0, 72.0, 90.0])
    steps = np.eye(4) * 1e-4
    numeric = (value(sums + steps, metric) - value(sums - steps, metric)) / 2e-4
    assert slope(sums, metric) == pytest.approx(numeric, rel=1e-5)


def test_where_all_documents_are_alike_it_is_wilsons_interval():
    """Brown, Cai and DasGupta (2001): 18 of 20 gives 0.699 to 0.972, before the correction for few
    documents, which vanishes as they become many.
    """
    one_item_each = rows(*[(1, 1, 1)] * 18, *[(0, 1, 0)] * 2)
    found = moments(one_item_each)
    spread = 0.9 * 0.1 / 20 * 20 / 19
    assert variance(found, "recall") == pytest.approx(spread)
    low, high = interval(found, "recall")
    assert low < 0.699
    assert high > 0.972
    many = moments(np.tile(one_item_each, (1000, 1)))
    low, high = interval(many, "recall")
    assert (high - low) / 2 == pytest.approx(1.96 * (0.9 * 0.1 / 20_000) ** 0.5, rel=0.01)


@pytest.mark.parametrize(("right", "bound"), [(5, 1.0), (0, 0.0)])
@pytest.mark.parametrize("metric", METRICS)
def test_all_right_and_all_wrong_have_an_interval(right, bound, metric):
    found = moments(rows(*[(right, 5, 5)] * 20))
    low, high = interval(found, metric)
    assert (low if bound == 0 else high) == bound
    assert 0.01 < high - low < 0.1


def test_items_of_one_document_are_worth_less_than_items_of_many():
    together = moments(rows(*[(10, 10, 10)] * 8, *[(0, 10, 10)] * 2))
    apart = moments(rows(*[(8, 10, 10)] * 10))
    low, high = interval(together, "f1")
    wide = high - low
    low, high = interval(apart, "f1")
    assert wide > 2 * (high - low)


@pytest.mark.parametrize("metric", METRICS)
def test_one_document_says_nothing(metric):
    alone = moments(rows((8, 10, 9)))
    one_of_many = moments(rows((8, 10, 9), (0, 0, 0), (0, 0, 0)))
    for found in (alone, one_of_many):
        assert np.isnan(interval(found, metric)).all()
        assert effective_documents(found, metric) == 1
    assert np.isnan(student(1))


def test_nothing_is_undefined():
    found = moments(rows((0, 0, 0), (0, 0, 0)))
    for metric in METRICS:
        assert np.isnan(value(found.sums, metric))
        assert np.isnan(interval(found, metric)).all()
    no_answer = moments(rows((0, 3, 0), (0, 2, 0)))
    assert np.isnan(value(no_answer.sums, "precision"))
    assert value(no_answer.sums, "f1") == 0


def test_effective_documents_are_the_documents_where_all_are_of_one_size():
    assert effective_documents(moments(rows(*[(3, 5, 5)] * 7)), "f1") == pytest.approx(7)
    uneven = moments(rows((9, 1000, 1000), *[(1, 1, 1)] * 50))
    assert effective_documents(uneven, "recall") < 1.2
