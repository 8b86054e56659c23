"""A gate's report as GitHub's workflow commands, which mark lines of the gold files."""

from __future__ import annotations

from toolkit.analysis.gate.report import GateReport
from toolkit.rendering.wording import value_text, visible

MOST = 10
"""GitHub shows so many errors a step."""


def render(report: GateReport) -> str:
    """The first newly wrong mentions, each at its line; errors where the gate fails, else warnings.

    A place that is no line of a file is named in the message alone.
    """
    level = "warning" if report.exit_code() == 0 else "error"
    lines = []
    for each in report.broken[:MOST]:
        what = f"{each.label}.{each.field}" if each.field else each.label
        answers = f"{value_text(each.gold)} → {value_text(each.predicted)}"
        message = f"{each.document}: newly {each.error}: {answers}"
        file, _, line = each.where.rpartition(":")
        place = f"file={_property(file)},line={line}," if file and line.isdecimal() else ""
        lines.append(f"::{level} {place}title={_property(what)}::{_data(message)}\n")
    return "".join(lines)


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
