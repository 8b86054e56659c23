"""Prodigy's JSON Lines: a task a line with its spans, relations and the annotator's answer.

{"text": "Ana left", "spans": [{"start": 0, "end": 3, "label": "person"}], "answer": "accept"}
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from toolkit.errors import DataError, Problem
from toolkit.formats import StrPath
from toolkit.formats.holding import Lost, held, told
from toolkit.formats.native import OnError
from toolkit.formats.relations import Relation, related, relations_of, without_references
from toolkit.formats.rows import Notes, read_rows, write_rows
from toolkit.formats.sniffing import first_keys
from toolkit.formats.tokens import tokens
from toolkit.model import Corpus, Document, Mention, Value
from toolkit.spans import Span

HOLDS = frozenset(
    {"text", "meta", "overlaps", "fields", "typed", "many", "references", "spans", "scores"}
)


class _Span(msgspec.Struct):
    start: int
    end: int
    label: str
    id: str | int | None = None
    text: str | None = None
    score: float | None = None


class _End(msgspec.Struct):
    start: int
    end: int
    label: str | None = None
    id: str | int | None = None


class _Relation(msgspec.Struct):
    label: str
    head_span: _End | None = None
    child_span: _End | None = None


class _Row(msgspec.Struct):
    text: str | None = None
    spans: list[_Span] | None = None
    relations: list[_Relation] | None = None
    answer: str | None = None
    meta: dict[str, Any] | None = None
    id: str | int | None = None


_ANSWERED = re.compile(rb'"answer"\s*:\s*"(accept|reject|ignore)"')
_OF_SPANS = {"token_start", "token_end", "type", "source", "pattern", "input_hash", "hidden"}
_UNHELD = {
    "tokens",
    "_task_hash",
    "_view_id",
    "_session_id",
    "_annotator_id",
    "_timestamp",
    "options",
}


def read_prodigy(path: StrPath, *, on_error: OnError = "list") -> Corpus:
    """Documents of the tasks that were accepted, or not yet answered; how many were rejected or
    ignored is said.

    A document is named by the task's `id`, else by its `_input_hash`, which is the same wherever
    the text is. A relation is a field of its head that refers to its child.
    """

    def make(where: str, row: _Row, raw: dict[str, Any], notes: Notes) -> Document | None:
        if not raw.keys() & {"text", "spans"}:
            raise DataError(Problem(where, "a task has neither a text nor spans"))
        if row.answer in ("reject", "ignore"):
            notes[f"tasks with the answer {row.answer!r} left out"] += 1
            return None
        if row.answer not in ("accept", None):
            what = f"the answer is {row.answer!r}"
            raise DataError(Problem(where, what, "accept, reject or ignore"))
        notes["tasks whose tokens, hashes, sessions or options are left out"] += bool(
            _UNHELD & raw.keys()
        )
        spans = zip(row.spans or (), raw.get("spans") or (), strict=True)
        mentions = [_mention(str(i), span, data) for i, (span, data) in enumerate(spans, 1)]
        links = list(_links(row, mentions, notes))
        name = row.id if row.id is not None else raw.get("_input_hash")
        return Document(
            id="" if name is None else str(name),
            text=row.text,
            mentions=related(where, mentions, links) if links else tuple(mentions),
            meta=row.meta or {},
        )

    return read_rows(path, _Row, make, on_error, again=True)


def write_prodigy(documents: Iterable[Document], path: StrPath) -> Lost:
    """Write accepted tasks with tokens, and say what Prodigy cannot hold.

    Words and signs are the tokens, parted where mentions begin or end.
    """
    lost: Counter[str] = Counter()
    rows = []
    for document in held(documents, HOLDS | {"other"}, lost):
        mentions = list(document.mentions)
        edges = {offset for mention in mentions for place in mention.place for offset in place}
        parts = list(tokens(document.text or "", edges))
        spans = {mention.id: _span(mention, parts) for mention in mentions}
        links = relations_of(mentions)
        rows.append(
            {
                "text": document.text,
                "id": document.id,
                "tokens": [
                    {"text": (document.text or "")[a:b], "start": a, "end": b, "id": i}
                    for i, (a, b) in enumerate(parts)
                ],
                "spans": list(spans.values()),
                "relations": [_relation(one, spans) for one in links],
                "meta": document.meta,
                "answer": "accept",
            }
        )
    write_rows(rows, path)
    return told(lost)


def looks_like(path: Path, head: bytes) -> bool:
    """Whether the first task has what Prodigy writes."""
    keys = first_keys(head)
    answered = {"text", "answer"} <= keys and bool(_ANSWERED.search(head))
    spans = "spans" in keys and bool({"text", "answer", "tokens"} & keys)
    return "_input_hash" in keys or answered or spans


def _mention(number: str, span: _Span, raw: dict[str, Any]) -> Mention:
    """A span; what else it holds under names of its own are fields."""
    fields: dict[str, Value] = dict(raw.get("fields") or {})
    known = {*_Span.__struct_fields__, *_OF_SPANS, "fields"}
    fields |= {name: value for name, value in raw.items() if name not in known}
    return Mention(
        id=number if span.id is None else str(span.id),
        label=span.label,
        start=span.start,
        end=span.end,
        fields=fields,
        text=span.text,
        score=span.score,
    )


def _links(row: _Row, mentions: list[Mention], notes: Notes) -> Iterable[Relation]:
    """The relations between spans; those of single tokens that are no span have no place here."""
    by_id = {mention.id for mention in mentions}
    by_place = {(m.start, m.end, m.label): m.id for m in reversed(mentions)}
    for relation in row.relations or ():
        ends = []
        for end in (relation.head_span, relation.child_span):
            found = by_place.get((end.start, end.end, end.label or "")) if end else None
            ends.append(str(end.id) if end and str(end.id) in by_id else found)
        if ends[0] is None or ends[1] is None:
            notes["relations of tokens that are no span left out"] += 1
        else:
            yield Relation(ends[0], relation.label, ends[1])


def _span(mention: Mention, parts: list[Span]) -> dict[str, Any]:
    place = mention.place[0]
    first = bisect_right(parts, place.start, key=lambda one: one.end)
    last = bisect_left(parts, place.end, key=lambda one: one.start) - 1
    span: dict[str, Any] = {"start": place.start, "end": place.end, "label": mention.label}
    if first <= last:
        span |= {"token_start": first, "token_end": last}
    if fields := without_references(mention):
        span["fields"] = fields
    if mention.score is not None:
        span["score"] = mention.score
    return {**span, "id": mention.id}


def _relation(relation: Relation, spans: dict[str, dict[str, Any]]) -> dict[str, Any]:
    head, child = spans[relation.source], spans[relation.target]
    return {
        "head": head.get("token_end"),
        "child": child.get("token_end"),
        "label": relation.name,
        "head_span": {name: value for name, value in head.items() if name != "fields"},
        "child_span": {name: value for name, value in child.items() if name != "fields"},
    }
