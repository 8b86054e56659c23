"""A gate's report for people, in the terminal and in Markdown; ranked, the worst first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sized
from typing import Any

from toolkit.analysis.gate.broken import Broken
from toolkit.analysis.gate.report import GateReport
from toolkit.analysis.gate.verdicts import Check
from toolkit.errors import plural
from toolkit.rendering import github, json, junit, markdown, terminal
from toolkit.rendering.sections import Section
from toolkit.rendering.wording import (
    DASH,
    METRIC_NAMES,
    figure_name,
    percent,
    points,
    probability,
    value_text,
    with_bounds,
)
from toolkit.statistics.corrections import LEVEL
from toolkit.statistics.power import POWER

MOST_LISTED, MOST_BYTES = 50, 1_000_000
"""Rows of a list that grows with the documents; the size of a step summary, which must stay under
1 MiB.
"""

RANK = ("regression", "inconclusive", "pass", "not gated")

SAID = {
    "pass": "PASS",
    "inconclusive": "INCONCLUSIVE: neither a regression nor the absence of one could be shown",
    "regression": "REGRESSION",
    "incomplete": "INCOMPLETE: nothing is concluded from documents that are not there",
}
"""What each status means."""


def _terminal(report: GateReport) -> str:
    return terminal.page(summary(report), sections(report))


def _markdown(report: GateReport) -> str:
    """The step summary, cut at a line where it would be too long for one."""
    text = markdown.page("Gate", summary(report), sections(report))
    if len(text.encode()) <= MOST_BYTES:
        return text
    kept = text.encode()[:MOST_BYTES].decode(errors="ignore").rpartition("\n")[0]
    left = text[len(kept) :].splitlines()
    tables = [line.removeprefix("## ") for line in left if line.startswith("## ")]
    what = [plural(sum(line.startswith("|") for line in left), "line") + " of tables", *tables]
    return f"{kept}\n\nCut here, for a step summary is under 1 MiB; left out: {', '.join(what)}.\n"


def _json(report: GateReport) -> str:
    found: dict[str, Any] = {"status": report.status, "exit_code": report.exit_code()}
    found |= report._asdict()
    found["changes"] = [{**each._asdict(), "total": each.total} for each in report.changes]
    found["pinned"] = [{**each._asdict(), "failed": each.failed} for each in report.pinned]
    return json.written(_plain(found))


def _plain(value: object) -> Any:
    """Named tuples as objects, whatever they stand in."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _html(report: GateReport) -> str:
    from toolkit.rendering.html.report import html_report

    return html_report({}, judged=report)


RENDER: dict[str, Callable[[GateReport], str]] = {
    "terminal": _terminal,
    "markdown": _markdown,
    "json": _json,
    "junit": junit.render,
    "annotations": github.render,
    "html": _html,
}


def summary(report: GateReport) -> list[str]:
    """The judgement in a few lines, the status first."""
    verdicts: Counter[str] = Counter(check.verdict for check in report.checks)
    tests = sum(check.p_holm is not None for check in report.checks)
    runs = f" · runs: {report.runs} against {report.baseline_runs}"
    return [
        SAID[report.status],
        ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in RANK if verdicts[verdict]),
        *report.incomplete,
        f"documents: {report.documents}{runs} · {report.signature}",
        *report.notices,
        f"{tests} tests of a drop at {100 * LEVEL:.0f} %, adjusted (Holm) for those that the "
        "differing documents can decide",
    ]


def sections(report: GateReport) -> list[Section]:
    """The tables that are not empty, the worst first."""
    shown = [
        _blown_up(report),
        _pinned(report),
        _floors(report),
        _checks(report),
        _broken("Newly wrong", "error", report.broken),
        _not_gated(report),
        _changes(report),
        _broken("Newly right", "error before", report.mended),
    ]
    return [section for section in shown if section.rows]


def _checks(report: GateReport) -> Section:
    shown = [check for check in ranked(report.checks) if check.verdict != "not gated"]
    rows = [
        (
            figure_name(check.figure),
            METRIC_NAMES[check.metric],
            check.verdict,
            percent(check.value),
            points(check.difference),
            f"{points(check.low)} to {points(check.high)}",
            probability(check.p_holm),
            percent(check.detectable) if check.detectable else DASH,
            str(check.needed) if check.detectable and check.needed else DASH,
        )
        for check in shown
    ]
    note = (
        "Figures in percent, differences in points with 95 % intervals. detects: the smallest drop "
        f"that these documents find in {100 * POWER:.0f} % of cases; needs: the documents that so "
        f"find one of the tolerance ({_tolerances(report)} points)."
    )
    columns = ("figure", "of", "verdict", "now", "change", "95 %", "p Holm", "detects", "needs")
    return Section("Checks", note, columns, rows, 3, about=shown)


def ranked(checks: list[Check]) -> list[Check]:
    """The worst first: by verdict, then by the drop."""
    return sorted(checks, key=lambda c: (RANK.index(c.verdict), c.p_holm or 1, c.difference or 0))


def _tolerances(report: GateReport) -> str:
    found = sorted({check.tolerance for check in report.checks if check.verdict != "not gated"})
    return ", ".join(f"{100 * tolerance:g}" for tolerance in found)


def _not_gated(report: GateReport) -> Section:
    reasons: dict[tuple[str, str], list[str]] = {}
    for check in report.checks:
        if check.reason:
            names = reasons.setdefault((check.figure, check.reason), [])
            names.append(METRIC_NAMES[check.metric])
    rows = [
        (figure_name(figure), ", ".join(names), why) for (figure, why), names in reasons.items()
    ]
    return Section("Not judged", "", ("figure", "of", "because"), rows, 3)


def _floors(report: GateReport) -> Section:
    rows = [
        (
            figure_name(floor.figure),
            METRIC_NAMES[floor.metric],
            floor.verdict,
            percent(floor.least),
            with_bounds(floor.value, (floor.low, floor.high)),
        )
        for floor in report.floors
    ]
    note = "A floor fails where the whole interval lies below it, and passes where it lies above."
    columns = ("figure", "of", "verdict", "floor", "now")
    return Section("Floors", note, columns, rows, 3, about=report.floors)


def _pinned(report: GateReport) -> Section:
    cases = sorted(report.pinned, key=lambda each: not each.failed)
    rows = [
        (str(each.case), "broken" if each.failed else "right" if each.now else "was wrong before")
        for each in cases[:MOST_LISTED]
    ]
    return Section("Pinned cases", _more(cases), ("case", "now"), rows, 2, about=cases)


def _blown_up(report: GateReport) -> Section:
    rows = [
        (each.document, f"{each.baseline:g}", f"{each.predicted:g}")
        for each in report.blown_up[:MOST_LISTED]
    ]
    note = f"More than {report.policy.blow_up:g} times the baseline's mentions in a document."
    note += _more(report.blown_up)
    columns = ("document", "before", "now")
    return Section("Blown up", note, columns, rows, 1, about=report.blown_up)


def _broken(title: str, said: str, found: list[Broken]) -> Section:
    """What is newly wrong, or newly right; `said` names the error in the latter case as it was."""
    rows = [
        (
            each.figure,
            each.error,
            value_text(each.gold),
            value_text(each.predicted),
            each.where,
        )
        for each in found[:MOST_LISTED]
    ]
    columns = ("of", said, "gold", "predicted", "where")
    return Section(title, _more(found).strip(), columns, rows, 5, about=found)


def _more(rows: Sized) -> str:
    """What a list that was cut leaves out."""
    more = len(rows) - MOST_LISTED
    return f" {more} more are not shown; JSON has all." if more > 0 else ""


def _changes(report: GateReport) -> Section:
    rows = [
        (
            figure_name(each.figure),
            METRIC_NAMES[each.metric],
            percent(each.accepted),
            percent(each.now),
            *map(points, (each.total, each.extractor, each.gold, each.scorer)),
        )
        for each in report.changes
    ]
    note = "Since the baseline was accepted: change = extractor + gold + scorer (with the schema)."
    columns = ("figure", "of", "accepted", "now", "change", "extractor", "gold", "scorer")
    return Section("Where changes come from", note, columns, rows, 2, about=report.changes)
