"""Likely gold errors for people and for programs."""

from __future__ import annotations

from collections.abc import Callable

from toolkit.analysis.suspects import Suspect, Suspects
from toolkit.rendering import csv, json, markdown, terminal
from toolkit.rendering.sections import Section
from toolkit.rendering.wording import figure_name, percent, value_text
from toolkit.spans import describe

MOST_ROWS = 30
"""Longer lists are cut in tables; CSV and JSON have all."""


def _terminal(found: Suspects) -> str:
    return terminal.page(_summary(found), _sections(found))


def _markdown(found: Suspects) -> str:
    return markdown.page("Likely gold errors", _summary(found), _sections(found))


def _csv(found: Suspects) -> str:
    rows = [
        each._asdict()
        | {
            "systems": " ".join(each.systems),
            "gold_place": describe(each.gold_place) if each.gold_place else "",
            "place": describe(each.place) if each.place else "",
            "spoilt": " ".join(each.spoilt),
        }
        for each in found.suspects
    ]
    return csv.write(rows or [dict.fromkeys(Suspect._fields, "")])


def _json(found: Suspects) -> str:
    rows = {
        "suspects": [each._asdict() for each in found.suspects],
        "bounds": [each._asdict() for each in found.bounds],
    }
    return json.written(found._asdict() | rows)


RENDER: dict[str, Callable[[Suspects], str]] = {
    "terminal": _terminal,
    "markdown": _markdown,
    "csv": _csv,
    "json": _json,
}


def _summary(found: Suspects) -> list[str]:
    return [
        f"documents: {found.documents} · {found.signature}",
        *found.notices,
        f"suspects: {len(found.suspects)}, where at least {found.agree} of {len(found.systems)} "
        f"systems agree against the gold ({', '.join(found.systems)})",
    ]


def _sections(found: Suspects) -> list[Section]:
    bounds = [
        (each.system, each.of, *map(percent, (each.now, each.all, each.low, each.high)))
        for each in found.bounds
        if each.now is not None
    ]
    note = (
        "F1 in percent, strict for mentions and end to end for fields: now, if all suspects were "
        "errors, if only those were that do the system harm, or good."
    )
    columns = ("system", "of", "now", "all", "at worst", "at best")
    sections = [Section("F1 if the gold were changed", note, columns, bounds, 2)]
    if not found.suspects:
        return sections
    more = len(found.suspects) - MOST_ROWS
    listed = f" {more} more are not shown; CSV and JSON have all." if more > 0 else ""
    likely = Section(
        "Likely gold errors",
        "weight: the precision (recall, where they say that there is nothing) of the systems that "
        f"agree, over all systems.{listed}",
        ("document", "what", "figure", "gold", "they say", "systems", "text", "weight"),
        [_row(each) for each in found.suspects[:MOST_ROWS]],
        7,
        ("gold", "they say", "text"),
    )
    return [likely, *sections]


def _row(each: Suspect) -> tuple[str, ...]:
    said = value_text(each.predicted)
    if each.predicted_label != each.label:
        said += f" ({each.predicted_label})"
    name = figure_name(each.label, each.field)
    words = (each.document, each.kind, name, value_text(each.gold), said)
    return (*words, ", ".join(each.systems), each.context, f"{each.weight:.2f}")
