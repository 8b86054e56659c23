"""Results for people and for programs. To add a format, write `(result) -> str` and give it
a line here.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from toolkit.analysis.comparison import Comparison
    from toolkit.analysis.gate.report import GateReport
    from toolkit.analysis.planning import Plan
    from toolkit.analysis.suspects import Suspects
    from toolkit.analysis.thresholds import Thresholds
    from toolkit.scoring.scorecard import Scorecard

Format = Literal["terminal", "markdown", "json", "csv"]

FORMATS: tuple[Format, ...] = get_args(Format)


ComparisonFormat = Literal["terminal", "markdown", "csv", "latex", "json"]

COMPARISON_FORMATS: tuple[ComparisonFormat, ...] = get_args(ComparisonFormat)


GateFormat = Literal["terminal", "markdown", "json", "junit", "annotations"]

GATE_FORMATS: tuple[GateFormat, ...] = get_args(GateFormat)


TableFormat = Literal["terminal", "markdown", "csv", "json"]

TABLE_FORMATS: tuple[TableFormat, ...] = get_args(TableFormat)

_HOMES = {
    "Comparison": "comparison",
    "GateReport": "gate",
    "Plan": "planning",
    "Suspects": "suspects",
    "Thresholds": "thresholds",
}
"""Where each result but a scorecard has its formats, by the name of its type."""


def render(
    what: Scorecard | Comparison | GateReport | Plan | Suspects | Thresholds,
    format: Format | ComparisonFormat | GateFormat | TableFormat = "terminal",  # noqa: A002
) -> str:
    """A scorecard as text in one of `FORMATS`, a comparison in one of `COMPARISON_FORMATS`, a
    gate's report in one of `GATE_FORMATS`, any other result in one of `TABLE_FORMATS`.
    """
    home = _HOMES.get(type(what).__name__)
    if home is None:
        module = importlib.import_module(f"toolkit.rendering.{FORMATS[FORMATS.index(format)]}")
        renderer = module.render
    else:
        renderer = importlib.import_module(f"toolkit.rendering.{home}").RENDER[format]
    text: str = renderer(what)
    return text
