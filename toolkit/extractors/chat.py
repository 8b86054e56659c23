"""Replies of OpenAI-compatible chat endpoints: what was written, and what it used up."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from toolkit.extractors.answers import Failed, excerpt


class _Message(msgspec.Struct):
    content: str | None = None
    refusal: str | None = None


class _Choice(msgspec.Struct):
    message: _Message
    finish_reason: str | None = None


class _Usage(msgspec.Struct):
    prompt_tokens: int = 0
    completion_tokens: int = 0


class Reply(msgspec.Struct):
    """What a server says; the rest of it is not looked at."""

    choices: list[_Choice]
    usage: _Usage | None = None


def read_reply(data: bytes) -> Reply:
    """A server's words as a reply."""
    try:
        return msgspec.json.decode(data, type=Reply)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Failed(f"no reply of a chat: {error}: {excerpt(data)}") from None


def count(
    reply: Reply, used: Counter[str], meta: dict[str, Any], price: tuple[float, float] | None
) -> None:
    """Add up the tokens of a conversation, and what they cost."""
    if reply.usage is None:
        return
    used.update(prompt=reply.usage.prompt_tokens, completion=reply.usage.completion_tokens)
    meta["tokens"] = dict(used)
    if price:
        meta["cost"] = (price[0] * used["prompt"] + price[1] * used["completion"]) / 1_000_000


def content_of(reply: Reply) -> str:
    """What a model wrote, if it came to its end."""
    if not reply.choices:
        raise Failed("the reply holds no answer")
    choice = reply.choices[0]
    if choice.finish_reason == "length":
        raise Failed("the answer was cut off: it reached the most tokens that it may have")
    if choice.finish_reason == "content_filter" or choice.message.refusal:
        raise Failed(f"the model refused: {choice.message.refusal or 'content filter'}")
    return choice.message.content or ""
