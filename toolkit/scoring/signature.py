"""What a score depends on, so that only like is compared with like."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeAlias
from zlib import crc32

import msgspec
import numpy as np

from toolkit.columns import Whole
from toolkit.memory import Memory
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.sides import Side

Bits: TypeAlias = np.ndarray[Any, np.dtype[np.uint64]]


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
        schema = self.schema
        if self.schema_fingerprint:
            schema += f"@{self.schema_version}#{self.schema_fingerprint}"
        return f"toolkit:{self.toolkit}|schema:{schema}|gold:{self.gold}|match:{match or 'overlap'}"


def combine_fingerprints(one: str, other: str) -> str:
    """The fingerprint of two disjoint sets of documents; the order does not matter."""
    return f"{(int(one, 16) + int(other, 16)) % 2**64:016x}"


FINGERPRINTS: Memory[str] = Memory()
"""Fingerprints of corpora: each is taken once."""

_encode = msgspec.msgpack.Encoder(order="deterministic").encode


def fingerprint(gold: Side) -> str:
    """A checksum of what gold documents are called and what their mentions say, in any order.

    A sum of one number for each document and mention, so that it adds up over documents.
    """
    names = [document.id.encode() for document in gold.documents]
    name = np.array([crc32(each) << 32 | crc32(each, 1) for each in names], dtype=np.uint64)
    label = np.array([crc32(each.encode()) for each in gold.labels], dtype=np.uint64)
    start, end = gold.bounds()
    said = name[gold.document]
    for part in (label[gold.label], start, end, _rest(gold)):
        said = _mixed(said + part.astype(np.uint64))
    return f"{(int(_mixed(name).sum()) + int(said.sum())) % 2**64:016x}"


def _rest(gold: Side) -> Whole:
    """A checksum for each mention of what is not in its label and bounds, 0 where that is all."""
    rest = np.zeros(len(gold.mentions), np.int64)
    for k in range(len(rest)) if gold.values else np.flatnonzero(gold.odd).tolist():
        mention = gold.mentions[k]
        if mention.fields or mention.fragments or mention.alternatives or mention.optional:
            said = (mention.fields, mention.fragments, mention.alternatives, mention.optional)
            rest[k] = crc32(_encode(said))
    return rest


def _mixed(numbers: Bits) -> Bits:
    """Each bit of the outcome depends on each bit of the number: the finaliser of splitmix64."""
    numbers = (numbers ^ (numbers >> _BITS[0])) * _FACTORS[0]
    numbers = (numbers ^ (numbers >> _BITS[1])) * _FACTORS[1]
    mixed: Bits = numbers ^ (numbers >> _BITS[2])
    return mixed


_BITS = np.array([30, 27, 31], dtype=np.uint64)
_FACTORS = np.array([0xBF58476D1CE4E5B9, 0x94D049BB133111EB], dtype=np.uint64)


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
