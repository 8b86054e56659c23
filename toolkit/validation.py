"""`toolkit check`: schemas, gold and predictions, with every fault at its line."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.checking.rules import edge_faults, gold_faults
from toolkit.checking.structure import structure_faults
from toolkit.errors import DataError, Problem, ToolkitError
from toolkit.formats import find_reader, of_use, read, recognise_or_native, takes
from toolkit.formats.gold import read_gold
from toolkit.formats.locate import locator
from toolkit.model import Corpus
from toolkit.schema.load import lint_schema
from toolkit.schema.nouns import LabelSchema


class Checked(NamedTuple):
    """What was checked, all that is wrong with it, and what could not be checked."""

    what: tuple[str, ...]
    problems: tuple[Problem, ...]
    notices: tuple[str, ...]


def check(
    paths: Iterable[str | os.PathLike[str]] = (),
    *,
    schema: LabelSchema | None = None,
    texts: str | os.PathLike[str] | None = None,
    format: str | None = None,  # noqa: A002
    **options: Any,
) -> Checked:
    """Check schema files (`.yaml`), gold folders and files of predictions.

    Without paths, the schemas in `schemas/` and the folders in `gold/`. `schema` and `texts` apply
    to documents whose folder does not name its own; `format` and its `options` are those of `read`
    and apply to all but schemas and gold folders. Every fault of every path is in the result;
    nothing is raised for bad input.
    """
    what: list[str] = []
    problems: list[Problem] = []
    notices: list[str] = []
    linted: set[Path] = set()
    for path in [Path(one) for one in paths] or _usual():
        if path.suffix in (".yaml", ".yml"):
            found, faults = lint_schema(path)
            linted.add(path.resolve())
            problems += faults
            what.append(f"{path}: {len(found.labels)} labels")
            continue
        try:
            corpus = _read(path, texts, schema, format, options)
            rules, faults = lint_schema(corpus.schema) if corpus.schema else (schema, [])
        except ToolkitError as error:
            problems += error.problems
            what.append(str(path))
            continue
        if corpus.schema and Path(corpus.schema).resolve() not in linted:
            linted.add(Path(corpus.schema).resolve())
            problems += faults
        problems += corpus_problems(corpus, rules if rules and rules.labels else None)
        notices += corpus.notices
        if rules is None:
            notices.append(f"{path}: no schema, so labels, fields and values were not checked")
        mentions = sum(len(document.mentions) for document in corpus)
        what.append(f"{path}: {len(corpus)} documents, {mentions} mentions")
    return Checked(tuple(what), tuple(problems), tuple(notices))


def corpus_problems(corpus: Corpus, schema: LabelSchema | None) -> Iterator[Problem]:
    """Everything wrong with a corpus, each fault at its file and line."""
    where = locator(corpus)
    for document in corpus:
        faults = [*structure_faults(document), *edge_faults(document)]
        if schema is not None:
            faults += gold_faults(document, schema)
        for fault in faults:
            yield Problem(where(document.id, fault.mention), str(fault), fault.hint)


def _read(
    path: Path,
    texts: str | os.PathLike[str] | None,
    schema: LabelSchema | None,
    form: str | None,
    options: dict[str, Any],
) -> Corpus:
    name = form or recognise_or_native(path)
    native = path.is_dir() and name == "native"
    if native and not (path / "dataset.yaml").exists() and not list(path.glob("*.json*")):
        hint = "a gold folder has a dataset.yaml, a folder of predictions has .json or .jsonl files"
        raise DataError(Problem(str(path), "nothing to check here", hint))
    folder = (path / "dataset.yaml").exists()
    if folder or takes(name, "on_error"):
        options = {**options, "on_error": "list"}
    if folder or texts is not None:
        return read_gold(path, texts=texts, schema=schema, format=form, **options)
    return read(path, form, **options, **of_use(find_reader(name), schema=schema))


def _usual() -> list[Path]:
    """The schemas and gold folders of a project laid out as this one."""
    found = sorted(Path("schemas").glob("*.yaml"))
    found += sorted(path.parent for path in Path("gold").glob("*/dataset.yaml"))
    if not found:
        what = "no schemas/*.yaml and no gold/*/dataset.yaml here"
        raise DataError(Problem(".", what, "name the files or folders to check"))
    return found
