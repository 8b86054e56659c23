"""The gate in a test suite: `assert_no_regression`, and the fixture `regression_gate`.

pytest loads this module in every run in whose environment the toolkit is installed, so it imports
nothing that pytest has not; all else is loaded when a gate is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar, cast

import pytest

import toolkit

if TYPE_CHECKING:
    from toolkit.analysis.gate.baseline import Baseline, Predicted
    from toolkit.analysis.gate.report import GateReport
    from toolkit.model import Corpus
    from toolkit.schema.nouns import LabelSchema

Path: TypeAlias = str | os.PathLike[str]

T = TypeVar("T")


def assert_no_regression(
    predictions: Path | Iterable[Path] | Predicted,
    baseline: Path | Baseline | Predicted = "reports/baseline",
    gold: Path | Corpus | None = None,
    *,
    policy: Path | toolkit.Policy | None = None,
    schema: Path | LabelSchema | None = None,
    require_evidence: bool = False,
) -> GateReport:
    """Fail where `toolkit gate` would not exit with 0, saying which figures dropped, and by how
    much, and which mentions broke; else return its report.

    `predictions` are a file, a corpus or documents; or several runs, as files or as corpora.
    Without `gold` it is the one that the baseline was accepted on, read as it is now. What is
    inconclusive passes unless evidence is required. Raises `AssertionError`, also for input that
    cannot be judged.
    """
    __tracebackhide__ = True
    try:
        if isinstance(baseline, str | os.PathLike):
            baseline = toolkit.load_baseline(baseline)
        report = toolkit.gate(
            _gold(gold, baseline),
            _runs(predictions),
            baseline,
            _loaded(schema, toolkit.load_schema),
            _loaded(policy, toolkit.load_policy),
        )
    except toolkit.ToolkitError as error:
        raise AssertionError(f"the gate cannot judge\n{error}") from None
    if report.exit_code(require_evidence=require_evidence):
        from toolkit.rendering.failure import render

        raise AssertionError(render(report))
    return report


class RegressionGate(Protocol):
    """What the fixture `regression_gate` is: `assert_no_regression`, its verdict shown at the end
    of the run.
    """

    def __call__(self, predictions: Any, *args: Any, **options: Any) -> GateReport:
        """See `assert_no_regression`."""


_VERDICTS = pytest.StashKey[list[str]]()


@pytest.fixture
def regression_gate(request: pytest.FixtureRequest) -> RegressionGate:
    """`assert_no_regression`, whose verdicts stand in the summary of the run: what was only
    inconclusive is seen there.
    """

    def judged(predictions: Any, *args: Any, **options: Any) -> GateReport:
        __tracebackhide__ = True
        report = assert_no_regression(predictions, *args, **options)
        from toolkit.rendering.gate import SAID

        verdicts = request.config.stash.setdefault(_VERDICTS, [])
        verdicts.append(f"{request.node.nodeid}: {SAID[report.status]}")
        return report

    return judged


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the verdicts of gates that did not fail, where there were any."""
    if verdicts := terminalreporter.config.stash.get(_VERDICTS, []):
        terminalreporter.section("gates")
        for verdict in verdicts:
            terminalreporter.write_line(verdict)


def _loaded(what: Path | T, load: Callable[[Path], T]) -> T:
    return load(what) if isinstance(what, str | os.PathLike) else what


def _gold(gold: Path | Corpus | None, baseline: Baseline | Predicted) -> Corpus:
    if gold is None:
        record = getattr(baseline, "accepted", None)
        if record is None:
            what = "a baseline without a record does not tell the gold"
            raise toolkit.DataError(toolkit.Problem("gold", what, "name it: gold=..."))
        gold = str(record.gold)
    return _loaded(gold, toolkit.read_gold)


def _runs(predictions: Path | Iterable[Path] | Predicted) -> Predicted:
    if isinstance(predictions, str | os.PathLike):
        return toolkit.read(predictions)
    given = list(predictions)
    if paths := [each for each in given if isinstance(each, str | os.PathLike)]:
        return [toolkit.read(path) for path in paths]
    return cast("Predicted", given)
