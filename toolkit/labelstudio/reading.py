"""The results of one annotation as mentions, with all that could not be taken over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import msgspec

from toolkit.formats.regions import FRAGMENT, Result
from toolkit.labelstudio.controls import BOOLEANS, LABEL, Control, controls, mention_id, word_labels
from toolkit.model import Mention, Value
from toolkit.schema.nouns import Field, LabelSchema
from toolkit.spans import Place, Span, canonical


class Reading(NamedTuple):
    """The mentions of an annotation in the text's order.

    `left_out` says what of it they do not hold, `notes` what was understood though it was not said
    outright.
    """

    mentions: tuple[Mention, ...]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]


class _Region(msgspec.Struct):
    id: str
    label: str
    place: Place
    fields: dict[str, list[Any]] = {}


def read_results(raw: list[dict[str, Any]], schema: LabelSchema, length: int) -> Reading:
    """Mentions from results as the server holds them, checked against the length of our own text.

    Offsets are code points, as is `length`; the words that the results carry are not looked at. A
    relation drawn without a label is taken for the one field that can lead from the one mention to
    the other, and is left out where there is none or several.
    """
    return _Reader(schema, length).read(raw)


class _Reader:
    def __init__(self, schema: LabelSchema, length: int) -> None:
        self.schema, self.length = schema, length
        self.controls, self.words = controls(schema), word_labels(schema)
        self.regions: dict[str, _Region] = {}
        self.joined: dict[str, str] = {}
        self.left_out: list[str] = []
        self.notes: list[str] = []

    def read(self, raw: list[dict[str, Any]]) -> Reading:
        results = list(self._decoded(raw))
        for result in results:
            if result.type == "labels" and result.from_name == LABEL:
                self._region(result)
        links = []
        for result in results:
            if result.type == "relation":
                links.append(result)
            elif result.type != "labels" or result.from_name != LABEL:
                self._value(result)
        self._join([link for link in links if FRAGMENT in (link.labels or ())])
        used: set[str] = set()
        for link in links:
            if FRAGMENT not in (link.labels or ()):
                self._relation(link, used)
        for region in self.regions.values():
            if region.label in self.words and region.id not in used:
                self.left_out.append(f"the {region.label} {region.id} is related to no mention")
        mentions = [self._mention(one) for one in self.regions.values()]
        kept = [mention for mention in mentions if mention.label not in self.words]
        kept.sort(key=lambda mention: (mention.place, mention.label, mention.id))
        return Reading(tuple(kept), tuple(self.left_out), tuple(self.notes))

    def _decoded(self, raw: list[dict[str, Any]]) -> Iterator[Result]:
        for one in raw:
            try:
                result = msgspec.convert(one, Result)
                for name in ("id", "from_id", "to_id"):
                    setattr(result, name, mention_id(getattr(result, name) or ""))
                yield result
            except msgspec.ValidationError as error:
                self.left_out.append(f"a result cannot be read: {error}")

    def _region(self, result: Result) -> None:
        value = result.value
        labels = (value.labels if value else None) or []
        start, end = (value.start, value.end) if value else (None, None)
        name = f"region {result.id}"
        if not result.id or result.id in self.regions:
            self.left_out.append(f"{name}: the id is missing or stands there twice")
        elif start is None or end is None or not 0 <= start < end <= self.length:
            self.left_out.append(
                f"{name}: offsets {start}-{end} are no place in {self.length} characters"
            )
        elif not labels:
            self.left_out.append(f"{name}: has no label")
        else:
            for more in labels[1:]:
                self.left_out.append(f"{name}: the second label {more!r}")
            self.regions[result.id] = _Region(result.id, labels[0], (Span(start, end),))

    def _value(self, result: Result) -> None:
        control = self.controls.get(result.from_name or "")
        region = self.regions.get(result.id or "")
        if control is None or region is None or region.label != control.label:
            on = f"a {region.label}, {region.id}" if region else "no mention"
            self.left_out.append(f"a value of {result.from_name or result.type!r} on {on}")
            return
        items = _items(result, control)
        if items is None:
            self.left_out.append(f"a value of {result.from_name!r} on {region.id} is of no use")
        elif items:
            region.fields[control.field.name] = items

    def _join(self, links: list[Result]) -> None:
        """Make one of the regions that are the fragments of one mention: where relations lead in a
        chain or a circle, of all of them.
        """
        for link in links:
            whole, more = self._ends(link)
            if whole is None or more is None or whole.label != more.label:
                self.left_out.append(f"a fragment of {link.from_id}: labels must be the same")
            elif whole is not more:
                whole.place = canonical((*whole.place, *more.place))
                whole.fields = {**more.fields, **whole.fields}
                self.joined[more.id] = whole.id
        for part in self.joined:
            del self.regions[part]

    def _ends(self, link: Result) -> tuple[_Region | None, _Region | None]:
        """From where a relation leads and to where; of a fragment, what it was joined to."""
        source, target = (self._whole(one or "") for one in (link.from_id, link.to_id))
        return (target, source) if link.direction == "left" else (source, target)

    def _whole(self, region: str) -> _Region | None:
        while region in self.joined:
            region = self.joined[region]
        return self.regions.get(region)

    def _relation(self, link: Result, used: set[str]) -> None:
        source, target = self._ends(link)
        if source is None or target is None:
            self.left_out.append(
                f"a relation of {link.from_id} and {link.to_id}, which are not both there"
            )
            return
        between = f"{source.id} ({source.label}) and {target.id} ({target.label})"
        names: list[str | None] = list(link.labels or ()) or [None]
        for name in names:
            found = self._fields(source, target, name) or self._fields(target, source, name)
            if len(found) != 1:
                what = f"the relation {name!r}" if name else "a relation without a label"
                why = "can be several fields" if found else "is no field of theirs"
                self.left_out.append(f"{what} of {between} {why}")
                continue
            one, field, other = found[0]
            used.add(other.id)
            if name is None:
                self.notes.append(f"a relation of {between} has no label; it is the {field}")
            item = _words(other.place) if other.label in self.words else {"ref": other.id}
            one.fields.setdefault(field, []).append(item)

    def _fields(
        self, source: _Region, target: _Region, name: str | None
    ) -> list[tuple[_Region, str, _Region]]:
        """The fields of `source` that `target` can be a value of."""
        label = self.schema.labels.get(source.label)
        fits: Callable[[Field], bool]
        if target.label in self.words:
            fits = lambda field: self.words[target.label] == (source.label, field.name)  # noqa: E731
        else:
            fits = lambda field: field.type == "ref" and target.label == field.to  # noqa: E731
        return [
            (source, field.name, target)
            for field in (label.fields.values() if label else ())
            if fits(field) and name in (None, field.name)
        ]

    def _mention(self, region: _Region) -> Mention:
        label = self.schema.labels.get(region.label)
        fields: dict[str, Value] = {
            field.name: region.fields[field.name]
            if field.many or len(region.fields[field.name]) > 1
            else region.fields[field.name][0]
            for field in (label.fields.values() if label else ())
            if region.fields.get(field.name)
        }
        if len(region.place) > 1:
            return Mention(region.id, region.label, fragments=region.place, fields=fields)
        return Mention(region.id, region.label, *region.place[0], fields=fields)


def _items(result: Result, control: Control) -> list[Any] | None:
    """The values that a control holds; `None` where they are not of its kind."""
    value = result.value
    if value is None or result.type != control.kind:
        return None
    if control.kind == "number":
        return [] if value.number is None else [value.number]
    if control.kind == "textarea":
        return [value.text] if isinstance(value.text, str) else value.text
    if control.kind == "taxonomy":
        return [path[-1] for path in value.taxonomy or () if path]
    if control.field.type == "boolean":
        meant = {said: truth for truth, said in BOOLEANS.items()}
        return [meant.get(one, one) for one in value.choices or ()]
    return value.choices


def _words(place: Place) -> Value:
    """A place as a field's value."""
    if len(place) == 1:
        return {"start": place[0].start, "end": place[0].end}
    return {"fragments": [list(span) for span in place]}
