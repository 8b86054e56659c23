"""Tables of a gate, a comparison or agreement with what their rows lead to in the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from itertools import zip_longest

from toolkit.analysis.agreement.places import VIEWS
from toolkit.analysis.agreement.report import Apart, Split
from toolkit.analysis.gate.broken import Blown, Broken, Pinned
from toolkit.analysis.gate.report import Change
from toolkit.analysis.gate.verdicts import Check, FloorCheck
from toolkit.analysis.parts import Name, figure_names
from toolkit.rendering.agreement import COLUMNS, Measured
from toolkit.rendering.html.links import to_document, to_figure, to_list
from toolkit.rendering.html.tables import Bar, Cell, Rows, bar
from toolkit.rendering.sections import Section
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.views import ALL_FIELDS, MICRO


def linked(section: Section, cards: Mapping[str, Scorecard]) -> Rows:
    """A table whose cells know where they lead; nowhere in a page without scorecards."""
    rows = []
    named = cache(partial(_named, list(cards.values())))
    for row, thing in zip_longest(section.rows, section.about[: len(section.rows)]):
        bars = _bars(thing, len(cards)) if isinstance(thing, Measured) else {}
        to = _leads(thing, cards, named) if cards else {}
        rows.append(
            [
                bars.get(name) or Cell(text, to.get(name, ""))
                for name, text in zip(section.columns, row, strict=True)
            ]
        )
    return Rows(section.columns, rows, section.texts)


def _bars(found: Measured, systems: int) -> dict[str, Bar]:
    """F1 between annotators by column; of two it leads to what both did."""
    drawn = {}
    for view, measure in VIEWS.items():
        if row := found.rows.get(measure):
            link = to_figure(0, row.label, row.field, view) if systems == 1 else ""
            drawn[COLUMNS[measure]] = bar(row.value, (row.low, row.high), link=link)
    return drawn


def _named(cards: Sequence[Scorecard], view: str, field_view: str) -> dict[str, Name]:
    """The cards' figures by their names, in one view of mentions and one of fields."""
    return {str(name): name for name in figure_names(cards, view, field_view)}


def _leads(
    thing: object, cards: Mapping[str, Scorecard], named: Callable[[str, str], dict[str, Name]]
) -> Mapping[str, str]:
    """Addresses by the column that leads there."""
    match thing:
        case Broken():
            return {"where": to_document(thing.document, _key(thing, len(cards)))}
        case Pinned(case=case):
            return {"case": to_document(case.document, case.mention and f"g.{case.mention}")}
        case Blown(document=document) | Apart(document=document):
            return {"document": to_document(document)}
        case Check() | FloorCheck() | Change():
            views = (thing.view,) * 2 if isinstance(thing, Check) else ("strict", "end_to_end")
            name = named(*views).get(thing.figure)
            return _of_figure(name, len(cards) - 1, changes=isinstance(thing, Check))
        case Split():
            return _of_split(thing, list(cards.values()))
    return {}


def _key(broken: Broken, systems: int) -> str | None:
    """The mention in an address: gold's, else that of the baseline, which comes first, or that of
    the predictions, which come last.
    """
    if broken.mention is not None:
        return f"g.{broken.mention}"
    if broken.by == "baseline":
        return f"0.{broken.predicted_mention}" if systems > 1 else None
    return f"{systems - 1}.{broken.predicted_mention}"


def _of_figure(name: Name | None, last: int, *, changes: bool) -> dict[str, str]:
    """A figure to all that it counts in the last system; its change to what was right before, and
    is not now.
    """
    if name is None:
        return {}
    found = {"now": to_figure(last, *name)}
    if changes and last:
        found["change"] = to_list(
            last,
            label=None if name.label == MICRO else name.label,
            field="*" if name.field == ALL_FIELDS else name.field,
            other="0",
            right="other",
        )
    return found


def _of_split(split: Split, cards: Sequence[Scorecard]) -> dict[str, str]:
    """The first example's document, and of two annotators the list of all. Values of mentions that
    overlap without meeting the match rule are split, but not compared in scoring, and so in no
    list: those of labels with such a rule have none.
    """
    found = {"for example in": to_document(split.examples[0].document)}
    if len(cards) > 1:
        return found
    label, either = split.label, {"between": split.one, "and": split.other}
    match split.kind:
        case "presence":
            found["times"] = to_list(0, alone=label)
        case "boundary":
            found["times"] = to_list(0, label=label, kind="boundary")
        case "label":
            found["times"] = to_list(0, **either)
        case "value" if cards[0].signature.match.get(label, "overlap") == "overlap":
            found["times"] = to_list(0, label=label, field=split.field, **either)
    return found
