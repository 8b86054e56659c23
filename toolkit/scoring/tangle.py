"""Pairing mentions that compete for one another, and records, which have no place to go by."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zlib import crc32

import numpy as np

from toolkit.columns import Whole
from toolkit.model import Mention
from toolkit.scoring.alignment import Pairs, Tier
from toolkit.scoring.assign import Edges, assign, assign_arrays
from toolkit.scoring.compare import agreement
from toolkit.scoring.content import Content, describer
from toolkit.scoring.groundings import is_hallucinated
from toolkit.scoring.plan import Plan
from toolkit.scoring.sides import Side, numbered

MILLION = 1_000_000

BITS = 20
"""Length of the number that breaks ties."""


def choose(gold: Side, predicted: Side, edges: Pairs, plan: Plan) -> Whole:
    """Which of the edges between mentions that compete for one another are taken."""
    rank, numbers = _ranked(gold, edges.rows)
    other_rank, other_numbers = _ranked(predicted, edges.columns)
    agree = np.zeros(len(edges.rows), dtype=np.int64)
    alike = edges.tier <= Tier.OVERLAPPING
    for k in np.flatnonzero(alike).tolist() if predicted.values else ():
        ours, theirs = gold.mentions[edges.rows[k]], predicted.mentions[edges.columns[k]]
        if theirs.fields and (ours.fields or ours.alternatives):
            agree[k] = agreement(ours, theirs, plan)[0]
    overlap = np.rint(edges.iou * MILLION).astype(np.int64)
    worths = _worth(edges.tier, overlap, agree, numbers, other_numbers)
    return assign_arrays(rank, other_rank, worths)


def _ranked(side: Side, positions: Whole) -> tuple[Whole, Whole]:
    """For each mention its rank by what it says, and a number drawn from that."""
    found, back = numbered(positions)
    mentions = [side.mentions[position] for position in found.tolist()]
    documents = side.document[found]
    start, end = (each[found] for each in side.bounds())
    label = np.array([crc32(name.encode()) for name in side.labels])[side.label[found]]
    rest = _rest(side, mentions, documents.tolist())
    order = np.lexsort((rest, label, end, start, documents))
    said = np.stack((documents, start, end, label, rest))[:, order]
    if (said[:, 1:] == said[:, :-1]).all(axis=0).any():  # those that say the same go by their ids
        keys = list(
            zip(*said.tolist(), [mentions[k].id for k in order], order.tolist(), strict=True)
        )
        order = np.array([key[-1] for key in sorted(keys)])
    rank = np.empty(len(found), np.int64)
    rank[order] = np.arange(len(found))
    number = (start * 2_654_435_761 ^ end * 40_503 ^ label ^ rest) % 2**BITS
    return rank[back], number[back]


def _rest(side: Side, mentions: list[Mention], documents: list[int]) -> Whole:
    """A number drawn from the fields of each mention, and from its fragments where it has some."""
    describers: dict[int, Callable[[Mention], Content]] = {}
    rest = np.zeros(len(mentions), np.int64)
    if not side.values and not side.odd.any():
        return rest
    for k, mention in enumerate(mentions):
        if mention.fields or mention.fragments:
            document = documents[k]
            if document not in describers:
                describers[document] = describer(side.documents[document].mentions)
            rest[k] = crc32(repr(describers[document](mention)).encode())
    return rest


def _worth(
    tier: Whole, overlap: Whole, agree: Whole, number: Whole, other: Whole
) -> tuple[Whole, ...]:
    """What each pair adds to each objective; objectives to which none adds are left out."""
    present = {each: tier == each for each in Tier}
    counts = {each: found.astype(np.int64) for each, found in present.items() if found.any()}
    overlaps = [overlap * count for each, count in counts.items() if each != Tier.EXACT]
    return (*counts.values(), *overlaps, agree, _tie(number, other))


def _tie(one: Any, other: Any) -> Any:
    """Breaks ties by a number drawn from what both mentions say, the same whichever side they stand
    on; saying the same is worth twice the most that anything else is.
    """
    mixed = ((one + other) * 2_654_435_761 ^ (one * other)) >> 7
    return (one == other) * 2**BITS + (one != other) * (mixed % 2 ** (BITS - 1))


def pair_records(gold: Side, predicted: Side, plan: Plan) -> Pairs:
    """Records of one label that agree in something, or have nothing to disagree in: those that
    agree in full first, then by how much they agree.

    What says words that are not in the text is no record, unless its label stands for records.
    """
    found: list[tuple[int, int, int]] = []
    ours, theirs = _records(gold, plan), _records(predicted, plan)
    for group in ours.keys() & theirs.keys():
        worths: Edges = {}
        ends: dict[tuple[int, int], tuple[int, int]] = {}
        for row, i, number in ours[group]:
            for column, j, other in theirs[group]:
                agree, in_all = agreement(gold.mentions[row], predicted.mentions[column], plan)
                if agree or in_all:
                    worths[i, j] = (int(in_all), agree, _tie(number, other))
                    ends[i, j] = (row, column)
        for pair in assign(worths):
            found.append((*ends[pair], Tier.EXACT if worths[pair][0] else Tier.MATCHED))
    paired = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return Pairs(*paired, *np.zeros((3, len(found)), np.int64))


def _records(side: Side, plan: Plan) -> dict[tuple[int, int], list[tuple[int, int, int]]]:
    """The mentions without a place, by document and label: position, rank and number of each."""
    placed = np.zeros(len(side.mentions), bool)
    placed[side.places.owner] = True
    positions = np.array(
        [
            k
            for k in np.flatnonzero(~placed).tolist()
            if not is_hallucinated(side.mentions[k]) or side.mentions[k].label in plan.records
        ],
        dtype=np.int64,
    )
    found: dict[tuple[int, int], list[tuple[int, int, int]]] = {}
    if len(positions):
        groups = zip(side.document[positions].tolist(), side.label[positions].tolist(), strict=True)
        ranked = (each.tolist() for each in (positions, *_ranked(side, positions)))
        for group, record in zip(groups, zip(*ranked, strict=True), strict=True):
            found.setdefault(group, []).append(record)
    return found
