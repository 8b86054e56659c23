"""JSON rows of other tools read into documents: what all such formats have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import msgspec

from toolkit.checking.structure import structure_faults
from toolkit.errors import DataError, Problem, abridged
from toolkit.files import replacing
from toolkit.formats import StrPath
from toolkit.formats.folders import input_files
from toolkit.formats.jsonfile import convert, decode
from toolkit.formats.native import OnError, parts
from toolkit.model import Corpus, Document, Where

Row = TypeVar("Row")

Notes: TypeAlias = Counter[str]
"""What is said of a file at the end, each with how often: `{"rejected tasks left out": 2}`."""


def read_rows(
    path: StrPath,
    kind: type[Row],
    make: Callable[[str, Row, dict[str, Any], Notes], Document | None],
    on_error: OnError,
    *,
    again: bool = False,
) -> Corpus:
    """The documents that `make` gives of the rows of a file, or of the files in a folder: `(where,
    row, the row as JSON, notes)`.

    A document without an id is named by its line; one whose id stands there `again` gets a number,
    or is refused.
    """
    notes: Notes = Counter()

    def documents() -> Iterator[tuple[str, Document | DataError]]:
        for where, data in chain.from_iterable(map(parts, input_files(path, ".json", ".jsonl"))):
            try:
                raw = decode(where, data)
                document = make(where, convert(where, raw, kind), raw, notes)
                if document is not None:
                    yield where, document
            except DataError as error:
                yield where, error

    return gather(path, documents(), notes, on_error, again=again)


def gather(
    path: StrPath,
    found: Iterable[tuple[str, Document | DataError]],
    notes: Notes,
    on_error: OnError,
    *,
    again: bool = False,
) -> Corpus:
    """A corpus of the documents found, each with its `file:line`; every fault is told at once."""
    documents: list[Document] = []
    problems: list[Problem] = []
    lines: dict[str, str] = {}
    folder = Path(path).is_dir()
    for where, item in found:
        if isinstance(item, DataError):
            problems += item.problems
        else:
            document = _named(item, where, lines, again, notes, folder)
            problems += _faults(document, where, lines)
            lines.setdefault(document.id, where)
            documents.append(document)
        if problems and on_error == "stop":
            break
    if problems:
        raise DataError(problems[:1] if on_error == "stop" else abridged(problems, 1000))
    notices = tuple(f"{path}: {count} {what}" for what, count in notes.items() if count)
    if not documents:
        raise DataError(Problem(str(path), "holds no document", "; ".join(notices)))
    return Corpus(documents, source=str(path), notices=notices, where=finder(lines))


def finder(lines: dict[str, str]) -> Where:
    """Finds the line of a document by its id."""

    def where(document: str, mention: str | None = None, offset: int | None = None) -> str:
        return lines.get(document, document)

    return where


def _named(
    document: Document, where: str, lines: dict[str, str], again: bool, notes: Notes, folder: bool
) -> Document:
    file, _, line = where.rpartition(":")
    name = document.id or (f"{Path(file).stem}-{line}" if folder else f"line-{line}")
    if again and name in lines:
        notes["documents have the id of another, and a number after it"] += 1
        number = 2
        while f"{name}#{number}" in lines:
            number += 1
        name = f"{name}#{number}"
    return msgspec.structs.replace(document, id=name)


def _faults(document: Document, where: str, lines: dict[str, str]) -> Iterator[Problem]:
    for fault in structure_faults(document):
        name = " ".join(filter(None, (document.id, fault.mention)))
        yield Problem(where, f"{name}: {fault.what}", fault.hint)
    if document.id in lines:
        what = f"document id {document.id!r} already stands at {lines[document.id]}"
        yield Problem(where, what, "ids must be unique")


def write_rows(rows: Iterable[Any], path: StrPath) -> None:
    """Write one JSON value a line, whole or not at all."""
    encode = msgspec.json.Encoder().encode
    with replacing(path) as file:
        for row in rows:
            file.write(encode(row) + b"\n")
