"""One alignment of each document's gold and predicted mentions; every number is read off it.

One to one and globally optimal by this order of objectives: most pairs of tier 1, then of tier 2,
and so on, then the greatest overlap within tier 2 (IoU in millionths), then within tier 3, and so
on, then the most agreeing field values. Remaining ties go by content, so no result depends on the
order of the input, on ids, or on which side is called gold.

Records, which have no place or whose label says `match: none`, pair with records of their own label
by their fields: those that agree in full first (EXACT), then the most agreeing values (MATCHED). A
gold mention with alternatives is taken at whichever of its places serves the objectives best.

Many documents are aligned at once: mentions that compete with no other pair right away, and only
what is tangled is looked at one by one.
"""

from __future__ import annotations

import numpy as np

from toolkit.columns import Mask, Whole
from toolkit.scoring.alignment import Alignment, Pairs, Tier
from toolkit.scoring.plan import Plan
from toolkit.scoring.sides import Side
from toolkit.scoring.tangle import choose, pair_records
from toolkit.scoring.touching import touching


def align(gold: Side, predicted: Side, plan: Plan) -> Alignment:
    """Align a batch of documents by the rules of `plan`."""
    edges = _edges(gold, predicted, plan)
    rows, columns = edges.rows, edges.columns
    sure = edges.tier == Tier.EXACT
    sure[sure] = _alone(rows[sure], columns[sure])
    settled = np.zeros(len(gold.mentions), bool)
    other_settled = np.zeros(len(predicted.mentions), bool)
    settled[rows[sure]] = other_settled[columns[sure]] = True
    left = np.flatnonzero(~(settled[rows] | other_settled[columns]))
    alone = _alone(rows[left], columns[left])
    tangled = left[~alone]
    chosen = [np.flatnonzero(sure), left[alone]]
    if len(tangled):
        picked = choose(gold, predicted, edges.at(tangled), plan)
        chosen.append(tangled[picked])
    pairs = edges.at(np.concatenate(chosen))
    records = pair_records(gold, predicted, plan)
    if len(records.rows):
        pairs = Pairs(*map(np.concatenate, zip(pairs, records, strict=True)))
    order = np.argsort(pairs.rows, kind="stable")
    return _without_optional(gold, predicted, pairs.at(order))


def _edges(gold: Side, predicted: Side, plan: Plan) -> Pairs:
    """Every two mentions that share a character, once: of several places of a gold mention the one
    that serves best.
    """
    pairs = touching(gold, predicted)
    label, other, overlap = gold.label[pairs.rows], predicted.label[pairs.columns], pairs.iou
    least = np.array([plan.least(name) for name in gold.labels])[label]
    same = np.where(overlap >= least, Tier.MATCHED, Tier.OVERLAPPING)
    whole = overlap == 1.0
    same[whole] = Tier.EXACT
    tier = np.where(label == other, same, np.where(whole, Tier.RELABELLED, Tier.CROSSED))
    pairs = pairs._replace(tier=tier)
    if (np.diff(gold.places.owner) > 0).all():  # no mention has several places
        return pairs
    order = np.lexsort((-overlap, tier, pairs.columns, pairs.rows))
    ends = pairs.rows[order] * len(predicted.mentions) + pairs.columns[order]
    first = np.diff(ends, prepend=-1) != 0
    return pairs.at(order[first])


def _alone(rows: Whole, columns: Whole) -> Mask:
    """Which edges compete with no other for either of their ends."""
    alone: Mask = (np.bincount(rows)[rows] == 1) & (np.bincount(columns)[columns] == 1)
    return alone


def _without_optional(gold: Side, predicted: Side, pairs: Pairs) -> Alignment:
    """Leave out the optional gold mentions that nothing of their label was aligned with; what was
    aligned with one under another label is spurious.
    """
    free = np.ones(len(gold.mentions), bool)
    other_free = np.ones(len(predicted.mentions), bool)
    free[pairs.rows] = other_free[pairs.columns] = False
    missing = np.flatnonzero(free)
    left_out = np.zeros(0, np.int64)
    optional = np.zeros(len(gold.mentions), bool)
    optional[[k for k in np.flatnonzero(gold.odd).tolist() if gold.mentions[k].optional]] = True
    if optional.any():
        lost = optional[pairs.rows] & (pairs.tier > Tier.OVERLAPPING)
        left_out = np.concatenate((missing[optional[missing]], pairs.rows[lost]))
        missing = missing[~optional[missing]]
        other_free[pairs.columns[lost]] = True
        pairs = pairs.at(~lost)
    return Alignment(gold, predicted, pairs, missing, np.flatnonzero(other_free), left_out)
