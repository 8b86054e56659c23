"""Thresholds for people and for programs."""

from __future__ import annotations

from collections.abc import Callable

from toolkit.analysis.thresholds import Threshold, Thresholds
from toolkit.rendering import csv, json, markdown, terminal
from toolkit.rendering.sections import Section
from toolkit.rendering.wording import DASH, FEW, percent, with_bounds

_LISTS = ("bins", "curve", "f1_all_bounds", "f1_bounds")


def _terminal(found: Thresholds) -> str:
    return terminal.page(_summary(found), _sections(found))


def _markdown(found: Thresholds) -> str:
    return markdown.page("Thresholds", _summary(found), _sections(found))


def _csv(found: Thresholds) -> str:
    """A row for each label; curves and bins are in JSON."""
    return csv.write([_columns(each) for each in found.thresholds])


def _json(found: Thresholds) -> str:
    rows = [
        _columns(each)
        | {"bins": [bin_._asdict() for bin_ in each.bins], "curve": each.curve._asdict()}
        for each in found.thresholds
    ]
    return json.written(found._asdict() | {"thresholds": rows})


RENDER: dict[str, Callable[[Thresholds], str]] = {
    "terminal": _terminal,
    "markdown": _markdown,
    "csv": _csv,
    "json": _json,
}


def _columns(each: Threshold) -> dict[str, object]:
    plain = {name: value for name, value in each._asdict().items() if name not in _LISTS}
    for name, bounds in (("f1_all", each.f1_all_bounds), ("f1", each.f1_bounds)):
        plain |= dict(zip((f"{name}_low", f"{name}_high"), bounds, strict=True))
    return plain


def _summary(found: Thresholds) -> list[str]:
    return [
        f"documents: {found.chosen_on} to choose on, {found.reported_on} to report on · "
        f"{found.signature}",
        *found.notices,
    ]


def _sections(found: Thresholds) -> list[Section]:
    note = (
        "Strict, in percent with 95 % intervals. keep from: the threshold of best F1 on the "
        "documents chosen on, and where it lies when these are redrawn. chosen F1 flatters; all "
        "further columns are of the other documents. ECE: expected calibration error. JSON has "
        "all digits."
    )
    if any(each.few for each in found.thresholds):
        note += f" {FEW} small support; thresholds and intervals are less sure than they say."
    columns = (
        *("label", "gold", "scored", "keep from", "95 %", "chosen F1"),
        *("F1 of all", "F1 of kept", "P", "R", "ECE"),
    )
    rows = [_row(each) for each in found.thresholds]
    chosen = Section("Thresholds", note, columns, rows, 1)
    bins = [
        (
            each.label,
            f"{bin_.low:.1f}–{bin_.high:.1f}",
            str(bin_.mentions),
            percent(bin_.score),
            percent(bin_.right),
        )
        for each in found.thresholds
        for bin_ in each.bins
    ]
    said = "Of predictions with such scores, in percent: their mean score, and how many are right."
    of = ("label", "score", "count", "said", "right")
    return [chosen, Section("Reliability", said, of, bins, 2)]


def _row(each: Threshold) -> tuple[str, ...]:
    ends = DASH if each.low is None else f"{each.low:.4g}–{each.high:.4g}"
    return (
        each.label,
        f"{FEW * each.few}{each.gold}",
        str(each.scored),
        DASH if each.threshold is None else f"{each.threshold:.4g}",
        ends,
        percent(each.chosen_f1),
        with_bounds(each.f1_all, each.f1_all_bounds),
        with_bounds(each.f1, each.f1_bounds),
        percent(each.precision),
        percent(each.recall),
        percent(each.ece),
    )
