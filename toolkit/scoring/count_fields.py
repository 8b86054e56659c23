"""The field values of a batch of aligned documents: judged and counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from toolkit.model import Mention
from toolkit.scoring.alignment import Alignment, Tier
from toolkit.scoring.cells import (
    CORRECT,
    FIELD_CELLS,
    MISSING_UNMATCHED,
    SPURIOUS_UNMATCHED,
    Cells,
    Confusion,
)
from toolkit.scoring.compare import Judgement, judge, judge_field
from toolkit.scoring.counts import Counts, Field
from toolkit.scoring.plan import Plan
from toolkit.scoring.references import is_reference, reference_comparator

_OUTCOMES = {outcome: position for position, outcome in enumerate(FIELD_CELLS[:5])}
_UNMATCHED = {
    True: (_OUTCOMES["missing"], MISSING_UNMATCHED),
    False: (_OUTCOMES["spurious"], SPURIOUS_UNMATCHED),
}

_SIMPLE = frozenset((str, int, float, bool))

Values = list[tuple[int, int, str, Judgement]]
"""What is not correct in the fields of matched mentions, by their positions."""

_Rows = dict[Field, dict[int, Cells]]
"""Cells of each field in each document."""


def count_fields(
    alignment: Alignment, plan: Plan, counts: Counts, first: int, taken: Confusion
) -> Values:
    """Count the fields of a batch whose first document stands at `first` in `counts`.

    Returns the judgements on matched mentions that are not correct.
    """
    rows: _Rows = {}
    values: Values = []
    reference = reference_comparator(alignment, plan)
    gold, predicted, pairs = alignment.gold, alignment.predicted, alignment.pairs
    matched = pairs.tier <= Tier.MATCHED
    for i, j, document in zip(
        pairs.rows[matched].tolist(),
        pairs.columns[matched].tolist(),
        gold.document[pairs.rows[matched]].tolist(),
        strict=True,
    ):
        ours, theirs = gold.mentions[i], predicted.mentions[j]
        for name, field in plan.fields(ours, theirs).items():
            one, other = ours.fields.get(name), theirs.fields.get(name)
            if one is None and other is None:
                continue
            cells = _cells(rows, (ours.label, name), document)
            if one == other and one.__class__ is other.__class__ and one.__class__ in _SIMPLE:
                cells[CORRECT] += 1  # most values are right, and no comparator says otherwise
                if field.closed:
                    taken[ours.label, name, str(one), str(one)] += 1
                continue
            compare = field.compare
            if compare is None or is_reference(one) or is_reference(other):
                compare = reference(document)
            for judgement in judge_field(ours, theirs, name, compare, many=field.many):
                cells[_OUTCOMES[judgement.outcome]] += 1
                if field.closed and judgement.gold is not None and judgement.predicted is not None:
                    taken[ours.label, name, str(judgement.gold), str(judgement.predicted)] += 1
                if judgement.outcome != "correct":
                    values.append((i, j, name, judgement))
    for mention, document, on_gold_side in unmatched(alignment):
        cell, unmatched_cell = _UNMATCHED[on_gold_side]
        for name, _ in judge_unmatched(mention, plan, on_gold_side):
            cells = _cells(rows, (mention.label, name), document)
            cells[cell] += 1
            cells[unmatched_cell] += 1
    for field_, by_document in rows.items():
        found = sorted(by_document.items())
        counts.fields.append(
            field_,
            np.array([document + first for document, _ in found]),
            np.array([cells for _, cells in found]),
        )
    return values


def unmatched(alignment: Alignment) -> Iterator[tuple[Mention, int, bool]]:
    """The mentions with fields that nothing stands against, each with the position of its document
    and whether it is a gold one.
    """
    crossed = alignment.pairs.tier > Tier.MATCHED
    for side, positions, more, on_gold_side in (
        (alignment.gold, alignment.pairs.rows[crossed], alignment.missing, True),
        (alignment.predicted, alignment.pairs.columns[crossed], alignment.spurious, False),
    ):
        for position in np.concatenate((positions, more)).tolist():
            if side.mentions[position].fields:
                yield side.mentions[position], int(side.document[position]), on_gold_side


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


def _cells(rows: _Rows, field: Field, document: int) -> Cells:
    by_document = rows.get(field)
    if by_document is None:
        by_document = rows[field] = {}
    cells = by_document.get(document)
    if cells is None:
        cells = by_document[document] = [0] * len(FIELD_CELLS)
    return cells


def _never(_gold: Any, _predicted: Any) -> float:
    return 0.0
