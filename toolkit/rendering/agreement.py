"""Agreement between annotators, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from toolkit.analysis.agreement.report import Agreement, Measure, Row, Split, encode
from toolkit.errors import plural
from toolkit.rendering import csv, markdown, terminal
from toolkit.rendering.sections import Section
from toolkit.rendering.wording import DASH, figure_name, percent, with_bounds
from toolkit.scoring.views import MICRO

MOST_DOCUMENTS, MOST_SPLITS = 10, 25
"""Longer lists are cut in tables; JSON has all."""

_INTERVALS = (
    "Percent with 95 % intervals, coefficients from -1 to 1; documents are the unit of both."
)


class Measured(NamedTuple):
    """What a row of a table shows: each measure of a label's places or a field's values."""

    rows: Mapping[str, Row]


def _terminal(found: Agreement) -> str:
    return terminal.page(summary(found), sections(found))


def _markdown(found: Agreement) -> str:
    return markdown.page("Agreement", summary(found), sections(found))


def _json(found: Agreement) -> str:
    return encode(found).decode()


def _csv(found: Agreement) -> str:
    """A row for each measure, label, field and group of annotators."""
    return csv.write(
        [
            {
                "annotators": " ".join(row.annotators),
                "label": row.label,
                "field": row.field,
                "measure": row.measure,
                "value": row.value,
                "low": row.low,
                "high": row.high,
                "items": row.items,
                "note": row.note,
                "published": found.published.get(f"{row.label}.{row.field}", ""),
            }
            for row in found.rows
        ]
    )


def _html(found: Agreement) -> str:
    from toolkit.rendering.html.report import html_report

    return html_report({}, judged=found)


RENDER: dict[str, Callable[[Agreement], str]] = {
    "terminal": _terminal,
    "markdown": _markdown,
    "json": _json,
    "csv": _csv,
    "html": _html,
}


def summary(found: Agreement) -> list[str]:
    """What was measured, and what was left out."""
    who = ", ".join(found.annotators)
    lines = [f"documents that two or more did: {found.documents} · annotators: {who}"]
    if found.schema:
        lines[0] += f" · schema: {found.schema}"
    return lines + list(found.notices)


def sections(found: Agreement) -> list[Section]:
    """The tables: figures, then where people part."""
    everyone = [row for row in found.rows if row.annotators == found.annotators]
    values = _values(everyone, found)
    pairs = [_pairs(found)] if len(found.annotators) > 2 else []
    return [
        _places(everyone),
        *([values] if values else []),
        *pairs,
        _apart(found),
        _splits(found),
    ]


def _places(rows: list[Row]) -> Section:
    own = [row for row in rows if row.field is None]
    measures: tuple[Measure, ...] = ("f1_strict", "f1_overlap", "character_alpha")
    by_label = _grouped(own)
    shown = [
        (
            label,
            *(_cell(of, measure) for measure in measures),
            f"{of['f1_strict'].items:.0f}" if "f1_strict" in of else DASH,
        )
        for label, of in by_label.items()
    ]
    note = f"{_INTERVALS} Mentions: the mean of the annotators'."
    columns = ("label", *(COLUMNS[measure] for measure in measures), "mentions")
    about = list(map(Measured, by_label.values()))
    return Section("Agreement on places", note, columns, shown, 1, about=about)


def _values(rows: list[Row], found: Agreement) -> Section | None:
    by_field = _grouped([row for row in rows if row.field is not None])
    shown = []
    for name, of in by_field.items():
        cells = [_cell(of, measure) for measure in _MEASURES]
        units = of.get("krippendorff_alpha")
        number = f"{units.items:.0f}" if units else DASH
        why = next((row.note for row in of.values() if row.note), "")
        shown.append((name, found.published.get(name, ""), why, *cells, number))
    if not shown:
        return None
    note = (
        "Kappa and alpha are of values on mentions that people have in one place; no value is a "
        "value, and a many-valued field agrees where all of its values do."
    )
    said = (COLUMNS[measure] for measure in _MEASURES)
    columns = ("field", "published", "undefined because", *said, "units")
    empty = [k for k, column in enumerate(zip(*shown, strict=True)) if {*column} <= {"", DASH}]
    names, *kept = (
        tuple(cell for k, cell in enumerate(row) if k not in empty) for row in (columns, *shown)
    )
    texts = sum(k not in empty for k in range(3))
    about = list(map(Measured, by_field.values()))
    return Section("Agreement on values", note, names, kept, texts, about=about)


COLUMNS: dict[Measure, str] = {
    "f1_strict": "F1 strict",
    "f1_overlap": "F1 overlap",
    "character_alpha": "alpha of characters",
    "f1_end_to_end": "F1 end to end",
    "f1_given_match": "F1 given match",
    "cohen_kappa": "Cohen",
    "fleiss_kappa": "Fleiss",
    "krippendorff_alpha": "alpha",
}
"""What the columns of tables call each measure."""

_MEASURES: tuple[Measure, ...] = (
    "f1_end_to_end",
    "f1_given_match",
    "cohen_kappa",
    "fleiss_kappa",
    "krippendorff_alpha",
)


def _pairs(found: Agreement) -> Section:
    pairs = sorted({row.annotators for row in found.rows if len(row.annotators) == 2})
    shown = []
    for pair in pairs:
        of = {
            row.measure: row for row in found.rows if row.annotators == pair and row.label == MICRO
        }
        measures = ("f1_strict", "f1_overlap", "f1_end_to_end", "f1_given_match")
        shown.append((" and ".join(pair), *(_cell(of, measure) for measure in measures)))
    columns = ("annotators", "F1 strict", "F1 overlap", "fields end to end", "fields given match")
    note = "Each label and field by pair, with kappa and alpha: CSV and JSON."
    return Section("Pairs of annotators", note, columns, shown, 1)


def _apart(found: Agreement) -> Section:
    worst = [one for one in found.apart if one.mentions or one.values]
    shown = [
        (one.document, percent(one.f1), f"{one.mentions:.1f}", f"{one.values:.1f}")
        for one in worst[:MOST_DOCUMENTS]
    ]
    note = _more(len(worst), MOST_DOCUMENTS, "document")
    columns = ("document", "F1 strict", "mentions apart", "values apart")
    title = "Documents in which people are furthest apart"
    return Section(title, note, columns, shown, 1, about=worst)


def _splits(found: Agreement) -> Section:
    shown = []
    for split in found.splits[:MOST_SPLITS]:
        example = split.examples[0]
        here = " / ".join(f"«{words}»" for words in (example.one, example.other) if words)
        name = figure_name(split.label, split.field)
        shown.append((name, _kind(split), example.document, here, str(split.times)))
    note = _more(len(found.splits), MOST_SPLITS, "split")
    columns = ("decision", "taken as", "for example in", "words", "times")
    cut = ("for example in", "words")
    return Section("What splits people", note, columns, shown, 4, cut, about=found.splits)


def _kind(split: Split) -> str:
    if split.kind == "boundary":
        return "shorter or longer"
    if split.kind == "presence":
        return "marked or not"
    return f"{split.one} or {split.other}"


def _grouped(rows: list[Row]) -> dict[str, dict[str, Row]]:
    found: dict[str, dict[str, Row]] = {}
    for row in rows:
        found.setdefault(figure_name(row.label, row.field), {})[row.measure] = row
    return found


def _cell(rows: Mapping[Any, Row], measure: str) -> str:
    row = rows.get(measure)
    if row is None or row.value is None:
        return DASH
    if measure.startswith("f1"):
        return with_bounds(row.value, (row.low, row.high))
    ends = DASH if row.low is None or row.high is None else f"{row.low:.2f}–{row.high:.2f}"
    return f"{row.value:.2f} {ends:<9}".replace("-", "−")


def _more(number: int, most: int, noun: str) -> str:
    return f"{plural(number, noun)} in all, the rest in JSON." if number > most else ""
