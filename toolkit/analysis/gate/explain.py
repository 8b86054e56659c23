"""Why a figure is not what it was: other predictions, another gold, another scorer."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

from toolkit.analysis.gate.baseline import Baseline, Runs
from toolkit.analysis.gate.judging import mean
from toolkit.analysis.gate.policy import Policy
from toolkit.analysis.gate.report import Change
from toolkit.analysis.parts import Name, figure_names
from toolkit.errors import DataError, Problem
from toolkit.model import Corpus
from toolkit.schema.load import schema_of
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.saved import load_card
from toolkit.scoring.score import score
from toolkit.scoring.scorecard import Scorecard
from toolkit.statistics.metrics import Metric, value
from toolkit.statistics.parts import Parts


def explain_change(
    gold: Corpus,
    predicted: Runs,
    baseline: Baseline,
    schema: LabelSchema | None = None,
    policy: Policy | None = None,
) -> tuple[Change, ...]:
    """How much of each figure's change since the baseline was accepted comes from where.

    The baseline's predictions are scored once more on the gold of that day: what differs from the
    scorecard of that day is the scorer's and the schema's doing, what then differs on today's gold
    is the gold's, and the rest the extractor's. Raises `DataError` for a baseline without a record.
    """
    policy = policy or Policy()
    if baseline.gold is None:
        what = "a bare file of predictions does not tell what was scored when it was accepted"
        raise DataError(Problem("baseline", what, "make one with `toolkit baseline accept`"))
    schema = schema_of(gold, schema)
    then = Corpus(baseline.gold.documents, schema=gold.schema, entities=gold.entities)
    cards = {
        "accepted": [load_card(file) for file in baseline.cards],
        "rescored": [score(then, run, schema) for run in baseline.runs],
        "on today's gold": [score(gold, run, schema) for run in baseline.runs],
        "now": [score(gold, run, schema) for run in predicted],
    }
    every = [card for of in cards.values() for card in of]
    return tuple(_changes(cards, figure_names(every, policy.view, policy.field_view), policy))


def _changes(
    cards: dict[str, list[Scorecard]], names: list[Name], policy: Policy
) -> Iterator[Change]:
    parts = {state: mean(of, names) for state, of in cards.items()}
    for k, name in enumerate(names):
        for metric in policy.metrics:
            figures = [_figure(each[k], metric) for each in parts.values()]
            if policy.judges(str(name)) and not any(map(isnan, figures)):
                accepted, rescored, on_gold, now = figures
                yield Change(
                    str(name),
                    metric,
                    accepted,
                    now,
                    extractor=now - on_gold,
                    gold=on_gold - rescored,
                    scorer=rescored - accepted,
                )


def _figure(parts: Parts, metric: Metric) -> float:
    return float(value(parts.sum(axis=0), metric))
