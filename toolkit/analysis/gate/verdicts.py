"""Each figure against the baseline's: regression, pass, inconclusive, or not judged."""

from __future__ import annotations

from math import isfinite, isnan
from typing import Literal, NamedTuple, TypeAlias

import numpy as np

from toolkit.analysis.gate.policy import Policy
from toolkit.analysis.parts import Name
from toolkit.errors import plural
from toolkit.statistics.corrections import LEVEL, decidable, holm
from toolkit.statistics.intervals import interval
from toolkit.statistics.metrics import Metric, value
from toolkit.statistics.paired import Difference, active_documents, compare_parts
from toolkit.statistics.parts import GOLD, Floats, Parts, moments
from toolkit.statistics.power import detectable, documents_needed

Verdict: TypeAlias = Literal["regression", "inconclusive", "pass", "not gated"]

_EQUAL = 1e-12
"""A drop of just the tolerance is one, whatever rounding makes of it."""


class Check(NamedTuple):
    """One figure in one metric: fractions with 95 % intervals, `None` where undefined.

    `difference` is the figure less the baseline's, `p` the document-swap test's of a drop as large,
    `p_holm` the same adjusted for all that is judged. `detectable` is the smallest drop that would
    be found in 80 % of cases, `needed` how many documents would so find one of `tolerance`.
    """

    figure: str
    view: str
    metric: Metric
    verdict: Verdict
    reason: str
    baseline: float | None
    value: float | None
    value_low: float | None
    value_high: float | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    p_holm: float | None
    differing: int
    tolerance: float
    detectable: float | None
    needed: int | None
    gold: float
    active: int


class Family(NamedTuple):
    """How many tests there are, and how many of them the differing documents can decide at all."""

    gated: int
    decidable: int


class FloorCheck(NamedTuple):
    """A figure against the least that is asked of it: judged by its interval, not by the point."""

    figure: str
    metric: Metric
    least: float
    value: float | None
    low: float | None
    high: float | None
    verdict: Verdict


def judge(names: list[Name], baseline: Parts, parts: Parts, policy: Policy) -> list[Check]:
    """A check of each figure in each metric; both sides are parts (figures, documents, 4) of the
    same documents.
    """
    found = compare_parts(baseline, parts, policy.metrics)
    gold = np.maximum(baseline[..., GOLD].sum(axis=-1), parts[..., GOLD].sum(axis=-1)).tolist()
    reasons = [
        _not_gated(str(name), gold[k], active_documents(baseline[k], parts[k]), policy)
        for k, name in enumerate(names)
    ]
    family = [
        float("nan") if reasons[k] else change.p_drop
        for k, changes in enumerate(found)
        for change in changes
    ]
    least = [change.least_drop for changes in found for change in changes]
    tests = Family(sum(not isnan(p) for p in family), sum(decidable(family, least)))
    adjusted = iter(holm(family, least))
    return [
        _check(
            names[k],
            metric,
            (baseline[k], parts[k]),
            change,
            next(adjusted),
            reasons[k] or ("undefined on one side" if isnan(change.difference) else ""),
            policy,
            tests,
        )
        for k, changes in enumerate(found)
        for metric, change in zip(policy.metrics, changes, strict=True)
    ]


def judge_floors(names: list[Name], parts: Parts, policy: Policy) -> list[FloorCheck]:
    """A check of each floor; an undefined figure is inconclusive."""
    found = []
    positions = {str(name): k for k, name in enumerate(names)}
    for figure, floors in policy.floors.items():
        whole = moments(parts[positions[figure]])
        for metric, least in floors.items():
            now = _defined(value(whole.sums, metric))
            low, high = map(_defined, interval(whole, metric))
            verdict: Verdict = "inconclusive"
            if low is not None and high is not None:
                verdict = "pass" if low >= least else "regression" if high < least else verdict
            found.append(FloorCheck(figure, metric, least, now, low, high, verdict))
    return found


def _check(
    name: Name,
    metric: Metric,
    sides: tuple[Parts, Parts],
    change: Difference,
    p_holm: float,
    reason: str,
    policy: Policy,
    tests: Family,
) -> Check:
    before, now = (moments(parts) for parts in sides)
    tolerance = policy.tolerance_of(str(name))
    needed = documents_needed(change.error, now.documents, tolerance, tests.gated)
    low, high = interval(now, metric)
    return Check(
        figure=str(name),
        view=name.view,
        metric=metric,
        verdict="not gated" if reason else _verdict(change, p_holm, tolerance),
        reason=reason,
        baseline=_defined(value(before.sums, metric)),
        value=_defined(value(now.sums, metric)),
        value_low=_defined(low),
        value_high=_defined(high),
        difference=_defined(change.difference),
        low=_defined(change.low),
        high=_defined(change.high),
        p=_defined(change.p_drop),
        p_holm=_defined(p_holm),
        differing=change.differing,
        tolerance=tolerance,
        detectable=_defined(detectable(change.error, tests.decidable)),
        needed=int(needed) if isfinite(needed) else None,
        gold=float(max(before.sums[GOLD], now.sums[GOLD])),
        active=active_documents(*sides),
    )


def _verdict(change: Difference, p_holm: float, tolerance: float) -> Verdict:
    """A drop that the test finds is a regression where it is as large as the tolerance; where it is
    none, and a drop of the tolerance lies outside the interval, the figure passes.
    """
    dropped = change.difference < 0 and change.difference <= -tolerance + _EQUAL
    if p_holm <= LEVEL and dropped:
        return "regression"
    return "pass" if change.low > -tolerance else "inconclusive"


def _not_gated(figure: str, gold: float, active: int, policy: Policy) -> str:
    if not policy.judges(figure):
        return "not asked for"
    if gold < policy.least_values:
        return f"{gold:g} in gold, fewer than {policy.least_values}"
    if active < policy.least_documents:
        return f"in {plural(active, 'document')}, fewer than {policy.least_documents}"
    return ""


def _defined(number: Floats | float) -> float | None:
    return None if isnan(number) else float(number)
