"""How many documents show a drop of each figure, from the systems of a pilot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil, inf, isfinite
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from toolkit.analysis.comparison import prediction_notices
from toolkit.analysis.gate.policy import Policy
from toolkit.analysis.gate.verdicts import Check, judge
from toolkit.analysis.parts import document_parts, figure_names
from toolkit.errors import DataError, Problem, plural
from toolkit.model import Corpus, Document
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.score import score
from toolkit.scoring.signature import Signature
from toolkit.statistics.corrections import LEVEL
from toolkit.statistics.metrics import Metric
from toolkit.statistics.paired import difference_error, influences, least_p
from toolkit.statistics.parts import Floats
from toolkit.statistics.power import POWER, detectable, documents_needed, needed_range

State: TypeAlias = Literal["enough", "annotate", "not at this size", "unknown"]


class Planned(NamedTuple):
    """One figure in one metric: fractions and numbers of documents, `None` where unknown.

    `detects` is the smallest drop that the gate would find with the documents there are; `needed`
    are the documents that find the drop planned for, between `needed_low` and `needed_high` with
    95 %, for the pilot shows the variance only so well. `reason` says why a figure cannot be gated
    at this size, or not be planned.
    """

    figure: str
    view: str
    metric: Metric
    state: State
    reason: str
    value: float | None
    gold: float
    active: int
    detects: float | None
    needed: int | None
    needed_low: int | None
    needed_high: int | None


class Plan(NamedTuple):
    """What planning leaves; `tests` of all the figures can be judged now, `all_tests` are reckoned
    with for the documents needed.
    """

    signature: Signature
    systems: tuple[str, ...]
    documents: int
    drop: float
    power: float
    tests: int
    all_tests: int
    figures: list[Planned]
    notices: tuple[str, ...]


def plan(
    gold: Corpus | Iterable[Document],
    pilot: Mapping[str, Corpus | Iterable[Document]],
    schema: LabelSchema | None = None,
    *,
    drop: float = 0.03,
    power: float = POWER,
    policy: Policy | None = None,
) -> Plan:
    """How many documents the gate needs to find a `drop` (a fraction) of each figure.

    The variance is that of the difference of the pilot's two systems, document by document. With
    one system alone it is taken as that of two that err independently; versions of one extractor
    mostly differ less. What is judged, and from which support on, is the gate's `policy`. Raises as
    `toolkit.score` does, and `DataError` for other than one or two systems, or a drop or power that
    is none.
    """
    _refuse(pilot, drop, power)
    policy = policy or Policy()
    gold = gold if isinstance(gold, Corpus) else tuple(gold)
    cards = {name: score(gold, documents, schema) for name, documents in pilot.items()}
    names = figure_names(list(cards.values()), policy.view, policy.field_view)
    names = [name for name in names if policy.judges(str(name))]
    if not names:
        raise DataError(Problem("policy: gated", "names no figure of this gold"))
    sides = [
        np.stack([document_parts(card.counts, name) for name in names]) for card in cards.values()
    ]
    checks = judge(names, sides[0], sides[-1], policy)
    # One system alone: against nothing, and its equal's independent errors add as much again.
    alone = len(sides) == 1
    one, other, times = np.zeros_like(sides[0]) if alone else sides[0], sides[-1], 1 + alone
    spreads = [
        _Spread(
            times**0.5 * difference_error(one[k], other[k], metric),
            influences(one[k], other[k], metric),
        )
        for k in range(len(names))
        for metric in policy.metrics
    ]
    asked = [check for check in checks if check.value is not None and check.gold]
    judged = [check for check in asked if not check.reason]
    may_differ = [check.active if alone else check.differing for check in judged]
    decided = sum(least_p(documents, sides=1) <= LEVEL for documents in may_differ)
    first = next(iter(cards.values()))
    scale = _Scale(first.documents, drop, power, decided, len(asked), policy)
    return Plan(
        signature=first.signature,
        systems=tuple(cards),
        documents=first.documents,
        drop=drop,
        power=power,
        tests=decided,
        all_tests=len(asked),
        figures=[_planned(*each, scale) for each in zip(checks, spreads, strict=True)],
        notices=tuple(prediction_notices(cards)),
    )


class _Spread(NamedTuple):
    """The standard error of a figure's difference, and each document's influence on it."""

    error: float
    influences: Floats


class _Scale(NamedTuple):
    documents: int
    drop: float
    power: float
    tests: int
    all_tests: int
    policy: Policy


def _refuse(pilot: Mapping[str, object], drop: float, power: float) -> None:
    problems = []
    if len(pilot) not in (1, 2):
        what = f"{plural(len(pilot), 'system')}; a pilot is one or two"
        problems.append(Problem("pilot", what, "name the systems whose difference is like yours"))
    if not 0 < drop < 1:
        what = f"{100 * drop:g} points is no drop"
        problems.append(Problem("drop", what, "between 0 and 100 points"))
    if not 0.5 <= power < 1:
        problems.append(Problem("power", f"{100 * power:g} % is none", "from 50 to below 100"))
    if problems:
        raise DataError(problems)


def _planned(check: Check, spread: _Spread, scale: _Scale) -> Planned:
    error = spread.error
    known = isfinite(error) and error > 0
    detects = detectable(error, scale.tests, scale.power) if known else None
    needed = documents_needed(error, scale.documents, scale.drop, scale.all_tests, scale.power)
    low, high = needed_range(needed, spread.influences) if known else (inf, inf)
    support = _for_support(check, scale)
    state, reason = _state(check, detects, max(needed, support), scale)
    return Planned(
        figure=check.figure,
        view=check.view,
        metric=check.metric,
        state=state,
        reason=reason,
        value=check.value,
        gold=check.gold,
        active=check.active,
        detects=detects,
        **{
            name: ceil(max(number, support)) if known and isfinite(max(number, support)) else None
            for name, number in (("needed", needed), ("needed_low", low), ("needed_high", high))
        },
    )


def _state(check: Check, detects: float | None, needed: float, scale: _Scale) -> tuple[State, str]:
    """Whether the documents there are can show the drop, and why they never can."""
    if check.reason:
        return "not at this size", check.reason
    if least_p(check.active, sides=1) > LEVEL / max(scale.tests, 1):
        what = f"in {plural(check.active, 'document')}: too few for {plural(scale.tests, 'test')}"
        return "not at this size", f"{what}, even if it were worse in all of them"
    if detects is None:
        return "unknown", "the pilot shows no variance here"
    if check.value is not None and detects >= check.value:
        return "not at this size", "only a drop larger than the whole figure would be found"
    return ("enough" if needed <= scale.documents else "annotate"), ""


def _for_support(check: Check, scale: _Scale) -> float:
    """How many documents bring the support that the gate asks for, if they are like these."""
    if not check.gold or not check.active:
        return inf
    values = scale.policy.least_values / check.gold
    return max(values, scale.policy.least_documents / check.active) * scale.documents
