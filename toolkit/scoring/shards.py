"""Scoring files of JSON Lines piece by piece: in this process, in several, or on a cluster.

The two sides are joined through an index of ids, so documents may stand in any order and files may
be larger than memory. Each piece becomes a scorecard, and these add up to the same whole in
whatever order they come.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from itertools import chain
from typing import NamedTuple

import numpy as np

from toolkit.columns import Columns, Mask, Whole
from toolkit.errors import DataError, MismatchError, Problem
from toolkit.formats.lines import Index, index, load
from toolkit.formats.native import OnError
from toolkit.model import Entities, Where
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.inputs import Pair, positions, refuse_other_texts
from toolkit.scoring.pieces import PIECE, Progress, gather, run
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.sound import score_sound

MOST_PROBLEMS = 20
"""Documents of one id twice that are named."""


class _Piece(NamedTuple):
    gold: Index
    predicted: Index
    there: Mask
    schema: LabelSchema | None
    per_document: bool
    on_error: OnError


def score_files(
    gold: list[str],
    predicted: list[str],
    schema: LabelSchema | None,
    *,
    per_document: bool,
    executor: Executor | None,
    on_error: OnError,
    progress: Progress | None,
) -> Scorecard:
    """Score files of JSON Lines; see `toolkit.score`."""
    partner, strangers, ours, theirs = _joined(gold, predicted)
    if not len(ours.file):
        raise DataError(Problem(gold[0], "holds no document"))
    if len(theirs.file) and (partner < 0).all():
        one, other = ours.where(0), theirs.where(0)
        what = f"no document is among those of the gold (their first stand at {other} and {one})"
        raise MismatchError(Problem(predicted[0], what, "document ids must be the same"))
    pieces = _pieces(ours, theirs, partner, schema, per_document, on_error)
    unknown, problems = load(theirs.at(strangers), on_error)
    refused = [DataError(problems)] if problems else []
    card = gather(
        chain(run(_score_piece, pieces, executor), refused),
        len(ours.file),
        per_document=per_document,
        on_error=on_error,
        progress=progress,
    )
    card.unknown = tuple(sorted(document.id for document in unknown.documents))
    return card


def _pieces(
    gold: Index,
    predicted: Index,
    partner: Whole,
    schema: LabelSchema | None,
    per_document: bool,
    on_error: OnError,
) -> Iterator[_Piece]:
    for start in range(0, len(partner), PIECE):
        rows = np.arange(start, min(start + PIECE, len(partner)))
        partners = partner[rows]
        there = partners >= 0
        found = predicted.at(partners[there])
        yield _Piece(gold.at(rows), found, there, schema, per_document, on_error)


def _score_piece(piece: _Piece) -> Scorecard:
    with _uncollected():
        return _score_loaded(piece)


def _score_loaded(piece: _Piece) -> Scorecard:
    golds, problems = load(piece.gold, piece.on_error)
    if problems and piece.on_error == "stop":
        raise DataError(problems)
    predictions, more = load(piece.predicted, piece.on_error)
    if problems or more:
        raise DataError([*problems, *more])
    pair = Pair(golds, predictions, positions(piece.there))
    refuse_other_texts(*pair, _where(piece.gold, golds), _where(piece.predicted, predictions))
    card = score_sound(pair, piece.schema, Entities({}), None, per_document=piece.per_document)
    card.let_go()
    return card


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which would walk all documents again and again though nothing
    in them leads back to itself.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _where(found: Index, loaded: Columns) -> Where:
    def where(document: str, **_: object) -> str:
        names = [each.id for each in loaded.documents]
        return found.where(names.index(document))

    return where


def _joined(gold: list[str], predicted: list[str]) -> tuple[Whole, Whole, Index, Index]:
    """The position of each gold document's prediction, or -1; the predictions of no gold document;
    and where the documents of both sides stand.
    """
    keys, ours = index(gold)
    other_keys, theirs = index(predicted)
    _refuse_twice(keys, ours)
    _refuse_twice(other_keys, theirs)
    return *_join(keys, other_keys), ours, theirs


def _join(keys: Whole, other_keys: Whole) -> tuple[Whole, Whole]:
    if np.array_equal(keys, other_keys):  # files in one order, as most are
        return np.arange(len(keys)), np.zeros(0, np.int64)
    order = np.argsort(other_keys)
    if not len(order):
        return np.full(len(keys), -1), order
    place = np.minimum(np.searchsorted(other_keys, keys, sorter=order), len(order) - 1)
    partner = np.where(other_keys[order[place]] == keys, order[place], -1)
    strangers = np.setdiff1d(np.arange(len(order)), partner)
    return partner, strangers


def _refuse_twice(keys: Whole, found: Index) -> None:
    """Refuse files in which two documents have one id."""
    if (np.diff(np.sort(keys)) != 0).all():
        return
    order = np.argsort(keys, kind="stable")
    twice = np.flatnonzero(np.diff(keys[order]) == 0)
    problems = []
    for k in twice[:MOST_PROBLEMS].tolist():
        first, second = int(order[k]), int(order[k + 1])
        loaded, _ = load(found.at(np.array([second])))
        name = loaded.documents[0].id or "?"
        what = f"document id {name!r} already stands at {found.where(first)}"
        problems.append(Problem(found.where(second), what, "ids must be unique"))
    if len(twice) > MOST_PROBLEMS:
        more = f"and {len(twice) - MOST_PROBLEMS} more documents whose id is not the first"
        problems.append(Problem(found.files[0], more))
    if problems:
        raise DataError(problems)
