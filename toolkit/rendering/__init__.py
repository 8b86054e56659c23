"""Results for people and for programs. To add a format, write `(result) -> str` and give it
a line here.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Literal, get_args

from toolkit.errors import DataError, Problem

if TYPE_CHECKING:
    from toolkit.analysis.agreement.report import Agreement
    from toolkit.analysis.comparison import Comparison
    from toolkit.analysis.gate.report import GateReport
    from toolkit.analysis.planning import Plan
    from toolkit.analysis.suspects import Suspects
    from toolkit.analysis.thresholds import Thresholds
    from toolkit.scoring.scorecard import Scorecard

Format = Literal["terminal", "markdown", "json", "csv", "html"]

FORMATS: tuple[Format, ...] = get_args(Format)


ComparisonFormat = Literal["terminal", "markdown", "csv", "latex", "json", "html"]

COMPARISON_FORMATS: tuple[ComparisonFormat, ...] = get_args(ComparisonFormat)


GateFormat = Literal["terminal", "markdown", "json", "junit", "annotations", "html"]

GATE_FORMATS: tuple[GateFormat, ...] = get_args(GateFormat)


TableFormat = Literal["terminal", "markdown", "csv", "json"]

TABLE_FORMATS: tuple[TableFormat, ...] = get_args(TableFormat)

_HOMES = {
    "Agreement": "agreement",
    "Comparison": "comparison",
    "GateReport": "gate",
    "Plan": "planning",
    "Suspects": "suspects",
    "Thresholds": "thresholds",
}
"""Where each result but a scorecard has its formats, by the name of its type."""


def render(
    what: Scorecard | Comparison | GateReport | Agreement | Plan | Suspects | Thresholds,
    format: Format | ComparisonFormat | GateFormat = "terminal",  # noqa: A002
    *,
    ceiling: Agreement | None = None,
) -> str:
    """A comparison as text in one of `COMPARISON_FORMATS`, a gate's report in one of
    `GATE_FORMATS`, a scorecard in one of `FORMATS`, anything else in one of `TABLE_FORMATS`.

    With a `ceiling` a scorecard's report for people also has people's own F1, beside its.
    """
    from toolkit.scoring.scorecard import Scorecard

    if isinstance(what, Scorecard):
        module = importlib.import_module(f"toolkit.rendering.{FORMATS[FORMATS.index(format)]}")
        report: str = module.render(what, *_more(what, format, ceiling))
        return report
    home = _HOMES[type(what).__name__]
    renderer = importlib.import_module(f"toolkit.rendering.{home}").RENDER[format]
    text: str = renderer(what)
    return text


def _more(card: Scorecard, format: str, ceiling: Agreement | None) -> list[Any]:  # noqa: A002
    if ceiling is None:
        return []
    if format == "html":
        return [ceiling]
    if format in ("terminal", "markdown"):
        from toolkit.rendering.ceiling import section

        return [section(card, ceiling)]
    fault = f"a ceiling is shown in terminal, markdown and html, not in {format}"
    raise DataError(Problem("ceiling", fault, "toolkit.ceilings has the numbers"))
