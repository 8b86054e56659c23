"""The results of one Label Studio annotation, and the mentions they make up.

A region with a label is a mention. Results with the same id are values of that region; one without
a region is a value of the whole text. Relations are references.
"""

from __future__ import annotations

from typing import Any

import msgspec

from toolkit.formats.relations import Relation, related, relations_of, without_references
from toolkit.formats.rows import Notes
from toolkit.model import Document, Mention, Value, values
from toolkit.schema.nouns import LabelSchema
from toolkit.spans import canonical

FRAGMENT = "fragment"
"""The label of relations between the regions of one discontinuous mention."""


class _Value(msgspec.Struct):
    start: int | None = None
    end: int | None = None
    labels: list[str] | None = None
    choices: list[str] | None = None
    text: str | list[str] | None = None
    datetime: str | None = None
    number: float | int | None = None
    rating: int | None = None
    taxonomy: list[list[str]] | None = None


class Result(msgspec.Struct):
    """One result: a region, a value, or a relation."""

    type: str
    id: str | None = None
    from_name: str | None = None
    value: _Value | None = None
    score: float | None = None
    from_id: str | None = None
    to_id: str | None = None
    direction: str | None = None
    labels: list[str] | None = None


def mentions_of(
    where: str, results: list[Result], notes: Notes
) -> tuple[tuple[Mention, ...], dict[str, Value]]:
    """The mentions of one annotation, and the values of the text as a whole."""
    mentions: dict[str, Mention] = {}
    for result in results:
        if result.type == "labels" and result.value:
            mention = _region(result, len(mentions) + 1, notes)
            mentions[mention.id] = mention
    about_text: dict[str, Value] = {}
    links: list[Relation] = []
    for result in results:
        if result.type == "relation":
            links += _relations(result, notes)
        elif result.type != "labels" or not result.value:
            value = _field_value(result)
            name = result.from_name or result.type
            if value is None:
                notes[f"results of the type {result.type!r} left out"] += 1
            elif result.id in mentions:
                old = mentions[result.id]
                fields = {**old.fields, name: value}
                mentions[result.id] = msgspec.structs.replace(old, fields=fields)
            elif result.value and result.value.start is not None:
                notes["values of a region without a label left out"] += 1
            else:
                about_text[name] = value
    whole, links = _defragmented(mentions, links)
    return related(where, whole, links), about_text


def _region(result: Result, number: int, notes: Notes) -> Mention:
    value = result.value or _Value()
    labels = value.labels or [""]
    notes["further labels of a region left out"] += len(labels) - 1
    return Mention(result.id or str(number), labels[0], value.start, value.end, score=result.score)


def _field_value(result: Result) -> Value:
    """A control's value: one, or a list where there are several; `None` where it is of no kind that
    is known.
    """
    value = result.value
    if value is None:
        return None
    if result.type == "taxonomy" and value.taxonomy:
        several: list[Any] = [path[-1] for path in value.taxonomy if path]
    elif result.type == "textarea" and value.text is not None:
        several = [value.text] if isinstance(value.text, str) else list(value.text)
    else:
        kinds = {"choices": value.choices, "datetime": value.datetime}
        numbers = {"number": value.number, "rating": value.rating}
        found: Any = {**kinds, **numbers}.get(result.type)
        several = found if isinstance(found, list) else [] if found is None else [found]
    return several[0] if len(several) == 1 else several or None


def _relations(result: Result, notes: Notes) -> list[Relation]:
    names = result.labels or ["relation"]
    if not result.labels:
        notes["relations have no label, and are fields called 'relation'"] += 1
    if result.direction == "bi":
        notes["relations of both directions are read as of one"] += 1
    source, target = result.from_id or "", result.to_id or ""
    if result.direction == "left":
        source, target = target, source
    return [Relation(source, name, target) for name in names]


def _defragmented(
    mentions: dict[str, Mention], links: list[Relation]
) -> tuple[list[Mention], list[Relation]]:
    """Regions of one label that relations `fragment` join, as one mention."""
    kept = []
    for link in links:
        head, part = mentions.get(link.source), mentions.get(link.target)
        if link.name != FRAGMENT or not head or not part or head.label != part.label:
            kept.append(link)
            continue
        place = canonical((*head.place, *part.place))
        mentions[link.source] = msgspec.structs.replace(head, start=None, end=None, fragments=place)
        del mentions[link.target]
    return list(mentions.values()), kept


def results_of(document: Document, schema: LabelSchema | None) -> list[dict[str, Any]]:
    """The results that make up a document's mentions, which all have a place."""
    results: list[dict[str, Any]] = []
    for mention in document.mentions:
        first = {"start": mention.place[0].start, "end": mention.place[0].end}
        results.append(
            as_result(mention.id, "label", "labels", first | {"labels": [mention.label]})
        )
        if mention.score is not None:
            results[-1]["score"] = mention.score
        results += _parts(mention)
        label = schema.labels.get(mention.label) if schema else None
        for name, value in without_references(mention).items():
            field = label.fields.get(name) if label else None
            kind = "choices" if field and field.type == "choice" else "textarea"
            results.append(_valued(mention.id, name, kind, first, values(value)))
    links = relations_of(document.mentions)
    return results + [as_relation(link.source, link.target, link.name) for link in links]


def _parts(mention: Mention) -> list[dict[str, Any]]:
    """The further fragments of a mention, each a region with a relation to it."""
    results = []
    for number, span in enumerate(mention.place[1:], 2):
        name = f"{mention.id}-{number}"  # the editor does not bear a # in an id
        value = {"start": span.start, "end": span.end, "labels": [mention.label]}
        results.append(as_result(name, "label", "labels", value))
        results.append(as_relation(mention.id, name, FRAGMENT))
    return results


def _valued(
    mention: str, name: str, kind: str, place: dict[str, int], items: list[Any]
) -> dict[str, Any]:
    """A field as the result of a control: a number has one of its own, all else is words."""
    if isinstance(items[0], int | float):
        return as_result(mention, name, "number", place | {"number": items[0]})
    key = "choices" if kind == "choices" else "text"
    return as_result(mention, name, kind, place | {key: items})


def as_result(name: str, control: str, kind: str, value: dict[str, Any]) -> dict[str, Any]:
    """A region's label or value, as a control holds it."""
    return {"id": name, "from_name": control, "to_name": "text", "type": kind, "value": value}


def as_relation(source: str, target: str, name: str) -> dict[str, Any]:
    """A relation of two regions."""
    return {
        "type": "relation",
        "from_id": source,
        "to_id": target,
        "direction": "right",
        "labels": [name],
    }
