"""The table of a scorecard: precision, recall and F1 by label, field and view."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from toolkit.scoring.cells import (
    CHARACTERS_MISSING,
    CHARACTERS_SHARED,
    CHARACTERS_SPURIOUS,
    CROSSED_GOLD,
    CROSSED_PREDICTED,
    EXACT,
    IOU_HALF,
    MATCHED,
    MENTION_CELLS,
    MISSING,
    MISSING_UNMATCHED,
    OVERLAPPING,
    RELABELLED_GOLD,
    RELABELLED_PREDICTED,
    SPURIOUS,
    SPURIOUS_UNMATCHED,
    Cells,
)
from toolkit.scoring.counts import Totals

MICRO, MACRO, ALL_FIELDS = "(micro)", "(macro)", "(all)"


class Row(NamedTuple):
    """One row of the table; a fraction is `None` where it is undefined, counts are `None` in a
    macro row.

    correct + partial + incorrect + missing = gold. In a label's own mention rows a pair of two
    labels is counted as incorrect with its gold label, while `predicted` and precision go by the
    label that the extractor gave.
    """

    label: str
    field: str | None
    view: str
    correct: int | None
    partial: int | None
    incorrect: int | None
    missing: int | None
    spurious: int | None
    gold: int | None
    predicted: int | None
    precision: float | None
    recall: float | None
    f1: float | None


class _Parts(NamedTuple):
    """What one view makes of a label's mentions, the credit seen from each side."""

    correct: int
    partial: int
    missing: int
    spurious: int
    gold: int
    predicted: int
    predicted_correct: int
    predicted_partial: int


def strict(cells: Cells) -> _Parts:
    """Same label and same place."""
    return _of_label(cells, cells[EXACT])


def typed(cells: Cells) -> _Parts:
    """Same label and at least one shared character (`type` of SemEval-2013 task 9)."""
    return _of_label(cells, cells[EXACT] + cells[MATCHED] + cells[OVERLAPPING])


def overlap(cells: Cells) -> _Parts:
    """Same label and the label's own match rule met: the mentions whose fields count as matched."""
    return _of_label(cells, cells[EXACT] + cells[MATCHED])


def iou_half(cells: Cells) -> _Parts:
    """Same label and IoU of at least 0.5; records as in `overlap`."""
    return _of_label(cells, cells[EXACT] + cells[IOU_HALF])


def exact(cells: Cells) -> _Parts:
    """Same place, whatever the label (SemEval-2013)."""
    return _of_place(cells, partial=False)


def partial(cells: Cells) -> _Parts:
    """Same place, or half credit for a shared character, whatever the label (SemEval-2013)."""
    return _of_place(cells, partial=True)


def characters(cells: Cells) -> _Parts:
    """Code points instead of mentions: those that aligned mentions of one label share."""
    both, missing, spurious = (
        cells[CHARACTERS_SHARED],
        cells[CHARACTERS_MISSING],
        cells[CHARACTERS_SPURIOUS],
    )
    return _Parts(both, 0, missing, spurious, both + missing, both + spurious, both, 0)


MENTION_VIEWS: dict[str, Callable[[Cells], _Parts]] = {
    "strict": strict,
    "exact": exact,
    "partial": partial,
    "type": typed,
    "overlap": overlap,
    "iou>=0.5": iou_half,
    "characters": characters,
}


def table(totals: Totals) -> list[Row]:
    """Every row: mentions of each label in each view, its fields, then micro and macro."""
    rows: list[Row] = []
    for label, mentions in totals.mentions.items():
        rows += [_mention_row(label, view, [mentions]) for view in MENTION_VIEWS]
        for (owner, field), cells in totals.fields.items():
            if owner == label:
                rows += [_field_row(label, field, view, cells) for view in FIELD_VIEWS]
    by_label = list(rows)
    for view in MENTION_VIEWS:
        rows.append(_mention_row(MICRO, view, list(totals.mentions.values())))
        rows.append(_macro_row(None, view, by_label))
    pooled = list(totals.fields.values())
    if pooled:
        for view in FIELD_VIEWS:
            rows.append(_field_row(MICRO, ALL_FIELDS, view, _sum(pooled)))
            rows.append(_macro_row(ALL_FIELDS, view, by_label))
    return rows


def field_end_to_end(cells: Cells) -> Cells:
    """Every value: those of unmatched mentions are missing or spurious."""
    return cells[:5]


def field_given_match(cells: Cells) -> Cells:
    """The values of mentions that have a matched counterpart."""
    correct, partial_, incorrect, missing, spurious = cells[:5]
    missing -= cells[MISSING_UNMATCHED]
    return [correct, partial_, incorrect, missing, spurious - cells[SPURIOUS_UNMATCHED]]


FIELD_VIEWS: dict[str, Callable[[Cells], Cells]] = {
    "end_to_end": field_end_to_end,
    "given_match": field_given_match,
}


def ratio(part: float, whole: float) -> float | None:
    """`part / whole`; 0/0 is undefined, not 0 and not 1."""
    return part / whole if whole else None


def _of_label(cells: Cells, correct: int) -> _Parts:
    paired = cells[EXACT] + cells[MATCHED] + cells[OVERLAPPING]
    missing, spurious = cells[MISSING], cells[SPURIOUS]
    gold = paired + cells[RELABELLED_GOLD] + cells[CROSSED_GOLD] + missing
    predicted = paired + cells[RELABELLED_PREDICTED] + cells[CROSSED_PREDICTED] + spurious
    return _Parts(correct, 0, missing, spurious, gold, predicted, correct, 0)


def _of_place(cells: Cells, *, partial: bool) -> _Parts:
    same = _of_label(cells, cells[EXACT])
    inexact = cells[MATCHED] + cells[OVERLAPPING]
    return same._replace(
        correct=cells[EXACT] + cells[RELABELLED_GOLD],
        partial=partial * (inexact + cells[CROSSED_GOLD]),
        predicted_correct=cells[EXACT] + cells[RELABELLED_PREDICTED],
        predicted_partial=partial * (inexact + cells[CROSSED_PREDICTED]),
    )


def _mention_row(label: str, view: str, cells: list[Cells]) -> Row:
    parts = MENTION_VIEWS[view](_sum(cells))
    incorrect = parts.gold - parts.correct - parts.partial - parts.missing
    recall = ratio(parts.correct + parts.partial / 2, parts.gold)
    precision = ratio(parts.predicted_correct + parts.predicted_partial / 2, parts.predicted)
    return Row(
        label=label,
        field=None,
        view=view,
        correct=parts.correct,
        partial=parts.partial,
        incorrect=incorrect,
        missing=parts.missing,
        spurious=parts.spurious,
        gold=parts.gold,
        predicted=parts.predicted,
        precision=precision,
        recall=recall,
        f1=_f1(precision, recall),
    )


def _field_row(label: str, field: str, view: str, cells: Cells) -> Row:
    correct, partial_, incorrect, missing, spurious = FIELD_VIEWS[view](cells)
    paired = correct + partial_ + incorrect
    credit = correct + partial_ / 2
    precision, recall = ratio(credit, paired + spurious), ratio(credit, paired + missing)
    return Row(
        label=label,
        field=field,
        view=view,
        correct=correct,
        partial=partial_,
        incorrect=incorrect,
        missing=missing,
        spurious=spurious,
        gold=paired + missing,
        predicted=paired + spurious,
        precision=precision,
        recall=recall,
        f1=_f1(precision, recall),
    )


def _macro_row(field: str | None, view: str, rows: list[Row]) -> Row:
    """The plain mean over labels, or over the fields of all labels, that have support and a defined
    figure.
    """
    supported = [
        row
        for row in rows
        if row.view == view and (row.field is None) == (field is None) and row.gold
    ]
    means = [
        _mean(row[column] for row in supported)
        for column in map(Row._fields.index, ("precision", "recall", "f1"))
    ]
    return Row(MACRO, field, view, *[None] * 7, *means)


def _mean(figures: Iterable[float | int | str | None]) -> float | None:
    defined = [figure for figure in figures if isinstance(figure, int | float)]
    return ratio(sum(defined), len(defined))


def _f1(precision: float | None, recall: float | None) -> float | None:
    """Their harmonic mean; 0 where one side has nothing that the other has, undefined where both
    are empty.
    """
    if precision is None or recall is None:
        return None if precision is None and recall is None else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _sum(rows: list[Cells]) -> Cells:
    return [sum(column) for column in zip(*rows, strict=True)] or [0] * len(MENTION_CELLS)
