"""The table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from toolkit.analysis.figures import figures
from toolkit.rendering.wording import visible
from toolkit.scoring.scorecard import Scorecard

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(card: Scorecard) -> str:
    """A row for each label, field and view, the intervals' columns last; an undefined figure is
    empty.
    """
    return write([figure.columns() for figure in figures(card)])


def write(rows: Sequence[Mapping[str, object]]) -> str:
    """Rows of the same columns, at least one, under their names."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow([_inert(cell) for cell in row.values()])
    return out.getvalue()


def _inert(cell: object) -> object:
    """Names from data without control characters, and with an apostrophe before a formula."""
    if not isinstance(cell, str):
        return cell
    return f"'{visible(cell)}" if cell.startswith(_FORMULA) else visible(cell)
