"""One alignment of a document's gold and predicted mentions; every number is read off it.

One to one and globally optimal by this order of objectives: most pairs of tier 1, then of tier 2,
and so on, then the greatest total overlap (IoU in millionths), then the most agreeing field values.
Remaining ties go by content, so no result depends on the order of the input.

    tier 1  EXACT       same label, same place
    tier 2  MATCHED     same label, the label's match rule is met
    tier 3  OVERLAPPING same label, sharing at least one character
    tier 4  RELABELLED  same place, other label
    tier 5  CROSSED     sharing at least one character, other label

Records, which have no place or whose label says `match: none`, pair with records of their own label
by their fields: those that agree in full first (EXACT), then the most agreeing values (MATCHED).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from enum import IntEnum
from typing import NamedTuple, TypeAlias

import msgspec

from toolkit.model import Mention
from toolkit.schema.nouns import Match
from toolkit.scoring.assign import Edges, assign
from toolkit.spans import Place, iou


class Tier(IntEnum):
    """How well two aligned mentions agree in label and place."""

    EXACT = 1
    MATCHED = 2
    OVERLAPPING = 3
    RELABELLED = 4
    CROSSED = 5

    @property
    def same_label(self) -> bool:
        """Whether gold and prediction carry the same label."""
        return self <= Tier.OVERLAPPING


class Pair(NamedTuple):
    """A gold mention and a prediction, aligned, with the IoU of their places (1 for records, which
    have none).
    """

    gold: Mention
    predicted: Mention
    tier: Tier
    iou: float


class Alignment(NamedTuple):
    """All mentions of a document, each exactly once."""

    pairs: list[Pair]
    missing: list[Mention]
    spurious: list[Mention]


Agreement: TypeAlias = Callable[[Mention, Mention], tuple[int, bool]]
"""For two mentions of one label: how much their field values agree, and whether they agree in all.
"""

Key: TypeAlias = tuple[str, int | None, int | None, Place]

_MILLION = 1_000_000


def align(
    gold: Sequence[Mention],
    predicted: Sequence[Mention],
    match: Callable[[str], Match],
    agreement: Agreement,
) -> Alignment:
    """Align one document's mentions; `match` gives a label's match rule."""
    pairs, missing, spurious = _exact(gold, predicted, match, agreement)
    if missing and spurious:
        found = _tangled(missing, spurious, match, agreement)
        pairs += found
        missing = _without(missing, [pair.gold for pair in found])
        spurious = _without(spurious, [pair.predicted for pair in found])
    return Alignment(pairs, missing, spurious)


def _exact(
    gold: Sequence[Mention],
    predicted: Sequence[Mention],
    match: Callable[[str], Match],
    agreement: Agreement,
) -> Alignment:
    """Pair what has the same label and place, by hashing; records are left for later."""
    by_key: dict[Key, list[Mention]] = {}
    records: list[Mention] = []
    for mention in gold:
        if _is_record(mention, match):
            records.append(mention)
        else:
            by_key.setdefault(_key(mention), []).append(mention)
    copies: dict[Key, list[Mention]] = {}
    spurious: list[Mention] = []
    for mention in predicted:
        key = _key(mention)
        if key in by_key and not _is_record(mention, match):
            copies.setdefault(key, []).append(mention)
        else:
            spurious.append(mention)
    pairs: list[Pair] = []
    for key, theirs in copies.items():
        ours = by_key[key]
        if len(ours) == len(theirs):
            pairs += _repeated(ours, theirs, agreement) if len(ours) > 1 else [_same(ours, theirs)]
            del by_key[key]
        else:  # which copies stay over is for the rest of the document to decide
            spurious += theirs
    missing = records + [mention for rest in by_key.values() for mention in rest]
    return Alignment(pairs, missing, spurious)


def _same(gold: list[Mention], predicted: list[Mention]) -> Pair:
    return Pair(gold[0], predicted[0], Tier.EXACT, 1.0)


def _repeated(gold: list[Mention], predicted: list[Mention], agreement: Agreement) -> list[Pair]:
    """Mentions of one label at one place: all of them pair, by their fields."""
    gold, predicted = sorted(gold, key=content), sorted(predicted, key=content)
    edges: Edges = {
        (row, column): (1, agreement(one, other)[0])
        for row, one in enumerate(gold)
        for column, other in enumerate(predicted)
    }
    return [Pair(gold[i], predicted[j], Tier.EXACT, 1.0) for i, j in assign(edges)]


def _without(mentions: list[Mention], taken: list[Mention]) -> list[Mention]:
    """The mentions that are not among those taken, as objects: equal ones are different ones."""
    gone = set(map(id, taken))
    return [mention for mention in mentions if id(mention) not in gone]


def _tangled(
    gold: list[Mention],
    predicted: list[Mention],
    match: Callable[[str], Match],
    agreement: Agreement,
) -> list[Pair]:
    """Pair what is left, optimally within each component of mentions that touch each other."""
    gold, predicted = sorted(gold, key=content), sorted(predicted, key=content)
    found = _record_edges(gold, predicted, match, agreement)
    edges: Edges = {
        pair: (int(tier == Tier.EXACT), 0, 0, 0, 0, 0, agree)
        for pair, (tier, agree) in found.items()
    }
    kinds: dict[tuple[int, int], tuple[Tier, float]] = {
        pair: (tier, 1.0) for pair, (tier, _) in found.items()
    }
    placed = _place_edges(gold, predicted, match)
    kinds |= placed
    alone = _alone(placed)
    for pair, (tier, overlap) in placed.items():
        agree = 0
        if tier.same_label and pair not in alone:
            agree = agreement(gold[pair[0]], predicted[pair[1]])[0]
        edges[pair] = (*(int(tier == each) for each in Tier), round(overlap * _MILLION), agree)
    return [Pair(gold[i], predicted[j], *kinds[i, j]) for i, j in assign(edges)]


def _alone(edges: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Edges that no other edge competes with: their fields need no look."""
    rows, columns = Counter(row for row, _ in edges), Counter(column for _, column in edges)
    return {pair for pair in edges if rows[pair[0]] == 1 == columns[pair[1]]}


def _record_edges(
    gold: list[Mention],
    predicted: list[Mention],
    match: Callable[[str], Match],
    agreement: Agreement,
) -> dict[tuple[int, int], tuple[Tier, int]]:
    """Records of one label that agree in something, or have nothing to disagree in, and by how
    much.
    """
    edges: dict[tuple[int, int], tuple[Tier, int]] = {}
    others = [(j, other) for j, other in enumerate(predicted) if _is_record(other, match)]
    ours = [(i, one) for i, one in enumerate(gold) if others and _is_record(one, match)]
    for i, one in ours:
        for j, other in others:
            agree, in_all = agreement(one, other) if one.label == other.label else (0, False)
            if agree or in_all:
                edges[i, j] = (Tier.EXACT if in_all else Tier.MATCHED, agree)
    return edges


def _place_edges(
    gold: list[Mention], predicted: list[Mention], match: Callable[[str], Match]
) -> dict[tuple[int, int], tuple[Tier, float]]:
    """Every two mentions that share a character, found in one sweep from left to right."""
    places = [
        [() if _is_record(mention, match) else mention.place for mention in side]
        for side in (gold, predicted)
    ]
    edges: dict[tuple[int, int], tuple[Tier, float]] = {}
    open_: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    events = sorted(
        (place[0].start, place[-1].end, side, index)
        for side in (0, 1)
        for index, place in enumerate(places[side])
        if place
    )
    for start, end, side, index in events:
        theirs = open_[1 - side]
        theirs[:] = [one for one in theirs if one[0] > start]
        for _, other in theirs:
            i, j = (other, index) if side else (index, other)
            overlap = iou(places[0][i], places[1][j])
            if overlap:
                edges[i, j] = (_tier(gold[i], predicted[j], overlap, match), overlap)
        open_[side].append((end, index))
    return edges


def _tier(gold: Mention, predicted: Mention, overlap: float, match: Callable[[str], Match]) -> Tier:
    if gold.label != predicted.label:
        return Tier.RELABELLED if overlap == 1.0 else Tier.CROSSED
    if overlap == 1.0:
        return Tier.EXACT
    rule = match(gold.label)
    met = rule.rule == "overlap" or (rule.rule == "iou" and overlap >= rule.threshold)
    return Tier.MATCHED if met else Tier.OVERLAPPING


def _is_record(mention: Mention, match: Callable[[str], Match]) -> bool:
    nowhere = mention.start is None and not mention.fragments
    return nowhere or match(mention.label).rule == "none"


def _key(mention: Mention) -> Key:
    if not mention.fragments:
        return (mention.label, mention.start, mention.end, ())
    place = mention.place
    if len(place) == 1:
        return (mention.label, place[0].start, place[0].end, ())
    return (mention.label, None, None, place)


def content(mention: Mention) -> tuple[Place, str, bytes, str]:
    """What orders mentions whatever the order of the input: place, label, fields, id last."""
    fields = msgspec.json.encode(mention.fields, order="deterministic")
    return (mention.place, mention.label, fields, mention.id)
