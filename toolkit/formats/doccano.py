"""doccano's JSON Lines: a text a line with its labels, or with entities and relations.

{"text": "Ana left", "label": [[0, 3, "person"]]}
{"text": "Ana left", "entities": [{"id": 1, "start_offset": 0, "end_offset": 3, "label": "person"}],
 "relations": [{"from_id": 1, "to_id": 2, "type": "knows"}]}
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from toolkit.errors import DataError, Problem
from toolkit.formats import StrPath
from toolkit.formats.holding import Lost, held, told
from toolkit.formats.native import OnError
from toolkit.formats.relations import Relation, related, relations_of
from toolkit.formats.rows import Notes, read_rows, write_rows
from toolkit.formats.sniffing import first_keys
from toolkit.formats.utf16 import from_utf16, is_plain, utf16_offsets
from toolkit.model import Corpus, Document, Mention

HOLDS = frozenset({"text", "meta", "overlaps", "references"})

Offsets: TypeAlias = Literal["utf16", "code-points"]


class _Entity(msgspec.Struct):
    start_offset: int
    end_offset: int
    label: str
    id: int | str | None = None


class _Relation(msgspec.Struct):
    from_id: int | str
    to_id: int | str
    type: str


class _Row(msgspec.Struct):
    id: int | str | None = None
    text: str | None = None
    data: str | None = None
    label: list[tuple[int, int, str]] | None = None
    labels: list[tuple[int, int, str]] | None = None
    entities: list[_Entity] | None = None
    relations: list[_Relation] = []
    meta: dict[str, Any] = {}


def read_doccano(
    path: StrPath, *, offsets: Offsets = "utf16", on_error: OnError = "list"
) -> Corpus:
    """Documents of an export for sequence labelling or relation extraction.

    doccano counts `offsets` in UTF-16 units, as JavaScript does; files made by other programs may
    count code points. The two differ only in a text with characters such as emoji.
    """

    def make(where: str, row: _Row, raw: dict[str, Any], notes: Notes) -> Document:
        if not raw.keys() & {"text", "data", "label", "labels", "entities"}:
            raise DataError(Problem(where, "a row has neither a text nor labels"))
        text = row.text if row.text is not None else row.data
        convert: Callable[[int], int | None] = _same
        if text is not None and offsets == "utf16" and not is_plain(text):
            convert = from_utf16(text)
            notes[
                "texts have characters of two UTF-16 units, which is how offsets are counted"
            ] += 1
        mentions = []
        for number, entity in enumerate(_entities(row), 1):
            start, end = convert(entity.start_offset), convert(entity.end_offset)
            if start is None or end is None:
                what = f"entity {number} begins or ends within a character, or past the text"
                raise DataError(Problem(where, what, "are its offsets code points?"))
            name = str(number if entity.id is None else entity.id)
            mentions.append(Mention(name, entity.label, start, end))
        links = [Relation(str(r.from_id), r.type, str(r.to_id)) for r in row.relations]
        others = {name: value for name, value in raw.items() if name not in _Row.__struct_fields__}
        return Document(
            id="" if row.id is None else str(row.id),
            text=text,
            mentions=related(where, mentions, links) if links else tuple(mentions),
            meta={**row.meta, **others},
        )

    return read_rows(path, _Row, make, on_error)


def write_doccano(
    documents: Iterable[Document], path: StrPath, *, offsets: Offsets = "utf16"
) -> Lost:
    """Write entities and relations, a document a line, and say what doccano cannot hold."""
    lost: Counter[str] = Counter()
    kept = held(documents, HOLDS | {"links"}, lost)
    numbered = all(_is_number(m.id) for document in kept for m in document.mentions)
    rows = []
    for document in kept:
        count = utf16_offsets(document.text or "") if offsets == "utf16" else ()
        ids = {m.id: int(m.id) if numbered else i for i, m in enumerate(document.mentions, 1)}
        links = [
            {"id": i, "from_id": ids[one.source], "to_id": ids[one.target], "type": one.name}
            for i, one in enumerate(relations_of(document.mentions), 1)
        ]
        entities = [
            {
                "id": ids[mention.id],
                "label": mention.label,
                "start_offset": count[start] if document.text and count else start,
                "end_offset": count[end] if document.text and count else end,
            }
            for mention in document.mentions
            for start, end in mention.place
        ]
        row = {"id": document.id, "text": document.text, "entities": entities, "relations": links}
        rows.append({**row, **({"meta": document.meta} if document.meta else {})})
    write_rows(rows, path)
    return told(lost)


def looks_like(path: Path, head: bytes) -> bool:
    """Whether the first row has labels with offsets, or entities and relations."""
    keys = first_keys(head)
    if "entities" in keys:
        return "relations" in keys or b'"start_offset"' in head
    labelled = keys & {"label", "labels"} and re.search(rb'"labels?"\s*:\s*\[\s*[\[\]]', head)
    return bool(labelled) and not keys & {"tokens", "spans", "mentions"}


def _entities(row: _Row) -> list[_Entity]:
    pairs = [*(row.label or ()), *(row.labels or ())]
    return [*(row.entities or ()), *(_Entity(start, end, label) for start, end, label in pairs)]


def _is_number(name: str) -> bool:
    return name.isascii() and name.isdecimal() and str(int(name)) == name and len(name) < 16


def _same(offset: int) -> int:
    return offset
