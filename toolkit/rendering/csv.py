"""The table for spreadsheets."""

from __future__ import annotations

import csv
import io

from toolkit.rendering.sections import visible
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.views import Row

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(card: Scorecard) -> str:
    """A row for each label, field and view; an undefined figure is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Row._fields)
    for row in card.rows:
        writer.writerow([_inert(cell) for cell in row])
    return out.getvalue()


def _inert(cell: object) -> object:
    """Names from data without control characters, and with an apostrophe before a formula."""
    if not isinstance(cell, str):
        return cell
    return f"'{visible(cell)}" if cell.startswith(_FORMULA) else visible(cell)
