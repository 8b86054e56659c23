"""The gate in a team's own tests: a failure says what broke, nothing costs who does not use it."""

import inspect
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from gates import corpus

import toolkit
from toolkit.analysis.gate.baseline import accept_baseline
from toolkit.analysis.gate.policy import Policy
from toolkit.pytest_plugin import assert_no_regression

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parent.parent
GOLD = corpus()


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with gold, a baseline accepted on it, and predictions that are worse."""
    monkeypatch.chdir(tmp_path)
    for name, documents in {
        "gold.jsonl": GOLD,
        "old.jsonl": GOLD,
        "worse.jsonl": corpus(lost=range(20), extra={30: 40}),
        "bit.jsonl": corpus(lost={1}),
    }.items():
        toolkit.write(documents, name)
    accept_baseline(toolkit.read_gold("gold.jsonl"), GOLD, "reports/baseline", why="first")
    return tmp_path


def message(*args, **options):
    with pytest.raises(AssertionError) as error:
        assert_no_regression(*args, **options)
    return str(error.value)


def test_a_pass_returns_the_report(place):
    report = assert_no_regression("old.jsonl", "reports/baseline")
    assert report.status == "pass"


def test_the_failure_names_figures_drops_and_broken_mentions(place):
    said = message("worse.jsonl", policy=Policy(floors={"speaker": {"recall": 0.99}}))
    lines = said.splitlines()
    assert lines[0] == "REGRESSION"
    dropped = lines[
        lines.index("dropped, in percent and points:") + 1 : lines.index("newly wrong:")
    ]
    assert dropped[0].startswith("  speaker P: 100.0 → 71.4, −28.6 (−")
    assert any(line.startswith("  speaker R: 100.0 → 83.3, −16.7 (−") for line in dropped)
    assert "  speaker R: 83.3, least 99.0" in lines
    assert "  d030: 5 → 45" in lines
    assert "  gold.jsonl:1: speaker s0: newly missed: 0-5 → –" in lines
    assert lines[-1] == "  and 50 more"
    assert len(lines) < 40


def test_predictions_gold_and_baseline_are_whatever_is_at_hand(place):
    for same in ("old.jsonl", Path("old.jsonl"), GOLD, list(GOLD), ["old.jsonl"] * 2, [GOLD, GOLD]):
        assert assert_no_regression(same, "old.jsonl", "gold.jsonl").status == "pass"
        assert assert_no_regression(same, GOLD, GOLD).status == "pass"
        if not isinstance(same, str | Path):
            assert assert_no_regression(iter(same), GOLD, GOLD).status == "pass"


def test_the_policy_and_the_schema_may_be_files(place):
    Path("gate.yaml").write_text("gated: [claim]\nblow_up: 100\n")
    assert assert_no_regression("worse.jsonl", policy="gate.yaml").status == "pass"
    assert "nothing.yaml: no such file" in message("old.jsonl", schema="nothing.yaml")


def test_inconclusive_passes_unless_evidence_is_required(place):
    assert assert_no_regression("bit.jsonl").status == "inconclusive"
    assert message("bit.jsonl", require_evidence=True).startswith("INCONCLUSIVE")


def test_what_cannot_be_judged_fails(place):
    assert message("old.jsonl", "old.jsonl") == (
        "the gate cannot judge\ngold: a baseline without a record does not tell the gold "
        "(name it: gold=...)"
    )
    assert "no baseline here" in message("old.jsonl", "nowhere")
    assert "no prediction for d000" in message(list(GOLD)[1:])
    assert "INCOMPLETE" in message([])


@pytest.fixture
def suite(pytester, monkeypatch, place):
    """Runs a test file in the folder, in a process of its own, with this plugin alone."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))

    def run(body, *options):
        (place / "test_mine.py").write_text(body)
        plugin = ("-p", "toolkit.pytest_plugin", "-p", "no:cacheprovider")
        return pytester.run(
            sys.executable, "-m", "pytest", "--rootdir", place, *plugin, *options, place
        )

    monkeypatch.chdir(place)
    return run


def test_the_fixture_judges_and_shows_its_verdict_at_the_end(suite, place, monkeypatch):
    body = """
import os
os.chdir(os.path.dirname(__file__))

def test_same(regression_gate):
    assert regression_gate("old.jsonl").status == "pass"

def test_bit(regression_gate):
    regression_gate("bit.jsonl", gold="gold.jsonl")

def test_worse(regression_gate):
    regression_gate("worse.jsonl")
"""
    done = suite(body)
    done.assert_outcomes(passed=2, failed=1)
    done.stdout.fnmatch_lines(
        [
            "*AssertionError: REGRESSION",
            "*speaker R: 100.0 *",
            "*newly missed: 0-5 *",
            "*= gates =*",
            "*::test_same: PASS",
            "*::test_bit: INCONCLUSIVE*",
        ]
    )
    done.stdout.no_fnmatch_line("*pytest_plugin.py*")


def test_the_page_on_ci_tells_the_truth(suite, place):
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(def test_.*?)```", page, re.DOTALL)
    Path("texts").mkdir()
    for document in GOLD:
        Path("texts", f"{document.id}.txt").write_text(200 * ".")
    Path("gate.yaml").write_text("gated: [speaker]\n")
    answers = [
        {"id": m.id, "label": m.label, "start": m.start, "end": m.end}
        for m in GOLD["d000"].mentions
    ]
    start = "import os, toolkit\nos.chdir(os.path.dirname(__file__))\n"
    suite(f"{start}def my_extractor(text): return {answers}\n\n{example}").assert_outcomes(passed=1)
    suite(f"{start}def my_extractor(text): return []\n\n{example}").assert_outcomes(failed=1)
    signature = re.search(r"`assert_no_regression\((.*?)\)`", page)[1]
    named = re.findall(r"(?:^|, )(\w+)", signature)
    assert named == list(inspect.signature(assert_no_regression).parameters)


def test_a_run_without_gates_says_nothing_and_loads_nothing(suite):
    body = """
import sys

def test_nothing():
    heavy = {"numpy", "msgspec", "yaml", "click", "toolkit.model", "toolkit.analysis"}
    assert not heavy & sys.modules.keys()
"""
    done = suite(body)
    done.assert_outcomes(passed=1)
    done.stdout.no_fnmatch_line("*= gates =*")


def test_the_package_names_the_plugin():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["entry-points"]["pytest11"] == {"toolkit": "toolkit.pytest_plugin"}


def test_loading_it_adds_no_module_but_its_own():
    code = (
        "import sys, pytest; before = {*sys.modules}; import toolkit.pytest_plugin;"
        "print(*sorted({*sys.modules} - before))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["toolkit", "toolkit.pytest_plugin"]
