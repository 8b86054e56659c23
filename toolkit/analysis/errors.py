"""Which errors a scorecard holds: by kind, by document, by confused values, by example."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.scoring.scorecard import Scorecard, Verdict

KINDS = ("boundary", "label", "label+boundary", "missed", "spurious")
"""The error taxonomy of mentions: every mention that is not exactly right is one of these, once."""


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


def taxonomy(card: Scorecard) -> dict[str, Counter[str]]:
    """Errors of each label's mentions by kind; what is spurious counts under the label that was
    given.
    """
    found: dict[str, Counter[str]] = {label: Counter() for label in sorted(card.totals().mentions)}
    for verdict in card.verdicts:
        if verdict.field is None:
            found[verdict.label][verdict.kind] += 1
    return found


def confusions(card: Scorecard) -> list[Confusion]:
    """Labels, and values of choice fields, taken for one another; the most frequent first."""
    rows = [Confusion(*row) for row in card.confusion]
    wrong = [row for row in rows if row.gold != row.predicted and row.gold and row.predicted]
    return sorted(wrong, key=lambda row: (-row.times, row))


def worst_documents(card: Scorecard, most: int = 10) -> list[DocumentErrors]:
    """The documents with the most errors; values of unmatched mentions count with the mention, not
    again.
    """
    mentions: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    for verdict in card.verdicts:
        if verdict.kind != "unmatched":
            (mentions if verdict.field is None else fields)[verdict.document] += 1
    names = mentions.keys() | fields.keys()
    found = [DocumentErrors(name, mentions[name], fields[name]) for name in names]
    return sorted(found, key=lambda row: (-row.total, row.document))[:most]


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
