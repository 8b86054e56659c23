"""Raw texts: one UTF-8 `.txt` file a document, named by its id."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from toolkit.errors import DataError, Problem
from toolkit.files import decode_utf8, read_bytes
from toolkit.model import Document


def read_texts(path: str | os.PathLike[str]) -> list[Document]:
    """A document without mentions for each text of a folder, or for one file; all bad files are
    told at once.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    for file in text_files(path).values():
        try:
            documents.append(read_text_file(file))
        except DataError as error:
            problems.extend(error.problems)
    if problems:
        raise DataError(problems)
    return documents


def text_files(path: str | os.PathLike[str]) -> dict[str, Path]:
    """Document ids and their files, by listing: an id from data is never made into a path."""
    folder = Path(path)
    if folder.is_file():
        return {folder.stem: folder}
    if not folder.is_dir():
        raise DataError(Problem(str(path), "no such file or folder"))
    files = {file.stem: file for file in sorted(folder.glob("*.txt"))}
    if not files:
        raise DataError(Problem(str(path), "holds no .txt file"))
    return files


def read_text_file(file: Path) -> Document:
    """One text in code points, line ends kept, with the checksum of its bytes."""
    data = read_bytes(file)
    text = decode_utf8(data, str(file))
    return Document(id=file.stem, text=text, text_sha256=hashlib.sha256(data).hexdigest())
