"""How each label's mentions match and its fields compare, worked out once before scoring."""

from __future__ import annotations

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

    def field(self, label: str, name: str) -> FieldPlan | None:
        """How a field of a label compares: as the schema says, which may know none of this name."""
        found = self.label(label).fields.get(name)
        return FieldPlan(name, loose.compare) if found is None and self.open else found


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
