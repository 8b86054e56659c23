"""How each label's mentions match and its fields compare, worked out once before scoring."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from toolkit.comparators import Compare, comparator, loose
from toolkit.model import Entities
from toolkit.schema.nouns import Label, LabelSchema, Match


class FieldPlan(NamedTuple):
    """One field: its comparator (none for a reference), whether it holds many values, whether from
    a closed list.
    """

    name: str
    compare: Compare | None
    many: bool = False
    closed: bool = False


class LabelPlan(NamedTuple):
    """One label: its match rule, its fields, and the field that says who or what a mention is."""

    match: Match
    fields: dict[str, FieldPlan]
    identity: str | None = None


class Plan:
    """The rules of one scoring.

    Without a schema labels stand as they are found, places match by overlap, and fields compare as
    normalised text.
    """

    def __init__(self, schema: LabelSchema | None, entities: Entities) -> None:
        self.entities = entities
        self.open = schema is None
        labels = schema.labels if schema else {}
        self.labels = {name: _label_plan(label, entities) for name, label in labels.items()}
        self.records = {name for name, label in labels.items() if label.match.rule == "none"}

    def label(self, name: str) -> LabelPlan:
        """The plan of a label; one that the schema does not know matches by overlap and has no
        fields.
        """
        found = self.labels.get(name)
        if found is None:
            found = self.labels[name] = LabelPlan(Match(), {})
        return found

    def least(self, label: str) -> float:
        """The least IoU at which two places of a label match."""
        match = self.label(label).match
        return {"exact": 1.0, "iou": match.threshold}.get(match.rule, 0.0)

    def fields(
        self, label: str, mentions: Iterable[Iterable[Iterable[str]]] = ()
    ) -> dict[str, FieldPlan]:
        """The fields of a label to compare: the schema's; without one, all that mentions have.

        `mentions` are the fields of some of its mentions, list by list.
        """
        plans = self.label(label).fields
        if self.open:
            known = set(plans).issuperset
            more = [names for part in mentions for names in part if not known(names)]
            for name in sorted(set().union(*more) - plans.keys()):
                plans[name] = FieldPlan(name, loose.compare)
        return plans


def _label_plan(label: Label, entities: Entities) -> LabelPlan:
    fields = {
        field.name: FieldPlan(
            field.name,
            None if field.type == "ref" else comparator(field, entities, label.name),
            field.many,
            field.type == "choice",
        )
        for field in label.fields.values()
    }
    return LabelPlan(label.match, fields, label.identity)
