"""A scorecard for people and for programs. To add a format, write `(scorecard) -> str` and give it
a line here.
"""

from __future__ import annotations

import importlib
from typing import Literal, get_args

from toolkit.scoring.scorecard import Scorecard

Format = Literal["terminal", "markdown", "json", "csv"]

FORMATS: tuple[Format, ...] = get_args(Format)


def render(card: Scorecard, format: Format = "terminal") -> str:  # noqa: A002
    """The scorecard as text in one of `FORMATS`, ending in a line end."""
    module = importlib.import_module(f"toolkit.rendering.{FORMATS[FORMATS.index(format)]}")
    text: str = module.render(card)
    return text
