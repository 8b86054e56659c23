"""One document: aligned, compared and counted."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from toolkit.comparators import Compare
from toolkit.model import Document, Mention
from toolkit.scoring.align import Alignment, Tier, align
from toolkit.scoring.compare import agreement, judge
from toolkit.scoring.counts import (
    CHARACTERS_MISSING,
    CHARACTERS_SHARED,
    CHARACTERS_SPURIOUS,
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
    DocumentCounts,
)
from toolkit.scoring.plan import Plan
from toolkit.scoring.references import is_reference, reference_comparator
from toolkit.scoring.scorecard import Kind, Verdict
from toolkit.scoring.verdicts import verdict
from toolkit.spans import shared

_OUTCOME = {name: position for position, name in enumerate(FIELD_CELLS[:5])}

_SAME_LABEL = {Tier.MATCHED: MATCHED, Tier.OVERLAPPING: OVERLAPPING}
_TWO_LABELS: dict[Tier, tuple[int, int, Kind]] = {
    Tier.RELABELLED: (RELABELLED_GOLD, RELABELLED_PREDICTED, "label"),
    Tier.CROSSED: (CROSSED_GOLD, CROSSED_PREDICTED, "label+boundary"),
}


class Counted(NamedTuple):
    """What one document adds to a scorecard."""

    counts: DocumentCounts
    verdicts: list[Verdict]
    confusion: Counter[tuple[str, str, str, str]]


def count_document(gold: Document, predicted: Document, plan: Plan) -> Counted:
    """Count one document; the gold's text, where known, gives the verdicts their words."""
    alignment = align(gold.mentions, predicted.mentions, plan.match, agreement(plan))
    counted = Counted(DocumentCounts({}, {}), [], Counter())
    _count_mentions(gold, alignment, counted)
    compare_reference = reference_comparator(gold, predicted, alignment, plan)
    for ours, theirs in alignment.exact:
        if ours.fields or theirs.fields:
            _count_fields(gold, ours, theirs, plan, compare_reference, counted)
    for pair in alignment.inexact:
        if pair.tier == Tier.MATCHED:
            _count_fields(gold, pair.gold, pair.predicted, plan, compare_reference, counted)
        else:
            _count_unmatched(gold, pair.gold, plan, counted, gold=True)
            _count_unmatched(gold, pair.predicted, plan, counted, gold=False)
    for mention in alignment.missing:
        _count_unmatched(gold, mention, plan, counted, gold=True)
    for mention in alignment.spurious:
        _count_unmatched(gold, mention, plan, counted, gold=False)
    return counted


def _count_mentions(gold: Document, alignment: Alignment, counted: Counted) -> None:
    cells, confusion, verdicts = counted.counts.mentions, counted.confusion, counted.verdicts

    def row(label: str) -> Cells:
        return cells.setdefault(label, [0] * len(MENTION_CELLS))

    for label, times in Counter(ours.label for ours, _ in alignment.exact).items():
        row(label)[EXACT] = times
        confusion["", "", label, label] += times
    for ours, _ in alignment.exact:
        cells[ours.label][CHARACTERS_SHARED] += ours.length
    for pair in alignment.inexact:
        ours, theirs = pair.gold, pair.predicted
        confusion["", "", ours.label, theirs.label] += 1
        if pair.tier.same_label:
            same = row(ours.label)
            same[_SAME_LABEL[pair.tier]] += 1
            same[IOU_HALF] += pair.iou >= 0.5
            common = shared(ours.place, theirs.place)
            same[CHARACTERS_SHARED] += common
            same[CHARACTERS_MISSING] += ours.length - common
            same[CHARACTERS_SPURIOUS] += theirs.length - common
            verdicts.append(verdict(gold, ours, theirs, outcome="partial", kind="boundary"))
        else:
            as_gold, as_predicted, kind = _TWO_LABELS[pair.tier]
            row(ours.label)[as_gold] += 1
            row(ours.label)[CHARACTERS_MISSING] += ours.length
            row(theirs.label)[as_predicted] += 1
            row(theirs.label)[CHARACTERS_SPURIOUS] += theirs.length
            verdicts.append(verdict(gold, ours, theirs, outcome="incorrect", kind=kind))
    for mention in alignment.missing:
        confusion["", "", mention.label, ""] += 1
        row(mention.label)[MISSING] += 1
        row(mention.label)[CHARACTERS_MISSING] += mention.length
        verdicts.append(verdict(gold, mention, None, outcome="missing", kind="missed"))
    for mention in alignment.spurious:
        confusion["", "", "", mention.label] += 1
        row(mention.label)[SPURIOUS] += 1
        row(mention.label)[CHARACTERS_SPURIOUS] += mention.length
        verdicts.append(verdict(gold, None, mention, outcome="spurious", kind="spurious"))


def _count_fields(
    document: Document,
    gold: Mention,
    predicted: Mention,
    plan: Plan,
    reference: Compare,
    counted: Counted,
) -> None:
    label = gold.label
    rows: dict[str, Cells] | None = None
    for name, field in plan.fields(gold, predicted).items():
        ours, theirs = gold.fields.get(name), predicted.fields.get(name)
        if ours is None and theirs is None:
            continue
        if rows is None:
            rows = counted.counts.fields.setdefault(label, {})
        row = rows.setdefault(name, [0] * len(FIELD_CELLS))
        compare = field.compare or reference
        if is_reference(ours) or is_reference(theirs):
            compare = reference
        for judgement in judge(ours, theirs, compare, many=field.many):
            row[_OUTCOME[judgement.outcome]] += 1
            if field.closed and judgement.gold is not None and judgement.predicted is not None:
                pair_of_values = (str(judgement.gold), str(judgement.predicted))
                counted.confusion[label, name, *pair_of_values] += 1
            if judgement.outcome != "correct":
                counted.verdicts.append(
                    verdict(
                        document,
                        gold,
                        predicted,
                        field=name,
                        outcome=judgement.outcome,
                        values=(judgement.gold, judgement.predicted),
                    )
                )


def _count_unmatched(
    document: Document, mention: Mention, plan: Plan, counted: Counted, *, gold: bool
) -> None:
    """The values of a mention without a matched counterpart are missing, or spurious."""
    for name, field in plan.fields(mention, mention).items():
        value = mention.fields.get(name)
        if value is None:
            continue
        ours, theirs = (value, None) if gold else (None, value)
        rows = counted.counts.fields.setdefault(mention.label, {})
        row = rows.setdefault(name, [0] * len(FIELD_CELLS))
        for judgement in judge(ours, theirs, _never, many=field.many):
            row[_OUTCOME[judgement.outcome]] += 1
            row[MISSING_UNMATCHED if gold else SPURIOUS_UNMATCHED] += 1
            counted.verdicts.append(
                verdict(
                    document,
                    mention if gold else None,
                    None if gold else mention,
                    field=name,
                    outcome=judgement.outcome,
                    kind="unmatched",
                    values=(judgement.gold, judgement.predicted),
                )
            )


def _never(_gold: Any, _predicted: Any) -> float:
    return 0.0
