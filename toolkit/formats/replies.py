"""Replies of servers of language models, as they were saved: what the model wrote is taken out.

Those of OpenAI's chat completions, responses and batches, of the many servers that speak like them,
and of Anthropic's messages.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

REPLIES = (
    {"choices", "model"},
    {"custom_id", "response"},
    {"output", "model"},
    {"content", "model", "role"},
)
"""Keys that each kind of reply has."""


class Reply(NamedTuple):
    """What a model wrote, each piece as text or as JSON; `lost` says what of a reply was not."""

    pieces: list[Any]
    lost: str = ""


def opened(found: Any) -> Reply | None:
    """What is in a reply; `None` for what is no reply.

    Of several choices the first is taken. What a tool was called with goes before words.
    """
    if not isinstance(found, dict):
        return None
    if isinstance(found.get("response"), dict) or found.get("error"):
        return _of_batch(found)
    for key, pieces in (("choices", _of_chat), ("output", _of_output), ("content", _of_content)):
        if isinstance(found.get(key), list):
            calls: list[Any] = []
            words: list[str] = []
            for is_call, piece in pieces(found[key]):
                (calls if is_call else words).append(piece)
            others = len(found[key]) - 1 if key == "choices" else 0
            lost = f"is the first of {others + 1} choices, the others are left out"
            return Reply(calls or ["".join(words)], lost if others > 0 else "")
    return None


def document_of(row: dict[str, Any]) -> Any:
    """The id of the document that a line belongs to; a reply's own id is another one."""
    for key in ("document_id", "custom_id"):
        if key in row:
            return row[key]
    return None if "answer" not in row and opened(row) else row.get("id")


def _of_batch(row: dict[str, Any]) -> Reply | None:
    response = row.get("response")
    body = response.get("body") if isinstance(response, dict) else None
    error = row.get("error") or (body.get("error") if isinstance(body, dict) else None)
    if error:
        said = error.get("message") if isinstance(error, dict) else error
        return Reply([], f"is an error: {' '.join(str(said).split())[:200]}")
    return opened(body)


_Pieces = Iterator[tuple[bool, Any]]


def _of_chat(choices: list[Any]) -> _Pieces:
    message = _get(choices[0] if choices else None, "message")
    for call in (*_list(message, "tool_calls"), {"function": _get(message, "function_call")}):
        if (arguments := _get(_get(call, "function"), "arguments")) is not None:
            yield True, arguments
    content = _get(message, "content")
    if isinstance(content, str):
        yield False, content
    yield from _of_content(_list(message, "content"))


def _of_output(output: list[Any]) -> _Pieces:
    for item in output:
        if _get(item, "type") == "function_call" and "arguments" in item:
            yield True, item["arguments"]
        yield from _of_content(_list(item, "content"))


def _of_content(content: list[Any]) -> _Pieces:
    for part in content:
        if _get(part, "type") == "tool_use" and "input" in part:
            yield True, part["input"]
        elif isinstance(_get(part, "text"), str):
            yield False, part["text"]


def _get(found: Any, key: str) -> Any:
    return found.get(key) if isinstance(found, dict) else None


def _list(found: Any, key: str) -> list[Any]:
    value = _get(found, key)
    return value if isinstance(value, list) else []
