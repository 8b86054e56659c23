"""What a score depends on, so that only like is compared with like."""

from __future__ import annotations

import msgspec


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
