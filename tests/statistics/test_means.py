"""The interval of a mean of figures."""

import numpy as np
import pytest

from toolkit.statistics.intervals import Interval
from toolkit.statistics.means import distances, mean_interval, shares


def mean(estimates, low, high, influences):
    estimates = np.array(estimates)
    away = distances(estimates, Interval(np.array(low), np.array(high)))
    influences = np.array(influences, float)
    errors = np.sqrt(np.square(influences).sum(axis=1))
    shared = np.square(shares(away, errors) @ influences).sum(axis=1)
    low, high = mean_interval(estimates, away, errors, shared)
    return float(low), float(high)


def test_the_mean_of_one_figure_has_its_interval():
    assert mean([0.6], [0.4], [0.9], [[1, -1]]) == pytest.approx((0.4, 0.9))


def test_figures_that_move_together_are_as_unsure_as_each():
    found = mean([0.6, 0.6], [0.5, 0.5], [0.7, 0.7], [[1, -1], [2, -2]])
    assert found == pytest.approx((0.5, 0.7))


def test_figures_that_move_apart_are_surer_together():
    low, high = mean([0.6, 0.6], [0.5, 0.5], [0.7, 0.7], [[1, -1, 0, 0], [0, 0, 1, -1]])
    assert (low, high) == pytest.approx((0.6 - 0.1 / 2**0.5, 0.6 + 0.1 / 2**0.5))


def test_a_figure_that_no_document_moves_adds_what_it_does_not_know():
    found = mean([0.6, 1.0], [0.5, 0.8], [0.7, 1.0], [[1, -1], [0, 0]])
    assert found == pytest.approx((0.8 - (0.01 + 0.04) ** 0.5 / 2, 0.85))


def test_one_undefined_interval_makes_the_means_undefined():
    assert np.isnan(mean([0.6, 0.5], [0.5, np.nan], [0.7, np.nan], [[1, -1], [1, -1]])).all()
