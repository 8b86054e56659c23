"""One side of a batch of documents as columns, so that work on many mentions is done at once."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from toolkit.model import Document, Mention, Value
from toolkit.scoring.plan import Plan
from toolkit.spans import Place, Span, length

Whole: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Real: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Mask: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]

SPARE = 20_000
"""Places of a table that cost less than sorting saves."""


class Places(NamedTuple):
    """Places of mentions: whose each is, its first and last offset, the code points it covers.

    A mention may have several, its own first and then those of its alternatives; a record has none.
    `broken` holds the fragments of those that have gaps.
    """

    owner: Whole
    start: Whole
    end: Whole
    size: Whole
    broken: dict[int, Place]

    def place(self, position: int) -> Place:
        """One of the places, fragment by fragment."""
        whole = (Span(int(self.start[position]), int(self.end[position])),)
        return self.broken.get(position, whole)


class Side(NamedTuple):
    """The mentions of a batch on one side, document after document.

    `document` is each one's document and `label` its label, both by position; both sides of a batch
    have the same list of `labels`.
    """

    documents: Sequence[Document]
    labels: list[str]
    mentions: list[Mention]
    fields: list[dict[str, Value]]
    document: Whole
    label: Whole
    places: Places

    @property
    def size(self) -> Whole:
        """The code points of each mention's own place, 0 for records."""
        return self._own(self.places.size)

    def bounds(self) -> tuple[Whole, Whole]:
        """First and last offset of each mention's own place, 0 for records."""
        return self._own(self.places.start), self._own(self.places.end)

    def _own(self, of_places: Whole) -> Whole:
        found = np.zeros(len(self.mentions), np.int64)
        found[self.places.owner[::-1]] = of_places[::-1]  # its own place comes before alternatives
        return found


def sides(gold: Sequence[Document], predicted: Sequence[Document], plan: Plan) -> tuple[Side, Side]:
    """The columns of both sides of a batch; what belongs together stands at one position."""
    ours = list(chain.from_iterable([document.mentions for document in gold]))
    theirs = list(chain.from_iterable([document.mentions for document in predicted]))
    names, other_names = [mention.label for mention in ours], [mention.label for mention in theirs]
    labels = sorted({*names, *other_names})
    return (
        _side(gold, ours, names, labels, plan, is_gold=True),
        _side(predicted, theirs, other_names, labels, plan, is_gold=False),
    )


# Comprehensions, for they read an attribute in half the time that `map(attrgetter(...))` takes.


def _side(
    documents: Sequence[Document],
    mentions: list[Mention],
    names: list[str],
    labels: list[str],
    plan: Plan,
    *,
    is_gold: bool,
) -> Side:
    number = {label: position for position, label in enumerate(labels)}
    sizes = [len(document.mentions) for document in documents]
    return Side(
        documents,
        labels,
        mentions,
        [mention.fields for mention in mentions],
        np.repeat(np.arange(len(documents)), sizes),
        np.array(list(map(number.__getitem__, names)), dtype=np.int64),
        _places(mentions, plan, is_gold=is_gold),
    )


def _places(mentions: list[Mention], plan: Plan, *, is_gold: bool) -> Places:
    """Their places; what predictions would leave open is left unread."""
    if plan.records or (is_gold and [mention for mention in mentions if mention.alternatives]):
        return _listed_places(mentions, plan, is_gold=is_gold)
    try:
        start = np.array([mention.start for mention in mentions], dtype=np.int64)
        end = np.array([mention.end for mention in mentions], dtype=np.int64)
    except TypeError:  # a discontinuous mention, or a record
        return _listed_places(mentions, plan, is_gold=is_gold)
    return Places(np.arange(len(mentions)), start, end, end - start, {})


def _listed_places(mentions: list[Mention], plan: Plan, *, is_gold: bool) -> Places:
    rows: list[tuple[int, int, int, int]] = []
    broken: dict[int, Place] = {}
    for owner, mention in enumerate(mentions):
        if mention.label in plan.records:
            continue
        others = mention.alternatives if is_gold else ()
        for place in (mention.place, *(other.place for other in others)):
            if len(place) > 1:
                broken[len(rows)] = place
            if place:
                rows.append((owner, place[0].start, place[-1].end, length(place)))
    columns = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return Places(columns[0], columns[1], columns[2], columns[3], broken)


def numbered(names: Whole) -> tuple[Whole, Whole]:
    """The different ones of some whole numbers, in order, and which of them stands at each place.

    What `numpy.unique` gives, without sorting where the numbers are not much larger than many.
    """
    if not len(names) or int(names.max()) > 4 * len(names) + SPARE:
        return np.unique(names, return_inverse=True)
    found = np.flatnonzero(np.bincount(names))
    table = np.zeros(int(names.max()) + 1, np.int64)
    table[found] = np.arange(len(found))
    return found, table[names]


def grouped(numbers: Whole, count: int) -> list[Whole]:
    """For each of the numbers below `count` the positions, in order, at which it stands."""
    order = np.argsort(numbers, kind="stable")
    return np.split(order, np.searchsorted(numbers[order], np.arange(1, count)))[:count]
