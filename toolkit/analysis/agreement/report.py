"""What measuring agreement leaves: rows, and where people part."""

from __future__ import annotations

import os
from typing import Literal, TypeAlias

import msgspec

from toolkit.errors import DataError, Problem
from toolkit.files import read_bytes, replacing

Measure: TypeAlias = Literal[
    "f1_strict",
    "f1_overlap",
    "f1_end_to_end",
    "f1_given_match",
    "cohen_kappa",
    "fleiss_kappa",
    "krippendorff_alpha",
    "character_alpha",
]

SplitKind: TypeAlias = Literal["presence", "boundary", "label", "value"]


class Row(msgspec.Struct, frozen=True):
    """One measure of a label's places (no field) or of a field's values, with its 95 % interval.

    `annotators` are the two or more compared. `items` are the mentions, values or matched units
    that it rests on, characters for the alpha of characters. Where `value` is `None`, `note` says
    why it is undefined.
    """

    annotators: tuple[str, ...]
    label: str
    field: str | None
    measure: Measure
    value: float | None
    low: float | None
    high: float | None
    items: float
    note: str = ""


class Example(msgspec.Struct, frozen=True):
    """One place where two annotators differ: its words where the text is known, else offsets."""

    document: str
    annotators: tuple[str, str]
    one: str
    other: str


class Split(msgspec.Struct, frozen=True):
    """A decision that people take differently, how often, and where.

    `presence`: only one marked it. `boundary`: another extent. `label`, `value`: `one` and `other`
    were taken for each other, in the order of their names.
    """

    kind: SplitKind
    label: str
    field: str | None
    one: str
    other: str
    times: int
    examples: tuple[Example, ...]


class Apart(msgspec.Struct, frozen=True):
    """A document: strict F1 over all labels, and on how many mentions and values two people differ,
    as a mean over pairs.
    """

    document: str
    f1: float | None
    mentions: float
    values: float


class Agreement(msgspec.Struct, frozen=True):
    """How far annotators agree over the documents that at least two of them did.

    `published` are agreements of other studies, by `label.field`, as the schema notes them.
    """

    annotators: tuple[str, ...]
    documents: int
    schema: str
    rows: tuple[Row, ...]
    published: dict[str, str]
    splits: tuple[Split, ...]
    apart: tuple[Apart, ...]
    notices: tuple[str, ...]

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it as JSON, whole or not at all."""
        with replacing(path) as file:
            file.write(encode(self))


def encode(found: Agreement) -> bytes:
    """Agreement as JSON."""
    return msgspec.json.format(msgspec.json.encode(found), indent=2) + b"\n"


def load_agreement(path: str | os.PathLike[str]) -> Agreement:
    """Agreement from the JSON that `toolkit agreement --format json` writes."""
    try:
        return msgspec.json.decode(read_bytes(path), type=Agreement)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        what = f"no agreement: {str(error).replace('`', chr(39))}"
        hint = "made by: toolkit agreement ... --format json -o FILE"
        raise DataError(Problem(str(path), what, hint)) from None
