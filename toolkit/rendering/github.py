"""A gate's report as GitHub's workflow commands, which mark lines of the gold files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.analysis.gate.report import GateReport
from toolkit.analysis.gate.verdicts import Check, FloorCheck
from toolkit.errors import listed, plural
from toolkit.rendering.wording import metric_name, newly_wrong, visible

MOST = 10
"""GitHub shows so many errors a step, so many warnings and so many notices."""


def render(report: GateReport) -> str:
    """What is wrong with the whole, then the first newly wrong mentions, each at its line; errors
    where the gate fails, else warnings. What is left out is counted in a notice.

    A place that is no line of a file is named in the message alone.
    """
    level = "warning" if report.exit_code() == 0 else "error"
    said = [*_whole(report), *_mentions(report)]
    commands = [
        f"::{level} {properties}::{_data(message)}\n" for properties, message in said[:MOST]
    ]
    if len(said) > MOST:
        commands.append(f"::notice title=gate::{len(said) - MOST} more are in the report\n")
    return "".join(commands)


def _whole(report: GateReport) -> Iterator[tuple[str, str]]:
    """What cannot be pinned to a line, a message for all of a kind."""
    for what in report.incomplete:
        yield "title=incomplete", what
    if report.blown_up:
        many = plural(len(report.blown_up), "document")
        names = listed([each.document for each in report.blown_up])
        times = f"{report.policy.blow_up:g} times the baseline's mentions"
        yield "title=blow-up", f"{many} with more than {times}: {names}"
    if low := [each for each in report.floors if each.verdict == "regression"]:
        yield "title=floors", f"below the floor: {_figures(low)}"
    if report.status == "inconclusive":
        both: list[Check | FloorCheck] = [*report.floors, *report.checks]
        unclear = [each for each in both if each.verdict == "inconclusive"]
        what = _figures(unclear) if unclear else "nothing was judged"
        yield "title=inconclusive", f"neither a regression nor its absence could be shown: {what}"


def _figures(checks: Iterable[Check | FloorCheck]) -> str:
    return listed([metric_name(one) for one in checks])


def _mentions(report: GateReport) -> Iterator[tuple[str, str]]:
    """Each newly wrong mention; none where documents are missing, for all of theirs would be."""
    broken = [] if report.incomplete else report.broken
    for each in broken:
        file, _, line = each.where.rpartition(":")
        place = f"file={_property(file)},line={line}," if file and line.isdecimal() else ""
        yield f"{place}title={_property(each.figure)}", f"{each.document}: {newly_wrong(each)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
