"""References between mentions, judged through the alignment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from toolkit.model import Document, Entities, Mention, values
from toolkit.scoring.alignment import Alignment
from toolkit.scoring.content import Content, describer
from toolkit.scoring.plan import Plan


def reference_comparator(
    gold: Document, predicted: Document, alignment: Alignment, plan: Plan
) -> Callable[[Any, Any], float]:
    """1 where a predicted reference leads to the mention aligned with the gold one, or to one that
    says the same or is of the same entity.

    The entity of an aligned prediction is that of its gold mention, so that one wrong name is not
    counted again in every reference to it; the entity of any other prediction is what it says of
    itself.
    """
    known: list[_Known] = []  # worked out at the first reference: most documents have none

    def compare(one: Any, other: Any) -> float:
        if not known:
            known.append(_known(gold, predicted, alignment))
        ours, theirs, aligned, content, their_content = known[0]
        target, answer = ours.get(_target(one)), theirs.get(_target(other))
        if target is None or answer is None:
            return 0.0
        found = aligned.get(answer.id, answer)
        said = content(found) if answer.id in aligned else their_content(found)
        if said == content(target):
            return 1.0
        same = _entity(target, plan) & _entity(found, plan)
        return float(target.label == found.label and bool(same))

    return compare


class _Known(NamedTuple):
    """Both sides' mentions by id, the gold mention of each aligned prediction by the prediction's
    id, and what mentions of each side say.
    """

    ours: dict[str, Mention]
    theirs: dict[str, Mention]
    aligned: dict[str, Mention]
    content: Callable[[Mention], Content]
    their_content: Callable[[Mention], Content]


def _known(gold: Document, predicted: Document, alignment: Alignment) -> _Known:
    return _Known(
        {mention.id: mention for mention in gold.mentions},
        {mention.id: mention for mention in predicted.mentions},
        {answer.id: target for target, answer in alignment.same_label()},
        describer(gold.mentions),
        describer(predicted.mentions),
    )


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
