"""Answers of language models: the JSON that `toolkit schema json-schema` asks for, with words of
the text in place of offsets.

{"mentions": [{"id": "s1", "label": "speaker", "text": ["Ana Roke"], "fields": {"role": "envoy"}}]}
"""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from toolkit.errors import DataError, Problem, abridged
from toolkit.files import read_text
from toolkit.formats import StrPath
from toolkit.formats.holding import PARTS, Lost, held, told
from toolkit.formats.jsonfile import decode
from toolkit.formats.native import OnError, parts
from toolkit.formats.replies import REPLIES, document_of, opened
from toolkit.formats.rows import Notes, gather, write_rows
from toolkit.formats.salvage import Answer, find_answer, json_or_none, mentions_in
from toolkit.formats.sniffing import first_keys
from toolkit.formats.texts import read_texts
from toolkit.grounding.ground import ELLIPSIS, ground
from toolkit.model import Corpus, Document, Mention, Value, values
from toolkit.schema.load import load_schema
from toolkit.schema.nouns import Field, LabelSchema
from toolkit.spans import value_place

HOLDS = frozenset(PARTS) - {"text", "checksums", "meta", "scores", "groundings", "alternatives"}

_ANSWERS = (".json", ".txt", ".md")


def read_llm(
    path: StrPath,
    *,
    texts: StrPath | Iterable[Document] | None = None,
    schema: StrPath | LabelSchema | None = None,
    on_error: OnError = "list",
) -> Corpus:
    """Documents of a folder with an answer a file, named by its document, of one such file, or of
    JSON Lines with `{"id": "d1", "answer": ...}`, the answer as it was written or as JSON.

    An answer may be the whole reply of a server (see `toolkit.formats.replies`), a line that of a
    batch. It may stand between fences or prose, and may be cut off: what could be read is read, and
    what was lost is said. The mentions are located in the `texts`. The `schema` tells which fields
    are references and which are quotations; without it they stay words.
    """
    rules = schema if schema is None or isinstance(schema, LabelSchema) else load_schema(schema)
    notes: Notes = Notes()
    lost: list[Problem] = []

    def documents() -> Iterator[tuple[str, Document | DataError]]:
        for where, name, answer in _answers(path):
            if isinstance(answer, DataError):
                yield where, answer
                continue
            found = answer_mentions(where, answer, rules, lost)
            if found is not None:
                yield where, Document(name, mentions=found)

    corpus = _gathered(path, documents(), notes, on_error, lost)
    corpus.notices += tuple(map(str, abridged(lost)))
    if texts is None:
        return corpus
    known = read_texts(texts) if isinstance(texts, str | os.PathLike) else texts
    by_id = {document.id: document for document in known if document.text is not None}
    corpus.documents = tuple(_with_text(document, by_id) for document in corpus)
    return ground(corpus)


def write_llm(
    documents: Iterable[Document], path: StrPath, *, schema: LabelSchema | None = None
) -> Lost:
    """Write `{"id": ..., "answer": {"mentions": [...]}}` a line, words in place of offsets, and say
    what is lost. With a `schema` each mention has all of its label's fields, absent ones `null`.
    """
    lost: Counter[str] = Counter()
    rows = []
    for document in held(documents, HOLDS | {"other"}, lost):
        mentions = []
        for mention in document.mentions:
            words = _quoted(mention.place, document.text)
            if mention.text is not None and not words:
                words = mention.text.split(ELLIPSIS)
            if mention.place and not words:
                lost["mentions whose words are not known"] += 1
                continue
            fields = {k: _answered(v, document.text) for k, v in mention.fields.items()}
            label = schema.labels.get(mention.label) if schema else None
            for name, field in label.fields.items() if label else ():
                fields[name] = _as_asked(fields.get(name), field)
            mentions.append(
                {"id": mention.id, "label": mention.label, "text": words, "fields": fields}
            )
        rows.append({"id": document.id, "answer": {"mentions": mentions}})
    write_rows(rows, path)
    return told(lost)


def looks_like(path: Path, head: bytes) -> bool:
    """Whether it begins as an answer, or as lines of answers."""
    keys = first_keys(head)
    if not keys:
        return b"```" in head[:2000] and b"mentions" in head
    if any(signs <= keys for signs in REPLIES):
        return True
    if "answer" in keys:
        return bool({"id", "document_id"} & keys) and not {"text", "spans", "tokens"} & keys
    listed = {"label", "text"} <= keys and re.search(rb'"text"\s*:\s*\[\s*["\]]', head)
    return ("mentions" in keys and "id" not in keys) or bool(listed)


def _gathered(
    path: StrPath,
    found: Iterable[tuple[str, Document | DataError]],
    notes: Notes,
    on_error: OnError,
    lost: list[Problem],
) -> Corpus:
    """The corpus; where no answer at all could be read, what was lost of each is the fault."""
    try:
        return gather(path, found, notes, on_error)
    except DataError as error:
        if not lost:
            raise
        raise DataError([*error.problems, *abridged(lost)]) from None


def _answers(path: StrPath) -> Iterator[tuple[str, str, Any]]:
    """Each answer with its place and document: words as they were written, JSON, or a fault."""
    target = Path(path)
    if target.suffix != ".jsonl":
        files = [target]
        if target.is_dir():
            files = sorted(file for file in target.iterdir() if file.suffix in _ANSWERS)
        for file in files:
            try:
                yield f"{file}:1", file.stem, read_text(file)
            except DataError as error:
                yield f"{file}:1", file.stem, error
        return
    for where, data in parts(path):
        try:
            row = decode(where, data)
            name = document_of(row) if isinstance(row, dict) else None
            if not isinstance(name, str | int):
                what = "a line needs the id of its document"
                raise DataError(Problem(where, what, '{"id": "d1", "answer": ...}'))
            yield where, str(name), row.get("answer", row)
        except DataError as error:
            yield where, "", error


def answer_mentions(
    where: str, answer: Any, schema: LabelSchema | None, lost: list[Problem]
) -> tuple[Mention, ...] | None:
    """An answer's mentions, without those that are no mention; `None` where it cannot be read."""
    items, faults = _items(answer)
    lost += [Problem(where, f"the answer {fault}") for fault in faults]
    if items is None:
        lost.append(Problem(where, "no JSON with mentions in the answer, which is left out"))
        return None
    mentions: dict[str, Mention] = {}
    for number, item in enumerate(items, 1):
        mention = _mention(item, number, schema)
        if isinstance(mention, str):
            lost.append(Problem(where, f"mention {number} is left out: {mention}"))
            continue
        if mention.id in mentions:
            lost.append(Problem(where, f"mention {number} has the id {mention.id!r} of another"))
            mention = msgspec.structs.replace(mention, id=f"{mention.id}#{number}")
        mentions[mention.id] = mention
    return tuple(mentions.values())


def _items(answer: Any) -> tuple[list[Any] | None, list[str]]:
    """The mentions in all pieces of an answer, as they were written, and what is wrong with it."""
    reply = opened(json_or_none(answer) if isinstance(answer, str) else answer)
    faults = [reply.lost] if reply and reply.lost else []
    items: list[Any] | None = None
    for piece in reply.pieces if reply else [answer]:
        found = find_answer(piece) if isinstance(piece, str) else Answer(mentions_in(piece))
        if found and found.lost:
            faults.append(found.lost)
        if found and found.mentions is not None:
            items = [*(items or ()), *found.mentions]
    return items, faults


def _mention(item: Any, number: int, schema: LabelSchema | None) -> Mention | str:
    """A mention, or what is wrong with it."""
    if not isinstance(item, dict):
        return f"{type(item).__name__} where an object is needed"
    name, label, text = item.get("id"), item.get("label"), item.get("text")
    if not isinstance(label, str) or not label:
        return "it has no label"
    words = _joined(text)
    if text is not None and words is None:
        return "its text is no list of quotations"
    fields = item.get("fields") or {}
    if not isinstance(fields, dict):
        return "its fields are no object"
    known = schema.labels[label].fields if schema and label in schema.labels else {}
    return Mention(
        id=str(name) if isinstance(name, str | int) and name != "" else str(number),
        label=label,
        fields={k: _field_value(v, known.get(k)) for k, v in fields.items() if v is not None},
        text=words or None,
    )


def _joined(text: Any) -> str | None:
    """The quotations of one mention, as our `text` has them."""
    if isinstance(text, str):
        return text
    if isinstance(text, list) and all(isinstance(piece, str) for piece in text):
        return ELLIPSIS.join(piece for piece in text if piece.strip())
    return None


def _field_value(value: Any, field: Field | None) -> Value:
    """A value in the form that we have for the field's type."""
    kind = field.type if field else ""
    if kind == "ref":
        refs = [{"ref": item} if isinstance(item, str) else item for item in values(value)]
        return refs if isinstance(value, list) else refs[0]
    if kind == "span" and field:
        if field.many and isinstance(value, list):
            return [_quotation(item) for item in value]
        return _quotation(value)
    return value  # type: ignore[no-any-return]


def _quotation(value: Any) -> Value:
    words = _joined(value)
    return {"text": words} if words else value


def _with_text(document: Document, texts: dict[str, Document]) -> Document:
    """A document with its text and the checksum of it."""
    found = texts.get(document.id)
    if found is None or found.text is None:
        return document
    checksum = found.text_sha256 or hashlib.sha256(found.text.encode()).hexdigest()
    return msgspec.structs.replace(document, text=found.text, text_sha256=checksum)


def _quoted(place: Iterable[tuple[int, int]], text: str | None) -> list[str]:
    return [] if text is None else [text[start:end] for start, end in place]


def _answered(value: Value, text: str | None) -> Value:
    """A field's value as an answer has it: ids for references, words for spans."""
    if isinstance(value, list):
        return [_answered(item, text) for item in value]
    if isinstance(value, dict) and isinstance(value.get("ref"), str):
        return str(value["ref"])
    place = value_place(value) if isinstance(value, dict) else None
    if place:
        return list(_quoted(place, text))
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        return list(value["text"].split(ELLIPSIS))
    return value


def _as_asked(value: Value, field: Field) -> Value:
    """A value in the form that the schema asks for: a list where there may be several."""
    if not field.many:
        return value
    several = isinstance(value, list) and (
        field.type != "span" or not value or isinstance(value[0], list)
    )
    return value if several else [] if value is None else [value]
