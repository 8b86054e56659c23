"""Which errors a scorecard holds: by kind, by document, by confused values, by example."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, get_args

from toolkit.model import Grounding
from toolkit.scoring.cells import (
    CROSSED_GOLD,
    FIELD_CELLS,
    MATCHED,
    MENTION_CELLS,
    MISSING,
    OVERLAPPING,
    RELABELLED_GOLD,
    SPURIOUS,
    Outcome,
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

WAYS: tuple[Grounding, ...] = get_args(Grounding)

OUTCOMES: tuple[Outcome, ...] = ("correct", "partial", "incorrect", "spurious")
"""What becomes of a predicted mention, strictly."""

HALLUCINATED = "hallucinated"
"""What is spurious and says words that are not in the text, where mentions came as words."""


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

    Where the words of mentions were located in texts, those that are not there are `HALLUCINATED`,
    and `spurious` is the rest.
    """
    found = {
        label: {kind: sum(cells[cell] for cell in KINDS[kind]) for kind in KINDS}
        for label, cells in card.totals().mentions.items()
    }
    if card.groundings:
        for label, errors in found.items():
            errors[HALLUCINATED] = card.groundings[label, "none", "spurious"]
            errors["spurious"] -= errors[HALLUCINATED]
    return found


def kinds_of(card: Scorecard) -> list[str]:
    """The kinds of a scorecard's taxonomy."""
    return [*KINDS, HALLUCINATED] if card.groundings else [*KINDS]


class Grounded(NamedTuple):
    """Mentions of a label whose words were found in one way, and what became of them."""

    label: str
    grounding: Grounding
    mentions: int
    correct: int
    partial: int
    incorrect: int
    spurious: int


def groundings(card: Scorecard) -> list[Grounded]:
    """How the words of each label's predicted mentions were found in the text, the surest way
    first; nothing where mentions came with offsets.
    """
    found = []
    for label in sorted({label for label, _, _ in card.groundings}):
        for way in WAYS:
            counts = [card.groundings[label, way, outcome] for outcome in OUTCOMES]
            if any(counts):
                found.append(Grounded(label, way, sum(counts), *counts))
    return found


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
    """A few verdicts of each kind, label and field, from different documents where there are
    any.
    """
    for group in _groups(card, by_field=True):
        yield from group[:each]


def few_examples(card: Scorecard, each: int = 2, most: int = 40) -> list[Verdict]:
    """A few verdicts of each kind and label, at most `most`; each kind has one before any has
    two.
    """
    groups = _groups(card, by_field=False)
    turns = [(turn, k) for k, group in enumerate(groups) for turn in range(len(group[:each]))]
    return [groups[k][turn] for k, turn in sorted((k, turn) for turn, k in sorted(turns)[:most])]


def _groups(card: Scorecard, *, by_field: bool) -> list[list[Verdict]]:
    """Verdicts of one label and kind each, those first that stand in documents of their own."""
    groups: dict[tuple[object, ...], list[Verdict]] = {}
    for verdict in card.verdicts:
        if verdict.kind != "unmatched":
            field = (verdict.field or "") if by_field else verdict.field is not None
            name = (verdict.label, field, verdict.kind, verdict.outcome)
            groups.setdefault(name, []).append(verdict)
    return [_spread(group) for _, group in sorted(groups.items())]


def _spread(group: list[Verdict]) -> list[Verdict]:
    firsts = {verdict.document: verdict for verdict in reversed(group)}
    return sorted(group, key=lambda verdict: firsts[verdict.document] is not verdict)
