"""From gold, predictions and a baseline to a gate's report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from typing import NamedTuple

import numpy as np

from toolkit.analysis.gate.baseline import Baseline, Predicted, Runs, as_runs
from toolkit.analysis.gate.broken import blown_up, newly_broken, pinned
from toolkit.analysis.gate.policy import Policy
from toolkit.analysis.gate.report import GateReport
from toolkit.analysis.gate.verdicts import judge, judge_floors
from toolkit.analysis.parts import Name, document_parts, figure_names
from toolkit.errors import DataError, MismatchError, Problem, abridged, did_you_mean, listed
from toolkit.formats.locate import locator
from toolkit.model import Corpus
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.score import score
from toolkit.scoring.scorecard import Scorecard
from toolkit.statistics.parts import Parts

ACCEPT_ANOTHER = "accept another: `toolkit baseline accept`"
"""What to do about a baseline that cannot be judged against."""


class Sides(NamedTuple):
    """Both sides scored with the same gold, schema and scorer: runs on the documents that must be
    there, their scorecards, and mean parts.
    """

    baseline_runs: Runs
    runs: Runs
    baseline: list[Scorecard]
    cards: list[Scorecard]
    names: list[Name]
    baseline_parts: Parts
    parts: Parts


def gate(
    gold: Corpus,
    predicted: Predicted,
    baseline: Predicted | Baseline,
    schema: LabelSchema | None = None,
    policy: Policy | None = None,
) -> GateReport:
    """Judge predictions against a baseline's, both scored now by the same rules.

    Several runs on a side are averaged document by document. Raises `DataError` for empty gold, bad
    documents and a policy that names what is not there, `MismatchError` where the sides were made
    on different texts or documents.
    """
    policy = policy or Policy()
    accepted = baseline if isinstance(baseline, Baseline) else Baseline(as_runs(baseline))
    _refuse_empty(gold)
    _refuse_unknown(gold, policy)
    sides = score_sides(gold, accepted.runs, as_runs(predicted), schema, policy)
    _refuse_other_texts(sides)
    _refuse_no_figure(sides.names, policy)
    broken, mended = newly_broken(
        sides.baseline, sides.cards, policy.view, locator(gold) if gold.files else _nowhere
    )
    checks = judge(sides.names, sides.baseline_parts, sides.parts, policy)
    judged = {check.figure for check in checks if check.verdict == "regression"}
    broken.sort(key=lambda each: (each.figure not in judged, each.document))
    return GateReport(
        signature=sides.cards[0].signature,
        policy=policy,
        documents=sides.cards[0].documents,
        runs=len(sides.runs),
        baseline_runs=len(sides.baseline_runs),
        checks=checks,
        floors=judge_floors(sides.names, sides.parts, policy),
        pinned=pinned(sides.baseline, sides.cards, policy.pinned, policy.view),
        blown_up=blown_up(
            sides.baseline_runs, sides.runs, sides.cards[0].counts.names, policy.blow_up
        ),
        broken=broken,
        mended=mended,
        incomplete=tuple(_incomplete(sides)),
        notices=tuple(_notices(sides, accepted, policy)),
    )


def score_sides(
    gold: Corpus, before: Runs, runs: Runs, schema: LabelSchema | None, policy: Policy
) -> Sides:
    """Score all runs on the documents that must be there."""
    kept = _without(gold, policy.missing)
    before, runs = ([_without(run, policy.missing) for run in of] for of in (before, runs))
    with _naming_the_baseline():
        baseline = [score(kept, run, schema) for run in before]
    cards = [score(kept, run, schema) for run in runs]
    names = figure_names([*baseline, *cards], policy.view, policy.field_view)
    return Sides(before, runs, baseline, cards, names, mean(baseline, names), mean(cards, names))


@contextmanager
def _naming_the_baseline() -> Iterator[None]:
    """What is wrong with the baseline is not said of the predictions, which scoring knows alone."""
    try:
        yield
    except (DataError, MismatchError) as error:
        raise type(error)(
            problem._replace(
                where=re.sub("^predictions", "baseline", problem.where), hint=ACCEPT_ANOTHER
            )
            if problem.where.startswith("predictions")
            else problem
            for problem in error.problems
        ) from None


def mean(cards: Sequence[Scorecard], names: list[Name]) -> Parts:
    """The parts (figures, documents, 4) of a side, averaged over its runs."""
    total = parts_of(cards[0], names)
    for card in cards[1:]:
        total = total + parts_of(card, names)
    return total / len(cards)


def parts_of(card: Scorecard, names: list[Name]) -> Parts:
    """The parts (figures, documents, 4) of one run."""
    return np.stack([document_parts(card.counts, name) for name in names])


def _without(corpus: Corpus, missing: Iterable[str]) -> Corpus:
    left_out = set(missing)
    if not left_out:
        return corpus
    return Corpus(
        [document for document in corpus if document.id not in left_out],
        source=corpus.source,
        files=corpus.files,
        schema=corpus.schema,
        entities=corpus.entities,
        where=corpus.where,
    )


def _refuse_empty(gold: Corpus) -> None:
    if not any(document.mentions for document in gold):
        what = "the gold has no mention, so nothing can break"
        raise DataError(Problem(gold.source or "gold", what, "annotate some documents"))


def _refuse_unknown(gold: Corpus, policy: Policy) -> None:
    """Refuse a policy that pins or leaves out what the gold does not have."""
    known = {document.id: {m.id: m for m in document.mentions} for document in gold}
    problems = [
        Problem(f"policy: missing {name}", "no gold document", did_you_mean(name, known))
        for name in policy.missing
        if name not in known
    ]
    for pin in policy.pinned:
        where = f"policy: pinned {pin}"
        mentions = known.get(pin.document)
        if mentions is None:
            problems.append(Problem(where, "no gold document", did_you_mean(pin.document, known)))
        elif pin.mention is not None and pin.mention not in mentions:
            hint = did_you_mean(pin.mention, mentions)
            problems.append(Problem(where, "no gold mention", hint))
        elif pin.mention and pin.field and pin.field not in mentions[pin.mention].fields:
            hint = did_you_mean(pin.field, mentions[pin.mention].fields)
            problems.append(Problem(where, "no value in the gold mention", hint))
    if problems:
        raise DataError(problems)


def _refuse_no_figure(names: list[Name], policy: Policy) -> None:
    """Refuse a policy that asks for a figure that is not there: it would never be judged."""
    known = [str(name) for name in names]
    asked = [("gated", pattern) for pattern in policy.gated]
    asked += [("floors", figure) for figure in policy.floors]
    asked += [("tolerances", pattern) for pattern in policy.tolerances]
    problems = [
        Problem(f"policy: {key} {pattern}", "no such figure", did_you_mean(pattern, known))
        for key, pattern in asked
        if not any(fnmatchcase(figure, pattern) for figure in known)
    ]
    if problems:
        raise DataError(problems)


def _refuse_other_texts(sides: Sides) -> None:
    """Refuse sides that say they were made on different texts."""
    made_on = {d.id: d.text_sha256 for run in sides.baseline_runs for d in run if d.text_sha256}
    problems = [
        Problem(
            f"predictions: {document.id}",
            "made on another text than the baseline's: text_sha256 differs",
            f"extract again, or {ACCEPT_ANOTHER}",
        )
        for run in sides.runs
        for document in run
        if document.text_sha256
        and made_on.get(document.id, document.text_sha256) != document.text_sha256
    ]
    if problems:
        raise MismatchError(abridged(problems))


def _incomplete(sides: Sides) -> Iterator[str]:
    """What is missing on either side: nothing is concluded from documents that are not there."""
    for side, cards, of in (
        ("baseline", sides.baseline, sides.baseline_runs),
        ("predictions", sides.cards, sides.runs),
    ):
        for number, (card, run) in enumerate(zip(cards, of, strict=True), 1):
            name = side if len(cards) == 1 else f"{side}, run {number}"
            hint = f" ({ACCEPT_ANOTHER})" if side == "baseline" else ""
            if card.not_predicted:
                yield f"{name}: no prediction for {listed(card.not_predicted)}{hint}"
            if failed := [document.id for document in run if "error" in document.meta]:
                yield f"{name}: extraction failed for {listed(failed)}{hint}"


def _notices(sides: Sides, baseline: Baseline, policy: Policy) -> Iterator[str]:
    if baseline.accepted:
        when, who, why = baseline.accepted.when, baseline.accepted.who, baseline.accepted.why
        yield f"baseline: accepted {when} by {who}: {why}"
        if baseline.accepted.signature != str(sides.cards[0].signature):
            yield f"baseline: scored again, for it was accepted with {baseline.accepted.signature}"
    if policy.missing:
        yield f"left out on both sides, as the policy says: {listed(policy.missing)}"
    for side, cards in (("baseline", sides.baseline), ("predictions", sides.cards)):
        unknown = sorted({name for card in cards for name in card.unknown})
        if unknown:
            yield f"{side}: not in the gold, not counted: {listed(unknown)}"
    if len(sides.baseline) != len(sides.cards):
        yield (
            f"{len(sides.cards)} runs against {len(sides.baseline)} of the baseline: the side with "
            "fewer is the noisier, and p is approximate"
        )


def _nowhere(document: str, _mention: str | None = None) -> str:
    return document
