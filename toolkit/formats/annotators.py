"""Annotators' sets of stand-off files, as in a gold folder's `annotators/NAME/*.json`."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from toolkit.errors import DataError, Problem
from toolkit.formats import read
from toolkit.formats.gold import DATASET_KEYS, beside, read_entities, read_gold, with_texts
from toolkit.formats.texts import text_files
from toolkit.model import Corpus, Entities
from toolkit.yamlfile import YamlFile

ABOVE = 3
"""How many folders above an annotator's own a `dataset.yaml` may stand."""


class Annotators(NamedTuple):
    """Each annotator's documents by name, with the schema's path and the entities that the gold
    folder above them names.
    """

    sets: dict[str, Corpus]
    schema: str | None
    entities: Entities


def read_annotators(
    paths: Iterable[str],
    *,
    texts: str | os.PathLike[str] | None = None,
    format: str = "native",  # noqa: A002
    **options: Any,
) -> Annotators:
    """A set for each path, a file or a folder; a folder of folders is an annotator for each.

    A set is named by its file or folder, or as `NAME=PATH`. Texts, schema and entities are those
    of the `dataset.yaml` above the first set, if there is one. Raises `DataError` with the faults
    of all sets.
    """
    named, problems = _named(paths)
    above = _described(next(iter(named.values()))) if named else None
    entities, schema = Entities({}), None
    if above:
        try:
            folder, schema, entities = _context(above)
            texts = texts or folder
        except DataError as error:
            problems += error.problems
    sets = {}
    for name, path in named.items():
        try:
            if (path / "dataset.yaml").is_file():
                sets[name] = read_gold(path, texts=texts, **options)
                continue
            corpus = read(path, format, **options)
            sets[name] = with_texts(corpus, Path(texts), text_files(texts)) if texts else corpus
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    return Annotators(sets, schema, entities)


def _named(paths: Iterable[str]) -> tuple[dict[str, Path], list[Problem]]:
    found: dict[str, Path] = {}
    problems = []
    for said in paths:
        name, equals, path = said.partition("=")
        if not equals or not path or os.path.exists(said):
            name, path = "", said
        for one in [Path(path)] if name else _sets(Path(path)):
            own = name or (one.name if one.is_dir() else PurePath(one).stem)
            if own in found:
                what = f"a second annotator is named {own!r}; the first is {found[own]}"
                problems.append(Problem(str(one), what, "name them as NAME=PATH"))
            found.setdefault(own, one)
    return found, problems


def _sets(path: Path) -> list[Path]:
    """The folders in a folder that holds no documents itself, else the path alone."""
    if not path.is_dir() or (path / "dataset.yaml").is_file():
        return [path]
    inside = sorted(path.iterdir())
    folders = [one for one in inside if one.is_dir() and not one.name.startswith(".")]
    return folders if folders and not any(one.is_file() for one in inside) else [path]


def _described(path: Path) -> Path | None:
    """The nearest folder with a `dataset.yaml`."""
    for folder in [path, *path.resolve().parents[:ABOVE]]:
        if (folder / "dataset.yaml").is_file():
            return folder
    return None


def _context(folder: Path) -> tuple[Path | None, str | None, Entities]:
    file = YamlFile(folder / "dataset.yaml")
    data = file.mapping((), file.data, DATASET_KEYS)
    said = {key: file.text((key,), data) for key in ("schema", "texts", "entities")}
    problems = list(file.problems)
    entities = Entities({})
    if said["entities"]:
        entities, faults = read_entities(beside(folder, said["entities"]))
        problems += faults
    if problems:
        raise DataError(problems)
    texts = beside(folder, said["texts"]) if said["texts"] else None
    if texts and not any(texts.glob("*.txt")):
        texts = None
    return texts, str(beside(folder, said["schema"])) if said["schema"] else None, entities
