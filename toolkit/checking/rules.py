"""What a schema asks of documents: labels, fields, values and references."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from graphlib import CycleError, TopologicalSorter
from typing import Any

from toolkit.checking.structure import Fault
from toolkit.comparators.date import parse as parse_date
from toolkit.errors import did_you_mean
from toolkit.model import Document, Mention, Value, values
from toolkit.schema.nouns import Field, Label, LabelSchema
from toolkit.spans import value_place


def rule_faults(document: Document, schema: LabelSchema) -> Iterator[Fault]:
    """Labels, fields and values that the schema does not know, references that lead nowhere."""
    by_id = {mention.id: mention for mention in document.mentions}
    length = len(document.text) if document.text is not None else None
    for mention in document.mentions:
        label = schema.labels.get(mention.label)
        if label is None:
            hint = did_you_mean(mention.label, schema.labels)
            yield Fault(mention.id, f"unknown label {mention.label!r}", hint)
            continue
        anchored = mention.place or mention.grounding == "none" or label.match.rule == "none"
        if not anchored and not mention.fields:
            yield Fault(mention.id, "has neither a place in the text nor fields")
        for fields in (mention.fields, *(other.fields for other in mention.alternatives)):
            yield from _field_faults(mention.id, fields, label, by_id, length)
    yield from _circle_faults(by_id)


def required_faults(document: Document, schema: LabelSchema) -> Iterator[Fault]:
    """Mentions without a field that their label requires: a fault of gold, a plain miss of an
    extractor.
    """
    for mention in document.mentions:
        label = schema.labels.get(mention.label)
        for name, field in label.fields.items() if label else ():
            if field.required and not values(mention.fields.get(name)):
                yield Fault(mention.id, f"{name} is missing", f"every {mention.label} needs it")


def gold_faults(document: Document, schema: LabelSchema) -> Iterator[Fault]:
    """All that the schema asks of gold."""
    yield from rule_faults(document, schema)
    yield from required_faults(document, schema)


def edge_faults(document: Document) -> Iterator[Fault]:
    """Mentions whose place begins or ends with white space."""
    if document.text is None:
        return
    for mention in document.mentions:
        for start, end in mention.place:
            found = document.text[start:end]
            if found != found.strip():
                yield Fault(mention.id, f"white space at the edge of {found!r}", "move the offsets")


def _field_faults(
    mention: str,
    fields: dict[str, Value],
    label: Label,
    by_id: dict[str, Mention],
    length: int | None,
) -> Iterator[Fault]:
    for name, value in fields.items():
        field = label.fields.get(name)
        if field is None:
            hint = did_you_mean(name, label.fields)
            yield Fault(mention, f"unknown field {name!r} of {label.name}", hint)
        elif isinstance(value, list) and not field.many:
            yield Fault(mention, f"{name} is a list", "the schema gives this field one value")
        else:
            for item in values(value):
                fault = _value_fault(field, item, length) or _target_fault(field, item, by_id)
                if fault:
                    yield Fault(mention, f"{name}: {fault[0]}", fault[1])


def _value_fault(field: Field, value: Any, length: int | None) -> tuple[str, str] | None:
    if field.type == "choice":
        if not any(choice.name == value for choice in field.values):
            hint = did_you_mean(str(value), [choice.name for choice in field.values])
            return f"unknown value {value!r}", hint
        return None
    right, wanted = _FORMS[field.type]
    if not right(value):
        return f"{value!r} is no {field.type}", wanted
    if field.type == "span" and length is not None:
        place = value_place(value)
        if place and place[-1].end > length:
            return f"end {place[-1].end} is past the text's {length} characters", ""
    return None


def _target_fault(field: Field, value: Any, by_id: dict[str, Mention]) -> tuple[str, str] | None:
    if field.type != "ref":
        return None
    target = by_id.get(value["ref"])
    if target is None:
        return f"refers to {value['ref']!r}, which is not in the document", "point it at a mention"
    if target.label != field.to:
        return f"refers to {target.id!r}, a {target.label}", f"it must be a {field.to}"
    return None


_FORMS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "text": (lambda value: isinstance(value, str), "a text is needed"),
    "entity": (lambda value: isinstance(value, str) and value != "", "an entity's id or name"),
    "number": (
        lambda value: isinstance(value, int | float) and not isinstance(value, bool),
        "a number is needed",
    ),
    "boolean": (lambda value: isinstance(value, bool), "true or false"),
    "date": (lambda value: parse_date(value) is not None, "2021, 2021-12, 2021-12-07 or a/b"),
    "span": (lambda value: value_place(value) is not None, '{"start": 3, "end": 9}'),
    "ref": (
        lambda value: isinstance(value, dict) and isinstance(value.get("ref"), str),
        '{"ref": "mention id"}',
    ),
}


def _circle_faults(by_id: dict[str, Mention]) -> Iterator[Fault]:
    """A chain of references that leads back to where it began; one of them if there are several."""
    graph = {name: found for name, each in by_id.items() if (found := _targets(each))}
    if not graph:
        return
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1][::-1]
        itself = len(circle) == 2
        what = "refers to itself" if itself else "refers in a circle: " + " -> ".join(circle)
        yield Fault(circle[0], what, "point the reference at another mention")


def _targets(mention: Mention) -> list[str]:
    return [
        item["ref"]
        for value in mention.fields.values()
        if value.__class__ in (dict, list)
        for item in values(value)
        if isinstance(item, dict) and type(item.get("ref")) is str
    ]
