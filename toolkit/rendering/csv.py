"""The table for spreadsheets."""

from __future__ import annotations

import csv
import io

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
    """Names from data that a spreadsheet would run as a formula get an apostrophe before them."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
