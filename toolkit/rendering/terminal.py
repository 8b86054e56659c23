"""The report for a terminal."""

from __future__ import annotations

import io
import shutil

from toolkit.rendering.sections import Section, sections, summary, tables, visible
from toolkit.scoring.scorecard import Scorecard

MIN_WIDTH = 100
"""Columns below which tables would lose figures; narrower terminals wrap the lines themselves."""


def render(card: Scorecard) -> str:
    """The whole report in plain characters."""
    return page(summary(card), sections(card))


def render_tables(card: Scorecard) -> str:
    """Only the tables of mentions and fields."""
    return page(summary(card), tables(card)).rstrip("\n")


def page(lines: list[str], shown: list[Section]) -> str:
    """Lines, then titled tables."""
    from rich.console import Console

    width = max(MIN_WIDTH, shutil.get_terminal_size((120, 24)).columns)
    out = io.StringIO()
    console = Console(file=out, width=width, color_system=None, highlight=False, markup=False)
    for line in lines:
        console.print(visible(line), soft_wrap=True)
    for section in shown:
        console.print()
        console.print(visible(section.title).upper())
        console.print(_table(section))
        if section.note:
            console.print(visible(section.note))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _table(section: Section) -> object:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for position, column in enumerate(section.columns):
        words = position < section.texts
        table.add_column(
            column, justify="left" if words else "right", overflow="fold", no_wrap=not words
        )
    for row in section.rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    return table
