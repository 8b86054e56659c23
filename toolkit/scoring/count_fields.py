"""The field values of a batch of aligned documents: judged and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import compress
from operator import itemgetter, ne
from typing import Any, NamedTuple

import numpy as np

from toolkit.columns import Whole
from toolkit.model import Mention, Value
from toolkit.model import values as list_values
from toolkit.scoring.alignment import Alignment, Tier
from toolkit.scoring.cells import (
    CORRECT,
    FIELD_CELLS,
    MISSING_UNMATCHED,
    SPURIOUS_UNMATCHED,
    Confusion,
)
from toolkit.scoring.compare import SIMPLE, Judgement, judge, judge_field
from toolkit.scoring.counts import Counts, Field
from toolkit.scoring.plan import FieldPlan, Plan
from toolkit.scoring.references import is_reference, reference_comparator
from toolkit.scoring.sides import Side, grouped

_OUTCOMES = {outcome: position for position, outcome in enumerate(FIELD_CELLS[:5])}

Values = list[tuple[int, int, str, Judgement]]
"""What is not correct in the fields of matched mentions, by their positions."""


def count_fields(
    alignment: Alignment, plan: Plan, counts: Counts, first: int, taken: Confusion
) -> Values:
    """Count the fields of a batch whose first document stands at `first` in `counts`.

    Returns the judgements on matched mentions that are not correct.
    """
    gold, predicted, pairs = alignment.gold, alignment.predicted, alignment.pairs
    reference = reference_comparator(alignment, plan)
    values: Values = []
    matched = pairs.tier <= Tier.MATCHED
    rows, columns = pairs.rows[matched], pairs.columns[matched]
    missing = np.concatenate((pairs.rows[~matched], alignment.missing))
    spurious = np.concatenate((pairs.columns[~matched], alignment.spurious))
    labels = len(gold.labels)
    by_label = zip(
        gold.labels,
        grouped(gold.label[rows], labels),
        grouped(gold.label[missing], labels),
        grouped(predicted.label[spurious], labels),
        strict=True,
    )
    for label_name, paired, alone, more in by_label:
        ours, theirs = _Part.of(gold, rows[paired]), _Part.of(predicted, columns[paired])
        lost, extra = _Part.of(gold, missing[alone]), _Part.of(predicted, spurious[more])
        parts = (ours, theirs, lost, extra)
        for name, field in plan.fields(label_name, (part.fields for part in parts)).items():
            cells = np.zeros((len(gold.documents), len(FIELD_CELLS)), np.int64)
            key = (label_name, name)
            found: list[int] = []
            for k in _count_right(key, field, ours, theirs, cells, taken):
                i, j, document = ours.positions[k], theirs.positions[k], ours.documents[k]
                one, other = gold.mentions[i], predicted.mentions[j]
                value, answer = ours.fields[k].get(name), theirs.fields[k].get(name)
                compare = field.compare
                if compare is None or is_reference(value) or is_reference(answer):
                    compare = reference(document)
                for judgement in judge_field(one, other, name, compare, many=field.many):
                    found.append(document * len(FIELD_CELLS) + _OUTCOMES[judgement.outcome])
                    if field.closed and None not in (judgement.gold, judgement.predicted):
                        taken[*key, str(judgement.gold), str(judgement.predicted)] += 1
                    if judgement.outcome != "correct":
                        values.append((i, j, name, judgement))
            if found:
                cells += np.bincount(found, minlength=cells.size).reshape(cells.shape)
            _count_alone(name, lost, cells, (_OUTCOMES["missing"], MISSING_UNMATCHED))
            _count_alone(name, extra, cells, (_OUTCOMES["spurious"], SPURIOUS_UNMATCHED))
            counted = np.flatnonzero(cells.any(axis=1))
            if len(counted):
                counts.fields.append(key, counted + first, cells[counted])
    return values


class _Part(NamedTuple):
    """Some mentions of one side: their positions, documents and fields."""

    positions: list[int]
    documents: list[int]
    fields: list[dict[str, Value]]

    @classmethod
    def of(cls, side: Side, positions: Whole) -> _Part:
        at = positions.tolist()
        fields = list(map(side.fields.__getitem__, at))
        return cls(at, side.document[positions].tolist(), fields)

    def values(self, name: str) -> list[Value]:
        """The value of one field of each mention."""
        try:
            return list(map(itemgetter(name), self.fields))
        except KeyError:
            return [fields.get(name) for fields in self.fields]


def _count_right(
    key: Field, field: FieldPlan, ours: _Part, theirs: _Part, cells: Whole, taken: Confusion
) -> list[int]:
    """Count the values that are plainly the same, for no comparator says otherwise; most are.

    Returns the positions in both parts of what is left to judge.
    """
    gold, predicted = ours.values(field.name), theirs.values(field.name)
    types = {*map(type, gold), *map(type, predicted)}
    if len(types) == 1 and types <= SIMPLE:
        left = [k for k, differ in enumerate(map(ne, gold, predicted)) if differ]
        right = np.ones(len(gold), bool)
        right[left] = False
    else:  # with a look at types, for True is 1 in Python, but no number
        right = np.array(
            [
                one == other and one.__class__ is other.__class__ and one.__class__ in SIMPLE
                for one, other in zip(gold, predicted, strict=True)
            ],
            dtype=bool,
        )
        left = [
            k
            for k in np.flatnonzero(~right).tolist()
            if gold[k] is not None or predicted[k] is not None
        ]
    documents = np.array(ours.documents, dtype=np.int64)
    cells[:, CORRECT] += np.bincount(documents[right], minlength=len(cells))
    if field.closed:
        for value, times in Counter(compress(gold, right)).items():
            taken[*key, str(value), str(value)] += times
    return left


def _count_alone(name: str, part: _Part, cells: Whole, into: tuple[int, int]) -> None:
    """Count the values of mentions without a matched counterpart: all missing, or all spurious."""
    amounts = [
        1 if value.__class__ in SIMPLE else len(list_values(value)) for value in part.values(name)
    ]
    found = np.bincount(part.documents, amounts, minlength=len(cells)).astype(np.int64)
    for cell in into:
        cells[:, cell] += found


def judge_unmatched(
    mention: Mention, plan: Plan, on_gold_side: bool
) -> Iterator[tuple[str, Judgement]]:
    """The values of a mention without a matched counterpart, all missing or all spurious."""
    if not mention.fields:
        return
    for name, field in plan.fields(mention.label, [[mention.fields]]).items():
        value = mention.fields.get(name)
        if value is not None:
            ours, theirs = (value, None) if on_gold_side else (None, value)
            for judgement in judge(ours, theirs, _never, many=field.many):
                yield name, judgement


def _never(_gold: Any, _predicted: Any) -> float:
    return 0.0
