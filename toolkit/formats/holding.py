"""What a format can hold of documents, and what is left of a document that is written in it.

A writer names the parts that its format holds; `held` takes all else out and counts it, so that a
writer only ever meets what it can write. Some finer parts are no column of the table: `"flags"`,
fields that are true, `"numbers"`, single numbers, `"links"`, several references where other values
are single, and `"other"`, values of no known kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias, TypeGuard

import msgspec

from toolkit.errors import DataError, Problem, abridged
from toolkit.model import Document, Mention
from toolkit.spans import value_place

Lost: TypeAlias = list[tuple[str, int]]
"""What a file does not hold, in words, and how many of it there were."""

PARTS = {
    "text": "texts",
    "checksums": "checksums of texts",
    "meta": "values of meta",
    "overlaps": "mentions that overlap another one",
    "fragments": "discontinuous mentions",
    "records": "mentions without a place",
    "words": "words of mentions without a place",
    "relations": "relations",
    "fields": "field values",
    "typed": "numbers and booleans, written as text",
    "many": "field values after the first",
    "references": "references",
    "spans": "span values",
    "scores": "scores",
    "groundings": "groundings",
    "alternatives": "alternatives and marks of optional mentions",
}
"""The parts of documents, and what they are called where they are lost."""

# Of no use in a file: they say that there is no value.
_EMPTY = "empty values"


def held(
    documents: Iterable[Document], holds: frozenset[str], lost: Counter[str]
) -> list[Document]:
    """The documents without what the format cannot hold, which is counted in `lost`."""
    return [_held(document, holds, lost) for document in documents]


def held_if(
    document: Document,
    holds: frozenset[str],
    lost: Counter[str],
    writable: Callable[[Mention], object],
    what: str,
) -> Document:
    """As `held`, and without mentions that are not `writable`, nor references to them."""
    while True:
        document = _held(document, holds, lost)
        kept = tuple(mention for mention in document.mentions if writable(mention))
        if len(kept) == len(document.mentions):
            return document
        lost[what] += len(document.mentions) - len(kept)
        document = msgspec.structs.replace(document, mentions=kept)


def need_texts(documents: Iterable[Document], form: str) -> None:
    """Refuse documents without a text, which the format cannot do without."""
    problems = [
        Problem(document.id, f"has no text, and {form} holds mentions with their text", hint)
        for hint in ["name the folder of texts with --texts"]
        for document in documents
        if document.text is None
    ]
    if problems:
        raise DataError(abridged(problems))


def numbered(document: Document, ids: dict[str, str]) -> Document:
    """The document with other mention ids, in its references too."""
    mentions = [
        msgspec.structs.replace(
            mention,
            id=ids.get(mention.id, mention.id),
            fields={name: _renamed(value, ids) for name, value in mention.fields.items()},
        )
        for mention in document.mentions
    ]
    return msgspec.structs.replace(document, mentions=tuple(mentions))


def _renamed(value: Any, ids: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_renamed(one, ids) for one in value]
    return {"ref": ids.get(value["ref"], value["ref"])} if is_reference(value) else value


def is_reference(value: Any) -> TypeGuard[dict[str, str]]:
    """Whether a field's value refers to a mention."""
    return isinstance(value, dict) and isinstance(value.get("ref"), str)


def as_text(value: Any) -> str:
    """A number or a boolean as it is written where only text can be held."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _held(document: Document, holds: frozenset[str], lost: Counter[str]) -> Document:
    kept = []
    for mention in document.mentions:
        part = {0: "records", 1: ""}.get(len(mention.place), "fragments")
        if part and part not in holds and not (part == "records" and "relations" in holds):
            lost[PARTS[part]] += 1
        else:
            kept.append(mention)
    known = {mention.id for mention in kept}
    mentions = tuple(
        _held_mention(mention, known, holds, lost, document.text is not None) for mention in kept
    )
    meta = document.meta
    if "meta" not in holds:
        lost[PARTS["meta"]] += len(meta)
        meta = {}
    checksum = document.text_sha256
    if checksum is not None and "checksums" not in holds:
        # The checksum of a text that stands in the file can be made anew.
        lost[PARTS["checksums"]] += document.text is None or "text" not in holds
        checksum = None
    return msgspec.structs.replace(document, mentions=mentions, meta=meta, text_sha256=checksum)


def _held_mention(
    mention: Mention, known: set[str], holds: frozenset[str], lost: Counter[str], has_text: bool
) -> Mention:
    fields = {}
    for name, value in mention.fields.items():
        lost[_EMPTY] += value == []
        values = _held_values(value, known, holds, lost)
        several = "links" in holds and all(map(is_reference, values))
        if len(values) > 1 and "many" not in holds and not several:
            lost[PARTS["many"]] += len(values) - 1
            values = values[:1]
        if values:
            fields[name] = values if len(values) > 1 else values[0]
    changed: dict[str, Any] = {"fields": fields}
    if "words" not in holds and mention.text is not None:
        # Words that stand at their place in a text need not be said twice.
        lost[PARTS["words"]] += not (has_text and mention.place)
        changed["text"] = None
    if "groundings" not in holds and mention.grounding is not None:
        lost[PARTS["groundings"]] += 1
        changed["grounding"] = None
    if "scores" not in holds and mention.score is not None:
        lost[PARTS["scores"]] += 1
        changed["score"] = None
    if "alternatives" not in holds:
        lost[PARTS["alternatives"]] += len(mention.alternatives) + mention.optional
        changed |= {"alternatives": (), "optional": False}
    return msgspec.structs.replace(mention, **changed)


def _held_values(
    value: Any, known: set[str], holds: frozenset[str], lost: Counter[str]
) -> list[Any]:
    """The values of a field that can be held, each as it is written."""
    kept: list[Any] = []
    for one in value if isinstance(value, list) else [value]:
        part = _part(one)
        if one is None or one == "":
            lost[_EMPTY] += 1
        elif part == "references" and part in holds:
            if one["ref"] in known:
                kept.append(one)
            else:
                lost["references to mentions that are left out"] += 1
        elif "fields" not in holds:
            lost[PARTS["fields"]] += 1
        elif part not in holds and part != "typed":
            lost[PARTS.get(part, "values of no known kind")] += 1
        elif part == "typed" and part not in holds and not _is_held(one, value, holds):
            lost[PARTS[part]] += 1
            kept.append(as_text(one))
        else:
            kept.append(one)
    return kept


def _is_held(one: bool | int | float, value: Any, holds: frozenset[str]) -> bool:
    """Whether a format that has no numbers and booleans in general can hold this one."""
    if isinstance(one, bool):
        return one and "flags" in holds
    return "numbers" in holds and not isinstance(value, list)


def _part(value: Any) -> str:
    if isinstance(value, str):
        return "fields"
    if isinstance(value, int | float):
        return "typed"
    if is_reference(value):
        return "references"
    return "spans" if value_place(value) is not None else "other"


def told(lost: Counter[str]) -> Lost:
    """What was lost, without what there was none of."""
    return [(what, count) for what, count in lost.items() if count]
