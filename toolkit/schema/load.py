"""A schema file, with those it includes, read into a `LabelSchema`; all faults are told at once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.errors import DataError, Problem, SchemaError, did_you_mean
from toolkit.schema.nouns import Label, LabelSchema
from toolkit.schema.parse import check_name, read_label
from toolkit.yamlfile import Keys, YamlFile, kind

SCHEMA_KEYS = ("schema", "version", "description", "include", "labels")


def load_schema(path: str | os.PathLike[str]) -> LabelSchema:
    """The schema at `path` with its includes; raises `SchemaError` with all its faults."""
    schema, problems = lint_schema(path)
    if problems:
        raise SchemaError(problems)
    return schema


def lint_schema(path: str | os.PathLike[str]) -> tuple[LabelSchema, list[Problem]]:
    """The schema as far as it can be read, and all that is wrong with it."""
    reading = _Reading({}, {}, [])
    schema = _read_file(reading, Path(path), ())
    problems = reading.problems
    for label in schema.labels.values():
        for field in label.fields.values():
            if field.to and field.to not in schema.labels:
                keys = ("labels", label.name, "fields", field.name, "to")
                hint = did_you_mean(field.to, schema.labels)
                what = f"no label {field.to!r} in {schema.name or path}"
                problems.append(reading.labels[label.name].file.problem(keys, what, hint))
    if not schema.labels and not problems:
        problems.append(Problem(str(path), "has no labels", "add `labels:` or `include:`"))
    return schema, problems


class _Defined(NamedTuple):
    label: Label
    file: YamlFile


class _Reading(NamedTuple):
    """What the files read so far have given."""

    labels: dict[str, _Defined]
    schemas: dict[Path, LabelSchema]
    problems: list[Problem]


def _read_file(reading: _Reading, path: Path, above: tuple[Path, ...]) -> LabelSchema:
    try:
        file = YamlFile(path)
    except DataError as error:
        reading.problems.extend(error.problems)
        return LabelSchema(name="", version="")
    data = file.mapping((), file.data, SCHEMA_KEYS) if file.data is not None else {}
    labels: dict[str, Label] = {}
    for position, item in enumerate(file.items(("include",), data.get("include"))):
        labels |= _include(reading, file, ("include", position), item, (*above, path))
    for name, body in file.mapping(("labels",), data.get("labels") or {}).items():
        keys = ("labels", name)
        check_name(file, keys, name)
        labels[name] = read_label(file, keys, name, body)
        known = reading.labels.setdefault(name, _Defined(labels[name], file))
        if known.file is not file:
            file.fault(keys, f"this label is already defined in {known.file.path}")
    name = file.text(("schema",), data, required=file.data is not None)
    version = file.text(("version",), data, required=file.data is not None)
    description = file.text(("description",), data)
    reading.problems.extend(file.problems)
    return LabelSchema(name=name, version=version, description=description, labels=labels)


def _include(
    reading: _Reading, file: YamlFile, keys: Keys, item: Any, above: tuple[Path, ...]
) -> dict[str, Label]:
    wanted: tuple[str, ...] = ()
    if isinstance(item, dict):
        file.mapping(keys, item, ("file", "labels"))
        wanted = file.texts((*keys, "labels"), item.get("labels"))
        item = file.text((*keys, "file"), item, required=True)
        if not item:
            return {}
    if not isinstance(item, str) or not item:
        file.fault(keys, f"is {kind(item)}, a file name is needed")
        return {}
    path = above[-1].parent / item
    if path.resolve() in {one.resolve() for one in above}:
        file.fault(keys, f"{item} is already being read, so it includes itself")
        return {}
    if not path.is_file():
        file.fault(keys, f"no such file: {path}", "paths are relative to this file")
        return {}
    if path.resolve() not in reading.schemas:
        reading.schemas[path.resolve()] = _read_file(reading, path, above)
    labels = reading.schemas[path.resolve()].labels
    for name in wanted:
        if name not in labels:
            file.fault(
                (*keys, "labels"), f"no label {name!r} in {item}", did_you_mean(name, labels)
            )
    return {name: label for name, label in labels.items() if not wanted or name in wanted}
