"""References between mentions, judged through the alignment."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from toolkit.comparators import Compare
from toolkit.model import Entities, Mention, values
from toolkit.scoring.alignment import Alignment, Tier
from toolkit.scoring.content import describer
from toolkit.scoring.plan import Plan


def reference_comparator(alignment: Alignment, plan: Plan) -> Callable[[int], Compare]:
    """For each document of a batch, by position, what compares its references.

    1 where a predicted reference leads to the mention aligned with the gold one, or to one that
    says the same or is of the same entity. The entity of an aligned prediction is that of its gold
    mention, so that one wrong name is not counted again in every reference to it; the entity of any
    other prediction is what it says of itself.
    """
    aligned = cache(lambda: _aligned(alignment))

    @cache
    def comparator(document: int) -> Compare:
        gold = alignment.gold.documents[document].mentions
        predicted = alignment.predicted.documents[document].mentions
        ours = {mention.id: mention for mention in gold}
        theirs = {mention.id: mention for mention in predicted}
        content, their_content = describer(gold), describer(predicted)

        def compare(one: Any, other: Any) -> float:
            target, answer = ours.get(_target(one)), theirs.get(_target(other))
            if target is None or answer is None:
                return 0.0
            found = aligned().get((document, answer.id))
            said = content(found) if found else their_content(answer)
            found = found or answer
            if said == content(target):
                return 1.0
            same = _entity(target, plan) & _entity(found, plan)
            return float(target.label == found.label and bool(same))

        return compare

    return comparator


def _aligned(alignment: Alignment) -> dict[tuple[int, str], Mention]:
    """The gold mention of each prediction of its label, by the prediction's document and id."""
    gold, predicted, pairs = alignment.gold, alignment.predicted, alignment.pairs
    same = pairs.tier <= Tier.OVERLAPPING
    return {
        (int(predicted.document[j]), predicted.mentions[j].id): gold.mentions[i]
        for i, j in zip(pairs.rows[same].tolist(), pairs.columns[same].tolist(), strict=True)
    }


def is_reference(value: Any) -> bool:
    """Whether a value is a reference, or a list that begins with one."""
    if isinstance(value, list) and value:
        value = value[0]
    return isinstance(value, dict) and "ref" in value


def _target(value: Any) -> str:
    target = value.get("ref") if isinstance(value, dict) else value
    return target if isinstance(target, str) else ""


def _entity(mention: Mention, plan: Plan) -> frozenset[str]:
    """The ids that a mention's identity field may mean, none where it has no such value."""
    identity = plan.label(mention.label).identity
    entities: Entities = plan.entities
    found: frozenset[str] = frozenset()
    for value in values(mention.fields.get(identity) if identity else None):
        if isinstance(value, str):
            found |= entities.ids(value)
    return found
