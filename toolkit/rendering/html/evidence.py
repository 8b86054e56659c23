"""What stands behind the numbers: every mention and value with what became of it, by document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from toolkit.columns import NO_DOCUMENT, columns
from toolkit.errors import MismatchError, Problem
from toolkit.model import Corpus, Document, Mention
from toolkit.rendering.html.plain import (
    FIELDS,
    PLACE,
    Mentions,
    Offsets,
    offsets,
    plain,
    plain_meta,
)
from toolkit.schema.load import schema_of
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring import cells
from toolkit.scoring.alignment import Alignment, Tier
from toolkit.scoring.compare import Judgement
from toolkit.scoring.count import count
from toolkit.scoring.count_fields import Judged, judge_unmatched
from toolkit.scoring.counts import Counts
from toolkit.scoring.plan import Plan
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.signature import combine_fingerprints, fingerprint
from toolkit.scoring.views import MENTION_VIEWS

OUTCOMES = ("correct", "partial", "incorrect", "missing", "spurious")

OPTIONAL, MISSED, ADDED, HALF = 0, 6, 7, 8
"""Codes of mentions beside the tiers of the alignment; `HALF` is added for IoU of at least 0.5."""

BATCH = 500
"""Documents that are aligned at once."""


Row: TypeAlias = tuple[str, int, int, tuple[Any, ...]]
"""A value that was judged: its field, the outcome by number, 1 where its mention is unmatched, and
what gold and predictions say. Values that are right have no row.
"""


class Item(NamedTuple):
    """A gold mention, a predicted one, or both, by position in their document (-1 is none), the
    code of what became of them, and the values of their fields that were judged.
    """

    gold: int
    predicted: int
    code: int
    values: list[Row]


def outcomes_by_view() -> dict[str, list[str]]:
    """For each view of mentions what becomes of a code, as the tables count it."""
    counted = {
        Tier.EXACT: cells.EXACT,
        Tier.MATCHED: cells.MATCHED,
        Tier.OVERLAPPING: cells.OVERLAPPING,
        Tier.RELABELLED: cells.RELABELLED_GOLD,
        Tier.CROSSED: cells.CROSSED_GOLD,
        MISSED: cells.MISSING,
        ADDED: cells.SPURIOUS,
    }
    found = {}
    for view, parts_of in MENTION_VIEWS.items():
        if view == "characters":
            continue
        found[view] = [""] * (ADDED + HALF + 1)
        for code, cell in counted.items():
            for half in (0, HALF):
                unit = [0] * len(cells.MENTION_CELLS)
                unit[cell] = 1
                unit[cells.IOU_HALF] = int(bool(half) and code in (Tier.MATCHED, Tier.OVERLAPPING))
                parts = parts_of(unit)
                counts = (parts.correct, parts.partial, 0, parts.missing, parts.spurious)
                found[view][code + half] = OUTCOMES[counts.index(1) if 1 in counts else 2]
    return found


class Evidence:
    """Gold and the predictions of each system, aligned as they were scored.

    `right` says for each system which gold mentions, whose labels are `gold_labels`, were found
    exactly; `ranked` gives the score of each prediction and whether it is exactly right.

    Raises `MismatchError` where they are not those that a scorecard counted.
    """

    def __init__(
        self,
        cards: Mapping[str, Scorecard],
        gold: Corpus,
        predicted: Mapping[str, Corpus],
        schema: LabelSchema | None = None,
    ) -> None:
        self._plan = Plan(schema_of(gold, schema), gold.entities)
        self._golds = {document.id: document for document in gold}
        self._sides = [{d.id: d for d in predicted[name]} for name in cards]
        self.names = sorted(self._golds)
        self.mentions = Mentions()
        self.gold_labels = [m.label for name in self.names for m in self._golds[name].mentions]
        self.right: list[list[bool]] = []
        self.ranked: list[list[tuple[float | None, bool]]] = []
        self._verify(cards)

    def _verify(self, cards: Mapping[str, Scorecard]) -> None:
        for (name, card), side in zip(cards.items(), self._sides, strict=True):
            counts, total = Counts(), "0"
            right: list[bool] = []
            ranked: list[tuple[float | None, bool]] = []
            for batch in self._batches(self.names):
                alignment, _ = self._count(batch, side, counts)
                total = combine_fingerprints(total, fingerprint(alignment.gold))
                exact = alignment.pairs.at(alignment.pairs.tier == Tier.EXACT)
                ours, theirs = set(exact.rows.tolist()), set(exact.columns.tolist())
                right += [i in ours for i in range(len(alignment.gold.mentions))]
                found = enumerate(alignment.predicted.mentions)
                ranked += [(mention.score, j in theirs) for j, mention in found]
            self.right.append(right)
            self.ranked.append(ranked)
            for what, same in (
                ("gold", total == card.signature.gold),
                ("predictions", counts.totals() == card.totals()),
            ):
                if not same:
                    said = f"these are not the {what} that the scorecard was made from"
                    raise MismatchError(Problem(name, said, "score again"))

    def documents(self, names: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Each of the documents named, with its text, mentions and items, as plain JSON.

        What a prediction shares with its gold mention, place or fields, is given as the position of
        that, and values that are right are left out: a reader has them from the gold mention.
        """
        for batch in self._batches(names):
            found = [self._items(batch, side) for side in self._sides]
            for k, name in enumerate(batch):
                document = self._golds[name]
                convert = offsets(document.text)
                gold = [self.mentions.plain(each, convert) for each in document.mentions]
                others = [side.get(name, NO_DOCUMENT) for side in self._sides]
                predicted = [
                    [self.mentions.plain(each, convert) for each in other.mentions]
                    for other in others
                ]
                for rows, items_ in zip(predicted, found, strict=True):
                    _share(gold, rows, items_[k])
                yield {
                    "text": document.text,
                    "meta": plain_meta(document.meta),
                    "gold": gold,
                    "predicted": predicted,
                    "items": [[self._plain_item(each, convert) for each in of[k]] for of in found],
                }

    def _plain_item(self, item: Item, convert: Offsets) -> list[Any]:
        values = [
            [self.mentions.fields(name), *rest, *(plain(value, convert) for value in said)]
            for name, *rest, said in item.values
        ]
        return [item.gold, item.predicted, item.code, *([values] if values else [])]

    def _batches(self, names: Sequence[str]) -> Iterator[Sequence[str]]:
        return (names[start : start + BATCH] for start in range(0, len(names), BATCH))

    def _count(
        self, batch: Sequence[str], side: Mapping[str, Document], counts: Counts
    ) -> tuple[Alignment, Judged]:
        gold = columns(self._golds[name] for name in batch)
        predicted = columns(side.get(name, NO_DOCUMENT) for name in batch)
        return count(gold, predicted, self._plan, counts, Counter())

    def _items(self, batch: Sequence[str], side: Mapping[str, Document]) -> list[list[Item]]:
        alignment, values = self._count(batch, side, Counts())
        return items(alignment, values, self._plan)


def items(alignment: Alignment, values: Judged, plan: Plan) -> list[list[Item]]:
    """Everything in an alignment, by document: each mention once."""
    gold, predicted, pairs = alignment.gold, alignment.predicted, alignment.pairs
    found: list[list[Item]] = [[] for _ in gold.documents]
    here, there = _positions(gold.documents), _positions(predicted.documents)
    by_gold: dict[int, Item] = {}
    half = 3 * pairs.shared >= pairs.size + pairs.other_size
    for i, j, tier, near in zip(
        pairs.rows.tolist(), pairs.columns.tolist(), pairs.tier.tolist(), half.tolist(), strict=True
    ):
        one, other = gold.mentions[i], predicted.mentions[j]
        matched = tier <= Tier.MATCHED
        said = [] if matched else [*_alone(one, plan), *_alone(None, plan, other)]
        by_gold[i] = Item(here[i], there[j], tier + HALF * near, said)
        found[gold.document[i]].append(by_gold[i])
    for i in alignment.missing.tolist():
        said = [*_alone(gold.mentions[i], plan)]
        found[gold.document[i]].append(Item(here[i], -1, MISSED, said))
    for i in alignment.left_out.tolist():
        found[gold.document[i]].append(Item(here[i], -1, OPTIONAL, []))
    for j in alignment.spurious.tolist():
        said = [*_alone(None, plan, predicted.mentions[j])]
        found[predicted.document[j]].append(Item(-1, there[j], ADDED, said))
    for i, _, field, judged in values:
        by_gold[i].values.append(_row(field, judged, unmatched=False))
    for each in found:
        each.sort(key=lambda item: (item.gold < 0, item.gold, item.predicted))
    return found


def _positions(documents: Sequence[Document]) -> list[int]:
    return [position for document in documents for position in range(len(document.mentions))]


def _alone(gold: Mention | None, plan: Plan, predicted: Mention | None = None) -> Iterator[Row]:
    """Every value of a mention without a matched counterpart: missing, or spurious."""
    mention = gold or predicted
    if mention is not None and mention.fields:
        for field, judged in judge_unmatched(mention, plan, on_gold_side=gold is not None):
            yield _row(field, judged, unmatched=True)


def _row(field: str, judged: Judgement, *, unmatched: bool) -> Row:
    outcome = OUTCOMES.index(judged.outcome)
    return field, outcome, int(unmatched), (judged.gold, judged.predicted)


def _share(gold: list[list[Any]], predicted: list[list[Any]], found: list[Item]) -> None:
    """Put the position of the gold mention for what a prediction has in common with it."""
    for item in found:
        if item.gold >= 0 and item.predicted >= 0:
            one, other = gold[item.gold], predicted[item.predicted]
            if one[PLACE] == other[PLACE]:
                other[PLACE] = item.gold
            if len(one) > FIELDS and len(other) > FIELDS and one[FIELDS] == other[FIELDS]:
                other[FIELDS] = item.gold
