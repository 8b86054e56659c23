"""How often the gate itself is wrong: its verdicts where nothing has changed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from typing import NamedTuple

import numpy as np

from toolkit.analysis.gate.baseline import Baseline, Predicted, as_runs
from toolkit.analysis.gate.judging import parts_of, score_sides
from toolkit.analysis.gate.policy import Policy
from toolkit.analysis.gate.verdicts import judge
from toolkit.analysis.parts import Name
from toolkit.model import Corpus
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.scorecard import Scorecard
from toolkit.statistics.paired import SEED
from toolkit.statistics.parts import Parts

SIMULATIONS = 200


class Alarms(NamedTuple):
    """In how many of the comparisons without a real change the gate saw a regression."""

    what: str
    comparisons: int
    alarms: int

    @property
    def rate(self) -> float:
        """The false-alarm rate, of all checks together."""
        return self.alarms / self.comparisons


def gate_self_test(
    gold: Corpus,
    predicted: Predicted,
    baseline: Predicted | Baseline,
    schema: LabelSchema | None = None,
    policy: Policy | None = None,
    *,
    simulations: int = SIMULATIONS,
) -> list[Alarms]:
    """The gate's false alarms on this gold: the baseline against itself; where predictions differ
    from it, documents exchanged between the two at random, so that neither side is better; where
    there are several runs of a side, each against each.
    """
    policy = policy or Policy()
    before = baseline.runs if isinstance(baseline, Baseline) else as_runs(baseline)
    sides = score_sides(gold, before, as_runs(predicted), schema, policy)
    names, one, other = sides.names, sides.baseline_parts, sides.parts
    found = [Alarms("the baseline against itself", 1, int(_alarm(names, one, one, policy)))]
    if not np.array_equal(one, other):
        bits = np.random.Generator(np.random.PCG64(SEED))
        alarms = 0
        for _ in range(simulations):
            swapped = bits.random(one.shape[1]) < 0.5
            first, second = one.copy(), other.copy()
            first[:, swapped], second[:, swapped] = other[:, swapped], one[:, swapped]
            alarms += _alarm(names, first, second, policy)
        found.append(Alarms("documents exchanged at random", simulations, alarms))
    for side, cards in (("baseline", sides.baseline), ("predictions", sides.cards)):
        if len(cards) > 1:
            found.append(_runs_against_each_other(side, cards, names, policy))
    return found


def _runs_against_each_other(
    side: str, cards: Sequence[Scorecard], names: list[Name], policy: Policy
) -> Alarms:
    runs = [parts_of(card, names) for card in cards]
    pairs = list(permutations(runs, 2))
    alarms = sum(_alarm(names, one, other, policy) for one, other in pairs)
    return Alarms(f"runs of the {side} against each other", len(pairs), alarms)


def _alarm(names: list[Name], one: Parts, other: Parts, policy: Policy) -> bool:
    return any(check.verdict == "regression" for check in judge(names, one, other, policy))
