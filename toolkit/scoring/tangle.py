"""Pairing what hashing cannot: what overlaps, repeats, is discontinuous or has no place."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import Any, NamedTuple
from zlib import crc32

from toolkit.model import Mention
from toolkit.scoring.alignment import Pair, Tier, iou
from toolkit.scoring.assign import Edges, assign, assign_arrays, components
from toolkit.scoring.compare import agreement
from toolkit.scoring.content import describer
from toolkit.scoring.plan import Plan
from toolkit.scoring.touching import Item, touching, touching_arrays

MANY = 10_000
"""From this many possible pairs on, arrays are faster than loops."""

_alternatives = attrgetter("alternatives")

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
    pairs: list[Pair] = []
    ours, our_records = _parted(gold, sides.plan)
    theirs, their_records = _parted(predicted, sides.plan)
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


def _ranked(
    mentions: list[Mention], document: Sequence[Mention]
) -> tuple[dict[int, int], list[int]]:
    """The rank of each mention by its identity as an object, and the number of each rank."""
    ordered, numbers = _ordered(list({id(each): each for each in mentions}.values()), document)
    return {id(mention): rank for rank, mention in enumerate(ordered)}, numbers


def _said(item: tuple[Any, str, Mention]) -> tuple[Any, str]:
    return item[:2]


def _pair_few(gold: list[Mention], predicted: list[Mention], sides: Sides) -> list[Pair]:
    """By place, edge by edge."""
    edges = _edges(gold, predicted, sides.plan)
    if len({i for i, _ in edges}) == len({j for _, j in edges}) == len(edges):
        return list(edges.values())  # no two compete for a mention: there is nothing to choose
    pairs: list[Pair] = []
    for component in components(edges):
        if len(component) == 1:
            pairs.append(edges[component[0]])
        else:
            pairs += _choose([edges[touch] for touch in component], sides)
    return pairs


def _edges(
    gold: list[Mention], predicted: list[Mention], plan: Plan
) -> dict[tuple[int, int], Pair]:
    """Every two mentions that share a character, by their positions; of several places of one gold
    mention the one that serves best.
    """
    owners, options = _options(gold)
    edges: dict[tuple[int, int], Pair] = {}
    for option, j, common, size, other_size in touching(options, predicted):
        i = owners[option]
        ours, theirs = gold[i], predicted[j]
        whole = common == size == other_size
        if ours.label != theirs.label:
            tier = Tier.RELABELLED if whole else Tier.CROSSED
        elif whole:
            tier = Tier.EXACT
        else:
            met = iou(common, size, other_size) >= plan.least(ours.label)
            tier = Tier.MATCHED if met else Tier.OVERLAPPING
        pair = Pair(ours, theirs, tier, common, size, other_size)
        if (i, j) not in edges or _better(pair, edges[i, j]):
            edges[i, j] = pair
    return edges


def _better(one: Pair, other: Pair) -> bool:
    return (one.tier, -one.iou) < (other.tier, -other.iou)


def _options(gold: list[Mention]) -> tuple[list[int], Sequence[Item]]:
    """Whatever gives the gold mentions a place, themselves first, and whose each is."""
    owners = list(range(len(gold)))
    if not any(map(_alternatives, gold)):
        return owners, gold
    options: list[Item] = [*gold]
    for i, mention in enumerate(gold):
        for alternative in mention.alternatives:
            if alternative.place:
                owners.append(i)
                options.append(alternative)
    return owners, options


def _choose(edges: list[Pair], sides: Sides) -> list[Pair]:
    """The best pairs of mentions that compete for one another."""
    ours, numbers = _ranked([pair.gold for pair in edges], sides.gold)
    theirs, their_numbers = _ranked([pair.predicted for pair in edges], sides.predicted)
    ranked: dict[tuple[int, int], Pair] = {}
    worths: Edges = {}
    for pair in edges:
        i, j = ours[id(pair.gold)], theirs[id(pair.predicted)]
        agree = 0
        if pair.tier <= Tier.OVERLAPPING and pair.gold.fields and pair.predicted.fields:
            agree = agreement(pair.gold, pair.predicted, sides.plan)[0]
        ranked[i, j] = pair
        worths[i, j] = _worth(
            pair.tier, round(pair.iou * MILLION), agree, numbers[i], their_numbers[j]
        )
    return [ranked[chosen] for chosen in assign(worths)]


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
    found = touching_arrays(places, predicted)
    if not len(found.rows):
        return []
    rows, columns = np.array(owners)[found.rows], found.columns
    overlaps = found.shared / (found.sizes + found.other_sizes - found.shared)
    codes = {mention.label: code for code, mention in enumerate((*gold, *predicted))}
    label = np.array([codes[mention.label] for mention in gold])[rows]
    other = np.array([codes[mention.label] for mention in predicted])[columns]
    least = np.array([sides.plan.least(mention.label) for mention in gold])[rows]
    whole = overlaps == 1.0
    same = np.where(whole, Tier.EXACT, np.where(overlaps >= least, Tier.MATCHED, Tier.OVERLAPPING))
    tiers = np.where(label == other, same, np.where(whole, Tier.RELABELLED, Tier.CROSSED))
    # In the order of pairs, and of several places of one gold mention the one that serves best.
    pairs = rows * len(predicted) + columns
    order = np.lexsort((-overlaps, tiers, pairs))
    order = order[np.diff(pairs[order], prepend=-1) != 0]
    pairs, rows, columns = pairs[order], rows[order], columns[order]
    overlaps, tiers = overlaps[order], tiers[order]
    agree = np.zeros(len(rows), dtype=np.int64)
    has_fields = np.array([bool(mention.fields) for mention in gold])[rows]
    has_fields &= np.array([bool(mention.fields) for mention in predicted])[columns]
    for k in np.flatnonzero(has_fields & (tiers <= Tier.OVERLAPPING)).tolist():
        agree[k] = agreement(gold[rows[k]], predicted[columns[k]], sides.plan)[0]
    millionths = np.rint(overlaps * MILLION).astype(np.int64)
    worths = _worth(
        tiers, millionths, agree, np.array(numbers)[rows], np.array(their_numbers)[columns]
    )
    chosen = assign_arrays(rows, columns, worths)
    wanted = np.array([i * len(predicted) + j for i, j in chosen])
    at = np.searchsorted(pairs, wanted)
    facts = zip(
        tiers[at].tolist(),
        *(each[order][at].tolist() for each in (found.shared, found.sizes, found.other_sizes)),
        strict=True,
    )
    return [
        Pair(gold[i], predicted[j], Tier(tier), *sizes)
        for (i, j), (tier, *sizes) in zip(chosen, facts, strict=True)
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
        Pair(gold[i], predicted[j], Tier.EXACT if worths[i, j][0] else Tier.MATCHED, 0, 0, 0)
        for i, j in assign(worths)
    ]
