"""The report for a terminal."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator, Sequence
from itertools import takewhile

from rich.cells import cell_len, set_cell_size

from toolkit.rendering.sections import Section, sections, summary, tables
from toolkit.rendering.wording import visible
from toolkit.scoring.scorecard import Scorecard

MIN_WIDTH = 100
"""Columns below which tables would lose figures; narrower terminals wrap the lines themselves."""


GAP, LEAST_CUT, LEAST_CONTEXT = 2, 12, 24
"""Columns of the terminal: between two cells; left of a cell that is cut; below which the text
around a mention is left out.
"""


def render(card: Scorecard, *more: Section) -> str:
    """The whole report in plain characters, with a line for each of a few examples."""
    return page(summary(card), [*sections(card, brief=True), *more])


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
        console.print(_table(fitted(section, width) if section.cut else section))
        if section.note:
            console.print(visible(section.note))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def fitted(section: Section, width: int) -> Section:
    """A section whose rows take one line each: long cells are cut, and its last column, the text
    around, is left out where there is no room for it.
    """
    rows = [tuple(visible(cell) for cell in row) for row in section.rows]
    columns, widths = section.columns, _widths(section.columns, rows, section.cut, width)
    if widths[-1] < LEAST_CONTEXT and any(cell_len(row[-1]) > widths[-1] for row in rows):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
        widths = _widths(columns, rows, section.cut, width)
    cut = [tuple(_cut_row(row, widths)) for row in rows]
    return section._replace(columns=columns, rows=cut, texts=min(section.texts, len(columns)))


def _widths(
    columns: Sequence[str], rows: Sequence[tuple[str, ...]], cut: tuple[str, ...], width: int
) -> list[int]:
    """The width of each column: those that may be cut share what the others leave, the short ones
    taking no more than they need.
    """
    widths = [max(map(cell_len, column)) for column in zip(columns, *rows, strict=True)]
    shrink = sorted((k for k, name in enumerate(columns) if name in cut), key=widths.__getitem__)
    room = width - GAP * (len(columns) - 1) - sum(widths) + sum(widths[k] for k in shrink)
    for done, k in enumerate(shrink):
        widths[k] = min(widths[k], max(LEAST_CUT, room // (len(shrink) - done)))
        room -= widths[k]
    return widths


def _cut_row(row: tuple[str, ...], widths: list[int]) -> Iterator[str]:
    """Cells cut to their widths; one that begins like the cell before it, from where they part, and
    text around a mention so that its « is seen.
    """
    parting = {}
    for k in range(1, len(widths)):
        one, other = row[k - 1], row[k]
        pairs = zip(one, other, strict=False)
        alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        if alike > widths[k] // 2 and max(len(one), len(other)) > widths[k]:
            parting[k - 1] = parting[k] = alike
    for k, (cell, width) in enumerate(zip(row, widths, strict=False)):
        seen = parting.get(k, cell.find("«") if "«" in cell else 0)
        yield _cut(cell, width, seen)


def _cut(cell: str, width: int, seen: int) -> str:
    """`cell` in at most `width` columns, the position `seen` among them."""
    if cell_len(cell) <= width:
        return cell
    if seen > width // 2:
        cell = "…" + cell[min(seen - width // 3, len(cell) - width + 1) :]
    if cell_len(cell) <= width:
        return cell
    return set_cell_size(cell, width - 1).rstrip() + "…"


def _table(section: Section) -> object:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    for position, column in enumerate(section.columns):
        words = position < section.texts
        table.add_column(
            column,
            justify="left" if words else "right",
            overflow="fold",
            no_wrap=not words or bool(section.cut),
        )
    for row in section.rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    return table
