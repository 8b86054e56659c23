"""Two annotators' mentions of one document side by side, by the scorer's own alignment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from toolkit.columns import columns
from toolkit.comparators import Compare
from toolkit.model import Document, Mention
from toolkit.scoring.align import align
from toolkit.scoring.alignment import Tier
from toolkit.scoring.compare import Judgement, judge_field
from toolkit.scoring.plan import Plan
from toolkit.scoring.references import is_reference, reference_comparator
from toolkit.scoring.sides import sides


class Twins(NamedTuple):
    """A mention of one annotator, of the other, or both where they mean the same place.

    `tier` is how well their labels and places agree, `differing` what each field's values are
    where they are not the same. Two mentions that merely overlap under different labels are no
    twins; two labels on the same place are.
    """

    one: Mention | None
    other: Mention | None
    tier: Tier | None = None
    differing: tuple[tuple[str, Judgement], ...] = ()

    @property
    def agree(self) -> bool:
        """Whether label, place and all field values are the same."""
        return self.tier is Tier.EXACT and not self.differing


def twins(one: Document, other: Document, plan: Plan) -> list[Twins]:
    """All mentions of a document that two people annotated, each once, in the text's order.

    What an annotator left open (`optional`, `alternatives`) is taken as marked: it is a choice of
    gold, not of one reading. References are the same where they lead to twins.
    """
    gold, predicted = sides(columns([_closed(one)]), columns([_closed(other)]), plan)
    alignment = align(gold, predicted, plan)
    compare = reference_comparator(alignment, plan)(0)
    left, right = set(range(len(one.mentions))), set(range(len(other.mentions)))
    found = []
    pairs = alignment.pairs
    for i, j, tier in zip(*(column.tolist() for column in pairs[:3]), strict=True):
        if tier < Tier.CROSSED:
            left.remove(i)
            right.remove(j)
            differing = (
                ()
                if tier == Tier.RELABELLED
                else tuple(_differing(gold.mentions[i], predicted.mentions[j], plan, compare))
            )
            found.append(Twins(one.mentions[i], other.mentions[j], Tier(tier), differing))
    found += [Twins(one.mentions[i], None) for i in left]
    found += [Twins(None, other.mentions[j]) for j in right]
    return sorted(found, key=_order)


def _closed(document: Document) -> Document:
    mentions = tuple(
        msgspec.structs.replace(mention, alternatives=(), optional=False)
        for mention in document.mentions
    )
    return msgspec.structs.replace(document, mentions=mentions)


def _differing(
    one: Mention, other: Mention, plan: Plan, reference: Compare
) -> Iterator[tuple[str, Judgement]]:
    for name in sorted(one.fields.keys() | other.fields.keys()):
        field = plan.field(one.label, name)
        if field is None:
            continue
        values = one.fields.get(name), other.fields.get(name)
        compare = field.compare
        if compare is None or any(map(is_reference, values)):
            compare = reference
        for judgement in judge_field(one, other, name, compare, many=field.many):
            if judgement.outcome != "correct":
                yield name, judgement


def _order(pair: Twins) -> tuple[object, ...]:
    return min(
        (mention.place[:1], -mention.length, mention.label, side, mention.id)
        for side, mention in enumerate(pair[:2])
        if isinstance(mention, Mention)
    )
