"""Other names for labels and fields, from a small YAML file.

label_from: {NamedEntity: value}     # the label is what this field says
labels: {PER: speaker, MISC: null}   # null leaves such mentions out
fields: {speaker: {role: kind}}      # by the new label; null leaves the field out
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Any, NamedTuple

import msgspec

from toolkit.errors import DataError
from toolkit.formats.holding import is_reference
from toolkit.model import Document, Mention
from toolkit.yamlfile import YamlFile, kind


class Mapping(NamedTuple):
    """New names by old ones; `None` leaves out what has the name."""

    label_from: dict[str, str]
    labels: dict[str, str | None]
    fields: dict[str, dict[str, str | None]]


def load_mapping(path: str | os.PathLike[str]) -> Mapping:
    """The mapping in a YAML file; all its faults are told at once."""
    file = YamlFile(path)
    data = file.mapping((), file.data, Mapping._fields)
    label_from = _names(file, ("label_from",), data.get("label_from"))
    fields = file.mapping(("fields",), data.get("fields") or {})
    mapping = Mapping(
        {label: field for label, field in label_from.items() if field},
        _names(file, ("labels",), data.get("labels")),
        {label: _names(file, ("fields", label), names) for label, names in fields.items()},
    )
    if file.problems:
        raise DataError(file.problems)
    return mapping


def _names(file: YamlFile, keys: tuple[str, ...], value: Any) -> dict[str, str | None]:
    names = file.mapping(keys, {} if value is None else value)
    for name, new in names.items():
        if new is not None and (not isinstance(new, str) or not new):
            file.fault((*keys, name), f"is {kind(new)}, a name or null is needed")
    return names


def apply_mapping(documents: list[Document], mapping: Mapping) -> tuple[list[Document], list[str]]:
    """The documents under their new names, and what was left out or has no line in the mapping."""
    dropped: Counter[str] = Counter()
    unmapped: Counter[str] = Counter()
    mapped = [_apply(document, mapping, dropped, unmapped) for document in documents]
    said = [f"{what} left out, as mapped: {n}" for what, n in dropped.items() if n]
    return mapped, [*said, *(f"{what} not mapped, kept: {n}" for what, n in unmapped.items())]


def _apply(
    document: Document, mapping: Mapping, dropped: Counter[str], unmapped: Counter[str]
) -> Document:
    mentions = [_relabelled(mention, mapping, unmapped) for mention in document.mentions]
    kept = [m for m in mentions if mapping.labels.get(m.label, "") is not None]
    gone = {m.id for m in mentions} - {m.id for m in kept}
    dropped.update(f"label {m.label!r}" for m in mentions if m.id in gone)
    new = tuple(_renamed(mention, mapping, gone, dropped, unmapped) for mention in kept)
    return msgspec.structs.replace(document, mentions=new)


def _relabelled(mention: Mention, mapping: Mapping, unmapped: Counter[str]) -> Mention:
    """The mention under the label that one of its fields says."""
    field = mapping.label_from.get(mention.label)
    said = mention.fields.get(field) if field else None
    if field and isinstance(said, str) and said:
        rest = {name: value for name, value in mention.fields.items() if name != field}
        return msgspec.structs.replace(mention, label=said, fields=rest)
    if field:
        unmapped[f"label {mention.label!r} without a text in field {field!r}"] += 1
    return mention


def _renamed(
    mention: Mention,
    mapping: Mapping,
    gone: set[str],
    dropped: Counter[str],
    unmapped: Counter[str],
) -> Mention:
    label = mapping.labels.get(mention.label) or mention.label
    if mapping.labels and mention.label not in mapping.labels:
        unmapped[f"label {mention.label!r}"] += 1
    names = mapping.fields.get(label)
    fields: dict[str, Any] = {}
    for name, value in mention.fields.items():
        new = name if names is None else names.get(name, name)
        values = value if isinstance(value, list) else [value]
        left = [one for one in values if not (is_reference(one) and one["ref"] in gone)]
        dropped[f"references of {label}.{name}"] += len(values) - len(left)
        if names is not None and name not in names:
            unmapped[f"field {label}.{name}"] += 1
        if new is None:
            dropped[f"field {label}.{name}"] += 1
        elif left or not values:
            fields[new] = left if isinstance(value, list) else left[0]
    return msgspec.structs.replace(mention, label=label, fields=fields)
