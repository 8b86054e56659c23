"""A comparison of systems for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from toolkit.analysis.comparison import Comparison, Contrast, Rating
from toolkit.analysis.slices import ALL
from toolkit.errors import listed
from toolkit.rendering import csv, json, latex, markdown, terminal
from toolkit.rendering.sections import Section
from toolkit.rendering.wording import (
    DASH,
    FEW,
    METRIC_NAMES,
    figure_name,
    points,
    probability,
    with_bounds,
)
from toolkit.statistics.corrections import LEVEL
from toolkit.statistics.metrics import Metric
from toolkit.statistics.paired import ENUMERATED, SWAPS

MOST_DOCUMENTS, MOST_ROWS = 5, 20
"""Longer lists of documents are cut in tables; JSON has all."""


def _terminal(found: Comparison) -> str:
    return terminal.page(summary(found), sections(found))


def _markdown(found: Comparison) -> str:
    return markdown.page("Comparison", summary(found), sections(found))


def _json(found: Comparison) -> str:
    report = {
        "signature": found.signature,
        "systems": found.systems,
        "documents": found.documents,
        "by": found.by,
        "tests": found.tests,
        "level": LEVEL,
        "notices": found.notices,
        "ratings": [rating._asdict() for rating in found.ratings],
        "differences": [contrast._asdict() for contrast in found.contrasts],
    }
    return json.written(report)


def _csv(found: Comparison) -> str:
    """The differences, a row for each pair, figure and metric, with the figures of both systems."""
    figures = {(*rating[:5], rating.system): rating for rating in found.ratings}
    rows = []
    for each in found.contrasts:
        columns = each._asdict()
        row = {name: columns[name] for name in each._fields[:7]}
        for side in ("one", "other"):
            rating = figures[(*each[:5], getattr(each, side))]
            ends = {"value": rating.value, "low": rating.low, "high": rating.high}
            row |= {f"{side}_{name}": number for name, number in ends.items()}
        row |= {name: columns[name] for name in each._fields[7:14]}
        row |= {"only_one": len(each.only_one), "only_other": len(each.only_other)}
        rows.append(row)
    return csv.write(rows)


def _latex(found: Comparison) -> str:
    return latex.page(summary(found), list(_figures(found)))


def _html(found: Comparison) -> str:
    from toolkit.rendering.html.report import html_report

    return html_report(found.cards, judged=found)


RENDER: dict[str, Callable[[Comparison], str]] = {
    "terminal": _terminal,
    "markdown": _markdown,
    "csv": _csv,
    "latex": _latex,
    "json": _json,
    "html": _html,
}


def summary(found: Comparison) -> list[str]:
    """What was compared and how it was tested, in a few lines."""
    return [
        f"documents: {found.documents} · {found.signature}",
        *found.notices,
        f"tests: {found.tests}{_undecided(found)}, p adjusted for all of them (Holm)",
        f"p: document swap, {SWAPS} at random, or all up to {ENUMERATED} differing documents",
    ]


def _undecided(found: Comparison) -> str:
    """How many tests the correction leaves out, where any."""
    others = sum(each.p is not None for each in found.contrasts) - found.tests
    have = "other has" if others == 1 else "others have"
    return f" ({others} {have} too few differing documents to decide)" if others else ""


def sections(found: Comparison) -> list[Section]:
    """The tables that are not empty."""
    return [section for section in _figures(found) if section.rows] + findings(found)


def findings(found: Comparison) -> list[Section]:
    """Those beside the figures: what differs, who wins, and in which documents."""
    shown = (_differences(found), _wins(found), _documents(found))
    return [section for section in shown if section.rows]


def rated(found: Comparison) -> Iterator[tuple[Metric, list[list[Rating]]]]:
    """Each metric tested, and figure by figure what every system has in it."""
    for metric in dict.fromkeys(contrast.metric for contrast in found.contrasts):
        rows: dict[tuple[object, ...], list[Rating]] = {}
        for rating in found.ratings:
            if rating.metric == metric:
                rows.setdefault(rating[:4], []).append(rating)
        yield metric, list(rows.values())


def _figures(found: Comparison) -> Iterator[Section]:
    """A table for each metric tested, a column for each system."""
    for metric, rows in rated(found):
        note = (
            "In percent with 95 % intervals over documents. Systems of a row that share a letter "
            f"are not told apart at {100 * LEVEL:.0f} %."
        )
        if any(rating.few for rating in found.ratings):
            note += f" {FEW} small support; the interval may be too narrow."
        yield Section(
            METRIC_NAMES[metric],
            note,
            (*_of(found), "support", *found.systems),
            [
                (*_name(found, of[0]), _support(of), *(_rated(rating) for rating in of))
                for of in rows
            ],
            len(_of(found)),
        )


def _support(ratings: list[Rating]) -> str:
    gold = sorted({rating.gold for rating in ratings})
    mark = FEW if any(rating.few for rating in ratings) else ""
    return mark + "–".join(map(str, gold[:1] + gold[1:][-1:]))


def _rated(rating: Rating) -> str:
    return f"{with_bounds(rating.value, (rating.low, rating.high))} {rating.group}".rstrip()


def _differences(found: Comparison) -> Section:
    rows = [
        (
            *_name(found, each),
            METRIC_NAMES[each.metric],
            f"{each.other} − {each.one}",
            points(each.difference),
            _range(each),
            probability(each.p),
            probability(each.p_holm),
            str(each.differing),
            f"{len(each.only_other)}:{len(each.only_one)}",
        )
        for each in found.contrasts
    ]
    note = (
        "In points. p: two-sided, before and after Holm. differing: documents whose counts differ, "
        "which alone decide; with few of them p cannot be low (2 to the power of 1 less their "
        "number at best). right: documents without an error in the first alone, and in the second."
    )
    columns = ("", "of", "difference", "95 %", "p", "p Holm", "differing", "right")
    return Section("Differences", note, (*_of(found), *columns), rows, len(_of(found)) + 2)


def _wins(found: Comparison) -> Section:
    rows = []
    several = len({contrast.metric for contrast in found.contrasts}) > 1
    for system in found.systems:
        where: dict[tuple[object, ...], set[bool]] = {}
        for each in found.contrasts:
            if system in (each.one, each.other):
                where.setdefault(each[:5], set()).add(each.winner == system)
        won = [_title(key, several=several) for key, wins in where.items() if wins == {True}]
        rows.append((system, ", ".join(won) or DASH, str(len(won))))
    note = "Where a system is told apart from every other and better."
    return Section("Who wins where", note, ("system", "wins", "count"), rows, 2)


def _documents(found: Comparison) -> Section:
    rows = []
    for each in found.contrasts:
        for right, wrong, names in (
            (each.one, each.other, each.only_one),
            (each.other, each.one, each.only_other),
        ):
            if names and each.field is None and each.metric == found.contrasts[0].metric:
                first = listed(names, MOST_DOCUMENTS)
                rows.append((*_name(found, each), right, wrong, first, str(len(names))))
    columns = (*_of(found), "right in", "wrong in", "documents", "count")
    more = len(rows) - MOST_ROWS
    note = f"{more} more rows are not shown; JSON has all, of fields too." if more > 0 else ""
    shown = rows[:MOST_ROWS]
    return Section("Documents that only one has right", note, columns, shown, len(columns) - 1)


def _of(found: Comparison) -> tuple[str, ...]:
    return (found.by, "figure") if found.by else ("figure",)


def _name(found: Comparison, each: Rating | Contrast) -> tuple[str, ...]:
    named = figure_name(each.label, each.field)
    return (each.slice, named) if found.by else (named,)


def _title(key: tuple[object, ...], *, several: bool) -> str:
    slice_, label, field, _, tested = key
    metric = f" {METRIC_NAMES[str(tested)]}" if several else ""
    inside = "" if slice_ == ALL else f" in {slice_}"
    return f"{figure_name(str(label), field)}{metric}{inside}"


def _range(each: Contrast) -> str:
    if each.low is None:
        return DASH
    return f"{points(each.low)} to {points(each.high)}"
