"""A gate's report as JUnit XML, in the form that Jenkins and GitLab read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from toolkit.analysis.gate.report import GateReport
from toolkit.rendering.wording import (
    metric_name,
    newly_wrong,
    percent,
    points,
    visible,
)

MOST_BROKEN = 10
"""Newly wrong mentions that a failed figure names."""

_TAGS = {"regression": "failure", "inconclusive": "skipped", "not gated": "skipped"}


class _Case(NamedTuple):
    """A test case: `tag` is what it came to, empty where it passed; `broken` names mentions."""

    suite: str
    name: str
    tag: str
    message: str
    broken: tuple[str, ...] = ()


def render(report: GateReport) -> str:
    """A test case for each check; what is inconclusive or not judged is skipped, what is missing an
    error.
    """
    cases = list(_cases(report))
    root = Element("testsuites")
    for suite in dict.fromkeys(case.suite for case in cases):
        inside = [case for case in cases if case.suite == suite]
        tags = [case.tag for case in inside]
        element = SubElement(
            root,
            "testsuite",
            name=f"toolkit gate: {suite}",
            tests=str(len(inside)),
            failures=str(tags.count("failure")),
            errors=str(tags.count("error")),
            skipped=str(tags.count("skipped")),
            time="0",
        )
        for case in inside:
            one = SubElement(
                element, "testcase", classname=f"gate.{suite}", name=visible(case.name), time="0"
            )
            if case.tag:  # Jenkins shows the message, GitLab the text
                said = SubElement(one, case.tag, message=visible(case.message))
                said.text = "\n".join(map(visible, (case.message, *case.broken)))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _cases(report: GateReport) -> Iterator[_Case]:
    for number, what in enumerate(report.incomplete, 1):
        yield _Case("documents", f"complete {number}", "error", what)
    for check in report.checks:
        message = check.reason or (
            f"{percent(check.value)}, {points(check.difference)} points "
            f"({points(check.low)} to {points(check.high)})"
        )
        name = metric_name(check)
        broken = tuple(_broken(report, check.figure)) if check.verdict == "regression" else ()
        yield _Case("figures", name, _TAGS.get(check.verdict, ""), message, broken)
    for floor in report.floors:
        message = f"floor {percent(floor.least)}, now {percent(floor.value)}"
        name = metric_name(floor)
        yield _Case("floors", name, _TAGS.get(floor.verdict, ""), message)
    for pin in report.pinned:
        tag = "failure" if pin.failed else "" if pin.now else "skipped"
        message = "right in the baseline" if pin.failed else "wrong in the baseline too"
        yield _Case("pinned", str(pin.case), tag, message)
    for blown in report.blown_up:
        message = f"mentions: {blown.predicted:g}, {blown.baseline:g} in the baseline"
        yield _Case("blow-up", blown.document, "failure", message)
    if not report.blown_up:
        yield _Case("blow-up", "all documents", "", "")


def _broken(report: GateReport, figure: str) -> Iterator[str]:
    """The first mentions of a figure that are newly wrong, a line each."""
    of_it = [each for each in report.broken if each.figure == figure]
    for each in of_it[:MOST_BROKEN]:
        yield f"{each.where}: {newly_wrong(each)}"
    if len(of_it) > MOST_BROKEN:
        yield f"and {len(of_it) - MOST_BROKEN} more"
