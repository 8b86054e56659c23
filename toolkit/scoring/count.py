"""One document: aligned, compared and counted."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from toolkit.comparators import Compare
from toolkit.model import Document, Mention
from toolkit.scoring.align import Alignment, Pair, Tier, align
from toolkit.scoring.compare import agreement, judge
from toolkit.scoring.counts import (
    CHARACTERS_GOLD,
    CHARACTERS_PREDICTED,
    CHARACTERS_SHARED,
    CROSSED_GOLD,
    CROSSED_PREDICTED,
    EXACT,
    FIELD_CELLS,
    GOLD,
    IOU_HALF,
    MATCHED,
    MENTION_CELLS,
    MISSING_UNMATCHED,
    OVERLAPPING,
    PREDICTED,
    RELABELLED_GOLD,
    RELABELLED_PREDICTED,
    SPURIOUS_UNMATCHED,
    Cells,
    DocumentCounts,
    Outcome,
)
from toolkit.scoring.plan import Plan
from toolkit.scoring.references import is_reference, reference_comparator
from toolkit.scoring.scorecard import Kind, Verdict
from toolkit.scoring.verdicts import verdict
from toolkit.spans import length, shared

_OUTCOME = {name: position for position, name in enumerate(FIELD_CELLS[:5])}

_SAME_LABEL = {Tier.EXACT: EXACT, Tier.MATCHED: MATCHED, Tier.OVERLAPPING: OVERLAPPING}
_TWO_LABELS = {
    Tier.RELABELLED: (RELABELLED_GOLD, RELABELLED_PREDICTED),
    Tier.CROSSED: (CROSSED_GOLD, CROSSED_PREDICTED),
}
_KIND: dict[Tier, Kind] = {
    Tier.MATCHED: "boundary",
    Tier.OVERLAPPING: "boundary",
    Tier.RELABELLED: "label",
    Tier.CROSSED: "label+boundary",
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
    _count_mentions(gold, predicted, alignment, counted)
    compare_reference = reference_comparator(gold, predicted, alignment, plan)
    for pair in alignment.pairs:
        if pair.tier <= Tier.MATCHED:
            _count_fields(gold, pair, plan, compare_reference, counted)
        else:
            _count_unmatched(gold, pair.gold, plan, counted, gold=True)
            _count_unmatched(gold, pair.predicted, plan, counted, gold=False)
    for mention in alignment.missing:
        _count_unmatched(gold, mention, plan, counted, gold=True)
    for mention in alignment.spurious:
        _count_unmatched(gold, mention, plan, counted, gold=False)
    return counted


def _count_mentions(
    gold: Document, predicted: Document, alignment: Alignment, counted: Counted
) -> None:
    cells: dict[str, Cells] = counted.counts.mentions
    confusion = counted.confusion
    for mention in gold.mentions:
        row = cells.setdefault(mention.label, [0] * len(MENTION_CELLS))
        row[GOLD] += 1
        row[CHARACTERS_GOLD] += length(mention.place)
    for mention in predicted.mentions:
        row = cells.setdefault(mention.label, [0] * len(MENTION_CELLS))
        row[PREDICTED] += 1
        row[CHARACTERS_PREDICTED] += length(mention.place)
    for pair in alignment.pairs:
        ours, theirs = pair.gold.label, pair.predicted.label
        confusion["", "", ours, theirs] += 1
        if pair.tier.same_label:
            row = cells[ours]
            row[_SAME_LABEL[pair.tier]] += 1
            row[IOU_HALF] += pair.iou >= 0.5
            row[CHARACTERS_SHARED] += shared(pair.gold.place, pair.predicted.place)
        else:
            as_gold, as_predicted = _TWO_LABELS[pair.tier]
            cells[ours][as_gold] += 1
            cells[theirs][as_predicted] += 1
        if pair.tier != Tier.EXACT:
            outcome: Outcome = "partial" if pair.tier.same_label else "incorrect"
            counted.verdicts.append(
                verdict(gold, pair.gold, pair.predicted, outcome=outcome, kind=_KIND[pair.tier])
            )
    for mention in alignment.missing:
        confusion["", "", mention.label, ""] += 1
        counted.verdicts.append(verdict(gold, mention, None, outcome="missing", kind="missed"))
    for mention in alignment.spurious:
        confusion["", "", "", mention.label] += 1
        counted.verdicts.append(verdict(gold, None, mention, outcome="spurious", kind="spurious"))


def _count_fields(
    document: Document, pair: Pair, plan: Plan, reference: Compare, counted: Counted
) -> None:
    label = pair.gold.label
    rows: dict[str, Cells] | None = None
    for name, field in plan.fields(pair.gold, pair.predicted).items():
        ours, theirs = pair.gold.fields.get(name), pair.predicted.fields.get(name)
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
                        pair.gold,
                        pair.predicted,
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
