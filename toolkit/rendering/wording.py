"""Figures, values and hostile text as words."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import ceil, floor
from typing import TYPE_CHECKING

from toolkit.spans import value_place

if TYPE_CHECKING:
    from toolkit.analysis.figures import Bounds
    from toolkit.analysis.gate.broken import Broken
    from toolkit.analysis.gate.verdicts import Check, FloorCheck

DASH = "–"
"""What stands for a figure that is undefined."""

FEW = "*"
"""Marks small support."""

MOST_SHOWN = 100
"""Characters of a value within a message."""

METRIC_NAMES = {"precision": "P", "recall": "R", "f1": "F1"}


def percent(figure: float | None) -> str:
    """A fraction in percent with one decimal."""
    return DASH if figure is None else f"{100 * figure:.1f}"


def with_bounds(figure: float | None, bounds: Bounds) -> str:
    """A fraction in percent with its interval in whole percent, as in `75.3 62–84`.

    The ends are rounded outwards, so that the interval shown is never narrower than it is.
    """
    low, high = bounds
    if figure is None:
        return DASH
    if low is None or high is None:
        return f"{percent(figure)} {DASH:<6}"
    ends = f"{_outwards(floor, low)}–{_outwards(ceil, high)}"
    return f"{percent(figure)} {ends:<6}"


def _outwards(rounding: Callable[[float], int], bound: float) -> int:
    return rounding(round(100 * bound, 9))


def count(number: int | None) -> str:
    """A count."""
    return DASH if number is None else str(number)


def points(difference: float | None) -> str:
    """A difference of fractions in percentage points, with its sign."""
    if difference is None:
        return DASH
    shown = f"{100 * difference:+.1f}".replace("-", "−")
    return "0.0" if shown[1:] == "0.0" else shown


def probability(p: float | None) -> str:
    """A p value, in more digits where it is small."""
    if p is None:
        return DASH
    return f"{p:.4f}" if p < 0.1 else f"{p:.2f}"


def figure_name(label: str, field: object = None) -> str:
    """A label, `label.field`, or all fields together."""
    from toolkit.scoring.views import ALL_FIELDS  # what a plain message needs loads no NumPy

    name = f"{label}.{field}" if field else label
    return name.replace(f".{ALL_FIELDS}", " fields")


def metric_name(judged: Check | FloorCheck) -> str:
    """A figure and the metric that it was judged in."""
    return f"{figure_name(judged.figure)} {METRIC_NAMES[judged.metric]}"


def newly_wrong(broken: Broken) -> str:
    """What became of a gold mention or field that was right before."""
    answers = (value_text(value) for value in (broken.gold, broken.predicted))
    shown = (text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…" for text in answers)
    return f"newly {broken.error}: {' → '.join(shown)}"


def visible(text: str) -> str:
    """`text` with control and direction characters written out, so that data cannot drive the
    terminal.
    """
    if text.isprintable():
        return text
    parts = _EMOJI_JOINER.split(text)
    return "\u200d".join(
        "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in part)
        for part in parts
    )


_PICTURE = "[\u2190-\u2bff\U0001f000-\U0001faff]"
_EMOJI_JOINER = re.compile(rf"(?:(?<={_PICTURE})|(?<={_PICTURE}\ufe0f))\u200d(?={_PICTURE})")
"""A zero-width joiner that makes one picture of two; skin tones are pictures too."""


def value_text(value: object) -> str:
    """A value on one line: a reference as an arrow to its id, a span by its offsets, none as a
    dash.
    """
    if value is None:
        return DASH
    if isinstance(value, dict):
        if place := value_place(value):
            return "+".join(f"{start}–{end}" for start, end in place)
        if value.keys() == {"ref"}:
            return f"→ {value['ref']}"
        return " ".join(f"{key} {part}" for key, part in value.items())
    return str(value)
