"""The mentions of many documents as columns, so that work on all of them is done at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, islice
from operator import itemgetter
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from toolkit.memory import Memory
from toolkit.model import Corpus, Document, Mention, Value

Whole: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Real: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Mask: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]
Objects: TypeAlias = np.ndarray[Any, np.dtype[np.object_]]

NOWHERE = -1
"""Start and end of a mention that has none."""

FAR = 2**40
"""Stands for all offsets that are larger: no text is so long."""

NO_DOCUMENT = Document(id="")
"""Stands where there is none."""


class Values(NamedTuple):
    """What each mention has in one field: the value, whether there is one, and of which types all
    are.
    """

    value: Objects
    there: Mask
    types: frozenset[type]

    def at(self, positions: Whole | slice) -> Values:
        """Those of some mentions."""
        return self._replace(value=self.value[positions], there=self.there[positions])


class Columns(NamedTuple):
    """The mentions of some documents, document after document.

    `first` is the position of each document's first mention, and of an end after the last.
    `document` is each mention's document and `label` its label, both by position; `odd` are those
    that have more to them than an id, a label, start and end, and fields.
    """

    documents: Sequence[Document]
    labels: list[str]
    mentions: list[Mention]
    first: Whole
    document: Whole
    label: Whole
    start: Whole
    end: Whole
    odd: Mask
    values: dict[str, Values]

    def at(self, positions: Whole) -> Columns:
        """Those of some documents, in the order given; -1 is a document that is not there."""
        first = self.first[positions]
        size = np.where(positions >= 0, self.first[positions + 1] - first, 0)
        document = np.repeat(np.arange(len(positions)), size)
        documents = [self.documents[k] if k >= 0 else NO_DOCUMENT for k in positions.tolist()]
        here: Any = np.arange(len(document)) + np.repeat(first - np.cumsum(size) + size, size)
        if len(here) and here[-1] - here[0] == len(here) - 1 and (np.diff(here) == 1).all():
            here = slice(int(here[0]), int(here[-1]) + 1)
            mentions = self.mentions[here]
        else:
            mentions = list(map(self.mentions.__getitem__, here.tolist()))
        return Columns(
            documents,
            self.labels,
            mentions,
            np.concatenate(([0], np.cumsum(size))),
            document,
            self.label[here],
            self.start[here],
            self.end[here],
            self.odd[here],
            {name: column.at(here) for name, column in self.values.items()},
        )


_known: Memory[Columns] = Memory()

STRETCH = 250
"""Documents whose mentions are read together, few enough to be in the processor's cache still."""


def columns(documents: Corpus | Iterable[Document]) -> Columns:
    """The columns of documents, read off as they come; those of a corpus are made once, and kept
    with it.
    """
    found = _known.recall(documents)
    if found is None:
        found = _made(iter(documents))
        _known.keep(documents, found)
    return found


def _made(coming: Iterator[Document]) -> Columns:
    documents: list[Document] = []
    mentions: list[Mention] = []
    fields: list[dict[str, Value]] = []
    number: defaultdict[str, int] = defaultdict(count().__next__)
    parts = [_read([], number)]
    while stretch := list(islice(coming, STRETCH)):
        read = list(chain.from_iterable([document.mentions for document in stretch]))
        parts.append(_read(read, number))
        documents += stretch
        mentions += read
        fields += [mention.fields for mention in read]
    label, start, end, odd = map(np.concatenate, zip(*parts, strict=True))
    labels = sorted(number)
    place = {name: position for position, name in enumerate(labels)}
    order = np.array([place[name] for name in number], dtype=np.int64)
    label = order[label] if labels else label
    sizes = np.array([len(document.mentions) for document in documents], dtype=np.int64)
    return Columns(
        documents,
        labels,
        mentions,
        np.concatenate(([0], np.cumsum(sizes))),
        np.repeat(np.arange(len(documents)), sizes),
        label,
        start,
        end,
        odd,
        _values(fields, label) if any(fields) else {},
    )


# Comprehensions, for they read an attribute in half the time that `map(attrgetter(...))` takes.


def _read(mentions: list[Mention], number: dict[str, int]) -> tuple[Whole, Whole, Whole, Mask]:
    """Label, start, end and oddness of some mentions."""
    label = np.array([number[mention.label] for mention in mentions], dtype=np.int64)
    try:
        start = np.array([mention.start for mention in mentions], dtype=np.int64)
        end = np.array([mention.end for mention in mentions], dtype=np.int64)
    except (TypeError, OverflowError):
        start = np.array([_offset(mention.start) for mention in mentions], dtype=np.int64)
        end = np.array([_offset(mention.end) for mention in mentions], dtype=np.int64)
    odd = start == NOWHERE
    odd[
        [
            position
            for position, mention in enumerate(mentions)
            if mention.text is not None
            or mention.score is not None
            or mention.grounding is not None
            or mention.fragments
            or mention.alternatives
            or mention.optional
        ]
    ] = True
    return label, start, end, odd


def _values(fields: list[dict[str, Value]], label: Whole) -> dict[str, Values]:
    """A column for each field, read label by label, for those of one label mostly have the same."""
    found: dict[str, Objects] = {}
    for positions in grouped(label, int(label.max()) + 1):
        here = [fields[k] for k in positions.tolist()]
        for name, column in zip(*_columns_of(here), strict=True):
            if name not in found:
                found[name] = np.full(len(fields), None, dtype=object)
            found[name][positions] = np.fromiter(column, object, len(here))
    return {name: _described(column) for name, column in sorted(found.items())}


def _columns_of(fields: list[dict[str, Value]]) -> tuple[list[str], Iterable[Iterable[Value]]]:
    names = sorted(set().union(*fields))
    try:
        # one name more than there are, for a single one would not come as a tuple
        rows = list(map(itemgetter(*names, names[0]), fields)) if names else []
    except KeyError:  # not all have all
        return names, [[each.get(name) for each in fields] for name in names]
    return names, list(zip(*rows, strict=True))[: len(names)]


def _described(column: Objects) -> Values:
    types = list(map(type, column.tolist()))
    there = np.array([each is not _NONE for each in types], dtype=bool)
    return Values(column, there, frozenset(types) - {_NONE})


_NONE = type(None)


def _offset(offset: int | None) -> int:
    return NOWHERE if offset is None else max(-FAR, min(offset, FAR))


def grouped(numbers: Whole, count: int) -> list[Whole]:
    """For each of the numbers below `count` the positions, in order, at which it stands."""
    order = np.argsort(numbers, kind="stable")
    return np.split(order, np.searchsorted(numbers[order], np.arange(1, count)))[:count]
