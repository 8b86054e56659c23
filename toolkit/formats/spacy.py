"""spaCy's DocBin: one `.spacy` file with the documents' tokens, entities and groups of spans.

The file does not name its documents, so they are numbered: document-1, document-2.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from toolkit.errors import DataError, Problem
from toolkit.files import read_bytes, replacing
from toolkit.formats import StrPath
from toolkit.formats.extras import need
from toolkit.formats.holding import Lost, held_if, need_texts, told
from toolkit.formats.native import OnError
from toolkit.model import Corpus, Document, Mention

HOLDS = frozenset({"text", "overlaps"})

EXTRA = "spacy"

_GROUP = "sc"
"""spaCy's own default for the group of spans that may overlap."""

_PIECE = 2**20
_MOST, _MOST_TIMES = 2**24, 100
"""Bytes that any file may unpack to, and that it may for each of its own; few can be made to unpack
without end.
"""


def looks_like(path: Path, head: bytes) -> bool:
    """Whether the file unpacks to the keys of a DocBin."""
    try:
        start = zlib.decompressobj().decompress(head, 4096)
    except zlib.error:
        return False
    return b"attrs" in start and b"tokens" in start


def read_spacy(path: StrPath, *, on_error: OnError = "list") -> Corpus:
    """Documents of a `.spacy` file. Entities and the spans of all groups are mentions; one of a
    group that is not `sc` says so in the field `group`.
    """
    spacy = need("spacy", EXTRA)
    skipped: Counter[str] = Counter()
    data = read_bytes(path)
    _refuse_bomb(data, path)
    try:
        bin_ = spacy.tokens.DocBin().from_bytes(data)
        docs = list(bin_.get_docs(spacy.blank("xx").vocab))
        documents = [_document(doc, number, skipped) for number, doc in enumerate(docs, 1)]
    except Exception as error:  # spaCy and its decoder raise whatever they trip over
        what = " ".join(str(error).split())[:200] or type(error).__name__
        raise DataError(Problem(str(path), f"is no DocBin that can be read: {what}")) from None
    if not documents:
        raise DataError(Problem(str(path), "holds no document"))
    notices = (f"{path}: {count} {what}" for what, count in skipped.items() if count)
    return Corpus(documents, source=str(path), files=(str(path),), notices=tuple(notices))


def write_spacy(documents: Iterable[Document], path: StrPath) -> Lost:
    """Write a `.spacy` file: entities where no two mentions of a document overlap, else spans in
    the group `sc`. Tokens are those of spaCy's tokenizer for no language in particular; mentions
    that do not begin and end with one are left out.
    """
    documents = list(documents)
    need_texts(documents, "DocBin")
    spacy = need("spacy", EXTRA)
    lost: Counter[str] = Counter()
    lost["document ids, replaced by numbers"] += len(documents)
    pipeline = spacy.blank("xx")
    bin_ = spacy.tokens.DocBin()
    for document in documents:
        pipeline.max_length = max(pipeline.max_length, len(document.text or "") + 1)
        doc = pipeline.make_doc(document.text or "")
        what = "mentions that do not begin and end with a token"
        held = held_if(document, HOLDS, lost, partial(_span, doc), what)
        spans = [_span(doc, mention) for mention in held.mentions]
        ends = sorted((span.start, span.end) for span in spans)
        if any(after[0] < before[1] for before, after in pairwise(ends)):
            doc.spans[_GROUP] = spans
        else:
            doc.set_ents(spans)
        bin_.add(doc)
    with replacing(path) as file:
        file.write(bin_.to_bytes())
    return told(lost)


def _span(doc: Any, mention: Mention) -> Any:
    return doc.char_span(*mention.place[0], label=mention.label)


def _document(doc: Any, number: int, skipped: Counter[str]) -> Document:
    mentions = []
    for group, spans in [("", doc.ents), *doc.spans.items()]:
        for at, span in enumerate(spans, 1):
            fields = {"group": group} if group not in ("", _GROUP) else {}
            fields |= {
                name: value for name, value in (("kb_id", span.kb_id_), ("id", span.id_)) if value
            }
            if span.label_ and span.start_char < span.end_char:
                id_ = f"{group or 'ent'}-{at}"
                place = (span.start_char, span.end_char)
                mentions.append(Mention(id_, span.label_, *place, fields=fields))
            else:
                skipped["spans without a label or of no text are left out"] += 1
    skipped["documents have categories, which are left out"] += bool(doc.cats)
    return Document(f"document-{number}", text=doc.text, mentions=tuple(mentions))


def _refuse_bomb(data: bytes, path: StrPath) -> None:
    """Refuse what unpacks to far more than any text does; a piece at a time, for it may be long."""
    unpack, size, rest = zlib.decompressobj(), 0, data
    most = max(_MOST, _MOST_TIMES * len(data))
    try:
        while rest and size <= most:
            size += len(unpack.decompress(rest, _PIECE))
            rest = unpack.unconsumed_tail
    except zlib.error as error:
        raise DataError(Problem(str(path), f"is no DocBin: {error}")) from None
    if size > most:
        what = f"{len(data)} bytes that unpack to more than {most}"
        raise DataError(Problem(str(path), what, "no DocBin of texts does"))
    if not unpack.eof:
        raise DataError(Problem(str(path), "is cut off"))
