"""The gold and predicted mentions of a batch of documents, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from toolkit.columns import Columns, Mask, Values, Whole
from toolkit.model import Document, Mention
from toolkit.scoring.plan import Plan
from toolkit.spans import Place, Span, length

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
    have the same list of `labels`. `odd` are those that have more to them than an id, a label,
    start and end, and fields.
    """

    documents: Sequence[Document]
    labels: list[str]
    mentions: list[Mention]
    document: Whole
    label: Whole
    places: Places
    odd: Mask
    values: dict[str, Values]

    @property
    def size(self) -> Whole:
        """The code points of each mention's own place, 0 for records."""
        return self._own(self.places.size)

    def bounds(self) -> tuple[Whole, Whole]:
        """First and last offset of each mention's own place, 0 for records."""
        return self._own(self.places.start), self._own(self.places.end)

    def _own(self, of_places: Whole) -> Whole:
        if np.array_equal(self.places.owner, np.arange(len(self.mentions))):
            return of_places
        found = np.zeros(len(self.mentions), np.int64)
        found[self.places.owner[::-1]] = of_places[::-1]  # its own place comes before alternatives
        return found


def sides(gold: Columns, predicted: Columns, plan: Plan) -> tuple[Side, Side]:
    """Both sides of a batch, whose documents belong together by position."""
    labels = sorted({*gold.labels, *predicted.labels})
    return _side(gold, labels, plan, is_gold=True), _side(predicted, labels, plan, is_gold=False)


def _side(columns: Columns, labels: list[str], plan: Plan, *, is_gold: bool) -> Side:
    number = {label: position for position, label in enumerate(labels)}
    label = np.array([number[name] for name in columns.labels], dtype=np.int64)
    return Side(
        columns.documents,
        labels,
        columns.mentions,
        columns.document,
        label[columns.label] if len(label) else columns.label,
        _places(columns, plan, is_gold=is_gold),
        columns.odd,
        columns.values,
    )


def _places(columns: Columns, plan: Plan, *, is_gold: bool) -> Places:
    """Their places; what predictions would leave open is left unread."""
    odd = [columns.mentions[k] for k in np.flatnonzero(columns.odd).tolist()]
    if plan.records or any(each.start is None or (is_gold and each.alternatives) for each in odd):
        return _listed_places(columns.mentions, plan, is_gold=is_gold)
    start, end = columns.start, columns.end
    return Places(np.arange(len(start)), start, end, end - start, {})


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
