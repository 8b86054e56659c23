"""The gate's report in every format, readable, ranked and inert."""

import json
from xml.etree import ElementTree

import pytest
from gates import corpus

from toolkit.analysis.gate.judging import gate
from toolkit.analysis.gate.policy import Pin, Policy
from toolkit.model import Corpus, Document, Mention
from toolkit.rendering import GATE_FORMATS, render
from toolkit.rendering.gate import MOST_BYTES, MOST_LISTED

GOLD = corpus()
POLICY = Policy(
    floors={"speaker": {"recall": 0.99}},
    pinned=(Pin("d001", "s0"), Pin("d039", "s1")),
    least_values=100,
)


def report():
    return gate(GOLD, corpus(lost=range(20), extra={30: 40}), corpus(lost={39}), policy=POLICY)


@pytest.mark.parametrize("format_", GATE_FORMATS)
def test_every_format_names_what_broke(format_):
    assert "speaker" in render(report(), format_)


def test_the_terminal_ranks_the_worst_first_within_100_columns(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    text = render(report())
    assert text.startswith("REGRESSION\n")
    order = ["BLOWN UP", "PINNED CASES", "FLOORS", "CHECKS", "NEWLY WRONG", "NOT JUDGED"]
    assert sorted(order, key=text.index) == order
    table = text[text.index("CHECKS") : text.index("Figures in percent")]
    assert max(map(len, table.splitlines())) <= 100
    verdicts = [words[2] for words in map(str.split, table.splitlines()[3:]) if len(words) > 6]
    assert verdicts == sorted(verdicts, key=("regression", "inconclusive", "pass").index)


def test_json_is_the_whole_report():
    found = json.loads(render(report(), "json"))
    assert (found["status"], found["exit_code"]) == ("regression", 1)
    check = next(c for c in found["checks"] if (c["figure"], c["metric"]) == ("speaker", "recall"))
    assert check["verdict"] == "regression"
    assert check["p_holm"] < 0.05
    assert check["detectable"] > 0
    assert found["pinned"][0] == {
        "case": {"document": "d001", "mention": "s0", "field": None},
        "before": True,
        "now": False,
        "failed": True,
    }
    assert found["policy"]["floors"] == {"speaker": {"recall": 0.99}}
    assert len(found["broken"]) == 20 + 40


def test_a_step_summary_is_cut_before_it_is_too_long():
    name = "x" * 30_000
    gold = Corpus([Document(name + str(k), mentions=GOLD["d000"].mentions) for k in range(80)])
    worse = Corpus([Document(d.id, mentions=d.mentions[1:]) for d in gold])
    text = render(gate(gold, worse, gold), "markdown")
    assert len(text.encode()) < MOST_BYTES + 200
    assert "speaker" in text
    shown = text[text.index("## Newly wrong") :].count("\n| ") - 1  # without the heads
    assert 0 < shown < MOST_LISTED
    assert text.endswith(f"left out: {MOST_LISTED - shown} lines of tables.\n")


def test_lists_that_grow_with_the_documents_are_cut_and_say_so():
    gold = corpus(60)
    pins = tuple(Pin(f"d{k:03}") for k in range(60))
    policy = Policy(pinned=pins, blow_up=1)
    found = gate(gold, corpus(60, extra=dict.fromkeys(range(58), 1)), gold, policy=policy)
    for format_ in ("terminal", "markdown"):
        text = render(found, format_)
        assert text.count("8 more are not shown; JSON has all.") == 2
        assert text.count("10 more are not shown; JSON has all.") == 1
        assert "d059" not in text  # its pin, the last, holds
    assert len(json.loads(render(found, "json"))["blown_up"]) == 58


@pytest.mark.parametrize("format_", GATE_FORMATS)
def test_hostile_names_stay_data(format_):
    hostile = "::error::x%0A<script>\x1b[31m\u202e,:"
    gold = Corpus([Document(f"d{k}", mentions=(Mention("m", hostile, 0, 5),)) for k in range(30)])
    empty = Corpus([Document(d.id) for d in gold])
    text = render(gate(gold, empty, gold), format_)
    assert "\x1b" not in text
    if format_ == "junit":
        assert ElementTree.fromstring(text) is not None
    if format_ == "annotations":
        lines = text.splitlines()
        assert all(line.startswith("::error title=%3A%3Aerror") for line in lines[:-1])
        assert lines[-1].startswith("::notice title=gate::")
