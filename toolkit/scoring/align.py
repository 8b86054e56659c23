"""One alignment of a document's gold and predicted mentions; every number is read off it.

One to one and globally optimal by this order of objectives: most pairs of tier 1, then of tier 2,
and so on, then the greatest overlap within tier 2 (IoU in millionths), then within tier 3, and so
on, then the most agreeing field values. Remaining ties go by content, so no result depends on the
order of the input or on which side is called gold.

    tier 1  EXACT       same label, same place
    tier 2  MATCHED     same label, the label's match rule is met
    tier 3  OVERLAPPING same label, sharing at least one character
    tier 4  RELABELLED  same place, other label
    tier 5  CROSSED     sharing at least one character, other label

Records, which have no place or whose label says `match: none`, pair with records of their own label
by their fields: those that agree in full first (EXACT), then the most agreeing values (MATCHED).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from enum import IntEnum
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, TypeAlias
from zlib import crc32

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
    """All mentions of a document, each exactly once; exact pairs stand apart, as most pairs are."""

    exact: list[tuple[Mention, Mention]]
    inexact: list[Pair]
    missing: list[Mention]
    spurious: list[Mention]

    def same_label(self) -> Iterator[tuple[Mention, Mention]]:
        """Every pair whose mentions have one label."""
        yield from self.exact
        for pair in self.inexact:
            if pair.tier.same_label:
                yield pair.gold, pair.predicted


Agreement: TypeAlias = Callable[[Mention, Mention], tuple[int, bool]]
"""For two mentions of one label: how much their values agree, and whether they agree in all."""

Key: TypeAlias = tuple[str, int | None, int | None]

_key = attrgetter("label", "start", "end")

_MILLION = 1_000_000


def align(
    gold: Sequence[Mention],
    predicted: Sequence[Mention],
    match: Callable[[str], Match],
    agreement: Agreement,
) -> Alignment:
    """Align one document's mentions; `match` gives a label's match rule."""
    exact, missing, spurious = _exact(gold, predicted, match, agreement)
    inexact: list[Pair] = []
    if missing and spurious:
        found = _tangled(missing, spurious, match, agreement)
        missing = _without(missing, [pair.gold for pair in found])
        spurious = _without(spurious, [pair.predicted for pair in found])
        exact += [(pair.gold, pair.predicted) for pair in found if pair.tier == Tier.EXACT]
        inexact = [pair for pair in found if pair.tier != Tier.EXACT]
    return Alignment(exact, inexact, missing, spurious)


Parted: TypeAlias = tuple[list[tuple[Mention, Mention]], list[Mention], list[Mention]]
"""Exact pairs, and what is left of either side."""


def _exact(
    gold: Sequence[Mention],
    predicted: Sequence[Mention],
    match: Callable[[str], Match],
    agreement: Agreement,
) -> Parted:
    """Pair what has the same label and place, by hashing.

    Records, discontinuous mentions and copies that differ in number are left for later.
    """
    ours: dict[Key, Mention] = dict(zip(map(_key, gold), gold, strict=True))
    theirs: dict[Key, Mention] = dict(zip(map(_key, predicted), predicted, strict=True))
    if len(ours) < len(gold) or len(theirs) < len(predicted):
        return _exact_copies(gold, predicted, match, agreement)
    same = {key for key in ours.keys() & theirs.keys() if key[1] is not None}
    if any(match(label).rule == "none" for label in {key[0] for key in same}):
        same = {key for key in same if match(key[0]).rule != "none"}
    return (
        [(ours[key], theirs[key]) for key in same],
        [mention for key, mention in ours.items() if key not in same],
        [mention for key, mention in theirs.items() if key not in same],
    )


def _exact_copies(
    gold: Sequence[Mention],
    predicted: Sequence[Mention],
    match: Callable[[str], Match],
    agreement: Agreement,
) -> Parted:
    """The same where a side has several mentions of one label at one place, or nowhere."""
    ours, theirs = _by_key(gold), _by_key(predicted)
    exact: list[tuple[Mention, Mention]] = []
    for key in ours.keys() & theirs.keys():
        if key[1] is None or match(key[0]).rule == "none" or len(ours[key]) != len(theirs[key]):
            continue  # which copies stay over is for the rest of the document to decide
        exact += _copies(ours.pop(key), theirs.pop(key), agreement)
    return exact, list(chain(*ours.values())), list(chain(*theirs.values()))


def _by_key(mentions: Sequence[Mention]) -> dict[Key, list[Mention]]:
    found: dict[Key, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(_key(mention), []).append(mention)
    return found


def _copies(
    gold: list[Mention], predicted: list[Mention], agreement: Agreement
) -> list[tuple[Mention, Mention]]:
    """As many mentions on each side of one label at one place: all pair, by their fields."""
    if len(gold) == 1:
        return [(gold[0], predicted[0])]
    gold, predicted = sorted(gold, key=content), sorted(predicted, key=content)
    edges: Edges = {
        (row, column): _worth(Tier.EXACT, 1.0, agreement(one, other)[0], one, other)
        for row, one in enumerate(gold)
        for column, other in enumerate(predicted)
    }
    return [(gold[row], predicted[column]) for row, column in assign(edges)]


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
    placed = _place_edges(gold, predicted, match)
    if _each_alone(placed) and not _record_edges(gold, predicted, match, agreement):
        return [Pair(gold[i], predicted[j], *edge) for (i, j), edge in placed.items()]
    gold, predicted = sorted(gold, key=content), sorted(predicted, key=content)
    edges: Edges = {}
    placed = _place_edges(gold, predicted, match)
    for (i, j), (tier, overlap) in placed.items():
        agree = agreement(gold[i], predicted[j])[0] if tier.same_label else 0
        edges[i, j] = _worth(tier, overlap, agree, gold[i], predicted[j])
    for (i, j), (tier, agree) in _record_edges(gold, predicted, match, agreement).items():
        placed[i, j] = (tier, 1.0)
        edges[i, j] = _worth(tier if tier == Tier.EXACT else 0, 0.0, agree, gold[i], predicted[j])
    return [Pair(gold[i], predicted[j], *placed[i, j]) for i, j in assign(edges)]


def _worth(
    tier: int, overlap: float, agree: int, gold: Mention, predicted: Mention
) -> tuple[int, ...]:
    """What a pair adds to each objective.

    The last one breaks ties by a number drawn from both mentions' content, the same whichever side
    they stand on.
    """
    counts = [int(tier == each) for each in Tier]
    overlaps = [round(overlap * _MILLION) * count for count in counts[1:]]
    one, other = sorted((repr(content(gold)[:3]), repr(content(predicted)[:3])))
    return (*counts, *overlaps, agree, crc32(f"{one} {other}".encode()) >> 12)


def _each_alone(edges: Collection[tuple[int, int]]) -> bool:
    """Whether no two edges compete for a mention, so that there is nothing to choose."""
    rows, columns = {row for row, _ in edges}, {column for _, column in edges}
    return len(rows) == len(columns) == len(edges)


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
    edges: dict[tuple[int, int], tuple[Tier, float]] = {}
    events = sorted(
        (place[0][0], place[-1][1], side, index)
        for side, mentions in enumerate((gold, predicted))
        for index, mention in enumerate(mentions)
        if (place := mention.place) and match(mention.label).rule != "none"
    )
    open_: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for start, end, side, index in events:
        theirs = open_[1 - side]
        if theirs:
            theirs[:] = [one for one in theirs if one[0] > start]
            for _, other in theirs:
                i, j = (other, index) if side else (index, other)
                overlap = iou(gold[i].place, predicted[j].place)
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


def content(mention: Mention) -> tuple[Place, str, str, str]:
    """What orders mentions whatever the order of the input: place, label, fields, id last."""
    fields = {
        name: sorted(value, key=repr) if isinstance(value, list) else value
        for name, value in sorted(mention.fields.items())
    }
    return (mention.place, mention.label, repr(fields), mention.id)
