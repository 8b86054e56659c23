"""A small part of `make simulate`: the same seeds, few simulations, wide bounds."""

import pytest
from simulate.coverage import coverage, mean_coverage
from simulate.gates import one_field_worse, reds
from simulate.pairs import PAIRS, few_differ, from_pilot, holds, planned, same, told_apart, worse
from simulate.worlds import WORLDS


@pytest.mark.parametrize("world", ["common", "near ceiling", "rare field"])
def test_intervals_hold_the_truth_as_often_as_they_say(world):
    shares = coverage(WORLDS[world], 100, 500)
    for metric in ("precision", "recall", "f1"):
        assert 0.92 < shares[metric] < 0.98, metric


def test_so_do_those_of_means_over_labels():
    assert 0.92 < mean_coverage(30, 400) < 0.98


def test_taking_items_for_independent_does_not():
    assert coverage(WORLDS["heavy tail"], 100, 300)["recall, items taken as independent"] < 0.75


@pytest.mark.parametrize("name", PAIRS)
def test_equally_good_systems_are_seldom_told_apart(name):
    assert told_apart(*PAIRS[name], 30, 200) < 0.09


def test_intervals_of_differences_hold_the_truth():
    assert 0.92 < holds(same, WORLDS["common"], 100, 500) < 0.98


def test_what_few_documents_cannot_show_is_not_claimed():
    assert told_apart(few_differ, WORLDS["heavy tail"], 30, 200) < 0.02


def test_a_planned_number_of_documents_has_the_power_planned():
    drop, documents = planned(WORLDS["common"], 0.1)
    assert 0.04 < drop < 0.06
    assert 0.72 < told_apart(worse_by_a_tenth, WORLDS["common"], documents, 200, drop=True) < 0.88


def test_a_plan_from_a_pilot_has_about_the_power_planned():
    median, power, held = from_pilot(WORLDS["common"], 100, 120)
    assert 110 < median < 190
    assert 0.66 < power < 0.92
    assert held > 0.85


def test_a_pilot_of_one_system_plans_as_many_where_two_err_independently():
    both, _, _ = from_pilot(WORLDS["common"], 100, 40)
    alone, power, _ = from_pilot(WORLDS["common"], 100, 40, alone=True)
    assert alone > 0.9 * both
    assert power > 0.65


def worse_by_a_tenth(*world):
    return worse(*world, loss=0.1)


def test_the_gate_is_seldom_red_without_a_change():
    ours, usual, uncorrected, any_drop = reds(same, WORLDS["common"], 30, 60)
    assert usual <= ours < 0.12
    assert uncorrected > 0.35
    assert any_drop > 0.9


def test_the_gate_is_red_where_a_field_is_worse():
    assert reds(one_field_worse, WORLDS["common"], 400, 15)[0] > 0.7


def test_draws_repeat():
    import numpy as np

    one, other = (same(WORLDS["common"], np.random.default_rng(1), 1, 5) for _ in range(2))
    assert (one[0] == other[0]).all()
