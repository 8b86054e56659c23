"""JSON Lines without reading them whole: an index of where each document stands.

The index takes 16 bytes a document, and 8 more until both sides are joined, so that two files too
large for memory can still be joined by document id, whatever the order in which they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

import msgspec
import numpy as np

from toolkit.checking.batch import batch_faults
from toolkit.columns import NO_DOCUMENT, Columns, Whole, columns
from toolkit.errors import Problem
from toolkit.files import BOM_BYTES
from toolkit.formats.native import OnError, examine, few_of_another_format
from toolkit.model import Document
from toolkit.storage import blocks, open_binary

Short: TypeAlias = np.ndarray[Any, np.dtype[np.int32]]

BLOCK = 4_000_000
"""Bytes of a file that are looked at together."""

GAP = 1_000_000
"""Bytes that are read for nothing rather than going to another place in the file."""

_id_first = re.compile(rb'\s*\{\s*"id"\s*:\s*"([^"\\\x00-\x1f]+)"').match


class Index(NamedTuple):
    """Where documents stand in some files: the file, offset and length of each."""

    files: tuple[str, ...]
    file: Short
    offset: Whole
    length: Short

    def at(self, positions: Whole) -> Index:
        """The index of some of the documents."""
        return Index(
            self.files, self.file[positions], self.offset[positions], self.length[positions]
        )

    def where(self, position: int) -> str:
        """The place of one document, `file:line`."""
        file, offset = self.files[self.file[position]], int(self.offset[position])
        lines = 1
        for block in blocks(file, BLOCK):
            lines += block.count(b"\n", 0, max(offset, 0))
            offset -= len(block)
            if offset <= 0:
                break
        return f"{file}:{lines}"


def index(files: list[str]) -> tuple[Whole, Index]:
    """A hash of the id of each document in files of JSON Lines, and where it stands; what has no id
    is found on reading it.

    Hashes are Python's own: they hold within one process.
    """
    found = [(number, *part) for number, file in enumerate(files) for part in _index_one(file)]
    numbers, keys, offsets, lengths = zip(*found, strict=True) if found else ((),) * 4
    key = np.concatenate((*keys, np.zeros(0, np.int64)))
    file = np.repeat(np.array(numbers, np.int32), [len(each) for each in keys])
    offset = np.concatenate((*offsets, np.zeros(0, np.int64)))
    return key, Index(tuple(files), file, offset, np.concatenate((*lengths, np.zeros(0, np.int32))))


def _index_one(file: str) -> Iterator[tuple[Whole, Whole, Short]]:
    """Keys, offsets and lengths, block by block."""
    position = 0
    for block in blocks(file, BLOCK):
        lines = block.split(b"\n")
        keys = [
            hash(found[1] if found else _other_key(line))
            for line, found in zip(lines, map(_id_first, lines), strict=True)
        ]
        lengths = np.array(list(map(len, lines)), dtype=np.int32)
        offsets = position + np.cumsum(lengths + 1, dtype=np.int64) - lengths - 1
        blank = [number for number, line in enumerate(lines) if not line or line.isspace()]
        yield np.delete(np.array(keys), blank), np.delete(offsets, blank), np.delete(lengths, blank)
        position += len(block)


class _Id(msgspec.Struct):
    id: str


def _other_key(line: bytes) -> bytes:
    """A document's id that does not stand first or is escaped; the line itself if it has none."""
    if not line:
        return line
    try:
        return msgspec.json.decode(line.removeprefix(BOM_BYTES), type=_Id).id.encode()
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return line


def load(found: Index, on_error: OnError = "list") -> tuple[Columns, list[Problem]]:
    """The documents of an index, in its order, as columns, and what is wrong with the first broken
    one or with all.
    """
    lines = list(_read(found))
    try:
        loaded = columns(map(_decode, lines))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        loaded = columns(examine(":0", line)[0] or NO_DOCUMENT for line in lines)
    broken = sorted({position for position, _ in batch_faults(loaded)})
    if on_error == "stop":
        del broken[1:]
    problems = [
        problem
        for position in broken
        for problem in examine(found.where(position), lines[position])[1]
    ]
    return loaded, few_of_another_format(problems)


_decode = msgspec.json.Decoder(Document).decode


def _read(found: Index) -> Iterator[bytes]:
    """The bytes of each document; those that stand close together are read together."""
    gap = found.offset[1:] - (found.offset + found.length)[:-1]
    apart = (np.diff(found.file) != 0) | (gap < 0) | (gap > GAP)
    bounds = [0, *(np.flatnonzero(apart) + 1).tolist(), len(found.file)]
    for start, end in pairwise(bounds):
        if start < end:
            yield from _read_together(found, start, end)


def _read_together(found: Index, start: int, end: int) -> Iterator[bytes]:
    first = int(found.offset[start])
    last = int(found.offset[end - 1] + found.length[end - 1])
    with open_binary(found.files[found.file[start]]) as file:
        file.seek(first)
        data = file.read(last - first)
    offsets, lengths = found.offset[start:end] - first, found.length[start:end]
    for offset, length in zip(offsets.tolist(), lengths.tolist(), strict=True):
        yield data[offset : offset + length].removeprefix(BOM_BYTES)
