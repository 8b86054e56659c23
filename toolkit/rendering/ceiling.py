"""An extractor's F1 beside that of people, as a section of its report."""

from __future__ import annotations

from toolkit.analysis.agreement.ceiling import ceilings
from toolkit.analysis.agreement.report import Agreement
from toolkit.rendering.sections import Section
from toolkit.rendering.wording import figure_name, points, with_bounds
from toolkit.scoring.scorecard import Scorecard


def section(card: Scorecard, agreement: Agreement) -> Section:
    """A row for each figure that both have."""
    rows = []
    for one in ceilings(card, agreement):
        apart = None if None in (one.f1, one.human) else one.f1 - one.human  # type: ignore[operator]
        rows.append(
            (
                figure_name(one.label, one.field),
                one.view.replace("_", " "),
                with_bounds(one.f1, one.bounds),
                with_bounds(one.human, one.human_bounds),
                points(apart),
            )
        )
    note = (
        f"People: F1 of one annotator against another over {agreement.documents} documents "
        f"({', '.join(agreement.annotators)}); nothing can be asked of an extractor that people "
        "do not agree on."
    )
    columns = ("figure", "view", "extractor F1", "people F1", "points apart")
    return Section("Human ceiling", note, columns, rows, 2)
