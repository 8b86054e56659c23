"""Tables of a gate, a comparison or agreement with what their rows lead to in the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from toolkit.analysis.agreement.places import VIEWS
from toolkit.analysis.agreement.report import Apart, Row, Split
from toolkit.analysis.figures import figures
from toolkit.analysis.gate.broken import Blown, Broken, Pinned
from toolkit.analysis.gate.report import Change
from toolkit.analysis.gate.verdicts import Check, FloorCheck
from toolkit.analysis.parts import Name
from toolkit.rendering.agreement import COLUMNS
from toolkit.rendering.html.links import to_document, to_list
from toolkit.rendering.html.tables import Cell, Rows
from toolkit.rendering.sections import Section
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.views import ALL_FIELDS, MICRO


def linked(section: Section, cards: Mapping[str, Scorecard]) -> Rows:
    """A table whose cells know where they lead; nowhere in a page without scorecards."""
    names = {
        str(name): name
        for card in cards.values()
        for row in (figure.row for figure in figures(card))
        for name in (Name(row.label, row.field, row.view),)
    }
    rows = []
    for row, thing in zip_longest(section.rows, section.about[: len(section.rows)]):
        to = _leads(thing, list(cards), names) if cards else {}
        rows.append(
            [Cell(text, to.get(name, "")) for name, text in zip(section.columns, row, strict=True)]
        )
    return Rows(section.columns, rows, section.texts)


def _leads(thing: object, systems: Sequence[str], names: Mapping[str, Name]) -> Mapping[str, str]:
    """Addresses by the column that leads there."""
    last = len(systems) - 1
    match thing:
        case Broken(document=document, mention=mention):
            answer = f"{systems.index(thing.by)}.{thing.predicted_mention}"
            return {"where": to_document(document, f"g.{mention}" if mention else answer)}
        case Pinned(case=case):
            return {"case": to_document(case.document, case.mention and f"g.{case.mention}")}
        case Blown(document=document):
            return {"document": to_document(document)}
        case Check(figure=figure, view=view):
            return _of_figure(names.get(figure), last, view)
        case FloorCheck(figure=figure) | Change(figure=figure):
            return _of_figure(names.get(figure), last)
        case Apart(document=document):
            return {"document": to_document(document)}
        case Split():
            return _of_split(thing, len(systems))
        case Row() if len(systems) == 1:
            of = Name(thing.label, thing.field, "")
            return {
                COLUMNS[measure]: to_list(0, **_wanted(of, view)) for view, measure in VIEWS.items()
            }
    return {}


def _of_figure(name: Name | None, last: int, view: str | None = None) -> dict[str, str]:
    """A figure to all that it counts; its change to what was exactly right, and is not now."""
    if name is None or view == "characters":
        return {}
    found = {"now": to_list(last, **_wanted(name, view))}
    if name.field is None and view is not None:
        lost = _wanted(name, None) | {"other": "0", "right": "other"}
        found["change"] = to_list(last, **lost)
    return found


def _wanted(name: Name, view: str | None) -> dict[str, str | None]:
    return {
        "view": view,
        "label": None if name.label == MICRO else name.label,
        "field": "*" if name.field == ALL_FIELDS else name.field,
    }


def _of_split(split: Split, systems: int) -> dict[str, str]:
    found = {"for example in": to_document(split.examples[0].document)}
    kinds = {"presence": "missed spurious", "boundary": "boundary"}
    if systems == 1 and split.kind in kinds:
        found["times"] = to_list(0, label=split.label, kind=kinds[split.kind])
    return found
