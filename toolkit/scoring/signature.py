"""What a score depends on, so that only like is compared with like."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from operator import attrgetter
from weakref import WeakKeyDictionary

import msgspec

from toolkit.model import Corpus, Document
from toolkit.schema.nouns import LabelSchema


class Signature(msgspec.Struct, frozen=True):
    """What a score depends on. Two scorecards with one signature but for `gold` can be added up.

    `gold` is a fingerprint of the gold documents scored; those of disjoint sets combine into that
    of their union.
    """

    toolkit: str
    schema: str
    schema_version: str
    schema_fingerprint: str
    gold: str
    match: dict[str, str]
    partial_credit: float = 0.5
    averaging: str = "micro over documents; macro over labels with support"

    def __str__(self) -> str:
        match = ",".join(f"{label}={rule}" for label, rule in sorted(self.match.items()))
        schema = f"{self.schema}@{self.schema_version}#{self.schema_fingerprint}"
        return f"toolkit:{self.toolkit}|schema:{schema}|gold:{self.gold}|match:{match or 'overlap'}"


def combine_fingerprints(one: str, other: str) -> str:
    """The fingerprint of two disjoint sets of documents; the order does not matter."""
    return f"{(int(one, 16) + int(other, 16)) % 2**64:016x}"


_id = attrgetter("id")
_encoder = msgspec.msgpack.Encoder(order="deterministic")

_known: WeakKeyDictionary[Corpus, tuple[tuple[Document, ...], str]] = WeakKeyDictionary()
"""Fingerprints of corpora, with the documents they held then: each is taken once."""


def fingerprint(documents: Corpus | Iterable[Document]) -> str:
    """A checksum of gold documents' ids and mentions, in whatever order these stand."""
    if not isinstance(documents, Corpus):
        return _fingerprint(documents)
    taken, found = _known.get(documents, ((), ""))
    if taken is not documents.documents:
        found = _fingerprint(documents)
        _known[documents] = (documents.documents, found)
    return found


def _fingerprint(documents: Iterable[Document]) -> str:
    total = 0
    for document in documents:
        said = _encoder.encode((document.id, sorted(document.mentions, key=_id)))
        total += int.from_bytes(hashlib.sha256(said).digest()[:8], "big")
    return f"{total % 2**64:016x}"


def signature(schema: LabelSchema | None, gold: str) -> Signature:
    """What scoring with `schema` against gold of this fingerprint depends on."""
    labels = schema.labels.values() if schema else ()
    return Signature(
        toolkit=toolkit_version(),
        schema=schema.name if schema else "none",
        schema_version=schema.version if schema else "",
        schema_fingerprint=schema.fingerprint if schema else "",
        gold=gold,
        match={label.name: str(label.match) for label in labels},
    )


@cache
def toolkit_version() -> str:
    """The installed version of the toolkit."""
    try:
        return version("extraction-toolkit")
    except PackageNotFoundError:
        return "0+unknown"
