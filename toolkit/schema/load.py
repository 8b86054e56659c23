"""A schema file, with those it includes, read into a `LabelSchema`; all faults are told at once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.errors import DataError, Problem, SchemaError, did_you_mean
from toolkit.model import Corpus
from toolkit.schema.nouns import Label, LabelSchema
from toolkit.schema.parse import check_name, given, read_label
from toolkit.yamlfile import Keys, YamlFile, kind

SCHEMA_KEYS = ("schema", "version", "description", "include", "labels")


def load_schema(path: str | os.PathLike[str]) -> LabelSchema:
    """The schema at `path` with its includes; raises `SchemaError` with all its faults."""
    schema, problems = lint_schema(path)
    if problems:
        raise SchemaError(problems)
    return schema


def schema_of(gold: object, schema: LabelSchema | None = None) -> LabelSchema | None:
    """The schema that was given, else the one that a corpus of gold names."""
    if schema is None and isinstance(gold, Corpus) and gold.schema:
        return load_schema(gold.schema)
    return schema


def lint_schema(path: str | os.PathLike[str]) -> tuple[LabelSchema, list[Problem]]:
    """The schema as far as it can be read, and all that is wrong with it."""
    reading = _Reading({}, [])
    read = _read_file(reading, Path(path), ())
    problems = reading.problems
    for name, (label, file) in read.labels.items():
        for field in label.fields.values():
            if field.to and field.to not in read.labels:
                keys = ("labels", name, "fields", field.name, "to")
                what = f"no label {field.to!r} in {read.name or path}"
                problems.append(file.problem(keys, what, did_you_mean(field.to, read.labels)))
    if not read.labels and not problems:
        problems.append(Problem(str(path), "has no labels", "add `labels:` or `include:`"))
    labels = {name: defined.label for name, defined in read.labels.items()}
    return LabelSchema(read.name, read.version, read.description, labels), problems


class _Defined(NamedTuple):
    """A label and the file that defines it."""

    label: Label
    file: YamlFile


class _Read(NamedTuple):
    """What one file says, with the labels that it includes."""

    name: str = ""
    version: str = ""
    description: str = ""
    labels: dict[str, _Defined] = {}  # noqa: RUF012


class _Reading(NamedTuple):
    """The files read so far, and what is wrong with them."""

    files: dict[Path, _Read]
    problems: list[Problem]


def _read_file(reading: _Reading, path: Path, above: tuple[Path, ...]) -> _Read:
    try:
        file = YamlFile(path)
    except DataError as error:
        reading.problems.extend(error.problems)
        return _Read()
    data = file.mapping((), file.data, SCHEMA_KEYS) if file.data is not None else {}
    labels: dict[str, _Defined] = {}
    for position, item in enumerate(file.items(("include",), data.get("include"))):
        keys: Keys = ("include", position)
        for name, defined in _include(reading, file, keys, item, (*above, path)).items():
            _define(labels, name, defined, file, keys)
    for name, body in file.mapping(("labels",), given(data, "labels")).items():
        keys = ("labels", name)
        check_name(file, keys, name)
        _define(labels, name, _Defined(read_label(file, keys, name, body), file), file, keys)
    required = file.data is not None
    name = file.text(("schema",), data, required=required)
    version = file.text(("version",), data, required=required)
    description = file.text(("description",), data)
    reading.problems.extend(file.problems)
    return _Read(name, version, description, labels)


def _define(
    labels: dict[str, _Defined], name: str, defined: _Defined, file: YamlFile, keys: Keys
) -> None:
    known = labels.setdefault(name, defined)
    if known.file is not defined.file:
        file.fault(keys, f"the label {name!r} is already defined in {known.file.path}")


def _include(
    reading: _Reading, file: YamlFile, keys: Keys, item: Any, above: tuple[Path, ...]
) -> dict[str, _Defined]:
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
    known = path.resolve()
    if known in {one.resolve() for one in above}:
        file.fault(keys, f"{item} is already being read, so it includes itself")
        return {}
    if not path.is_file():
        file.fault(keys, f"no such file: {path}", "paths are relative to this file")
        return {}
    if known not in reading.files:
        reading.files[known] = _read_file(reading, path, above)
    labels = reading.files[known].labels
    for name in wanted:
        if name not in labels:
            hint = did_you_mean(name, labels)
            file.fault((*keys, "labels"), f"no label {name!r} in {item}", hint)
    return {name: label for name, label in labels.items() if not wanted or name in wanted}
