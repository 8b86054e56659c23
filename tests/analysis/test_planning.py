"""Plans: the gate's own logic on a pilot, and what they say of figures that cannot be gated."""

import numpy as np
import pytest
from gates import corpus
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.analysis.gate.judging import gate
from toolkit.analysis.gate.policy import Policy
from toolkit.analysis.planning import plan
from toolkit.errors import DataError
from toolkit.model import Corpus
from toolkit.rendering import render
from toolkit.statistics.power import detectable

GOLD = corpus(60)
A, B = corpus(60, lost=range(0, 20, 2)), corpus(60, lost=range(1, 24, 3), wrong=range(0, 30, 4))


def of(found, figure, metric="f1"):
    (row,) = [each for each in found.figures if (each.figure, each.metric) == (figure, metric)]
    return row


def test_what_it_detects_is_what_the_gate_says_of_the_same_documents():
    policy = Policy(metrics=("f1",))
    found = plan(GOLD, {"a": A, "b": B}, policy=policy)
    for check in gate(GOLD, B, A, policy=policy).checks:
        row = of(found, check.figure)
        if check.detectable:
            assert row.detects == pytest.approx(check.detectable)
        assert (row.active, row.gold, row.value) == (check.active, check.gold, check.value)


def test_the_documents_needed_detect_the_drop():
    found = plan(GOLD, {"a": A, "b": B}, drop=0.02, policy=Policy(metrics=("f1",)))
    row = of(found, "speaker")
    error = row.detects / detectable(1.0, found.tests)
    shrunk = error * (found.documents / row.needed) ** 0.5
    assert detectable(shrunk, found.all_tests) <= 0.02
    assert row.needed_low < row.needed < row.needed_high


@given(st.floats(0.01, 0.2), st.floats(0.01, 0.2))
@settings(max_examples=15, deadline=None)
def test_a_smaller_drop_never_needs_fewer_documents(one, other):
    small, large = sorted((one, other))
    pilot = {"a": A, "b": B}
    policy = Policy(metrics=("f1",))
    fine, coarse = (plan(GOLD, pilot, drop=drop, policy=policy) for drop in (small, large))
    for row, less in zip(fine.figures, coarse.figures, strict=True):
        if row.needed is not None:
            assert row.needed >= less.needed
            assert row.detects == less.detects


def test_one_system_is_reckoned_as_against_an_independent_equal():
    alone = of(plan(GOLD, {"a": A}, policy=Policy(metrics=("recall",))), "speaker", "recall")
    rng = np.random.default_rng(3)
    lost = [rng.choice(60, 10, replace=False) for _ in range(40)]
    pairs = [
        plan(
            GOLD,
            {"a": corpus(60, lost=set(one.tolist())), "b": corpus(60, lost=set(other.tolist()))},
            policy=Policy(metrics=("recall",)),
        )
        for one, other in zip(lost[::2], lost[1::2], strict=True)
    ]
    usual = np.mean([of(pair, "speaker", "recall").detects for pair in pairs])
    assert alone.detects == pytest.approx(usual, rel=0.15)


def test_little_support_is_said_with_the_documents_that_bring_enough():
    few = corpus(8)
    row = of(plan(few, {"a": corpus(8, lost={1, 2}), "b": corpus(8, lost={3})}), "claim.kind")
    assert row.state == "not at this size"
    assert "in 8 documents, fewer than 10" in row.reason or "fewer than 20" in row.reason


def test_documents_that_even_all_worse_could_not_decide_are_too_few():
    policy = Policy(least_values=1, least_documents=1)
    row = of(plan(corpus(4), {"a": corpus(4, lost={1}), "b": corpus(4)}, policy=policy), "speaker")
    assert row.state == "not at this size"
    assert "in 4 documents: too few" in row.reason


def test_systems_that_answer_alike_say_nothing_of_the_variance():
    row = of(plan(GOLD, {"a": A, "b": A}), "speaker")
    assert (row.state, row.needed) == ("unknown", None)


@pytest.mark.parametrize(
    ("pilot", "asked", "said"),
    [
        ({}, {}, "a pilot is one or two"),
        ({"a": A, "b": B, "c": A}, {}, "3 systems; a pilot is one or two"),
        ({"a": A}, {"drop": 0.0}, "0 points is no drop"),
        ({"a": A}, {"power": 1.0}, "100 % is none"),
        ({"a": A}, {"policy": Policy(gated=("nothing",))}, "names no figure"),
    ],
)
def test_what_is_no_plan_is_refused(pilot, asked, said):
    with pytest.raises(DataError, match=said):
        plan(GOLD, pilot, **asked)


@pytest.mark.parametrize("format_", ["terminal", "markdown", "csv", "json"])
def test_every_format_has_every_figure(format_):
    found = plan(GOLD, {"a": A, "b": Corpus(B.documents)})
    text = render(found, format_)
    assert all(each.figure.split(".")[0] in text for each in found.figures)
