"""langextract's JSON Lines: a document a line with its extractions.

{"document_id": "d1", "text": "Ana left", "extractions": [{"extraction_class": "person",
 "extraction_text": "Ana", "char_interval": {"start_pos": 0, "end_pos": 3},
 "alignment_status": "match_exact", "attributes": {"role": "envoy"}}]}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from toolkit.errors import DataError, Problem
from toolkit.formats import StrPath
from toolkit.formats.holding import PARTS, Lost, held, told
from toolkit.formats.native import OnError
from toolkit.formats.rows import Notes, read_rows, write_rows
from toolkit.formats.sniffing import first_keys
from toolkit.grounding.ground import locate_mentions
from toolkit.model import Corpus, Document, Mention

HOLDS = frozenset({"text", "overlaps", "records", "words", "fields", "many"})


class _Interval(msgspec.Struct):
    start_pos: int | None = None
    end_pos: int | None = None


class _Extraction(msgspec.Struct):
    extraction_class: str
    extraction_text: str
    char_interval: _Interval | None = None
    attributes: dict[str, str | list[str]] | None = None
    alignment_status: str | None = None
    extraction_index: int | None = None
    group_index: int | None = None
    description: str | None = None


class _Row(msgspec.Struct):
    text: str | None = None
    document_id: str | None = None
    extractions: list[_Extraction] | None = None


def read_langextract(path: StrPath, *, on_error: OnError = "list") -> Corpus:
    """Documents of annotated texts, attributes as fields.

    A place where the extraction's own words stand is kept. langextract also gives the places of a
    part of the words, or of words that resemble them: those extractions are located anew, and
    where that fails have no place.
    """

    def make(where: str, row: _Row, raw: dict[str, Any], notes: Notes) -> Document:
        if not raw.keys() & {"text", "extractions"}:
            raise DataError(Problem(where, "a row has neither a text nor extractions"))
        mentions = []
        for number, one in enumerate(row.extractions or (), 1):
            start, end = _interval(one)
            mention = Mention(str(number), one.extraction_class, fields=dict(one.attributes or {}))
            stands = row.text is None or row.text[start:end] == one.extraction_text
            if start is not None and stands:
                mention = msgspec.structs.replace(mention, start=start, end=end)
            elif start is not None:
                notes["places are not of the words extracted, which were located anew"] += 1
            mentions.append(msgspec.structs.replace(mention, text=one.extraction_text))
            for name in ("description", "extraction_index", "group_index"):
                notes[f"values of {name} left out"] += getattr(one, name) is not None
        document = Document(row.document_id or "", text=row.text, mentions=tuple(mentions))
        if row.text is not None:
            document = locate_mentions(document, row.text)
        notes["extractions are not in their text"] += sum(
            mention.grounding == "none" for mention in document.mentions
        )
        for name in raw.keys() - set(_Row.__struct_fields__):
            notes[f"values of {name} left out"] += 1
        return document

    return read_rows(path, _Row, make, on_error)


def write_langextract(documents: Iterable[Document], path: StrPath) -> Lost:
    """Write extractions, a document a line, and say what langextract cannot hold.

    Of a discontinuous mention the words are written, and its place is lost.
    """
    lost: Counter[str] = Counter()
    rows = []
    for document in held(documents, HOLDS | {"fragments"}, lost):
        extractions = []
        for mention in document.mentions:
            place = mention.place if len(mention.place) == 1 else ()
            lost[PARTS["fragments"]] += len(mention.place) > 1
            words = mention.text
            if document.text is not None and mention.place:
                words = " … ".join(document.text[start:end] for start, end in mention.place)
            if words is None:
                lost["mentions whose words are not known"] += 1
                continue
            extractions.append(
                {
                    "extraction_class": mention.label,
                    "extraction_text": words,
                    "char_interval": {"start_pos": place[0].start, "end_pos": place[0].end}
                    if place
                    else None,
                    "alignment_status": "match_exact" if place else None,
                    "attributes": mention.fields,
                }
            )
        rows.append({"extractions": extractions, "text": document.text, "document_id": document.id})
    write_rows(rows, path)
    return told(lost)


def looks_like(path: Path, head: bytes) -> bool:
    """Whether the first row has extractions."""
    return "extractions" in first_keys(head)


def _interval(one: _Extraction) -> tuple[int | None, int | None]:
    found = one.char_interval
    if found is None or found.start_pos is None or found.end_pos is None:
        return None, None
    return found.start_pos, found.end_pos
