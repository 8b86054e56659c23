"""Planning against published figures, and against what the test really finds."""

from math import inf

import pytest

from toolkit.statistics.power import detectable, documents_needed


@pytest.mark.parametrize(("points", "documents"), [(1, 2939), (2, 735), (3, 327), (5, 118)])
def test_documents_needed_for_a_standard_deviation_of_22_points(points, documents):
    """((1.645 + 0.842) sigma / delta) squared, rounded up."""
    error_of_100 = 0.218 / 10
    assert documents_needed(error_of_100, 100, points / 100) == documents


def test_the_smallest_detectable_drop_needs_the_documents_there_are():
    drop = detectable(0.02)
    assert drop == pytest.approx(0.0497, abs=0.0001)
    assert documents_needed(0.02, 250, drop) == 250


def test_more_tests_need_more_documents():
    assert detectable(0.02, tests=24) > detectable(0.02) > 0
    assert documents_needed(0.02, 100, 0.03, tests=24) > documents_needed(0.02, 100, 0.03)


def test_no_drop_is_never_found():
    assert documents_needed(0.02, 100, 0) == inf
    assert documents_needed(0.0, 100, 0.01) == 2
