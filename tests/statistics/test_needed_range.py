"""How far a pilot's variance lets a number of documents be known."""

import numpy as np
import pytest
from scipy.stats import chi2

from toolkit.statistics.power import POWER, detectable, documents_needed, needed_range


def test_the_range_is_that_of_a_variance():
    spread = np.random.default_rng(2).standard_normal(20)
    kurtosis = 20 * (spread**4).sum() / (spread**2).sum() ** 2
    freedom = min(2 * 20 / (kurtosis - 1), 19)
    low, high = needed_range(100, spread)
    assert low == pytest.approx(100 * freedom / chi2.ppf(0.975, freedom))
    assert high == pytest.approx(100 * freedom / chi2.ppf(0.025, freedom))


def test_one_document_says_nothing_of_a_variance():
    assert needed_range(100, np.array([0.1])) == (2.0, float("inf"))


def test_few_documents_that_decide_widen_the_range():
    even, uneven = np.ones(30), np.array([20.0] + 29 * [1.0])
    assert needed_range(100, uneven)[1] > 5 * needed_range(100, even)[1]


def test_the_range_holds_the_truth_where_influences_are_normal():
    rng = np.random.default_rng(5)
    draws = rng.standard_normal((2_000, 30))
    ranges = [needed_range(100 * (draw**2).mean(), draw) for draw in draws]
    assert 0.92 < np.mean([low <= 100 <= high for low, high in ranges]) < 0.98


def test_more_power_needs_more_documents_and_detects_less():
    assert documents_needed(0.02, 100, 0.03, power=0.9) > documents_needed(0.02, 100, 0.03)
    assert detectable(0.02, power=0.9) > detectable(0.02, power=POWER)
