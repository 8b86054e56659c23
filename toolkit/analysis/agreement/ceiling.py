"""The human ceiling: an extractor's F1 beside that of one annotator against another."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.analysis.agreement.places import VIEWS
from toolkit.analysis.agreement.report import Agreement
from toolkit.analysis.figures import Bounds, figures
from toolkit.scoring.scorecard import Scorecard


class Ceiling(NamedTuple):
    """F1 of an extractor and of people, each with its 95 % interval, in one view of one figure."""

    label: str
    field: str | None
    view: str
    f1: float | None
    bounds: Bounds
    human: float | None
    human_bounds: Bounds


def ceilings(card: Scorecard, agreement: Agreement) -> list[Ceiling]:
    """Every figure that both have, in the order of the scorecard's table."""
    people = {
        (row.label, row.field, row.measure): row
        for row in agreement.rows
        if row.annotators == agreement.annotators
    }
    found = []
    for row, _, _, f1, *_ in figures(card):
        human = people.get((row.label, row.field, VIEWS.get(row.view)))  # type: ignore[arg-type]
        if human:
            bounds = human.low, human.high
            found.append(Ceiling(row.label, row.field, row.view, row.f1, f1, human.value, bounds))
    return found
