"""What documents hold that a format cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal, TypeAlias

from toolkit.model import Document, Mention, values

Aspect: TypeAlias = Literal[
    "texts",
    "checksums of texts",
    "metadata of documents",
    "documents without mentions",
    "mentions without a place",
    "discontinuous mentions",
    "ids of mentions",
    "scores",
    "groundings",
    "references",
    "field values",
    "alternatives",
    "marks of optional mentions",
]
"""What a format may hold or not, in the words of a message."""


def losses(documents: Iterable[Document], holds: set[Aspect]) -> Counter[str]:
    """What a format that only `holds` these aspects loses of the documents, with how many."""
    lost: Counter[str] = Counter()
    for document in documents:
        lost.update(aspect for aspect in _of_document(document) if aspect not in holds)
        for mention in document.mentions:
            lost.update(aspect for aspect in _of_mention(mention) if aspect not in holds)
    return lost


def _of_document(document: Document) -> Iterator[Aspect]:
    if document.text is not None:
        yield "texts"
    if document.text_sha256 is not None:
        yield "checksums of texts"
    if document.meta:
        yield "metadata of documents"
    if not document.mentions:
        yield "documents without mentions"


def _of_mention(mention: Mention) -> Iterator[Aspect]:
    yield "ids of mentions"
    if not mention.place:
        yield "mentions without a place"
    if len(mention.place) > 1:
        yield "discontinuous mentions"
    if mention.score is not None:
        yield "scores"
    if mention.grounding is not None:
        yield "groundings"
    if mention.alternatives:
        yield "alternatives"
    if mention.optional:
        yield "marks of optional mentions"
    for value in mention.fields.values():
        for item in values(value):
            yield "references" if is_reference(item) else "field values"


def is_reference(item: object) -> bool:
    """Whether a field's value points at a mention."""
    return isinstance(item, dict) and item.keys() == {"ref"} and isinstance(item["ref"], str)


def is_continuous(mention: Mention) -> bool:
    """Whether a mention is one stretch of text, as most formats want it."""
    return len(mention.place) == 1
