"""Tables of a scorecard as the template draws them; a number knows the list that it leads to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from toolkit.analysis.errors import groundings, kinds_of, taxonomy, worst_documents
from toolkit.analysis.figures import Bounds, Figure, figures
from toolkit.rendering.html.evidence import OUTCOMES
from toolkit.rendering.html.links import to_document, to_figure, to_list
from toolkit.rendering.wording import count, figure_name, percent, with_bounds
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.views import ALL_FIELDS, FIELD_VIEWS, MACRO, MENTION_VIEWS, MICRO

MOST_VALUES = 12
"""Rows and columns of a matrix; rarer values are left to the list."""

VIEW_TITLES = {
    "strict": "Same label and same place.",
    "exact": "Same place, whatever the label.",
    "partial": "Same place; half credit for any shared character, whatever the label.",
    "type": "Same label, and any shared character.",
    "overlap": "Same label, and the schema's match rule is met.",
    "iou>=0.5": "Same label, and half of the characters that either has are shared.",
    "characters": "Characters instead of mentions.",
    "end_to_end": "Values of missed and spurious mentions are missing and spurious.",
    "given_match": "Only the values of mentions that were found.",
}


People: TypeAlias = Mapping[tuple[str, str | None, str], float]
"""F1 between people, from 0 to 1, by label, field and view."""


class Bar(NamedTuple):
    """A fraction, its interval and, where known, how far people agree, all from 0 to 100; and where
    it leads.
    """

    text: str
    ends: str
    value: float | None
    low: float | None
    high: float | None
    ceiling: float | None
    link: str = ""


class Cell(NamedTuple):
    """A number and where it leads; `right` marks the diagonal of a matrix, `share` its strength."""

    text: str
    link: str = ""
    right: bool = False
    share: int = 0


class Line(NamedTuple):
    """A row of figures."""

    name: str
    whole: bool
    bars: list[Bar]
    support: str
    few: bool
    counts: list[Cell]


class View(NamedTuple):
    """One way of counting, its rows, those of all together first."""

    name: str
    title: str
    lines: list[Line]


class Matrix(NamedTuple):
    """Gold values by rows, predicted ones by columns."""

    name: str
    columns: list[str]
    rows: list[tuple[str, list[Cell]]]
    left_out: int


class Rows(NamedTuple):
    """Cells under column names; the first `texts` columns hold words."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell | Bar]]
    texts: int = 1


def views(card: Scorecard, system: int, people: People) -> tuple[list[View], list[View]]:
    """Every view of mentions, and of fields where there are any."""
    found = figures(card)
    return (
        [_view(found, name, system, people) for name in MENTION_VIEWS],
        [
            view
            for view in (_view(found, name, system, people) for name in FIELD_VIEWS)
            if view.lines
        ],
    )


def _view(found: Iterable[Figure], name: str, system: int, people: People) -> View:
    rows = [figure for figure in found if figure.row.view == name]
    rows.sort(key=lambda figure: (figure.row.label != MICRO, figure.row.label != MACRO))
    return View(name, VIEW_TITLES[name], [_line(each, system, people) for each in rows])


def _line(figure: Figure, system: int, people: People) -> Line:
    row = figure.row
    name = row.label if row.field in (None, ALL_FIELDS) else figure_name(row.label, row.field)
    human = people.get((row.label, row.field, row.view))
    of = (row.label, row.field, row.view)
    everything = to_figure(system, *of)
    bars = [
        bar(value, ends, human if metric == "f1" else None, everything)
        for metric, value, ends in (
            ("f1", row.f1, figure.f1),
            ("precision", row.precision, figure.precision),
            ("recall", row.recall, figure.recall),
        )
    ]
    counts = []
    for outcome in OUTCOMES:
        number = getattr(row, outcome)
        counts.append(
            Cell(count(number), to_figure(system, *of, outcome=outcome) if number else "")
        )
    whole = row.label in (MICRO, MACRO)
    return Line(name, whole, bars, count(row.gold), bool(figure.few), counts)


def bar(value: float | None, ends: Bounds, ceiling: float | None = None, link: str = "") -> Bar:
    """A fraction and its interval as they are drawn."""
    text = percent(value)
    said = with_bounds(value, ends).removeprefix(text).strip()
    to = link if value is not None else ""
    return Bar(text, said, _drawn(value), _drawn(ends[0]), _drawn(ends[1]), _drawn(ceiling), to)


def _drawn(fraction: float | None) -> float | None:
    return None if fraction is None else round(100 * fraction, 2)


def error_kinds(card: Scorecard, system: int) -> Rows:
    """The error taxonomy: each label's mentions that are not exactly right, once."""
    rows = []
    for label, found in taxonomy(card).items():
        cells = [
            Cell(str(times), to_list(system, label=label, kind=kind) if times else "")
            for kind, times in found.items()
        ]
        rows.append([Cell(label), *cells])
    return Rows(("label", *kinds_of(card)), rows)


def grounded(card: Scorecard, system: int) -> Rows:
    """How the words of predictions were found in the text, and what became of the mentions."""
    rows = []
    for label, way, *counts in groundings(card):
        wanted = {"predicted": str(label), "grounding": str(way)}
        cells = [
            Cell(str(times), to_list(system, **wanted, **kept) if times else "")
            for times, kept in zip(counts, _GROUNDED.values(), strict=True)
        ]
        rows.append([Cell(str(label)), Cell(str(way)), *cells])
    return Rows(("label", "grounding", *_GROUNDED), rows, 2)


_GROUNDED: dict[str, dict[str, str]] = {
    "mentions": {},
    "correct": {"kind": "correct"},
    "partial": {"kind": "boundary"},
    "incorrect": {"kind": "label label+boundary"},
    "spurious": {"outcome": "spurious"},
}
"""What counts as which, by the kinds of errors."""


def worst(card: Scorecard) -> Rows:
    """The documents with the most errors."""
    rows = [
        [
            Cell(found.document, to_document(found.document)),
            *(Cell(str(number)) for number in (found.mentions, found.fields, found.total)),
        ]
        for found in worst_documents(card)
    ]
    return Rows(("document", "mentions", "fields", "errors"), rows)


def matrices(card: Scorecard, system: int) -> list[Matrix]:
    """Labels, then the values of each choice field, taken for one another."""
    by_field: dict[tuple[str, str], dict[tuple[str, str], int]] = {}
    for label, field, gold, predicted, times in card.confusion:
        by_field.setdefault((label, field), {})[gold, predicted] = times
    return [_matrix(key, found, system) for key, found in sorted(by_field.items())]


def _matrix(key: tuple[str, str], found: Mapping[tuple[str, str], int], system: int) -> Matrix:
    label, field = key
    totals: dict[str, int] = {}
    for pair, times in found.items():
        for value in set(pair):
            totals[value] = totals.get(value, 0) + times
    kept = sorted(totals, key=lambda value: (not value, -totals[value], value))
    left_out = max(0, len(kept) - MOST_VALUES)
    if left_out:
        kept = kept[:MOST_VALUES]
    most = max((times for (one, other), times in found.items() if one != other), default=1)

    def cell(gold: str, predicted: str) -> Cell:
        times = found.get((gold, predicted), 0)
        if not times:
            return Cell("")
        wanted: dict[str, str | None] = {"gold": gold, "predicted": predicted}
        if field:
            wanted |= {"label": label, "field": field}
        link = to_list(system, **wanted)
        right = gold == predicted
        return Cell(str(times), link, right, 0 if right else -(-4 * times // most))

    names = [value or "(none)" for value in kept]
    rows = [
        (name, [cell(gold, predicted) for predicted in kept])
        for name, gold in zip(names, kept, strict=True)
    ]
    return Matrix(figure_name(label, field) if field else "labels", names, rows, left_out)


def versus(
    right: Sequence[Sequence[bool]], labels: Sequence[str], systems: Sequence[str]
) -> list[tuple[str, str, Rows]]:
    """For each two systems the gold mentions that both, one, or none of them found exactly."""
    found = []
    for one in range(len(systems)):
        for other in range(one + 1, len(systems)):
            times: dict[str, dict[str, int]] = {}
            for label, here, there in zip(labels, right[one], right[other], strict=True):
                kind = _KINDS[here, there]
                of = times.setdefault(label, dict.fromkeys(_KINDS.values(), 0))
                of[kind] += 1
            rows = [
                [Cell(label), *(_met(one, other, label, *each) for each in of.items())]
                for label, of in sorted(times.items())
            ]
            names = (systems[one], systems[other])
            columns = (
                "label",
                "both right",
                *(f"only {name} right" for name in names),
                "both wrong",
            )
            found.append((*names, Rows(columns, rows)))
    return found


_KINDS = {
    (True, True): "both",
    (True, False): "one",
    (False, True): "other",
    (False, False): "none",
}


def _met(one: int, other: int, label: str, kind: str, times: int) -> Cell:
    link = to_list(one, other=str(other), right=kind, label=label)
    return Cell(str(times), link if times else "")
