"""A language model behind any OpenAI-compatible endpoint, asked after the schema.

What the model answers is checked as any prediction is, and words that are not in the text get no
place: a text that talks the model into something gains nothing but a wrong or failed answer.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import msgspec

from toolkit.checking.rules import rule_faults
from toolkit.errors import DataError, Problem
from toolkit.extractors.answers import Answer, Ask, Failed, Transient
from toolkit.extractors.attempts import attempted
from toolkit.extractors.chat import content_of, count, read_reply
from toolkit.extractors.endpoint import client, post
from toolkit.extractors.prompt import complaint, instructions, response_format
from toolkit.formats.llm import answer_mentions
from toolkit.grounding.ground import locate_mentions
from toolkit.model import Document, Mention
from toolkit.schema.nouns import LabelSchema

OPENAI = "https://api.openai.com/v1"

REPAIRS = 1
"""How often a model is told what is wrong with its answer and asked for another."""


@contextmanager
def asking(
    *,
    schema: LabelSchema | None = None,
    model: str | None = None,
    base_url: str | None = None,
    structured: Literal["json_schema", "json_object", "none"] = "json_schema",
    max_tokens: int | None = None,
    temperature: float | None = None,
    price: tuple[float, float] | None = None,
    timeout: float,
    retries: int,
) -> Iterator[Ask]:
    """Asks a model for the mentions of a text.

    The key is taken from `OPENAI_API_KEY` and nowhere kept; `base_url` is `OPENAI_BASE_URL` where
    it is not given. `price` is that of a million tokens of prompt and of answer.
    """
    if schema is None or model is None:
        missing = "schema" if schema is None else "model"
        raise DataError(Problem("extractor 'llm'", f"needs a {missing}", f"--{missing}"))
    url, key = _server(base_url)
    asked: dict[str, Any] = {
        "model": model,
        "max_tokens": max_tokens,
        "temperature": temperature,
        "response_format": response_format(schema, structured),
    }
    asked = {name: value for name, value in asked.items() if value is not None}
    system = instructions(schema, with_json_schema=structured != "json_schema")
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    with client(timeout, headers) as session:

        def send(messages: list[dict[str, str]]) -> tuple[bytes, int]:
            body = msgspec.json.encode({**asked, "messages": messages})
            try:
                return attempted(lambda: post(session, url, body, timeout), retries, on=Transient)
            except (DataError, Failed) as error:
                raise _without(key, error) from None

        def ask(documents: Sequence[Document]) -> list[Answer]:
            (document,) = documents
            return [_converse(send, system, document, schema, price)]

        yield ask


def _server(base_url: str | None) -> tuple[str, str]:
    """The address for questions, and the key, which may be empty where the server is one's own."""
    base = (base_url or os.environ.get("OPENAI_BASE_URL") or OPENAI).rstrip("/")
    key = os.environ.get("OPENAI_API_KEY", "").strip()
    if not key.isascii():
        raise DataError(Problem("OPENAI_API_KEY", "holds letters that no key has"))
    if base == OPENAI and not key:
        raise DataError(Problem("OPENAI_API_KEY", "is not set", "or name a server, --base-url"))
    return f"{base}/chat/completions", key


def _converse(
    send: Callable[[list[dict[str, str]]], tuple[bytes, int]],
    system: str,
    document: Document,
    schema: LabelSchema,
    price: tuple[float, float] | None,
) -> Answer:
    """Ask, and ask again where the answer cannot be used; what was used up is said even so."""
    messages = [
        {"role": "system", "content": system},
        {"role": "user", "content": document.text or ""},
    ]
    meta: dict[str, Any] = {"posts": 0}
    used: Counter[str] = Counter()
    for turn in range(REPAIRS + 1):
        try:
            data, posts = send(messages)
            meta["posts"] += posts
            reply = read_reply(data)
            count(reply, used, meta, price)
            content = content_of(reply)
        except Failed as error:
            raise Failed(str(error), meta) from None
        mentions, unreadable, off_schema = _judged(content, document, schema)
        if not unreadable and (not off_schema or turn == REPAIRS):
            return Answer(mentions, {**meta, "off_schema": off_schema} if off_schema else meta)
        messages += [
            {"role": "assistant", "content": content},
            {"role": "user", "content": complaint(unreadable + off_schema)},
        ]
    raise Failed("; ".join(unreadable[:3]), meta)


def _judged(
    content: str, document: Document, schema: LabelSchema
) -> tuple[tuple[Mention, ...], list[str], list[str]]:
    """The mentions of an answer, what of it cannot be read, and what breaks the schema."""
    unreadable: list[Problem] = []
    found = answer_mentions("answer", content, schema, unreadable) or ()
    placed = locate_mentions(msgspec.structs.replace(document, mentions=found), document.text or "")
    off_schema = [
        ": ".join(filter(None, (fault.mention, fault.what, fault.hint)))
        for fault in rule_faults(placed, schema)
    ]
    return placed.mentions, [fault.what for fault in unreadable], off_schema


def _without(key: str, error: DataError | Failed) -> DataError | Failed:
    """An error that does not repeat the key, as some servers do."""
    if not key or key not in str(error):
        return error
    if isinstance(error, DataError):
        return DataError(
            [Problem(*(part.replace(key, "[key]") for part in one)) for one in error.problems]
        )
    return Failed(str(error).replace(key, "[key]"), error.meta)
