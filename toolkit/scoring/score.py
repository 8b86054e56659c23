"""Documents in, a scorecard out."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

import msgspec

from toolkit.checking.rules import required_faults, rule_faults
from toolkit.checking.structure import structure_faults
from toolkit.errors import DataError, MismatchError, Problem
from toolkit.model import Corpus, Document, Entities, Where
from toolkit.schema.load import load_schema
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.count import count_document
from toolkit.scoring.counts import DocumentCounts
from toolkit.scoring.plan import Plan
from toolkit.scoring.scorecard import (
    Scorecard,
    Signature,
    Verdict,
    combine_fingerprints,
    confusion_rows,
    verdict_order,
)
from toolkit.scoring.texts import text_problems


def score(
    gold: Corpus | Iterable[Document],
    predicted: Corpus | Iterable[Document],
    schema: LabelSchema | None = None,
) -> Scorecard:
    """Score predictions against gold, document by document.

    Without `schema` the one that the gold's folder names applies; without any, labels stand as
    found, places match by overlap and fields compare as normalised text. A gold document without a
    prediction counts as an empty one, and the scorecard names it; so it does predicted documents
    that the gold does not have, which are not counted.

    Raises `DataError` for documents that cannot be scored (a document id twice, offsets that cannot
    be, gold that breaks its schema) and `MismatchError` where no document stands on both sides, or
    a prediction was made on another text.
    """
    entities = gold.entities if isinstance(gold, Corpus) else Entities({})
    if schema is None and isinstance(gold, Corpus) and gold.schema:
        schema = load_schema(gold.schema)
    golds, predictions = _by_id(gold, "gold"), _by_id(predicted, "predictions")
    _refuse_other_texts(golds, predictions, _where(gold, "gold"), _where(predicted, "predictions"))
    _refuse_mismatch(golds, predictions)
    faults: Counter[str] = Counter()
    if schema is not None:
        _refuse_invalid_gold(golds, schema)
        for document in predictions.values():
            faults.update(fault.what for fault in rule_faults(document, schema))
    plan = Plan(schema, entities)
    documents: dict[str, DocumentCounts] = {}
    verdicts: list[Verdict] = []
    confusion: Counter[tuple[str, str, str, str]] = Counter()
    fingerprint = "0"
    for name in sorted(golds):
        document = golds[name]
        counted = count_document(document, predictions.get(name, Document(id=name)), plan)
        documents[name] = counted.counts
        verdicts += counted.verdicts
        confusion.update(counted.confusion)
        fingerprint = combine_fingerprints(fingerprint, _fingerprint(document))
    return Scorecard(
        signature=_signature(schema, fingerprint),
        documents=documents,
        verdicts=tuple(sorted(verdicts, key=verdict_order)),
        confusion=confusion_rows(confusion),
        not_predicted=tuple(sorted(golds.keys() - predictions.keys())),
        unknown=tuple(sorted(predictions.keys() - golds.keys())),
        faults=tuple(sorted(faults.items())),
    )


def _by_id(documents: Iterable[Document], side: str) -> dict[str, Document]:
    """Documents by id; refused with all faults that would make a number wrong."""
    found: dict[str, Document] = {}
    problems: list[Problem] = []
    for document in documents:
        if document.id in found:
            what = "the document id stands there twice"
            problems.append(Problem(f"{side}: {document.id}", what, "ids must be unique"))
        found[document.id] = document
        for fault in structure_faults(document):
            where = f"{side}: {document.id} {fault.mention or ''}".rstrip()
            problems.append(Problem(where, fault.what, fault.hint))
    if problems:
        raise DataError(problems)
    return found


def _refuse_mismatch(golds: dict[str, Document], predictions: dict[str, Document]) -> None:
    """Refuse sides that have no document in common, and predictions made on another text than the
    gold's.
    """
    if golds and predictions and not golds.keys() & predictions.keys():
        what = (
            f"none of the {len(predictions)} predicted documents is among the {len(golds)} of the "
            f"gold (gold has {min(golds)!r}, predictions have {min(predictions)!r})"
        )
        raise MismatchError(Problem("predictions", what, "document ids must be the same"))
    problems = []
    for name, gold in golds.items():
        predicted = predictions.get(name)
        if predicted is None:
            continue
        hashes = {gold.text_sha256, predicted.text_sha256} - {None}
        if len(hashes) > 1:
            what = "made on another text than the gold's: text_sha256 differs"
            problems.append(Problem(f"predictions: {name}", what, "extract again"))
        elif gold.text is not None:
            for fault in structure_faults(predicted, gold.text):
                where = f"predictions: {name} {fault.mention or ''}".rstrip()
                problems.append(Problem(where, fault.what, fault.hint))
    if problems:
        raise MismatchError(problems)


def _refuse_other_texts(
    golds: dict[str, Document], predictions: dict[str, Document], ours: Where, theirs: Where
) -> None:
    """Refuse predictions that bring another text than the gold's."""
    pairs = ((golds[name], predictions[name]) for name in golds if name in predictions)
    problems = text_problems(pairs, ours, theirs)
    if problems:
        raise MismatchError(problems)


def _where(documents: Corpus | Iterable[Document], side: str) -> Where:
    """Finds places by the corpus' reader; names side and document where it does not know them."""
    found = documents.where if isinstance(documents, Corpus) else None
    return found or (lambda document, **_: f"{side}: {document}")


def _refuse_invalid_gold(golds: dict[str, Document], schema: LabelSchema) -> None:
    """Refuse gold that breaks its schema: there is no right answer to score against."""
    problems = [
        Problem(f"gold: {document.id} {fault.mention}", fault.what, fault.hint)
        for document in golds.values()
        for fault in (*rule_faults(document, schema), *required_faults(document, schema))
    ]
    if problems:
        raise DataError(problems)


def _fingerprint(document: Document) -> str:
    """Of one gold document: its id and its mentions, in any order."""
    lines = sorted(msgspec.json.encode(m, order="deterministic") for m in document.mentions)
    return hashlib.sha256(b"\n".join([document.id.encode(), *lines])).hexdigest()[:16]


def _signature(schema: LabelSchema | None, gold: str) -> Signature:
    labels = schema.labels.values() if schema else ()
    return Signature(
        toolkit=toolkit_version(),
        schema=schema.name if schema else "none",
        schema_version=schema.version if schema else "",
        schema_fingerprint=schema.fingerprint if schema else "",
        gold=gold,
        match={label.name: str(label.match) for label in labels},
    )


def toolkit_version() -> str:
    """The installed version of the toolkit."""
    try:
        return version("extraction-toolkit")
    except PackageNotFoundError:
        return "0+unknown"
