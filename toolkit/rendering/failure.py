"""A gate's report as the message of a failed test: what is wrong, the worst first, and no more."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.analysis.gate.report import GateReport
from toolkit.rendering.gate import SAID, ranked
from toolkit.rendering.wording import (
    metric_name,
    newly_wrong,
    percent,
    points,
    probability,
    visible,
)

MOST = 10
"""Lines of a kind."""


def render(report: GateReport) -> str:
    """The verdict, then every reason on a line of its own; nothing of what is as it should be."""
    lines = [SAID[report.status], *report.incomplete]
    for title, found in (
        ("dropped, in percent and points:", list(_dropped(report))),
        ("below the floor:", list(_low(report))),
        ("pinned and now wrong:", [str(each.case) for each in report.pinned if each.failed]),
        ("mentions out of proportion:", list(_blown_up(report))),
        ("newly wrong:", list(_broken(report))),
    ):
        if found:
            lines += ["", title, *(f"  {line}" for line in found[:MOST])]
        if len(found) > MOST:
            lines.append(f"  and {len(found) - MOST} more")
    return "\n".join(map(visible, lines))


def _dropped(report: GateReport) -> Iterator[str]:
    for check in ranked(report.checks):
        if check.verdict == "regression":
            yield (
                f"{metric_name(check)}: "
                f"{percent(check.baseline)} → {percent(check.value)}, {points(check.difference)} "
                f"({points(check.low)} to {points(check.high)}), p {probability(check.p_holm)}"
            )


def _low(report: GateReport) -> Iterator[str]:
    for floor in report.floors:
        if floor.verdict == "regression":
            name = metric_name(floor)
            yield f"{name}: {percent(floor.value)}, least {percent(floor.least)}"


def _blown_up(report: GateReport) -> Iterator[str]:
    for each in report.blown_up:
        yield f"{each.document}: {each.baseline:g} → {each.predicted:g}"


def _broken(report: GateReport) -> Iterator[str]:
    for each in report.broken:
        yield (
            f"{each.where}: {each.figure} {each.mention or ''}".rstrip() + f": {newly_wrong(each)}"
        )
