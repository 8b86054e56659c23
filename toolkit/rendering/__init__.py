"""Results for people and for programs. To add a format, write `(result) -> str` and give it
a line here.
"""

from __future__ import annotations

import importlib
from typing import Literal, get_args

from toolkit.analysis.comparison import Comparison
from toolkit.scoring.scorecard import Scorecard

Format = Literal["terminal", "markdown", "json", "csv"]

FORMATS: tuple[Format, ...] = get_args(Format)


ComparisonFormat = Literal["terminal", "markdown", "csv", "latex", "json"]

COMPARISON_FORMATS: tuple[ComparisonFormat, ...] = get_args(ComparisonFormat)


def render(what: Scorecard | Comparison, format: Format | ComparisonFormat = "terminal") -> str:  # noqa: A002
    """A scorecard as text in one of `FORMATS`, or a comparison in one of `COMPARISON_FORMATS`,
    ending in a line end.
    """
    if isinstance(what, Comparison):
        from toolkit.rendering.comparison import RENDER

        return RENDER[format](what)
    module = importlib.import_module(f"toolkit.rendering.{FORMATS[FORMATS.index(format)]}")
    text: str = module.render(what)
    return text
