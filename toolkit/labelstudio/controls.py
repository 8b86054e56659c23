"""What a schema's labels and fields are called in Label Studio, the same way in both directions.

A mention is a region of the control `label`. A field's values are results of the control
`LABEL.FIELD` on that region. Words that are a field's value are a region labelled `LABEL.FIELD`,
and they and references are relations that are named by the field.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, TypeAlias

from toolkit.formats.regions import FRAGMENT
from toolkit.schema.nouns import Field, LabelSchema

LABEL = "label"
"""The name of the control that labels regions."""

TEXT = "text"
"""The name of the text, and of its key in a task's data."""

Kind: TypeAlias = Literal["choices", "taxonomy", "textarea", "number"]

_KINDS: dict[str, Kind] = {
    "choice": "choices",
    "boolean": "choices",
    "text": "textarea",
    "entity": "textarea",
    "date": "textarea",
    "number": "number",
}

BOOLEANS = {True: "yes", False: "no"}
"""What the choices of a boolean are called, in their order."""

_UNFIT = re.compile(r"[^A-Za-z0-9_-]|_(?=x)")
_ESCAPED = re.compile(r"_x(10[0-9a-f]{4}|[1-9a-f][0-9a-f]{0,4}|0)_")


class Control(NamedTuple):
    """A control for the values of one label's field."""

    label: str
    field: Field
    kind: Kind


def control_name(label: str, field: str) -> str:
    """The control of a field, or the label of the words that are its value."""
    return f"{label}.{field}"


def region_id(mention: str) -> str:
    """A mention's id as that of a region: the editor takes ids into its style sheets, so that they
    may hold letters, digits, `_` and `-` alone; another character becomes `_xHEX_`.
    """
    return _UNFIT.sub(lambda found: f"_x{ord(found[0]):x}_", mention)


def mention_id(region: str) -> str:
    """The id that was made a region's; those that the editor gives are their own."""
    return _ESCAPED.sub(_character, region)


def _character(found: re.Match[str]) -> str:
    """The character that was escaped; half a pair is none, and was not escaped by us."""
    number = int(found[1], 16)
    return found[0] if 0xD800 <= number < 0xE000 else chr(number)


def controls(schema: LabelSchema) -> dict[str, Control]:
    """The controls of all fields that are not drawn in the text, by name."""
    return {
        control_name(label.name, field.name): Control(label.name, field, _kind(field))
        for label in schema.labels.values()
        for field in label.fields.values()
        if field.type in _KINDS
    }


def word_labels(schema: LabelSchema) -> dict[str, tuple[str, str]]:
    """The labels of words that are values, each with its label and field."""
    return {
        control_name(label.name, field.name): (label.name, field.name)
        for label in schema.labels.values()
        for field in label.fields.values()
        if field.type == "span"
    }


def relation_names(schema: LabelSchema) -> list[str]:
    """What relations may be called, and `fragment`, which joins the parts of one mention."""
    names = [
        field.name
        for label in schema.labels.values()
        for field in label.fields.values()
        if field.type in ("ref", "span")
    ]
    return [*dict.fromkeys(names), FRAGMENT]


def _kind(field: Field) -> Kind:
    return "taxonomy" if field.parents else _KINDS[field.type]
