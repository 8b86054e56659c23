"""Pairing what hashing cannot: what overlaps, repeats, is discontinuous or has no place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from zlib import crc32

from toolkit.model import Mention
from toolkit.scoring.alignment import Pair, Tier
from toolkit.scoring.assign import Edges, assign, assign_arrays
from toolkit.scoring.compare import agreement
from toolkit.scoring.content import describer
from toolkit.scoring.plan import Plan
from toolkit.scoring.touching import touching, touching_arrays
from toolkit.spans import Place

MANY = 10_000
"""From this many possible pairs on, arrays are faster than loops."""

MILLION = 1_000_000

BITS = 20
"""Length of the number that breaks ties."""


class Sides(NamedTuple):
    """All mentions of a document, and the rules to pair them by."""

    gold: Sequence[Mention]
    predicted: Sequence[Mention]
    plan: Plan


def untangle(gold: list[Mention], predicted: list[Mention], sides: Sides) -> list[Pair]:
    """Pair what is left of both sides, optimally within each group of mentions that touch."""
    ours, our_records = _parted(gold, sides.plan)
    theirs, their_records = _parted(predicted, sides.plan)
    pairs: list[Pair] = []
    if ours and theirs:
        by_place = _pair_many if len(ours) * len(theirs) > MANY else _pair_few
        pairs += by_place(ours, theirs, sides)
    if our_records and their_records:
        pairs += _pair_records(our_records, their_records, sides)
    return pairs


def pair_copies(
    gold: list[Mention], predicted: list[Mention], sides: Sides
) -> list[tuple[Mention, Mention]]:
    """As many mentions on each side of one label at one place: all pair, by their fields."""
    if len(gold) == 1:
        return [(gold[0], predicted[0])]
    gold, numbers = _ordered(gold, sides.gold)
    predicted, their_numbers = _ordered(predicted, sides.predicted)
    edges: Edges = {
        (i, j): (1, agreement(one, other, sides.plan)[0], _tie(numbers[i], their_numbers[j]))
        for i, one in enumerate(gold)
        for j, other in enumerate(predicted)
    }
    return [(gold[i], predicted[j]) for i, j in assign(edges)]


def _parted(mentions: list[Mention], plan: Plan) -> tuple[list[Mention], list[Mention]]:
    """Mentions with a place, and records."""
    placed: list[Mention] = []
    records: list[Mention] = []
    for mention in mentions:
        nowhere = mention.start is None and not mention.fragments
        (records if nowhere or mention.label in plan.records else placed).append(mention)
    return placed, records


def _ordered(
    mentions: list[Mention], document: Sequence[Mention]
) -> tuple[list[Mention], list[int]]:
    """Mentions in the order of what they say, each with a number drawn from it."""
    content = describer(document)
    said = sorted(((content(mention), mention.id, mention) for mention in mentions), key=_said)
    return [item[-1] for item in said], [crc32(repr(item[0]).encode()) >> 12 for item in said]


def _said(item: tuple[Any, str, Mention]) -> tuple[Any, str]:
    return item[:2]


def _pair_few(gold: list[Mention], predicted: list[Mention], sides: Sides) -> list[Pair]:
    """By place, edge by edge."""
    edges = _edges(gold, predicted, sides.plan)
    if len({i for i, _ in edges}) == len({j for _, j in edges}) == len(edges):
        # No two edges compete for a mention: there is nothing to choose.
        return [Pair(gold[i], predicted[j], *edge) for (i, j), edge in edges.items()]
    gold, numbers = _ordered(gold, sides.gold)
    predicted, their_numbers = _ordered(predicted, sides.predicted)
    edges = _edges(gold, predicted, sides.plan)
    worths: Edges = {}
    for (i, j), (tier, overlap, _) in edges.items():
        agree = agreement(gold[i], predicted[j], sides.plan)[0] if tier <= Tier.OVERLAPPING else 0
        worths[i, j] = _worth(tier, round(overlap * MILLION), agree, numbers[i], their_numbers[j])
    return [Pair(gold[i], predicted[j], *edges[i, j]) for i, j in assign(worths)]


def _edges(
    gold: list[Mention], predicted: list[Mention], plan: Plan
) -> dict[tuple[int, int], tuple[Tier, float, Place]]:
    """Every two mentions that share a character: their tier, IoU, and the gold place taken."""
    owners, places = _options(gold)
    edges: dict[tuple[int, int], tuple[Tier, float, Place]] = {}
    for option, j, overlap in touching(places, [mention.place for mention in predicted]):
        i = owners[option]
        tier = _tier(gold[i], predicted[j], overlap, plan)
        if (i, j) not in edges or (tier, -overlap) < (edges[i, j][0], -edges[i, j][1]):
            edges[i, j] = (tier, overlap, places[option])
    return edges


def _options(gold: list[Mention]) -> tuple[list[int], list[Place]]:
    """The places of all gold mentions and of their alternatives, and whose each is."""
    owners = list(range(len(gold)))
    places = [mention.place for mention in gold]
    for i, mention in enumerate(gold):
        for alternative in mention.alternatives:
            if alternative.place:
                owners.append(i)
                places.append(alternative.place)
    return owners, places


def _tier(gold: Mention, predicted: Mention, overlap: float, plan: Plan) -> Tier:
    if gold.label != predicted.label:
        return Tier.RELABELLED if overlap == 1.0 else Tier.CROSSED
    if overlap == 1.0:
        return Tier.EXACT
    return Tier.MATCHED if overlap >= plan.least(gold.label) else Tier.OVERLAPPING


def _worth(tier: Any, overlap: Any, agree: Any, number: Any, other: Any) -> tuple[Any, ...]:
    """What a pair adds to each objective; of whole numbers, or of arrays of them."""
    counts = [(tier == each) * 1 for each in Tier]
    return (*counts, *(overlap * count for count in counts[1:]), agree, _tie(number, other))


def _tie(one: Any, other: Any) -> Any:
    """Breaks ties by a number drawn from what both mentions say, the same whichever side they stand
    on; saying the same is worth twice the most that anything else is.
    """
    mixed = ((one + other) * 2_654_435_761 ^ (one * other)) >> 7
    return (one == other) * 2**BITS + (one != other) * (mixed % 2 ** (BITS - 1))


def _pair_many(gold: list[Mention], predicted: list[Mention], sides: Sides) -> list[Pair]:
    """By place, all edges at once."""
    import numpy as np

    gold, numbers = _ordered(gold, sides.gold)
    predicted, their_numbers = _ordered(predicted, sides.predicted)
    owners, places = _options(gold)
    options, columns, overlaps = touching_arrays(places, [mention.place for mention in predicted])
    if not len(options):
        return []
    rows = np.array(owners)[options]
    codes = {mention.label: code for code, mention in enumerate((*gold, *predicted))}
    label = np.array([codes[mention.label] for mention in gold])[rows]
    other = np.array([codes[mention.label] for mention in predicted])[columns]
    least = np.array([sides.plan.least(mention.label) for mention in gold])[rows]
    whole = overlaps == 1.0
    same = np.where(whole, Tier.EXACT, np.where(overlaps >= least, Tier.MATCHED, Tier.OVERLAPPING))
    tiers = np.where(label == other, same, np.where(whole, Tier.RELABELLED, Tier.CROSSED))
    if len(places) > len(gold):  # of several places of one mention the best counts
        order = np.lexsort((-overlaps, tiers, columns, rows))
        first = np.diff(rows[order] * len(predicted) + columns[order], prepend=-1) != 0
        kept = order[first]
        options, rows, columns = options[kept], rows[kept], columns[kept]
        overlaps, tiers = overlaps[kept], tiers[kept]
    agree = np.zeros(len(rows), dtype=np.int64)
    has_fields = np.array([bool(mention.fields) for mention in gold])[rows]
    their_fields = np.array([bool(mention.fields) for mention in predicted])[columns]
    for k in np.flatnonzero(has_fields & their_fields & (tiers <= Tier.OVERLAPPING)).tolist():
        agree[k] = agreement(gold[rows[k]], predicted[columns[k]], sides.plan)[0]
    millionths = np.rint(overlaps * MILLION).astype(np.int64)
    worths = _worth(
        tiers, millionths, agree, np.array(numbers)[rows], np.array(their_numbers)[columns]
    )
    chosen = assign_arrays(rows, columns, worths)
    keys = rows * len(predicted) + columns
    order = np.argsort(keys)
    wanted = [i * len(predicted) + j for i, j in chosen]
    found = order[np.searchsorted(keys[order], np.array(wanted, dtype=np.int64))]
    facts = zip(*(each[found].tolist() for each in (tiers, overlaps, options)), strict=True)
    return [
        Pair(gold[i], predicted[j], Tier(tier), overlap, places[option])
        for (i, j), (tier, overlap, option) in zip(chosen, facts, strict=True)
    ]


def _pair_records(gold: list[Mention], predicted: list[Mention], sides: Sides) -> list[Pair]:
    """Records of one label that agree in something, or have nothing to disagree in: those that
    agree in full first, then by how much they agree.
    """
    gold, numbers = _ordered(gold, sides.gold)
    predicted, their_numbers = _ordered(predicted, sides.predicted)
    by_label: dict[str, list[int]] = {}
    for j, mention in enumerate(predicted):
        by_label.setdefault(mention.label, []).append(j)
    worths: Edges = {}
    for i, one in enumerate(gold):
        for j in by_label.get(one.label, ()):
            agree, in_all = agreement(one, predicted[j], sides.plan)
            if agree or in_all:
                worths[i, j] = (int(in_all), agree, _tie(numbers[i], their_numbers[j]))
    return [
        Pair(gold[i], predicted[j], Tier.EXACT if worths[i, j][0] else Tier.MATCHED, 1.0, ())
        for i, j in assign(worths)
    ]
