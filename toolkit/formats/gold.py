"""A gold folder: `dataset.yaml`, `entities.yaml` and `documents/`, stand-off from texts kept
elsewhere.

    name: news
    version: 1.0.0
    schema: ../../schemas/news.yaml      # relative to this file
    texts: ../../seeds
    entities: entities.yaml
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec

from toolkit.checking.structure import structure_faults
from toolkit.errors import DataError, Problem
from toolkit.folding import fold
from toolkit.formats import find_reader, of_use, read, recognise_or_native
from toolkit.formats.locate import locator
from toolkit.formats.native import OnError
from toolkit.formats.texts import read_text_file, text_files
from toolkit.model import Corpus, Document, Entities
from toolkit.schema.nouns import LabelSchema
from toolkit.yamlfile import YamlFile

DATASET_KEYS = (
    "name",
    "version",
    "description",
    "licence",
    "schema",
    "texts",
    "entities",
    "splits",
)

ENTITY_KEYS = ("id", "name", "type", "aliases")


def read_gold(
    path: str | os.PathLike[str],
    *,
    texts: str | os.PathLike[str] | None = None,
    schema: LabelSchema | None = None,
    format: str | None = None,  # noqa: A002
    on_error: OnError | None = None,
    **options: Any,
) -> Corpus:
    """A gold folder, or a file as `read` reads it, with the texts its documents stand on.

    A gold folder is read as one whatever the `format`; the `options` are those of `read`. `texts`
    is another folder of texts than the one that the dataset names. A missing text is noted in the
    corpus' `notices`; one that changed since it was annotated raises `DataError`. `schema` serves
    formats that need one to be read whole.
    """
    folder = Path(path)
    described = (folder / "dataset.yaml").is_file()
    name = format or recognise_or_native(folder)
    native = name == "native"
    if not described and not (native and folder.is_dir()):
        helped = of_use(find_reader(name), texts=texts, schema=schema)
        corpus = read(folder, format, on_error=on_error, **options, **helped)
        if "texts" in helped:
            return corpus
        return with_texts(corpus, Path(texts), text_files(texts)) if texts is not None else corpus
    if not described:
        hint = "a gold folder says its name, version, schema and texts there"
        raise DataError(Problem(str(folder / "dataset.yaml"), "no such file", hint))
    file = YamlFile(folder / "dataset.yaml")
    data = file.mapping((), file.data, DATASET_KEYS)
    said = {
        key: file.text((key,), data, required=key in ("name", "version"))
        for key in ("name", "version", "schema", "texts", "entities", "licence")
    }
    problems = list(file.problems)
    entities = Entities({})
    try:
        if said["entities"]:
            entities, faults = read_entities(beside(folder, said["entities"]))
            problems += faults
    except DataError as error:
        problems += error.problems
    try:
        own = options if format == "native" else {}
        corpus = read(folder / "documents", "native", on_error=on_error, **own)
    except DataError as error:
        raise DataError([*problems, *error.problems]) from None
    problems += _split_problems(file, data.get("splits"), {doc.id for doc in corpus})
    if problems:
        raise DataError(problems)
    corpus.source, corpus.entities = str(folder), entities
    corpus.name, corpus.version = said["name"], said["version"]
    corpus.schema = str(beside(folder, said["schema"])) if said["schema"] else None
    if texts is not None:
        return with_texts(corpus, Path(texts), text_files(texts))
    if not said["texts"]:
        return corpus
    where = beside(folder, said["texts"])
    return with_texts(corpus, where, text_files(where) if any(where.glob("*.txt")) else {})


def beside(folder: Path, said: str) -> Path:
    """The path that a dataset names from its folder, without the detours of `gold/news/../..`;
    as it stands where a link makes the detour lead elsewhere.
    """
    path = folder / said
    short = Path(os.path.normpath(path))
    return short if short.resolve() == path.resolve() else path


def read_entities(path: Path) -> tuple[Entities, list[Problem]]:
    """The entity list at `path`, and what is wrong with it: ids twice, or one name for two
    entities.
    """
    file = YamlFile(path)
    names: dict[str, tuple[str, ...]] = {}
    positions: dict[str, int] = {}
    seen: set[str] = set()
    for position, item in enumerate(file.items((), file.data)):
        item = file.mapping((position,), item, ENTITY_KEYS)
        entity = file.text((position, "id"), item, required=True)
        aliases = file.texts((position, "aliases"), item.get("aliases"))
        if fold(entity) in seen:
            file.fault((position, "id"), f"the id {entity!r} stands here twice")
        seen.add(fold(entity))
        positions[entity] = position
        names[entity] = (file.text((position, "name"), item, required=True), *aliases)
    entities = Entities(names)
    for entity, aliases in names.items():
        for alias in aliases:
            others = sorted(entities.ids(alias) - {entity})
            if others:
                what = f"the name {alias!r} also belongs to {', '.join(others)}"
                file.fault((positions[entity], "aliases"), what, "leave it out of both, or of one")
    return entities, file.problems


def _split_problems(file: YamlFile, splits: Any, known: set[str]) -> list[Problem]:
    """Faults of the splits: each document in at most one of them, none that is not there."""
    before = len(file.problems)
    seen: dict[str, str] = {}
    for name, ids in file.mapping(("splits",), {} if splits is None else splits).items():
        for position, one in enumerate(file.texts(("splits", name), ids)):
            keys = ("splits", name, position)
            if one not in known:
                file.fault(keys, f"no document {one!r}")
            if one in seen:
                file.fault(keys, f"{one!r} is also in split {seen[one]!r}")
            seen[one] = name
    return file.problems[before:]


def with_texts(corpus: Corpus, folder: Path, files: dict[str, Path]) -> Corpus:
    """The corpus with the text of every document whose file is there and unchanged."""
    documents: list[Document] = []
    problems: list[Problem] = []
    where = locator(corpus)
    missing: list[str] = []
    for document in corpus:
        if document.id not in files:
            missing.append(document.id)
            documents.append(document)
            continue
        text = read_text_file(files[document.id])
        if document.text_sha256 not in (None, text.text_sha256):
            what = f"the text of {document.id!r} changed since it was annotated"
            hint = f"restore the file, or annotate it anew; sha256 is {text.text_sha256}"
            problems.append(Problem(str(files[document.id]), what, hint))
        elif document.text not in (None, text.text):
            what = f"{document.id!r} brings a text of its own, which is not that of this file"
            problems.append(Problem(str(files[document.id]), what, "leave one of the two out"))
        else:
            for fault in structure_faults(document, text.text):
                at = where(document.id, fault.mention)
                problems.append(Problem(at, str(fault), fault.hint))
        documents.append(
            msgspec.structs.replace(document, text=text.text, text_sha256=text.text_sha256)
        )
    if problems:
        raise DataError(problems)
    corpus.documents = tuple(documents)
    if missing:
        what = f"{len(missing)} of {len(corpus)} texts are not in {folder}: " + ", ".join(missing)
        corpus.notices += (what + "; their mentions are scored by offsets alone",)
    return corpus
