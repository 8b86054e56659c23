"""The figures of several systems side by side, as the template draws them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from toolkit.analysis.comparison import Comparison, Rating
from toolkit.analysis.slices import ALL
from toolkit.rendering.comparison import rated
from toolkit.rendering.html.links import to_figure
from toolkit.rendering.html.tables import Bar, bar
from toolkit.rendering.wording import METRIC_NAMES, figure_name
from toolkit.scoring.views import MACRO, MICRO


class Rated(NamedTuple):
    """A figure of each system, with the letters of their groups."""

    name: str
    whole: bool
    few: bool
    support: str
    bars: list[tuple[Bar, str]]


class Ratings(NamedTuple):
    """All figures in one metric that was tested."""

    metric: str
    systems: tuple[str, ...]
    rows: list[Rated]


def ratings(found: Comparison) -> list[Ratings]:
    """A table for each metric that was tested, a column for each system."""
    tables = []
    for metric, rows in rated(found):
        shown = [_rated(of, found.systems) for of in rows]
        tables.append(Ratings(METRIC_NAMES[metric], found.systems, shown))
    return tables


def _rated(of: list[Rating], systems: Sequence[str]) -> Rated:
    first = of[0]
    inside = "" if first.slice == ALL else f" in {first.slice}"
    bars = []
    for each in of:
        link = (
            ""
            if inside
            else to_figure(systems.index(each.system), each.label, each.field, each.view)
        )
        bars.append((bar(each.value, (each.low, each.high), link=link), each.group))
    return Rated(
        figure_name(first.label, first.field) + inside,
        first.label in (MICRO, MACRO) and not inside,
        any(rating.few for rating in of),
        str(first.gold),
        bars,
    )
