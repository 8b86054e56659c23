"""The JSON Schema of an extractor's answer, with words of the text in place of offsets."""

from __future__ import annotations

from typing import Any

from toolkit.schema.nouns import Field, Label, LabelSchema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(schema: LabelSchema) -> dict[str, Any]:
    """What an extractor answers for one text, in draft 2020-12.

    It keeps to the subset that structured-output interfaces of language models accept: closed
    objects, every key required, absence as `null`, `anyOf` only below the root, no patterns,
    formats or bounds. A mention's place, and a span value, is a list of quotations from the text,
    several where it is discontinuous.
    """
    return {
        "$schema": DIALECT,
        "title": schema.name,
        "description": schema.description or f"Mentions found in one text, after {schema.name}.",
        **_closed(
            {
                "mentions": {
                    "type": "array",
                    "description": "Every mention in the text, in order.",
                    "items": {"anyOf": [_mention(label) for label in schema.labels.values()]},
                }
            }
        ),
    }


def _mention(label: Label) -> dict[str, Any]:
    fields = {name: _field(field) for name, field in label.fields.items()}
    return _closed(
        {
            "id": _text("An id of your own, unique in this answer, for references."),
            "label": {
                "type": "string",
                "enum": [label.name],
                "description": label.description,
            },
            "text": _quotations("The words of the text, verbatim: one item, or one a fragment."),
            "fields": _closed(fields),
        }
    )


def _field(field: Field) -> dict[str, Any]:
    description = field.description
    if field.type == "choice":
        described = [f"{v.name}: {v.description}" for v in field.values if v.description]
        description = "\n".join([description, *described])
        one: dict[str, Any] = {"type": "string", "enum": [value.name for value in field.values]}
    elif field.type == "span":
        one = _quotations("")
    elif field.type == "ref":
        one = {"type": "string"}
        description += f" The id of a {field.to} mention in this answer."
    else:
        one = {"type": _JSON_TYPES.get(field.type, "string")}
        description += _HINTS.get(field.type, "")
    if field.many:
        return {"type": "array", "items": _bare(one), "description": description}
    if field.required:
        return {**one, "description": description}
    return {"anyOf": [_bare(one), {"type": "null"}], "description": description}


_JSON_TYPES = {"number": "number", "boolean": "boolean"}

_HINTS = {
    "date": " Written 2021, 2021-12 or 2021-12-07, a range as 2021-12-07/2021-12-09.",
    "entity": " A name as the text gives it.",
}


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _text(description: str) -> dict[str, Any]:
    return {"type": "string", "description": description}


def _quotations(description: str) -> dict[str, Any]:
    return {"type": "array", "items": {"type": "string"}, "description": description}


def _bare(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema without its description, which stands one level up."""
    return {key: value for key, value in schema.items() if key != "description"}
