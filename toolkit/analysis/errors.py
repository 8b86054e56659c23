"""Which errors a scorecard holds: by kind, by document, by confused values, by example."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from toolkit.scoring.cells import (
    CROSSED_GOLD,
    FIELD_CELLS,
    MATCHED,
    MENTION_CELLS,
    MISSING,
    OVERLAPPING,
    RELABELLED_GOLD,
    SPURIOUS,
)
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.verdicts import Verdict
from toolkit.scoring.views import field_given_match

KINDS: dict[str, tuple[int, ...]] = {
    "boundary": (MATCHED, OVERLAPPING),
    "label": (RELABELLED_GOLD,),
    "label+boundary": (CROSSED_GOLD,),
    "missed": (MISSING,),
    "spurious": (SPURIOUS,),
}
"""The error taxonomy of mentions: every mention that is not exactly right is one of these, once.

With the cells that count each.
"""


class Confusion(NamedTuple):
    """How often `gold` was answered by `predicted`; an empty name is no mention at all."""

    label: str
    field: str
    gold: str
    predicted: str
    times: int


class DocumentErrors(NamedTuple):
    """A document's errors in mentions and in the fields of matched ones."""

    document: str
    mentions: int
    fields: int

    @property
    def total(self) -> int:
        """All of its errors."""
        return self.mentions + self.fields


def taxonomy(card: Scorecard) -> dict[str, dict[str, int]]:
    """Errors of each label's mentions by kind; what is spurious counts under the label that was
    given.
    """
    return {
        label: {kind: sum(cells[cell] for cell in KINDS[kind]) for kind in KINDS}
        for label, cells in card.totals().mentions.items()
    }


def confusions(card: Scorecard) -> list[Confusion]:
    """Labels, and values of choice fields, taken for one another; the most frequent first."""
    rows = [Confusion(*row) for row in card.confusion]
    wrong = [row for row in rows if row.gold != row.predicted and row.gold and row.predicted]
    return sorted(wrong, key=lambda row: (-row.times, row))


def worst_documents(card: Scorecard, most: int = 10) -> list[DocumentErrors]:
    """The documents with the most errors; values of unmatched mentions count with the mention, not
    again. None where documents are not kept.
    """
    names = card.counts.names
    mentions, fields = [0] * len(names), [0] * len(names)
    wrong = [cell for cells in KINDS.values() for cell in cells]
    for column in card.counts.mentions.columns.values():
        for document, cells in column.rows(len(MENTION_CELLS)):
            mentions[document] += sum(cells[cell] for cell in wrong)
    for column in card.counts.fields.columns.values():
        for document, cells in column.rows(len(FIELD_CELLS)):
            fields[document] += sum(field_given_match(cells)[1:])
    found = map(DocumentErrors, names, mentions, fields)
    worst = sorted(found, key=lambda row: (-row.total, row.document))
    return [row for row in worst[:most] if row.total]


def examples(card: Scorecard, each: int = 2) -> Iterator[Verdict]:
    """A few verdicts of each kind and label, from different documents where there are any."""
    groups: dict[tuple[str, str, str, str], list[Verdict]] = {}
    for verdict in card.verdicts:
        if verdict.kind != "unmatched":
            name = (verdict.label, verdict.field or "", verdict.kind, verdict.outcome)
            groups.setdefault(name, []).append(verdict)
    for _, group in sorted(groups.items()):
        firsts = {verdict.document: verdict for verdict in reversed(group)}
        ordered = sorted(group, key=lambda v: firsts[v.document] is not v)
        yield from ordered[:each]
