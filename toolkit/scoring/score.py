"""Documents in, a scorecard out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from typing import NamedTuple, TypeAlias, TypeGuard, cast

from toolkit.columns import columns
from toolkit.formats import read, recognise_or_native
from toolkit.formats.gold import read_gold
from toolkit.formats.native import OnError
from toolkit.model import Corpus, Document, Entities
from toolkit.schema.load import schema_of
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.inputs import (
    Pair,
    partners,
    positions,
    refuse_other_texts,
    refuse_strangers,
    sound,
    where,
)
from toolkit.scoring.pieces import PIECE, Progress, gather, run
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.shards import score_files
from toolkit.scoring.signature import FINGERPRINTS
from toolkit.scoring.sound import score_sound
from toolkit.scoring.timing import timing
from toolkit.storage import Location, expand

Source: TypeAlias = "Corpus | Iterable[Document] | Location | list[str]"
"""Documents, or where they are: a gold folder, a file, a pattern, a URL, or several of these."""


def score(
    gold: Source,
    predicted: Source,
    schema: LabelSchema | None = None,
    *,
    per_document: bool = True,
    executor: Executor | None = None,
    on_error: OnError = "stop",
    progress: Progress | None = None,
) -> Scorecard:
    """Score predictions against gold, document by document.

    Without `schema` the one that the gold's folder names applies; without any, labels stand as
    found, places match by overlap and fields compare as normalised text. A gold document without a
    prediction counts as an empty one, and the scorecard names it; so it does predicted documents
    that the gold does not have, which are not counted.

    Where both sides are files of JSON Lines they are read and scored piece by piece, in any order
    and of any size, by `executor` if one is given: any of `concurrent.futures`, or Dask's. With
    `per_document=False` the scorecard keeps sums over documents and a sample of verdicts, whose
    size does not grow.

    Where `PRED.run.json`, the record of a run, stands beside the file that predictions were read
    from, the scorecard has its timing.

    Raises `DataError` for documents that cannot be scored (a document id twice, offsets that cannot
    be, gold that breaks its schema) and `MismatchError` where no document stands on both sides, or
    a prediction was made on another text.
    """
    files = lines(gold), lines(predicted)
    if files[0] and files[1]:
        card = score_files(
            *files,
            schema,
            per_document=per_document,
            executor=executor,
            on_error=on_error,
            progress=progress,
        )
        card.timing = timing(files[1])
        return card
    gold, predicted = _documents(gold, read_gold), _documents(predicted, read)
    entities = gold.entities if isinstance(gold, Corpus) else Entities({})
    schema = schema_of(gold, schema)
    golds, predictions = sound(gold, "gold"), sound(predicted, "predictions")
    refuse_strangers(golds.position, predictions.position)
    partner = partners(golds, predictions)
    pair = Pair(golds.columns, predictions.columns, partner)
    refuse_other_texts(*pair, where(gold, "gold"), where(predicted, "predictions"))
    if executor is None or not len(partner):
        checksum = FINGERPRINTS.recall(gold)
        card = score_sound(pair, schema, entities, checksum, per_document=per_document)
        FINGERPRINTS.keep(gold, card.signature.gold)
    else:
        pieces = _pieces(pair, schema, entities, per_document)
        card = gather(
            run(_score_piece, pieces, executor),
            len(partner),
            per_document=per_document,
            on_error=on_error,
            progress=progress,
        )
    card.unknown = tuple(sorted(predictions.position.keys() - golds.position.keys()))
    if isinstance(predicted, Corpus) and predicted.source:
        card.timing = timing(predicted.files or [predicted.source])
    return card


def lines(source: Source) -> list[str]:
    """The files of native JSON Lines that a source names, as the first of them shows; none where it
    is anything else.
    """
    files = expand(source) if _is_location(source) else []
    if not files or not all(file.endswith(".jsonl") for file in files):
        return []
    return files if "://" in files[0] or recognise_or_native(files[0]) == "native" else []


class _Piece(NamedTuple):
    golds: list[Document]
    predictions: list[Document | None]
    schema: LabelSchema | None
    entities: Entities
    per_document: bool


def _pieces(
    pair: Pair, schema: LabelSchema | None, entities: Entities, per_document: bool
) -> Iterator[_Piece]:
    golds, predictions, partner = pair.gold.documents, pair.predicted.documents, pair.partner
    for start in range(0, len(golds), PIECE):
        ours = list(golds[start : start + PIECE])
        theirs = [
            predictions[k] if k >= 0 else None for k in partner[start : start + PIECE].tolist()
        ]
        yield _Piece(ours, theirs, schema, entities, per_document)


def _score_piece(piece: _Piece) -> Scorecard:
    there = [document for document in piece.predictions if document is not None]
    partner = positions([document is not None for document in piece.predictions])
    pair = Pair(columns(piece.golds), columns(there), partner)
    return score_sound(pair, piece.schema, piece.entities, None, per_document=piece.per_document)


def _is_location(source: Source) -> TypeGuard[Location | list[str]]:
    if isinstance(source, list | tuple):
        return bool(source) and all(isinstance(one, str | os.PathLike) for one in source)
    return isinstance(source, str | os.PathLike)


def _documents(source: Source, reader: Callable[[str], Corpus]) -> Corpus | Iterable[Document]:
    """The documents of a source, read where it only says where they are."""
    if not _is_location(source):
        return cast("Corpus | Iterable[Document]", source)
    corpora = [reader(file) for file in expand(source)]
    if len(corpora) == 1:
        return corpora[0]
    return [document for corpus in corpora for document in corpus]
