"""What exactly broke: gold mentions and fields, blown-up documents, pinned cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import Any, Literal, NamedTuple

from toolkit.analysis.gate.policy import Pin
from toolkit.model import Document
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.verdicts import Verdict

LENIENT = ("partial", "type", "overlap", "iou>=0.5")
"""Views in which a boundary that is off breaks nothing."""


class Broken(NamedTuple):
    """A gold mention, or a field of one, that the baseline has right and the predictions have not;
    or a mention that is newly spurious, without a gold id; or, of what is mended, the other way
    round. `where` is its place in the gold files, `predicted_mention` what `by` has there, if
    anything.
    """

    document: str
    label: str
    field: str | None
    mention: str | None
    error: str
    gold: Any
    predicted: Any
    where: str
    predicted_mention: str | None = None
    by: Literal["baseline", "predictions"] = "predictions"

    @property
    def figure(self) -> str:
        """The figure that it lowers: its label, or `label.field`."""
        return f"{self.label}.{self.field}" if self.field else self.label


class Blown(NamedTuple):
    """A document with far more mentions than the baseline has in it."""

    document: str
    baseline: float
    predicted: float


class Pinned(NamedTuple):
    """A pinned case: right before and wrong now fails; wrong before is not the change's fault."""

    case: Pin
    before: bool
    now: bool

    @property
    def failed(self) -> bool:
        """Whether the change broke it."""
        return self.before and not self.now


def newly_broken(
    baseline: Sequence[Scorecard], cards: Sequence[Scorecard], view: str, where: Callable[..., str]
) -> tuple[list[Broken], list[Broken]]:
    """What most runs have wrong and most of the baseline's had right, and what is the other way
    round. A field of a mention that was missed was not right, and is not mended.
    """
    before, now = (_mostly_wrong(of, view) for of in (baseline, cards))
    all_before, all_now = (_mostly_wrong(of, view, unmatched=True) for of in (baseline, cards))
    broken = [_told(verdict, where) for key, verdict in now.items() if key not in all_before]
    mended = [_told(verdict, where) for key, verdict in before.items() if key not in all_now]
    return broken, [each._replace(by="baseline") for each in mended]


def _told(verdict: Verdict, where: Callable[..., str]) -> Broken:
    return Broken(
        document=verdict.document,
        label=verdict.label,
        field=verdict.field,
        mention=verdict.gold_id,
        error=verdict.kind or verdict.outcome,
        gold=verdict.gold,
        predicted=verdict.predicted,
        where=where(verdict.document, verdict.gold_id),
        predicted_mention=verdict.predicted_id,
    )


def blown_up(
    baseline: Sequence[Iterable[Document]],
    runs: Sequence[Iterable[Document]],
    documents: Iterable[str],
    times: float,
) -> list[Blown]:
    """Which of the gold `documents` have, in most runs, more than `times` the baseline's mentions,
    or more than `times` where the baseline has none.
    """
    before, now = _mentions(baseline), _mentions(runs)
    found = []
    for document in documents:
        usual, many = (median(of.get(document, [0])) for of in (before, now))
        if many > times * max(usual, 1):
            found.append(Blown(document, usual, many))
    return found


def pinned(
    baseline: Sequence[Scorecard], cards: Sequence[Scorecard], pins: Sequence[Pin], view: str
) -> list[Pinned]:
    """Whether each case is right in most runs of either side."""
    before, now = (_mostly_wrong(of, view, unmatched=True) for of in (baseline, cards))
    return [
        Pinned(pin, not _is_wrong(pin, before.values()), not _is_wrong(pin, now.values()))
        for pin in pins
    ]


def _is_wrong(pin: Pin, wrong: Iterable[Verdict]) -> bool:
    """Whether any error is in what the pin names: of a mention its own, not those of its fields."""
    return any(
        verdict.document == pin.document
        and (pin.mention is None or (pin.mention, pin.field) == (verdict.gold_id, verdict.field))
        for verdict in wrong
    )


def _mostly_wrong(
    cards: Sequence[Scorecard], view: str, *, unmatched: bool = False
) -> dict[tuple[object, ...], Verdict]:
    """What is wrong in more than half of the runs; fields of unmatched mentions only if asked for,
    since the mention says it all.
    """
    times: Counter[tuple[object, ...]] = Counter()
    found: dict[tuple[object, ...], Verdict] = {}
    for card in cards:
        here: dict[tuple[object, ...], Verdict] = {}
        for verdict in card.verdicts:
            lenient = verdict.kind == "boundary" and view in LENIENT
            if not lenient and (unmatched or verdict.kind != "unmatched"):
                spurious = () if verdict.gold_id else (verdict.label, verdict.predicted_place)
                here.setdefault(
                    (verdict.document, verdict.gold_id, verdict.field, *spurious), verdict
                )
        times.update(here.keys())
        found = here | found
    return {key: verdict for key, verdict in found.items() if 2 * times[key] > len(cards)}


def _mentions(runs: Sequence[Iterable[Document]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for run in runs:
        for document in run:
            found.setdefault(document.id, []).append(len(document.mentions))
    return found
