"""A document's mentions as the results of one Label Studio prediction or annotation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from toolkit.formats.regions import FRAGMENT, as_relation, as_result
from toolkit.labelstudio.controls import (
    BOOLEANS,
    LABEL,
    Control,
    control_name,
    controls,
    region_id,
)
from toolkit.model import Document, Mention, Value, values
from toolkit.schema.nouns import Field, LabelSchema
from toolkit.spans import Place, value_place


def results(document: Document, schema: LabelSchema, lost: Counter[str]) -> list[dict[str, Any]]:
    """The regions, values and relations that make up a document's mentions.

    The document must keep to the schema. A mention keeps its id; each further fragment of a
    discontinuous one is a region that a relation joins to it. What cannot be shown is counted in
    `lost`.
    """
    return _Writer(document, schema, lost).write()


def prediction(
    document: Document, schema: LabelSchema, version: str | None, lost: Counter[str]
) -> dict[str, Any]:
    """What annotators begin from; its score is the mean of the mentions' scores, if any."""
    made = {"model_version": version, "result": results(document, schema, lost)}
    scores = [one.score for one in document.mentions if one.score is not None]
    return made | ({"score": sum(scores) / len(scores)} if scores else {})


def not_shown(lost: Counter[str]) -> Iterator[str]:
    """What to say of all that was lost."""
    return (f"{what} are not shown: {count}" for what, count in lost.items() if count)


class _Writer:
    """One document on its way; the ids of its regions are unique."""

    def __init__(self, document: Document, schema: LabelSchema, lost: Counter[str]) -> None:
        self.mentions = [mention for mention in document.mentions if mention.place]
        self.schema, self.lost = schema, lost
        self.controls = controls(schema)
        self.ids = {mention.id for mention in document.mentions}
        self.words: dict[tuple[str, Place], str] = {}
        self.regions: list[dict[str, Any]] = []
        self.relations: list[dict[str, Any]] = []
        lost["mentions without a place"] += len(document.mentions) - len(self.mentions)

    def write(self) -> list[dict[str, Any]]:
        """All results, relations last."""
        shown = {mention.id for mention in self.mentions}
        for mention in self.mentions:
            self.lost["alternatives of mentions"] += len(mention.alternatives)
            self.lost["marks that a mention is optional"] += mention.optional
            self._region(mention.id, mention.label, mention.place, mention.score)
            for name, value in mention.fields.items():
                self._field(mention, self.schema.labels[mention.label].fields[name], value, shown)
        return self.regions + self.relations

    def _region(self, name: str, label: str, place: Place, score: float | None = None) -> None:
        for number, span in enumerate(place, 1):
            part = name if number == 1 else self._unused(f"{name}-{number}")
            value = {"start": span.start, "end": span.end, "labels": [label]}
            self.regions.append(as_result(region_id(part), LABEL, "labels", value))
            if score is not None:
                self.regions[-1]["score"] = score
            if number > 1:
                self._relate(name, part, FRAGMENT)

    def _field(self, mention: Mention, field: Field, given: Value, shown: set[str]) -> None:
        items = values(given)
        if field.type == "ref":
            for item in items:
                if item["ref"] in shown:
                    self._relate(mention.id, item["ref"], field.name)
                else:
                    self.lost["references to mentions without a place"] += 1
        elif field.type == "span":
            for item in items:
                self._relate(mention.id, self._words(mention, field.name, item), field.name)
        elif items:
            name = control_name(mention.label, field.name)
            first = mention.place[0]
            control = self.controls[name]
            value = {"start": first.start, "end": first.end} | _shown(control, items)
            self.regions.append(as_result(region_id(mention.id), name, control.kind, value))

    def _words(self, mention: Mention, field: str, item: Any) -> str:
        """The region of some words that are a value; the same words are one region."""
        label, place = control_name(mention.label, field), value_place(item) or ()
        if (label, place) not in self.words:
            name = self.words[label, place] = self._unused(f"{mention.id}-{field}")
            self._region(name, label, place)
        return self.words[label, place]

    def _unused(self, name: str) -> str:
        while name in self.ids:
            name += "-"
        self.ids.add(name)
        return name

    def _relate(self, source: str, target: str, name: str) -> None:
        self.relations.append(as_relation(region_id(source), region_id(target), name))


def _shown(control: Control, items: list[Any]) -> dict[str, Any]:
    """A field's values as its control holds them."""
    if control.kind == "number":
        return {"number": items[0]}
    if control.kind == "textarea":
        return {"text": items}
    if control.kind == "taxonomy":
        return {"taxonomy": [_path(control.field, item) for item in items]}
    return {"choices": [_spoken(item) for item in items]}


def _spoken(item: Any) -> str:
    return BOOLEANS[item] if isinstance(item, bool) else str(item)


def _path(field: Field, value: str) -> list[str]:
    """A value behind the coarser ones that hold it."""
    path = [value]
    while path[0] in field.parents:
        path.insert(0, field.parents[path[0]])
    return path
