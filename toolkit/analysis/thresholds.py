"""From which score on to keep predictions, and how far scores are probabilities."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple
from zlib import crc32

import msgspec
import numpy as np

from toolkit.analysis.calibration import Bin, Curve, best, calibration, curve, threshold_bounds
from toolkit.analysis.figures import Bounds, figures
from toolkit.errors import DataError, Problem, plural
from toolkit.model import Corpus, Document
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.score import score
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.signature import Signature
from toolkit.scoring.views import MICRO


class Threshold(NamedTuple):
    """The score from which on predictions of a label are best kept; `(micro)` is one for all.

    It is chosen on some documents (`chosen_f1`, which flatters), `low` and `high` being what it was
    in 95 % of 500 redrawings of them. All other figures are of the others: without a threshold
    (`f1_all`) and with it, each with its interval. `ece` is the expected calibration error and
    `bins` the reliability table of all documents; `curve` is that of the documents chosen on.
    """

    label: str
    threshold: float | None
    low: float | None
    high: float | None
    chosen_f1: float | None
    f1_all: float | None
    f1_all_bounds: Bounds
    precision: float | None
    recall: float | None
    f1: float | None
    f1_bounds: Bounds
    gold: int
    scored: int
    unscored: int
    few: bool
    average_precision: float | None
    ece: float | None
    bins: list[Bin]
    curve: Curve


class Thresholds(NamedTuple):
    """What choosing leaves; the documents that were chosen on, and reported on."""

    signature: Signature
    chosen_on: int
    reported_on: int
    thresholds: list[Threshold]
    notices: tuple[str, ...]


def thresholds(
    gold: Corpus | Iterable[Document],
    predicted: Corpus | Iterable[Document],
    schema: LabelSchema | None = None,
    *,
    choose_on: Collection[str] | None = None,
) -> Thresholds:
    """The threshold of best strict F1 for each label, chosen on one half of the documents and
    reported on the other.

    The halves go by a checksum of the documents' ids, or `choose_on` names those to choose on.
    Predictions without a score are kept, whatever the threshold, and not chosen by. Scores must be
    from 0 to 1. Raises as `toolkit.score` does, and `DataError` where no prediction has a score or
    one half has no document.
    """
    gold = gold if isinstance(gold, Corpus) else tuple(gold)
    predicted = tuple(predicted)
    card = score(gold, predicted, schema)
    ids = {document.id for document in gold}
    chosen = ids & set(choose_on) if choose_on is not None else {i for i in ids if _first_half(i)}
    rows = _judged(card, predicted, ids)
    _refuse(predicted, rows, chosen, ids)
    on, other = (_only(gold, some) for some in (chosen, ids - chosen))
    labels = [MICRO, *sorted({row.label for row in rows} | set(card.totals().mentions))]
    golds = _golds(card)
    halves = {name: name in chosen for name in ids}
    picked = {label: _pick(_of(rows, label), label, golds, halves) for label in labels}
    cut = {label: each.threshold for label, each in picked.items() if label != MICRO}
    whole = picked[MICRO].threshold
    kept = _kept(predicted, cut)
    of_labels = _figures(score(other, kept, schema))
    of_all = _figures(score(other, _kept(predicted, dict.fromkeys(labels, whole)), schema))
    before = _figures(score(other, predicted, schema))
    found = [
        _reported(label, picked[label], _of(rows, label), before, now)
        for label in labels
        for now in [of_all if label == MICRO else of_labels]
    ]
    return Thresholds(card.signature, len(on), len(other), found, tuple(_notices(found, card)))


class _Row(NamedTuple):
    """A predicted mention: where, what, its score if any, and whether it is strictly right."""

    document: str
    label: str
    score: float | None
    right: bool


class _Picked(NamedTuple):
    threshold: float | None
    bounds: Bounds
    f1: float | None
    curve: Curve


def _first_half(name: str) -> bool:
    return crc32(name.encode()) % 2 == 0


def _judged(card: Scorecard, predicted: Iterable[Document], ids: Collection[str]) -> list[_Row]:
    """Every prediction; right is what no verdict on a mention names."""
    wrong = {
        (verdict.document, verdict.predicted_id)
        for verdict in card.verdicts
        if verdict.field is None and verdict.predicted_id is not None
    }
    return [
        _Row(document.id, m.label, m.score, (document.id, m.id) not in wrong)
        for document in predicted
        if document.id in ids
        for m in document.mentions
    ]


def _refuse(
    predicted: Iterable[Document], rows: list[_Row], chosen: set[str], ids: set[str]
) -> None:
    problems = [
        Problem(f"predictions: {d.id} {m.id}", f"score {m.score:g} is not from 0 to 1", "scale it")
        for d in predicted
        for m in d.mentions
        if m.score is not None and not 0 <= m.score <= 1
    ]
    if all(row.score is None for row in rows):
        what = "no prediction has a score"
        problems.append(Problem("predictions", what, 'a mention\'s key "score", from 0 to 1'))
    for half, what in ((chosen, "to choose on"), (ids - chosen, "to report on")):
        if not half:
            hint = "have more documents, or name a split"
            problems.append(Problem("gold", f"there is no document {what}", hint))
    if problems:
        raise DataError(problems)


def _golds(card: Scorecard) -> dict[str, dict[str, int]]:
    """Gold mentions of each label, and of all, in each document."""
    from toolkit.analysis.parts import Name, document_parts
    from toolkit.statistics.parts import GOLD

    return {
        label: dict(
            zip(
                card.counts.names,
                document_parts(card.counts, Name(label, None, "strict"))[:, GOLD].tolist(),
                strict=True,
            )
        )
        for label in (MICRO, *card.totals().mentions)
    }


def _of(rows: list[_Row], label: str) -> list[_Row]:
    return rows if label == MICRO else [row for row in rows if row.label == label]


def _pick(
    rows: list[_Row], label: str, golds: dict[str, dict[str, int]], halves: dict[str, bool]
) -> _Picked:
    """The threshold of a label on the documents to choose on."""
    names = sorted(name for name, chosen in halves.items() if chosen)
    gold = np.array([golds[label][name] for name in names], float)
    position = {name: k for k, name in enumerate(names)}
    taken = [row for row in rows if row.score is not None and row.document in position]
    right = np.array([row.right for row in taken], bool)
    scores = np.array([row.score for row in taken], float)
    found = curve(right, scores, gold.sum())
    threshold, f1 = best(found)
    document = np.array([position[row.document] for row in taken], np.int64)
    bounds = (
        threshold_bounds(right, scores, document, gold) if threshold is not None else (None,) * 2
    )
    return _Picked(threshold, bounds, f1, found)


def _only(documents: Corpus | tuple[Document, ...], ids: Collection[str]) -> Corpus:
    some = [document for document in documents if document.id in ids]
    if not isinstance(documents, Corpus):
        return Corpus(some)
    return Corpus(some, schema=documents.schema, entities=documents.entities)


def _kept(documents: Iterable[Document], cut: dict[str, float | None]) -> list[Document]:
    """Predictions without the mentions below their label's threshold."""
    return [
        msgspec.structs.replace(
            document,
            mentions=tuple(
                m
                for m in document.mentions
                if m.score is None or m.score >= (cut.get(m.label) or 0.0)
            ),
        )
        for document in documents
    ]


def _figures(card: Scorecard) -> dict[str, Any]:
    return {
        each.row.label: each
        for each in figures(card)
        if each.row.view == "strict" and each.row.field is None
    }


def _reported(
    label: str, picked: _Picked, rows: list[_Row], before: dict[str, Any], now: dict[str, Any]
) -> Threshold:
    old, new = before.get(label), now.get(label)
    scored = [row for row in rows if row.score is not None]
    right = np.array([row.right for row in scored], bool)
    ece, bins = calibration(right, np.array([row.score for row in scored], float))
    return Threshold(
        label,
        picked.threshold,
        *picked.bounds,
        picked.f1,
        old.row.f1 if old else None,
        old.f1 if old else (None, None),
        new.row.precision if new else None,
        new.row.recall if new else None,
        new.row.f1 if new else None,
        new.f1 if new else (None, None),
        gold=old.row.gold if old else 0,
        scored=len(scored),
        unscored=len(rows) - len(scored),
        few=old is None or bool(old.few),
        average_precision=picked.curve.average_precision,
        ece=ece,
        bins=bins,
        curve=picked.curve,
    )


def _notices(found: list[Threshold], card: Scorecard) -> Iterator[str]:
    whole = found[0]
    if whole.unscored:
        of = plural(whole.scored + whole.unscored, "prediction")
        yield f"{whole.unscored} of {of} have no score: kept at every threshold, not chosen by"
    if without := [each.label for each in found[1:] if not each.scored]:
        yield f"no prediction has a score, so there is no threshold: {', '.join(without)}"
    if none := [each.label for each in found if each.scored and each.threshold is None]:
        yield f"nothing right to choose by: {', '.join(none)}"
    if card.not_predicted:
        yield f"{plural(len(card.not_predicted), 'document')} without a prediction, as empty"
