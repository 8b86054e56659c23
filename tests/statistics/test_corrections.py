"""Holm's correction and the letters of groups."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.statistics.corrections import decidable, holm, letters

PS = st.lists(st.floats(0.0001, 1), min_size=1, max_size=12)


def test_holms_own_rule():
    """The smallest of three times three, the next times two, never falling."""
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


@given(PS)
def test_an_adjusted_p_is_no_smaller_and_keeps_the_order(ps):
    adjusted = holm(ps)
    assert all(p <= found <= 1 for p, found in zip(ps, adjusted, strict=True))
    assert sorted(adjusted) == [found for _, found in sorted(zip(ps, adjusted, strict=True))]


@given(PS, st.floats(0.0001, 1))
def test_more_tests_never_lower_a_p(ps, another):
    fewer, more = holm(ps), holm([*ps, another])
    assert all(a <= b + 1e-12 for a, b in zip(fewer, more, strict=False))


def test_what_is_undefined_is_no_part_of_the_family():
    adjusted = holm([0.01, math.nan, 0.04])
    assert adjusted[0] == pytest.approx(0.02)
    assert math.isnan(adjusted[1])
    assert holm([]) == []


def test_what_cannot_be_decided_costs_the_others_nothing():
    ps, least = [0.01, 0.5, 0.0625, 0.03], [0.001, 0.5, 0.0625, 0.03]
    assert holm(ps, least) == pytest.approx([0.02, 1, 1, 0.03])
    assert decidable(ps, least) == [True, False, False, True]


NAMES = "vwxyz"
PAIRS = [frozenset((a, b)) for a in NAMES for b in NAMES if a < b]


@given(st.sets(st.sampled_from(PAIRS)), st.permutations(NAMES))
def test_two_share_a_letter_unless_they_differ(differ, order):
    found = letters(order, set(differ))
    for pair in PAIRS:
        one, other = pair
        assert bool(set(found[one]) & set(found[other])) == (pair not in differ)
    assert "a" in found[order[0]]


def test_letters_begin_with_the_best():
    assert letters(["x", "y", "z"], {frozenset("xz")}) == {"x": "a", "y": "ab", "z": "b"}
    assert letters(["x", "y"], set()) == {"x": "a", "y": "a"}
