"""One document: aligned, compared and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from toolkit.comparators import Compare
from toolkit.model import Document, Mention
from toolkit.scoring.align import align
from toolkit.scoring.alignment import Alignment, Pair, Tier
from toolkit.scoring.cells import (
    CHARACTERS_MISSING,
    CHARACTERS_SHARED,
    CHARACTERS_SPURIOUS,
    CORRECT,
    CROSSED_GOLD,
    CROSSED_PREDICTED,
    EXACT,
    FIELD_CELLS,
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
from toolkit.scoring.compare import Judgement, judge, judge_field
from toolkit.scoring.counts import Field
from toolkit.scoring.plan import Plan
from toolkit.scoring.references import is_reference, reference_comparator

_TWO_LABELS = {
    Tier.RELABELLED: (RELABELLED_GOLD, RELABELLED_PREDICTED),
    Tier.CROSSED: (CROSSED_GOLD, CROSSED_PREDICTED),
}

_OUTCOMES = {outcome: position for position, outcome in enumerate(FIELD_CELLS[:5])}
_UNMATCHED = {
    True: (_OUTCOMES["missing"], MISSING_UNMATCHED),
    False: (_OUTCOMES["spurious"], SPURIOUS_UNMATCHED),
}

_SIMPLE = frozenset((str, int, float, bool))

_MENTION_CELLS = [0] * len(MENTION_CELLS)
_FIELD_CELLS = [0] * len(FIELD_CELLS)

Confusion = Counter[tuple[str, str, str, str]]
"""How often a gold label, or a choice value of a label's field, was answered by which other."""


class Counted(NamedTuple):
    """What one document adds to a scorecard: its cells, and what in it is not correct.

    `values` are the judgements on fields of matched mentions; those of unmatched mentions follow
    from the alignment. `optional` is the number of optional gold mentions left out of it.
    """

    mentions: dict[str, Cells]
    fields: dict[Field, Cells]
    alignment: Alignment
    values: list[tuple[Mention, Mention, str, Judgement]]
    optional: int


def count_document(
    gold: Document, predicted: Document, plan: Plan, confusion: Confusion
) -> Counted:
    """Count one document; labels and choice values taken for one another go into `confusion`."""
    alignment = align(gold.mentions, predicted.mentions, plan)
    optional = 0
    if alignment.missing or alignment.inexact:
        alignment, optional = _without_optional(alignment)
    counted = Counted(_count_mentions(alignment, confusion), {}, alignment, [], optional)
    reference = reference_comparator(gold, predicted, alignment, plan)
    for ours, theirs in alignment.exact:
        if ours.fields or theirs.fields:
            _count_fields(ours, theirs, plan, reference, counted, confusion)
    for pair in alignment.inexact:
        if pair.tier == Tier.MATCHED:
            _count_fields(pair.gold, pair.predicted, plan, reference, counted, confusion)
    for mention, on_gold_side in unmatched(alignment):
        if mention.fields:
            _count_unmatched(mention, plan, counted.fields, on_gold_side)
    return counted


def unmatched(alignment: Alignment) -> Iterator[tuple[Mention, bool]]:
    """The mentions whose fields nothing stands against, and whether they are gold ones."""
    for pair in alignment.inexact:
        if pair.tier != Tier.MATCHED:
            yield pair.gold, True
            yield pair.predicted, False
    for mention in alignment.missing:
        yield mention, True
    for mention in alignment.spurious:
        yield mention, False


def judge_unmatched(
    mention: Mention, plan: Plan, on_gold_side: bool
) -> Iterator[tuple[str, Judgement]]:
    """The values of a mention without a matched counterpart, all missing or all spurious."""
    for name, field in plan.fields(mention, mention).items():
        value = mention.fields.get(name)
        if value is not None:
            ours, theirs = (value, None) if on_gold_side else (None, value)
            for judgement in judge(ours, theirs, _never, many=field.many):
                yield name, judgement


def _without_optional(alignment: Alignment) -> tuple[Alignment, int]:
    """Without the optional gold mentions that nothing of their label was aligned with, and how many
    those are; what was aligned with one under another label is spurious.
    """
    lost = [pair for pair in alignment.inexact if pair.gold.optional and pair.tier in _TWO_LABELS]
    missing = [mention for mention in alignment.missing if not mention.optional]
    optional = len(lost) + len(alignment.missing) - len(missing)
    if not optional:
        return alignment, 0
    left = alignment._replace(
        inexact=[pair for pair in alignment.inexact if not any(pair is other for other in lost)],
        missing=missing,
        spurious=alignment.spurious + [pair.predicted for pair in lost],
    )
    return left, optional


def _count_mentions(alignment: Alignment, confusion: Confusion) -> dict[str, Cells]:
    rows: dict[str, Cells] = {}
    for _, theirs in alignment.exact:
        row = rows.get(theirs.label)
        if row is None:
            row = rows[theirs.label] = _MENTION_CELLS.copy()
        row[EXACT] += 1
        # The lengths are those of the prediction: the gold place may be one of several.
        start, end = theirs.start, theirs.end
        row[CHARACTERS_SHARED] += theirs.length if start is None or end is None else end - start
    for pair in alignment.inexact:
        _count_pair(pair, rows, confusion)
    for mention in alignment.missing:
        row = _row(rows, mention.label)
        row[MISSING] += 1
        row[CHARACTERS_MISSING] += mention.length
    for mention in alignment.spurious:
        row = _row(rows, mention.label)
        row[SPURIOUS] += 1
        row[CHARACTERS_SPURIOUS] += mention.length
    return rows


def _count_pair(pair: Pair, rows: dict[str, Cells], confusion: Confusion) -> None:
    gold, predicted = pair.gold, pair.predicted
    row = _row(rows, gold.label)
    if pair.tier in _TWO_LABELS:
        as_gold, as_predicted = _TWO_LABELS[pair.tier]
        row[as_gold] += 1
        row[CHARACTERS_MISSING] += pair.size
        row = _row(rows, predicted.label)
        row[as_predicted] += 1
        row[CHARACTERS_SPURIOUS] += pair.other_size
        confusion["", "", gold.label, predicted.label] += 1
        return
    row[MATCHED if pair.tier == Tier.MATCHED else OVERLAPPING] += 1
    row[IOU_HALF] += pair.iou >= 0.5
    row[CHARACTERS_SHARED] += pair.shared
    row[CHARACTERS_MISSING] += pair.size - pair.shared
    row[CHARACTERS_SPURIOUS] += pair.other_size - pair.shared


def _row(rows: dict[str, Cells], label: str) -> Cells:
    row = rows.get(label)
    if row is None:
        row = rows[label] = _MENTION_CELLS.copy()
    return row


def _count_fields(
    gold: Mention,
    predicted: Mention,
    plan: Plan,
    reference: Compare,
    counted: Counted,
    confusion: Confusion,
) -> None:
    label, rows = gold.label, counted.fields
    ours, theirs = gold.fields, predicted.fields
    for name, field in plan.fields(gold, predicted).items():
        one, other = ours.get(name), theirs.get(name)
        if one is None and other is None:
            continue
        key = (label, name)
        row = rows.get(key)
        if row is None:
            row = rows[key] = _FIELD_CELLS.copy()
        if one == other and one.__class__ is other.__class__ and one.__class__ in _SIMPLE:
            row[CORRECT] += 1  # most values are right, and no comparator says otherwise
            if field.closed:
                confusion[label, name, str(one), str(one)] += 1
            continue
        compare = field.compare or reference
        if is_reference(one) or is_reference(other):
            compare = reference
        for judgement in judge_field(gold, predicted, name, compare, many=field.many):
            row[_OUTCOMES[judgement.outcome]] += 1
            if field.closed and judgement.gold is not None and judgement.predicted is not None:
                confusion[label, name, str(judgement.gold), str(judgement.predicted)] += 1
            if judgement.outcome != "correct":
                counted.values.append((gold, predicted, name, judgement))


def _count_unmatched(
    mention: Mention, plan: Plan, rows: dict[Field, Cells], on_gold_side: bool
) -> None:
    cell, unmatched_cell = _UNMATCHED[on_gold_side]
    for name, _ in judge_unmatched(mention, plan, on_gold_side):
        row = rows.get((mention.label, name))
        if row is None:
            row = rows[mention.label, name] = _FIELD_CELLS.copy()
        row[cell] += 1
        row[unmatched_cell] += 1


def _never(_gold: Any, _predicted: Any) -> float:
    return 0.0
