"""The field values of two aligned mentions judged one by one, in MUC's words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from toolkit.comparators import Compare
from toolkit.model import Mention, values
from toolkit.scoring.assign import assign
from toolkit.scoring.cells import Outcome
from toolkit.scoring.plan import Plan
from toolkit.scoring.references import is_reference

SIMPLE = frozenset((str, int, float, bool))
"""Types of values that stand for themselves."""


class Judgement(NamedTuple):
    """One gold value, one predicted value, or both, and what became of them."""

    outcome: Outcome
    gold: Any = None
    predicted: Any = None


def judge(gold: Any, predicted: Any, compare: Compare, *, many: bool) -> Iterator[Judgement]:
    """Every value of one field on either side, in exactly one judgement.

    One value against one is correct, partial or incorrect. Many values are paired optimally,
    correct pairs before partial ones; two values that share nothing are one missing and one
    spurious. Absent and `null` are no value.
    """
    if not many and not isinstance(gold, list) and not isinstance(predicted, list):
        if gold is not None or predicted is not None:
            yield judge_one(gold, predicted, compare)
        return
    ours, theirs = sorted(values(gold), key=_order), sorted(values(predicted), key=_order)
    worth: dict[tuple[int, int], tuple[int, ...]] = {}
    outcomes: dict[tuple[int, int], Outcome] = {}
    for i, one in enumerate(ours):
        for j, other in enumerate(theirs):
            outcome = _outcome(compare(one, other))
            if outcome != "incorrect":
                outcomes[i, j] = outcome
                worth[i, j] = (2 if outcome == "correct" else 1, int(outcome == "correct"))
    pairs = assign(worth)
    for i, j in pairs:
        yield Judgement(outcomes[i, j], ours[i], theirs[j])
    for i in sorted(set(range(len(ours))) - {i for i, _ in pairs}):
        yield Judgement("missing", ours[i], None)
    for j in sorted(set(range(len(theirs))) - {j for _, j in pairs}):
        yield Judgement("spurious", None, theirs[j])


def judge_one(gold: Any, predicted: Any, compare: Compare) -> Judgement:
    """One value on either side, or on one of them."""
    if gold is None:
        return Judgement("spurious", None, predicted)
    if predicted is None:
        return Judgement("missing", gold, None)
    return Judgement(_outcome(compare(gold, predicted)), gold, predicted)


def judge_field(
    gold: Mention, predicted: Mention, name: str, compare: Compare, *, many: bool
) -> Iterable[Judgement]:
    """Every value of one field of two mentions; where the gold mention lists alternatives, those
    of its readings of the field that the prediction agrees with best.
    """
    one, other = gold.fields.get(name), predicted.fields.get(name)
    readings = [each.fields[name] for each in gold.alternatives if name in each.fields]
    if not readings:
        return judge(one, other, compare, many=many)
    judged = [list(judge(reading, other, compare, many=many)) for reading in (one, *readings)]
    return max(judged, key=_credit)


def _credit(judgements: list[Judgement]) -> int:
    return sum(_AGREEMENT.get(judgement.outcome, -2) for judgement in judgements)


def agreement(gold: Mention, predicted: Mention, plan: Plan) -> tuple[int, bool]:
    """How much the field values of two mentions agree: 2 for each correct one, 1 for each partial
    one; and whether all are correct.

    References are left out: whether they agree depends on the alignment that this decides.
    """
    total, in_all = 0, True
    for name in gold.fields.keys() | predicted.fields.keys():
        field = plan.field(gold.label, name)
        one, other = gold.fields.get(name), predicted.fields.get(name)
        if field and field.compare is not None and not (is_reference(one) or is_reference(other)):
            for judgement in judge_field(gold, predicted, name, field.compare, many=field.many):
                total += _AGREEMENT.get(judgement.outcome, 0)
                in_all = in_all and judgement.outcome == "correct"
    return total, in_all


_AGREEMENT = {"correct": 2, "partial": 1}


def _outcome(score: float) -> Outcome:
    if score >= 1.0:
        return "correct"
    return "partial" if score > 0.0 else "incorrect"


def _order(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)
