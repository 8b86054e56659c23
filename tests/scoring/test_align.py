"""The alignment is one to one, optimal, and does not depend on the order of the input."""

import sys
from collections import Counter
from typing import NamedTuple

import numpy as np
import pytest
from dense import make_mention, many, mentions, open_mentions
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, milp

from toolkit.columns import columns
from toolkit.model import Document, Entities, Mention
from toolkit.scoring.align import align
from toolkit.scoring.alignment import Tier
from toolkit.scoring.compare import agreement
from toolkit.scoring.plan import Plan
from toolkit.scoring.sides import sides
from toolkit.spans import Span, iou


def aligned(gold, predicted, schema):
    plan = Plan(schema, Entities({}))
    documents = [[Document(id="d", mentions=tuple(side))] for side in (gold, predicted)]
    return align(*sides(*map(columns, documents), plan), plan)


class Pair(NamedTuple):
    gold: Mention
    predicted: Mention
    tier: Tier
    iou: float


def all_pairs(alignment):
    return [
        Pair(
            alignment.gold.mentions[row],
            alignment.predicted.mentions[column],
            Tier(tier),
            shared / (size + other - shared) if size else 1.0,
        )
        for row, column, tier, shared, size, other in zip(*alignment.pairs, strict=True)
    ]


def worth(gold, predicted, plan):
    """What the documented objectives give to one pair, or `None` where the two cannot pair."""
    agree, in_all = agreement(gold, predicted, plan) if gold.label == predicted.label else (0, 0)
    if gold.label == "R" or predicted.label == "R":
        if gold.label != predicted.label or not (agree or in_all):
            return None
        return (int(in_all), *[0] * 8, agree)
    places = [gold.place, *(other.place for other in gold.alternatives if other.place)]
    return max((at_place(gold, place, predicted, agree) for place in places), key=lambda w: w or ())


def at_place(gold, place, predicted, agree):
    overlap = iou(place, predicted.place)
    if not overlap:
        return None
    if gold.label != predicted.label:
        tier = Tier.RELABELLED if place == predicted.place else Tier.CROSSED
    elif place == predicted.place:
        tier = Tier.EXACT
    elif overlap >= {"A": 0, "B": 0.5}[gold.label]:
        tier = Tier.MATCHED
    else:
        tier = Tier.OVERLAPPING
    counts = [int(tier == each) for each in Tier]
    overlaps = [count * round(overlap * 1_000_000) for count in counts[1:]]
    return (*counts, *overlaps, agree)


NOTHING = (0,) * 10


def total(worths):
    return tuple(map(sum, zip(*worths, strict=True))) or NOTHING


def best(worths, row, free):
    """The optimum by trying every one-to-one pairing of rows from `row` on with free columns."""
    if row == len(worths):
        return NOTHING
    found = best(worths, row + 1, free)
    for column in free:
        one = worths[row][column]
        if one is not None:
            found = max(found, total([one, best(worths, row + 1, free - {column})]))
    return found


def found_and_possible(gold, predicted, schema):
    """What the pairs of our alignment are worth in all, and what any two mentions would be."""
    plan = Plan(schema, Entities({}))
    pairs = all_pairs(aligned(gold, predicted, schema))
    found = total([worth(pair.gold, pair.predicted, plan) for pair in pairs])
    return found, [[worth(one, other, plan) for other in predicted] for one in gold]


@many(5000)
@given(mentions(most=5), mentions(most=5))
def test_no_other_pairing_is_worth_more(dense_schema, gold, predicted):
    found, worths = found_and_possible(gold, predicted, dense_schema)
    assert found == best(worths, 0, frozenset(range(len(predicted))))


@many(1000)
@given(open_mentions(most=4), mentions(most=4))
def test_nor_where_gold_leaves_places_and_values_open(dense_schema, gold, predicted):
    found, worths = found_and_possible(gold, predicted, dense_schema)
    assert found == best(worths, 0, frozenset(range(len(predicted))))


def best_by_programming(worths):
    """The optimum by integer programming, one objective after the other, each held to its best."""
    edges = [
        (i, j) for i, row in enumerate(worths) for j, worth in enumerate(row) if worth is not None
    ]
    if not edges:
        return NOTHING
    once = np.zeros((len(worths) + len(worths[0]), len(edges)))
    for k, (i, j) in enumerate(edges):
        once[i, k] = once[len(worths) + j, k] = 1
    limits = [LinearConstraint(once, ub=1)]
    totals = []
    for objective in zip(*(worths[i][j] for i, j in edges), strict=True):
        total = 0
        if any(objective):
            solved = milp(
                -np.array(objective, float),
                constraints=limits,
                integrality=1,
                bounds=(0, 1),
                options={"mip_rel_gap": 0},
            )
            assert solved.success
            total = sum(value for value, x in zip(objective, solved.x, strict=True) if x > 0.5)
            limits.append(LinearConstraint(np.array(objective, float), lb=total - 0.5))
        totals.append(total)
    return tuple(totals)


@many(200)
@given(mentions(most=14, least=10), mentions(most=14, least=10))
def test_no_other_pairing_is_worth_more_in_longer_documents(dense_schema, gold, predicted):
    found, worths = found_and_possible(gold, predicted, dense_schema)
    assert found == best_by_programming(worths)


@given(mentions(most=4), mentions(most=4))
def test_both_ways_to_find_the_optimum_agree(dense_schema, gold, predicted):
    _, worths = found_and_possible(gold, predicted, dense_schema)
    assert best_by_programming(worths) == best(worths, 0, frozenset(range(len(predicted))))


@many(200)
@given(mentions(), mentions())
def test_every_mention_is_in_exactly_one_place(dense_schema, gold, predicted):
    alignment = aligned(gold, predicted, dense_schema)
    ours = [pair.gold for pair in all_pairs(alignment)]
    ours += [gold[position] for position in alignment.missing]
    theirs = [pair.predicted for pair in all_pairs(alignment)]
    theirs += [predicted[position] for position in alignment.spurious]
    assert Counter(map(id, ours)) == Counter(map(id, gold))
    assert Counter(map(id, theirs)) == Counter(map(id, predicted))


@many(200)
@given(mentions(), mentions(), st.randoms())
def test_the_order_of_the_input_does_not_matter(dense_schema, gold, predicted, random):
    def pairs(ours, theirs):
        found = all_pairs(aligned(ours, theirs, dense_schema))
        return sorted((pair.gold.id, pair.predicted.id, pair.tier) for pair in found)

    expected = pairs(gold, predicted)
    assert (
        pairs(random.sample(gold, len(gold)), random.sample(predicted, len(predicted))) == expected
    )


@many(200)
@given(mentions(), mentions())
def test_swapping_the_sides_keeps_the_worth(dense_schema, gold, predicted):
    def tiers(ours, theirs):
        return Counter(pair.tier for pair in all_pairs(aligned(ours, theirs, dense_schema)))

    assert tiers(gold, predicted) == tiers(predicted, gold)


@given(mentions(most=8))
def test_mentions_align_exactly_with_themselves(dense_schema, gold):
    alignment = aligned(gold, gold, dense_schema)
    assert [pair.tier for pair in all_pairs(alignment)] == [Tier.EXACT] * len(gold)


def test_what_has_no_circle_needs_no_solver(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    gold = [Mention(id=str(i), label="A", start=10 * i, end=10 * i + 10) for i in range(200)]
    shifted = [Mention(id=str(i), label="A", start=10 * i + 4, end=10 * i + 14) for i in range(200)]
    found = aligned(gold, shifted, None)
    assert [pair.iou for pair in all_pairs(found)] == [pytest.approx(6 / 14)] * 200


def test_a_tangle_of_many_overlapping_mentions_is_solved():
    gold = [make_mention("A", (Span(i, i + 50),), {}, i) for i in range(60)]
    predicted = [make_mention("A", (Span(i, i + 49),), {}, i) for i in range(60)]
    alignment = aligned(gold, predicted, None)
    pairs = [pair for pair in all_pairs(alignment) if pair.tier != Tier.EXACT]
    assert len(pairs) == 60
    assert all(pair.iou == pytest.approx(0.98) for pair in pairs)
