"""How far a pilot's variance lets a number of documents be known."""

import numpy as np
import pytest
from scipy.stats import chi2

from toolkit.statistics.power import POWER, detectable, documents_needed, needed_range


def test_the_range_is_that_of_a_variance():
    low, high = needed_range(100, 21)
    assert low == pytest.approx(100 * 20 / chi2.ppf(0.975, 20))
    assert high == pytest.approx(100 * 20 / chi2.ppf(0.025, 20))


def test_one_document_says_nothing_of_a_variance():
    assert needed_range(100, 1) == (2.0, float("inf"))


def test_the_range_holds_the_truth_where_influences_are_normal():
    rng = np.random.default_rng(5)
    variances = rng.standard_normal((2_000, 30)).var(axis=1, ddof=1)
    ranges = [needed_range(100 * variance, 30) for variance in variances]
    assert 0.93 < np.mean([low <= 100 <= high for low, high in ranges]) < 0.97


def test_more_power_needs_more_documents_and_detects_less():
    assert documents_needed(0.02, 100, 0.03, power=0.9) > documents_needed(0.02, 100, 0.03)
    assert detectable(0.02, power=0.9) > detectable(0.02, power=POWER)
