"""The counts of many documents, kept compactly: document by document, or as sums."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Generic, NamedTuple, TypeAlias, TypeVar

import msgspec
import numpy as np

from toolkit.columns import Whole
from toolkit.scoring.cells import FIELD_CELLS, MENTION_CELLS, Cells, add

_TYPE = array("I").typecode
"""Of numbers in columns: 32 bits."""

Key = TypeVar("Key", str, tuple[str, str])

Field: TypeAlias = tuple[str, str]
"""A label and one of its fields."""


class Column:
    """Rows of cells, end to end, and the position of the document that each belongs to."""

    __slots__ = ("cells", "documents")

    def __init__(self, documents: Iterable[int] = (), cells: Iterable[int] = ()) -> None:
        self.documents = array("I", documents)
        self.cells = array("I", cells)

    def rows(self, width: int) -> Iterator[tuple[int, Cells]]:
        """Each document's position and its `width` cells."""
        for k, document in enumerate(self.documents):
            yield document, self.cells[k * width : (k + 1) * width].tolist()


class Moments(msgspec.Struct):
    """Sums over documents of each cell, and of the product of any two: what an interval needs.

    `products` is a square matrix, row by row.
    """

    sums: list[int]
    products: list[int]


class Table(Generic[Key]):
    """The cells of every label, or of every field: a column of documents, or their sums.

    `pooled` are the sums of documents whose cells were first added up over all keys.
    """

    def __init__(self, width: int) -> None:
        self.width = width
        self.columns: dict[Key, Column] = {}
        self.folded: dict[Key, Moments] = {}
        self.pooled: Moments | None = None

    def append(self, key: Key, documents: Whole, cells: Whole) -> None:
        """Add one key's cells, a row for each of `documents`, which stand behind all before."""
        column = self.columns.get(key)
        if column is None:
            column = self.columns[key] = Column()
        column.documents.frombytes(documents.astype(_TYPE).tobytes())
        column.cells.frombytes(cells.astype(_TYPE).tobytes())

    def totals(self) -> dict[Key, Cells]:
        """The cells of all documents added up, keys in order."""
        found = {key: moments.sums for key, moments in self.folded.items()}
        for key, column in self.columns.items():
            rows = np.array(column.cells, dtype=np.int64).reshape(-1, self.width)
            cells = rows.sum(axis=0).tolist()
            found[key] = add(found[key], cells) if key in found else cells
        return dict(sorted(found.items()))

    def fold(self, documents: int) -> None:
        """Replace the cells of the first `documents` documents, which are all, by sums."""
        pooled = np.zeros((documents, self.width), dtype=np.int64)
        for key, column in self.columns.items():
            cells = np.array(column.cells, dtype=np.int64).reshape(-1, self.width)
            pooled[np.array(column.documents)] += cells
            self._add(key, _moments(cells))
        self.columns = {}
        if documents:
            self.pooled = _sum(self.pooled, _moments(pooled))

    def extend(self, other: Table[Key], offset: int) -> None:
        """Add another table's documents, `offset` positions further on."""
        for key, column in other.columns.items():
            self.append(key, np.array(column.documents) + offset, np.array(column.cells))
        for key, moments in other.folded.items():
            self._add(key, moments)
        if other.pooled:
            self.pooled = _sum(self.pooled, other.pooled)

    def renumbered(self, rank: Whole) -> Table[Key]:
        """The same with documents at other positions, rows and keys in order."""
        found: Table[Key] = Table(self.width)
        for key, column in sorted(self.columns.items()):
            documents = rank[np.array(column.documents)]
            order = np.argsort(documents)
            cells = np.array(column.cells).reshape(-1, self.width)
            found.append(key, documents[order], cells[order])
        found.folded = dict(sorted(self.folded.items()))
        found.pooled = self.pooled
        return found

    def _add(self, key: Key, moments: Moments) -> None:
        self.folded[key] = _sum(self.folded.get(key), moments)


class Totals(NamedTuple):
    """Cells by label, and by label and field, of all documents added up."""

    mentions: dict[str, Cells]
    fields: dict[Field, Cells]


class Counts:
    """The cells of every label and field in every document.

    Folded documents are kept as sums alone: they take no memory, and are no longer known by name.
    """

    def __init__(self) -> None:
        self.names: list[str] = []
        self.folded = 0
        self.mentions: Table[str] = Table(len(MENTION_CELLS))
        self.fields: Table[Field] = Table(len(FIELD_CELLS))

    def __len__(self) -> int:
        return self.folded + len(self.names)

    def totals(self) -> Totals:
        """The cells of all documents added up."""
        return Totals(self.mentions.totals(), self.fields.totals())

    def fold(self) -> None:
        """Keep the sums of all documents alone."""
        self.mentions.fold(len(self.names))
        self.fields.fold(len(self.names))
        self.folded += len(self.names)
        self.names = []

    def extend(self, other: Counts) -> None:
        """Add the documents of other counts."""
        self.mentions.extend(other.mentions, len(self.names))
        self.fields.extend(other.fields, len(self.names))
        self.names += other.names
        self.folded += other.folded

    def in_order(self) -> Counts:
        """The same with documents by name, however they were added."""
        order = sorted(range(len(self.names)), key=self.names.__getitem__)
        rank = np.empty(len(order), np.int64)
        rank[order] = np.arange(len(order))
        found = Counts()
        found.names = [self.names[document] for document in order]
        found.folded = self.folded
        found.mentions = self.mentions.renumbered(rank)
        found.fields = self.fields.renumbered(rank)
        return found


def _moments(cells: object) -> Moments:
    rows = np.asarray(cells)
    return Moments(rows.sum(axis=0).tolist(), (rows.T @ rows).ravel().tolist())


def _sum(one: Moments | None, other: Moments) -> Moments:
    if one is None:
        return other
    return Moments(add(one.sums, other.sums), add(one.products, other.products))
