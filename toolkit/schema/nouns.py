"""What a label schema is made of."""

from __future__ import annotations

import hashlib
from typing import Literal, TypeAlias

import msgspec

FieldType: TypeAlias = Literal[
    "choice", "text", "entity", "number", "date", "boolean", "span", "ref"
]

Granularity: TypeAlias = Literal["day", "month", "year"]

COMPARATORS: dict[str, tuple[str, ...]] = {
    "choice": ("exact",),
    "text": ("normalised", "exact", "tokens"),
    "entity": ("entity",),
    "number": ("number",),
    "date": ("date",),
    "boolean": ("exact",),
    "span": ("span",),
    "ref": ("ref",),
}
"""The comparators each field type may name under `compare`; the first is its default."""


class Match(msgspec.Struct, frozen=True, omit_defaults=True):
    """When two spans of one label count as a match: `exact`, `overlap`, `iou` at a threshold, or
    `none`.
    """

    rule: Literal["exact", "overlap", "iou", "none"] = "overlap"
    threshold: float = 0.0

    def __str__(self) -> str:
        return f"iou {self.threshold:g}" if self.rule == "iou" else self.rule


class Choice(msgspec.Struct, frozen=True, omit_defaults=True):
    """One value of a choice field; `parent` is the coarser value that contains it."""

    name: str
    description: str = ""
    parent: str | None = None


class Examples(msgspec.Struct, frozen=True, omit_defaults=True):
    """Sentences with the marked words in square brackets, as annotators see them."""

    good: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()


class Decision(msgspec.Struct, frozen=True, omit_defaults=True):
    """What to do in one hard case."""

    when: str
    do: str
    good: str = ""
    bad: str = ""


class Field(msgspec.Struct, frozen=True, omit_defaults=True):
    """One field of a label: its type and how its values are compared."""

    name: str
    type: FieldType
    description: str = ""
    many: bool = False
    required: bool = False
    values: tuple[Choice, ...] = ()
    partial: Literal["parent"] | None = None
    match: Match = Match()
    granularity: Granularity = "day"
    to: str | None = None
    compare: str = ""
    parameters: dict[str, float] = {}
    guideline: str = ""
    examples: Examples = Examples()
    agreement: str = ""

    @property
    def parents(self) -> dict[str, str]:
        """Each value with a parent, and that parent."""
        return {value.name: value.parent for value in self.values if value.parent is not None}


class Label(msgspec.Struct, frozen=True, omit_defaults=True):
    """One kind of mention."""

    name: str
    description: str = ""
    match: Match = Match()
    guideline: str = ""
    examples: Examples = Examples()
    decisions: tuple[Decision, ...] = ()
    fields: dict[str, Field] = {}

    @property
    def identity(self) -> str | None:
        """The field that says who or what a mention is: its one single-valued entity field."""
        names = [f.name for f in self.fields.values() if f.type == "entity" and not f.many]
        return names[0] if len(names) == 1 else None


class LabelSchema(msgspec.Struct, frozen=True, omit_defaults=True):
    """Labels with their fields: what annotators mark, extractors answer and the scorer compares."""

    name: str
    version: str
    description: str = ""
    labels: dict[str, Label] = {}

    @property
    def fingerprint(self) -> str:
        """Twelve hex digits that change when anything that can move a score changes.

        Descriptions, guidelines, examples and the order of labels and fields do not count.
        """
        rules = [
            (
                label.name,
                str(label.match),
                [_rules(label.fields[name]) for name in sorted(label.fields)],
            )
            for _, label in sorted(self.labels.items())
        ]
        return hashlib.sha256(msgspec.json.encode(rules)).hexdigest()[:12]


def _rules(field: Field) -> tuple[object, ...]:
    values = sorted((value.name, value.parent or "") for value in field.values)
    match = str(field.match) if field.type == "span" else ""
    parameters = sorted(field.parameters.items())
    return (
        field.name,
        field.type,
        field.many,
        values,
        field.partial,
        match,
        field.granularity,
        field.to,
        field.compare,
        parameters,
    )
