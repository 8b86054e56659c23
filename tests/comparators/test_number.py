import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.comparators.number import comparator


@pytest.mark.parametrize(
    ("gold", "predicted", "credit"),
    [
        (5, 5, 1),
        (5, 5.0, 1),
        (5, "5", 1),
        (100000, 900000, 0),
        ("100,000", 100000, 1),
        ("1,234,567.5", 1234567.5, 1),
        ("1,00", 100, 0),
        ("1,0000", 10000, 0),
        (-5, 5, 0),
        (0.0, -0.0, 1),
        ("5 million", 5, 0),
        ("5%", 5, 0),
        ("", 0, 0),
        (1, True, 0),
        (0, False, 0),
        (True, True, 0),
        (0, None, 0),
        (5, [5], 0),
    ],
)
def test_a_number_is_right_or_wrong_and_nothing_between(gold, predicted, credit):
    assert comparator()(gold, predicted) == credit


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), "nan", "inf"])
def test_what_is_not_finite_is_never_right(value):
    assert comparator()(value, value) == 0
    assert comparator(absolute=1e308)(1, value) == 0
    assert comparator(absolute=1e308)(value, 1) == 0


@pytest.mark.parametrize("size", [10**16, 10**400])
def test_whole_numbers_of_any_size_compare_digit_by_digit(size):
    assert comparator()(size, size) == 1
    assert comparator()(size, size + 1) == 0
    assert comparator(relative=0.1)(size, 5) == 0


@pytest.mark.parametrize(
    ("tolerance", "predicted", "credit"),
    [
        ({"absolute": 2}, 102, 1),
        ({"absolute": 2}, 103, 0),
        ({"relative": 0.05}, 95, 1),
        ({"relative": 0.05}, 106, 0),
        ({"absolute": 2, "relative": 0.05}, 105, 1),
        ({"absolute": 8, "relative": 0.05}, 107, 1),
    ],
)
def test_the_wider_of_two_tolerances_counts(tolerance, predicted, credit):
    assert comparator(**tolerance)(100, predicted) == credit


def test_a_relative_tolerance_is_a_share_of_the_gold_number():
    assert comparator(relative=0.1)(100, 90) == 1
    assert comparator(relative=0.1)(90, 100) == 0


@given(st.integers(), st.integers())
def test_without_tolerance_only_equal_whole_numbers_are_right(one, other):
    assert comparator()(one, other) == (one == other)
