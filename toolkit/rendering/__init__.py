"""Results for people and for programs. To add a format, write `(result) -> str` and give it
a line here.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from toolkit.analysis.comparison import Comparison
    from toolkit.analysis.gate.report import GateReport
    from toolkit.scoring.scorecard import Scorecard

Format = Literal["terminal", "markdown", "json", "csv", "html"]

FORMATS: tuple[Format, ...] = get_args(Format)


ComparisonFormat = Literal["terminal", "markdown", "csv", "latex", "json", "html"]

COMPARISON_FORMATS: tuple[ComparisonFormat, ...] = get_args(ComparisonFormat)


GateFormat = Literal["terminal", "markdown", "json", "junit", "annotations", "html"]

GATE_FORMATS: tuple[GateFormat, ...] = get_args(GateFormat)


def render(
    what: Scorecard | Comparison | GateReport,
    format: Format | ComparisonFormat | GateFormat = "terminal",  # noqa: A002
) -> str:
    """A scorecard as text in one of `FORMATS`, a comparison in one of `COMPARISON_FORMATS`, a
    gate's report in one of `GATE_FORMATS`.
    """
    from toolkit.analysis.comparison import Comparison
    from toolkit.scoring.scorecard import Scorecard

    if isinstance(what, Scorecard):
        module = importlib.import_module(f"toolkit.rendering.{FORMATS[FORMATS.index(format)]}")
        renderer = module.render
    else:
        home = "comparison" if isinstance(what, Comparison) else "gate"
        renderer = importlib.import_module(f"toolkit.rendering.{home}").RENDER[format]
    text: str = renderer(what)
    return text
