"""GATE's bdocjs, the JSON of gatenlp, and GATE's own XML: a file for each document, only read.

{"text": "...", "offset_type": "p", "annotation_sets": {"": {"annotations": [
  {"type": "Person", "start": 0, "end": 4, "id": 0, "features": {"gender": "female"}}]}}}

Offsets count code points (`p`) or, from GATE itself, UTF-16 units (`j`).
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, Literal

import msgspec

from toolkit.errors import DataError, Problem, abridged
from toolkit.files import read_bytes, read_head
from toolkit.formats import StrPath
from toolkit.formats.folders import FileRead, input_files, read_files
from toolkit.formats.gate_xml import bdoc_of
from toolkit.formats.jsonfile import convert, decode_file
from toolkit.formats.native import OnError
from toolkit.formats.sniffing import first_keys
from toolkit.formats.utf16 import from_utf16
from toolkit.model import Corpus, Document, Mention

HOLDS = frozenset({"text", "meta", "overlaps", "fields", "typed", "many"})

_ENDINGS = (".bdocjs", ".json", ".xml")

_XML = b"<GateDocument"


class _Annotation(msgspec.Struct):
    type: str
    start: int
    end: int
    id: int
    features: dict[str, Any] | None = None


class _Set(msgspec.Struct):
    annotations: list[_Annotation] = []


class _Bdoc(msgspec.Struct):
    text: str
    offset_type: Literal["p", "j"]
    annotation_sets: dict[str, _Set] = {}
    features: dict[str, Any] | None = None


def looks_like(path: Path, head: bytes) -> bool:
    """Whether the first object has the keys of a bdoc, or the first element is GATE's."""
    return _XML in head[:4096] or bool(first_keys(head) & {"annotation_sets", "offset_type"})


def read_gate(path: StrPath, *, on_error: OnError = "list") -> Corpus:
    """Documents of a `.bdocjs` or `.xml` file or a folder of them, named by their files.

    Annotations of all sets are mentions; of a set with a name the id begins with that name.
    """
    return read_files(path, input_files(path, *_ENDINGS), _read, on_error)


def _read(file: Path) -> FileRead:
    skipped: Counter[str] = Counter()
    document = _document(file, _decoded(file, skipped), skipped)
    return FileRead(document, [], skipped, {None: str(file)})


def _decoded(file: Path, skipped: Counter[str]) -> _Bdoc:
    if _XML in read_head(file, 4096):
        return convert(str(file), bdoc_of(read_bytes(file), str(file), skipped), _Bdoc)
    return decode_file(file, _Bdoc)


def _document(file: Path, bdoc: _Bdoc, skipped: Counter[str]) -> Document:
    point = from_utf16(bdoc.text) if bdoc.offset_type == "j" else _within(bdoc.text)
    mentions: list[Mention] = []
    problems: list[Problem] = []
    seen: set[str] = set()
    for name, one_set in bdoc.annotation_sets.items():
        for one in one_set.annotations:
            id_ = f"{name}:{one.id}" if name else str(one.id)
            start, end = point(one.start), point(one.end)
            if start is None or end is None or start > end:
                what = f"no text lies between start {one.start} and end {one.end}"
                hint = f"offset_type {bdoc.offset_type!r} counts " + (
                    "UTF-16 units" if bdoc.offset_type == "j" else "code points"
                )
                problems.append(Problem(str(file), f"annotation {id_}: {what}", hint))
            elif id_ in seen or not one.type:
                what = "this id stands here twice" if id_ in seen else "has no type"
                problems.append(Problem(str(file), f"annotation {id_}: {what}"))
            elif start == end:
                skipped["annotations of no text are left out"] += 1
            else:
                fields = plain_fields(one.features or {}, skipped)
                mentions.append(Mention(id_, one.type, start, end, fields=fields))
            seen.add(id_)
    if problems:
        raise DataError(abridged(problems))
    meta = bdoc.features or {}
    return Document(file.stem, meta=meta, text=bdoc.text, mentions=tuple(mentions))


def _within(text: str) -> Any:
    return lambda offset: offset if 0 <= offset <= len(text) else None


def plain_fields(features: dict[str, Any], skipped: Counter[str]) -> dict[str, Any]:
    """Features that are texts, numbers, booleans or lists of these."""
    fields = {name: value for name, value in features.items() if _is_plain(value)}
    skipped["features with values inside values are left out"] += len(features) - len(fields)
    return fields


def _is_plain(value: Any) -> bool:
    values = value if isinstance(value, list) else [value]
    return all(one is None or isinstance(one, str | int | float) for one in values)
