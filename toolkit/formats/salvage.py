"""The JSON in what a language model wrote: between fences or prose, whole or cut off."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from toolkit.files import BOM

_FENCE = re.compile(r"```[\w-]*[ \t]*\r?\n(.*?)(?:```|\Z)", re.DOTALL)
_MENTIONS = re.compile(r'"mentions"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_STARTS = 20
"""So many brackets of the prose are tried for the beginning of an answer."""

_decoder = json.JSONDecoder()


class Answer(NamedTuple):
    """The mentions of an answer, as they were written; `lost` says what of it could not be read."""

    mentions: list[Any] | None
    lost: str = ""


def find_answer(written: str) -> Answer | None:
    """The mentions in an answer; `None` where it holds none."""
    written = written.removeprefix(BOM)
    candidates = [written, *(found[1] for found in _FENCE.finditer(written))]
    for candidate in candidates:
        if (whole := _decoded(candidate.strip())) is not None:
            return Answer(whole)
    for candidate in reversed(candidates):
        for start in [found.start() for found in re.finditer(r"[{\[]", candidate)][:_STARTS]:
            if (whole := _decoded(candidate[start:], prefix=True)) is not None:
                return Answer(whole)
    return _cut_off(candidates[-1]) or _cut_off(written)


def json_or_none(text: str) -> Any:
    """What a text is as JSON; `None` where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def mentions_in(found: Any) -> list[Any] | None:
    """The list of mentions in a decoded answer, which some models give bare."""
    if isinstance(found, dict):
        found = found.get("mentions")
        return found if isinstance(found, list) else None
    if not isinstance(found, list) or not found:
        return None
    return found if all(isinstance(o, dict) and "label" in o for o in found) else None


def _decoded(text: str, *, prefix: bool = False) -> list[Any] | None:
    try:
        found = _decoder.raw_decode(text)[0] if prefix else json.loads(text)
    except (ValueError, RecursionError):
        return None
    return [] if found == [] and not prefix else mentions_in(found)


def _cut_off(text: str) -> Answer | None:
    """The whole mentions before the place where an answer ends or breaks."""
    found = _MENTIONS.search(text) or re.search(r"\[", text)
    if found is None:
        return None
    mentions: list[Any] = []
    at = found.end()
    while True:
        gap = _BETWEEN.match(text, at)
        at = gap.end() if gap else at
        try:
            mention, at = _decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        mentions.append(mention)
    if not mentions and not found[0].startswith('"mentions"'):
        return None
    rest = text[at:].strip()
    closed = rest.startswith("]")
    where = (
        "breaks off after its mentions" if closed else f"breaks off after mention {len(mentions)}"
    )
    what = f", and {len(rest)} characters are lost" if rest and not closed else ""
    return Answer(mentions, where + what)
