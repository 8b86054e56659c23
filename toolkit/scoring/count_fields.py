"""The field values of a batch of aligned documents: judged and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from toolkit.columns import Mask, Values, Whole, grouped
from toolkit.comparators import Compare
from toolkit.model import Mention
from toolkit.model import values as list_values
from toolkit.scoring.alignment import Alignment, Tier
from toolkit.scoring.cells import (
    CORRECT,
    FIELD_CELLS,
    MISSING_UNMATCHED,
    SPURIOUS_UNMATCHED,
    Confusion,
)
from toolkit.scoring.compare import SIMPLE, Judgement, judge, judge_field, judge_one
from toolkit.scoring.counts import Counts, Field
from toolkit.scoring.plan import FieldPlan, Plan
from toolkit.scoring.references import is_reference, reference_comparator
from toolkit.scoring.sides import Side, numbered

_OUTCOMES = {outcome: position for position, outcome in enumerate(FIELD_CELLS[:5])}

Judged: TypeAlias = list[tuple[int, int, str, Judgement]]
"""Judgements on the fields of matched mentions, by the positions of these and the field's name."""

_Reference: TypeAlias = Callable[[int], Compare]


class _Paired(NamedTuple):
    """One field of matched mentions: the positions of these, and what both sides say."""

    name: str
    rows: Whole
    columns: Whole
    ours: Values
    theirs: Values

    def at(self, positions: Whole) -> _Paired:
        """Some of them."""
        rows, columns = self.rows[positions], self.columns[positions]
        return _Paired(self.name, rows, columns, self.ours.at(positions), self.theirs.at(positions))


def count_fields(
    alignment: Alignment, plan: Plan, counts: Counts, first: int, taken: Confusion
) -> Judged:
    """Count the fields of a batch whose first document stands at `first` in `counts`.

    Returns the judgements on matched mentions that are not correct.
    """
    gold, predicted, pairs = alignment.gold, alignment.predicted, alignment.pairs
    reference = reference_comparator(alignment, plan)
    wrong: Judged = []
    matched = pairs.tier <= Tier.MATCHED
    rows, columns = pairs.rows[matched], pairs.columns[matched]
    missing = np.concatenate((pairs.rows[~matched], alignment.missing))
    spurious = np.concatenate((pairs.columns[~matched], alignment.spurious))
    for name in sorted(gold.values.keys() | predicted.values.keys()):
        fields = [plan.field(label, name) for label in gold.labels]
        counted = np.array([field is not None for field in fields], dtype=bool)
        tally = _Tally(len(gold.documents))
        ours, theirs = _values(gold, name), _values(predicted, name)
        paired = _Paired(name, rows, columns, ours.at(rows), theirs.at(columns))
        label = gold.label[rows]
        right = counted[label] & _plainly_same(paired.ours, paired.theirs)
        tally.add(gold, rows[right], CORRECT)
        either = paired.ours.there | paired.theirs.there
        left = np.flatnonzero(counted[label] & ~right & either)
        left_by_label = grouped(label[left], len(fields))
        for position, field in enumerate(fields):
            if field is None:
                continue
            judged: Judged = []
            if len(left_by_label[position]):
                part = paired.at(left[left_by_label[position]])
                judged = _judged(alignment, part, field, reference)
                outcomes = [_OUTCOMES[judgement.outcome] for *_, judgement in judged]
                tally.add(gold, np.array([i for i, *_ in judged], dtype=np.int64), outcomes)
                wrong += [each for each in judged if each[3].outcome != "correct"]
            if field.closed:
                same = paired.ours.value[right & (label == position)].tolist()
                taken.update(_confused((gold.labels[position], name), same, judged))
        for side, said, alone, cells in (
            (gold, ours, missing, (_OUTCOMES["missing"], MISSING_UNMATCHED)),
            (predicted, theirs, spurious, (_OUTCOMES["spurious"], SPURIOUS_UNMATCHED)),
        ):
            _count_alone(tally, side, said, alone[counted[side.label[alone]]], cells)
        tally.into(counts, gold.labels, name, first)
    return wrong


def _values(side: Side, name: str) -> Values:
    if name in side.values:
        return side.values[name]
    size = len(side.mentions)
    return Values(np.full(size, None), np.zeros(size, bool), frozenset())


def _confused(key: Field, same: list[Any], judged: Judged) -> Confusion:
    """How often which choice was answered by which, of those that are plainly the same and of
    others.
    """
    found: Confusion = Counter((*key, value, value) for value in map(str, same))
    for *_, (_, value, answer) in judged:
        if None not in (value, answer):
            found[*key, str(value), str(answer)] += 1
    return found


def _plainly_same(ours: Values, theirs: Values) -> Mask:
    """Where both say the same simple value: no comparator says otherwise, and most are so."""
    same: Mask = ours.there & theirs.there
    same[same] = np.equal(ours.value[same], theirs.value[same]).astype(bool)
    types = ours.types | theirs.types
    if len(types) > 1 or not types <= SIMPLE:  # True is 1 in Python, but no number
        for k in np.flatnonzero(same).tolist():
            one, other = ours.value[k], theirs.value[k]
            same[k] = one.__class__ is other.__class__ and one.__class__ in SIMPLE
    return same


def _judged(
    alignment: Alignment, paired: _Paired, field: FieldPlan, reference: _Reference
) -> Judged:
    """The judgements on one field of some matched mentions of one label."""
    gold, predicted, name = alignment.gold, alignment.predicted, paired.name
    rows, columns = paired.rows.tolist(), paired.columns.tolist()
    ours, theirs = paired.ours.value.tolist(), paired.theirs.value.tolist()
    simple = paired.ours.types | paired.theirs.types <= SIMPLE
    if simple and field.compare and not field.many and not gold.odd[paired.rows].any():
        judgements = map(judge_one, ours, theirs, repeat(field.compare))
        return list(zip(rows, columns, repeat(name), judgements, strict=False))
    judged: Judged = []
    for i, j, value, answer in zip(rows, columns, ours, theirs, strict=True):
        compare = field.compare
        if compare is None or is_reference(value) or is_reference(answer):
            compare = reference(int(gold.document[i]))
        found = judge_field(gold.mentions[i], predicted.mentions[j], name, compare, many=field.many)
        judged += [(i, j, name, judgement) for judgement in found]
    return judged


def _count_alone(
    tally: _Tally, side: Side, said: Values, alone: Whole, cells: tuple[int, int]
) -> None:
    """Count the values of mentions without a matched counterpart: all missing, or all spurious."""
    alone = alone[said.there[alone]]
    if not said.types <= SIMPLE:
        amounts = [len(list_values(value)) for value in said.value[alone].tolist()]
        alone = np.repeat(alone, np.array(amounts, dtype=np.int64))
    for cell in cells:
        tally.add(side, alone, cell)


class _Tally:
    """Cells of one field that are being counted, each with the label and document it is of."""

    def __init__(self, documents: int) -> None:
        self.documents = documents
        self.keys: list[Whole] = []
        self.cells: list[Whole] = []

    def add(self, side: Side, mentions: Whole, cell: int | list[int]) -> None:
        """Count one for each of some mentions."""
        self.keys.append(side.label[mentions] * self.documents + side.document[mentions])
        self.cells.append(np.broadcast_to(np.array(cell, dtype=np.int64), len(mentions)))

    def into(self, counts: Counts, labels: list[str], name: str, first: int) -> None:
        """Add all to the counts, of which this batch's first document stands at `first`."""
        width = len(FIELD_CELLS)
        groups, at = numbered(np.concatenate(self.keys))
        found = np.bincount(
            at * width + np.concatenate(self.cells), minlength=len(groups) * width
        ).reshape(-1, width)
        for label, here in zip(labels, grouped(groups // self.documents, len(labels)), strict=True):
            if len(here):
                documents = groups[here] % self.documents + first
                counts.fields.append((label, name), documents, found[here])


def judge_unmatched(
    mention: Mention, plan: Plan, on_gold_side: bool
) -> Iterator[tuple[str, Judgement]]:
    """The values of a mention without a matched counterpart, all missing or all spurious."""
    for name, value in sorted(mention.fields.items()):
        field = plan.field(mention.label, name)
        if field is not None and value is not None:
            ours, theirs = (value, None) if on_gold_side else (None, value)
            for judgement in judge(ours, theirs, _never, many=field.many):
                yield name, judgement


def _never(_gold: Any, _predicted: Any) -> float:
    return 0.0
