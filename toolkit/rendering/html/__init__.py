"""The report as one HTML page."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.analysis.agreement.report import Agreement
    from toolkit.scoring.scorecard import Scorecard


def render(card: Scorecard, ceiling: Agreement | None = None) -> str:
    """A scorecard by itself: its tables and errors, without texts."""
    from toolkit.rendering.html.report import html_report

    return html_report({"predictions": card}, ceiling=ceiling)
