"""References between mentions, judged through the alignment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit.model import Document, Entities, Mention, values
from toolkit.scoring.align import Alignment
from toolkit.scoring.plan import Plan


def reference_comparator(
    gold: Document, predicted: Document, alignment: Alignment, plan: Plan
) -> Callable[[Any, Any], float]:
    """1 where a predicted reference leads to the mention aligned with the gold one, or to one of
    the same entity.

    The entity of an aligned prediction is that of its gold mention, so that one wrong name is not
    counted again in every reference to it; the entity of any other prediction is what it says of
    itself.
    """
    ours = {mention.id: mention for mention in gold.mentions}
    theirs = {mention.id: mention for mention in predicted.mentions}
    aligned = {answer.id: target for target, answer in alignment.same_label()}

    def compare(one: Any, other: Any) -> float:
        target, answer = ours.get(_target(one)), theirs.get(_target(other))
        if target is None or answer is None:
            return 0.0
        found = aligned.get(answer.id, answer)
        if found is target:
            return 1.0
        same = _entity(target, plan) & _entity(found, plan)
        return float(target.label == found.label and bool(same))

    return compare


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
