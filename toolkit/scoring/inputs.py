"""What must hold of both sides before they can be scored; all that is wrong is said at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from toolkit.checking.batch import batch_faults
from toolkit.checking.quick import doubtful
from toolkit.checking.rules import gold_faults
from toolkit.checking.structure import Fault
from toolkit.columns import Columns, Mask, Whole, columns
from toolkit.errors import DataError, MismatchError, Problem
from toolkit.memory import Memory
from toolkit.model import Corpus, Document, Where
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.texts import text_problems


class Sound(NamedTuple):
    """Documents that can be scored, and the position of each by its id."""

    columns: Columns
    position: dict[str, int]


_sound: Memory[Sound] = Memory()
"""Corpora that were found sound: each is checked once."""


def sound(documents: Corpus | Iterable[Document], side: str) -> Sound:
    """The documents, refused with all faults that would make a number wrong."""
    found = _sound.recall(documents)
    if found is None:
        found = _checked(columns(documents), side)
        _sound.keep(documents, found)
    return found


def _checked(found: Columns, side: str) -> Sound:
    position: dict[str, int] = {}
    faults: list[tuple[int, Fault]] = []
    for k, document in enumerate(found.documents):
        if document.id in position:
            what = "the document id stands there twice"
            faults.append((k, Fault(None, what, "ids must be unique")))
        position[document.id] = k
    faults += batch_faults(found)
    if faults:
        raise DataError(_told(sorted(faults, key=itemgetter(0)), found, side))
    return Sound(found, position)


def _told(faults: Iterable[tuple[int, Fault]], found: Columns, side: str) -> list[Problem]:
    """Faults as problems of their side's documents and mentions."""
    return [
        Problem(
            f"{side}: {found.documents[k].id} {fault.mention or ''}".rstrip(),
            fault.what,
            fault.hint,
        )
        for k, fault in faults
    ]


class Pair(NamedTuple):
    """Both sides, and for each gold document the position of its prediction, -1 for none."""

    gold: Columns
    predicted: Columns
    partner: Whole


def partners(golds: Sound, predictions: Sound) -> Whole:
    """The position of each gold document's prediction, -1 where there is none."""
    return np.array([predictions.position.get(name, -1) for name in golds.position], dtype=np.int64)


def positions(there: Sequence[bool] | Mask) -> Whole:
    """The same where predictions are only those that are there, in the order of the gold."""
    found = np.asarray(there)
    return np.where(found, np.cumsum(found) - 1, -1)


def refuse_strangers(golds: dict[str, int], predictions: dict[str, int]) -> None:
    """Refuse sides that have no document in common."""
    if golds and predictions and not golds.keys() & predictions.keys():
        what = (
            f"none of the {len(predictions)} predicted documents is among the {len(golds)} of the "
            f"gold (gold has {min(golds)!r}, predictions have {min(predictions)!r})"
        )
        raise MismatchError(Problem("predictions", what, "document ids must be the same"))


def refuse_other_texts(
    gold: Columns, predicted: Columns, partner: Whole, ours: Where, theirs: Where
) -> None:
    """Refuse predictions made on another text than the gold's."""
    problems = []
    there = zip(gold.documents, partner.tolist(), strict=True)
    pairs = [(document, predicted.documents[k]) for document, k in there if k >= 0]
    if differences := text_problems(iter(pairs), ours, theirs):
        raise MismatchError(differences)
    texts = [one.text for one, _ in pairs]
    for k, (one, other) in enumerate(pairs):
        checksum = other.text_sha256
        if checksum is not None and one.text_sha256 not in (None, checksum):
            what = "made on another text than the gold's: text_sha256 differs"
            problems.append(Problem(f"predictions: {one.id}", what, "extract again"))
            texts[k] = None
    if any(text is not None for text in texts):
        found = predicted.at(partner[partner >= 0])
        problems += _told(batch_faults(found, texts), found, "predictions")
    if problems:
        raise MismatchError(problems)


def refuse_invalid_gold(golds: Columns, schema: LabelSchema) -> None:
    """Refuse gold that breaks its schema: there is no right answer to score against."""
    problems = [
        Problem(f"gold: {document.id} {fault.mention}", fault.what, fault.hint)
        for document in map(golds.documents.__getitem__, doubtful(golds, schema, required=True))
        for fault in gold_faults(document, schema)
    ]
    if problems:
        raise DataError(_grouped(problems))


def _grouped(problems: list[Problem]) -> list[Problem]:
    """Each fault once, at the first place that has it, with how often it occurs."""
    times = Counter((problem.what, problem.hint) for problem in problems)
    firsts: dict[tuple[str, str], Problem] = {}
    for problem in problems:
        firsts.setdefault((problem.what, problem.hint), problem)
    return [
        first if times[fault] == 1 else first._replace(what=f"{first.what}, {times[fault]} times")
        for fault, first in firsts.items()
    ]


def where(documents: Corpus | Iterable[Document], side: str) -> Where:
    """Finds places by the corpus' reader; names side and document where it does not know them."""
    found = documents.where if isinstance(documents, Corpus) else None
    return found or (lambda document, **_: f"{side}: {document}")
