"""Formats with a file for each document: which files are read and how, and how ids name files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import DataError, Problem
from toolkit.files import replacing
from toolkit.formats import StrPath
from toolkit.formats.native import OnError, is_record
from toolkit.model import Corpus, Document

_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|%]|^[. ]|[. ]$')

_MAX_NAME = 200


def input_files(path: StrPath, *endings: str) -> list[Path]:
    """The file, or those of the folder that end so, in the order of their names."""
    folder = Path(path)
    if not folder.is_dir():
        if not folder.exists():
            raise DataError(Problem(str(path), "no such file or folder"))
        return [folder]
    named = (f for f in folder.iterdir() if f.name.endswith(endings) and not is_record(f))
    found = sorted(f for f in named if f.is_file())
    if not found:
        raise DataError(Problem(str(path), f"holds no {' or '.join(endings)} file"))
    return found


class FileRead(NamedTuple):
    """The document of a file, what is to be said of it, how often each of what is left out, and the
    lines of its mentions by id, that of the document under `None`.
    """

    document: Document
    notices: list[str]
    skipped: Counter[str]
    lines: dict[str | None, str]


def read_files(
    path: StrPath, files: list[Path], read: Callable[[Path], FileRead], on_error: OnError
) -> Corpus:
    """The documents of files, each read by `read`; every fault is told at once, or the first."""
    found: list[FileRead] = []
    problems: list[Problem] = []
    for file in files:
        try:
            found.append(read(file))
        except DataError as error:
            problems += error.problems
            if on_error == "stop":
                raise DataError(problems[:1]) from None
    if problems:
        raise DataError(problems)
    notices: list[str] = []
    for file, one in zip(files, found, strict=True):
        notices += one.notices
        notices += (f"{file}: {count} {what}" for what, count in one.skipped.items() if count)
    lines = {one.document.id: one.lines for one in found}

    def where(document: str, mention: str | None = None, offset: int | None = None) -> str:
        places = lines.get(document, {})
        return places.get(mention) or places.get(None, document)

    return Corpus(
        [one.document for one in found],
        source=str(path),
        files=tuple(map(str, files)),
        notices=tuple(notices),
        where=where,
    )


def file_name(document_id: str) -> str:
    """A name for the document's file: its id, with what no file name may hold as `%` and numbers.

    A document is never written outside its folder, whatever its id.
    """
    name = _UNSAFE.sub(lambda match: "".join(f"%{ord(c):02X}" for c in match[0]), document_id)
    if not name or len(name.encode("utf-8", "replace")) > _MAX_NAME:
        hint = "give the document a shorter id" if name else "give the document an id"
        raise DataError(Problem(document_id[:40], "this document id makes no file name", hint))
    return name


def write_files(
    path: StrPath, contents: Mapping[str, bytes], ending: str, lost: Counter[str]
) -> None:
    """Write a file for each document id, in the folder or, where there is one, as the file.

    A folder that already holds other documents of the format is refused: they would be read as
    part of these.
    """
    target = Path(path)
    if target.suffix == ending and not target.is_dir():
        if len(contents) != 1:
            what = f"is one file, for one document, and there are {len(contents)}"
            raise DataError(Problem(str(path), what, "name a folder"))
        (content,) = contents.values()
        with replacing(target) as file:
            file.write(content)
        return
    names = {one: file_name(one) + ending for one in contents}
    lost["document ids, spelled otherwise as file names"] += sum(
        name != one + ending for one, name in names.items()
    )
    others = {f.name for f in target.glob(f"*{ending}")} if target.is_dir() else set()
    if others := others - set(names.values()):
        what = f"already holds other documents, such as {min(others)}"
        raise DataError(Problem(str(path), what, "name a new folder"))
    for one, content in contents.items():
        with replacing(target / names[one]) as file:
            file.write(content)
