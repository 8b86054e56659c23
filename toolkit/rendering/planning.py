"""A plan for people and for programs."""

from __future__ import annotations

from collections.abc import Callable

from toolkit.analysis.planning import Plan, Planned
from toolkit.rendering import csv, json, markdown, terminal
from toolkit.rendering.sections import Section
from toolkit.rendering.wording import DASH, METRIC_NAMES, count, percent


def _terminal(found: Plan) -> str:
    return terminal.page(_summary(found), [_section(found)])


def _markdown(found: Plan) -> str:
    return markdown.page("How many documents", _summary(found), [_section(found)])


def _csv(found: Plan) -> str:
    return csv.write([each._asdict() for each in found.figures])


def _json(found: Plan) -> str:
    rows = [each._asdict() for each in found.figures]
    return json.written(found._asdict() | {"figures": rows})


RENDER: dict[str, Callable[[Plan], str]] = {
    "terminal": _terminal,
    "markdown": _markdown,
    "csv": _csv,
    "json": _json,
}


def _summary(found: Plan) -> list[str]:
    pilot = (
        " and ".join(found.systems)
        if len(found.systems) > 1
        else f"{found.systems[0]}, reckoned as against an equal that errs independently"
    )
    ready = sum(each.state == "enough" for each in found.figures)
    return [
        f"documents: {found.documents} · {found.signature}",
        *found.notices,
        f"pilot: {pilot}",
        f"for a drop of {100 * found.drop:g} points, found in {100 * found.power:g} % of cases at "
        f"5 % one-sided, Holm over {found.all_tests} tests ({found.tests} at this size)",
        f"{ready} of {len(found.figures)} figures have documents enough",
    ]


def _section(found: Plan) -> Section:
    note = (
        "detects: the smallest drop, in points, that these documents show. documents: how many "
        "show the drop planned for, with the 95 % interval that so small a pilot leaves. in: "
        "documents that have anything of the figure. A policy that judges fewer figures or "
        "metrics needs fewer documents."
    )
    columns = (
        "figure",
        "of",
        "state",
        "why",
        "value",
        "gold",
        "in",
        "detects",
        "documents",
        "95 %",
    )
    rows = [_row(each) for each in found.figures]
    return Section("How many documents", note, columns, rows, 4)


def _row(each: Planned) -> tuple[str, ...]:
    ends = f"{count(each.needed_low)}–{count(each.needed_high)}" if each.needed else DASH
    figures = (percent(each.value), f"{each.gold:g}", str(each.active), percent(each.detects))
    of = METRIC_NAMES[each.metric]
    return each.figure, of, each.state, each.reason, *figures, count(each.needed), ends
