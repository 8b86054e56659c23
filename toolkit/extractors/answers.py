"""What is asked of an extractor and what it answers, in Python and as JSON.

A question is `{"id": "d1", "text": "..."}`, its answer `{"mentions": [...]}`, with `"meta"` for
what it cost, or `{"error": "why not"}`. With batches, both are lists of these.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeAlias

import msgspec

from toolkit.checking.structure import structure_faults
from toolkit.grounding.ground import locate_mentions
from toolkit.model import Document, Mention


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """An extractor's answer for one text.

    `meta` may hold what is known of its making; the numbers `cost` and `tokens` (by kind) are added
    up over a run. `error` says why there are no mentions. An `id`, where given, must be the
    document's.
    """

    mentions: tuple[Mention, ...] = ()
    meta: dict[str, Any] = {}
    error: str | None = None
    id: str | None = None


Ask: TypeAlias = Callable[[Sequence[Document]], list[Answer]]
"""Documents with texts in, an answer for each out; raises `Failed`."""

Connect: TypeAlias = Callable[[], AbstractContextManager[Ask]]
"""Makes ready to ask, and clears up afterwards; called once for each job."""


class Failed(Exception):
    """An extractor gave no answer that can be used; `meta` is what is known of it all the same."""

    def __init__(self, what: str, meta: dict[str, Any] | None = None) -> None:
        super().__init__(what)
        self.meta = meta or {}


class Transient(Failed):
    """A server's failure that may be gone when asked again, after so many seconds."""

    def __init__(self, what: str, *, after: float | None = None) -> None:
        super().__init__(what)
        self.after = after


class _Question(msgspec.Struct):
    id: str
    text: str | None


def question(documents: Sequence[Document], *, batched: bool) -> bytes:
    """Documents as one line of JSON."""
    asked = [_Question(document.id, document.text) for document in documents]
    return msgspec.json.encode(asked if batched else asked[0]) + b"\n"


def read_question(line: bytes) -> tuple[list[Document], bool]:
    """The documents asked about, and whether they are a batch."""
    asked: _Question | list[_Question] = msgspec.json.decode(line, type=_Question | list[_Question])
    questions = asked if isinstance(asked, list) else [asked]
    return [Document(one.id, text=one.text) for one in questions], isinstance(asked, list)


def read_answers(data: bytes, documents: Sequence[Document], *, batched: bool) -> list[Answer]:
    """An answer for each document."""
    try:
        answers: list[Answer] = (
            msgspec.json.decode(data, type=list[Answer])
            if batched
            else [msgspec.json.decode(data, type=Answer)]
        )
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Failed(f"the answer cannot be read: {error}: {excerpt(data)}") from None
    check_number(len(answers), documents)
    for document, answer in zip(documents, answers, strict=True):
        if answer.id not in (None, document.id):
            raise Failed(f"the answer is for {answer.id!r}, {document.id!r} was asked")
    return answers


def check_number(answers: int, documents: Sequence[Document]) -> None:
    """Refuse a batch of answers that is none for these documents."""
    if answers != len(documents):
        raise Failed(f"{answers} answers for {len(documents)} texts")


def answered(document: Document, answer: Answer) -> Document:
    """A document without its text, with the mentions of an answer that can be used.

    Mentions that were answered in words without offsets are located.
    """
    if answer.error is not None:
        raise Failed(answer.error, answer.meta)
    found = msgspec.structs.replace(document, text=None, mentions=answer.mentions)
    found = locate_mentions(found, document.text or "")
    faults = list(structure_faults(found, document.text))
    if faults:
        more = f" (and {len(faults) - 1} more)" if faults[1:] else ""
        raise Failed(f"the answer cannot be used: {faults[0]}{more}", answer.meta)
    return found


def excerpt(data: bytes, length: int = 120) -> str:
    """The beginning of what came, on one line."""
    words = " ".join(data[: 4 * length].decode("utf-8", "replace").split())
    return words if len(words) <= length else words[:length] + "..."
