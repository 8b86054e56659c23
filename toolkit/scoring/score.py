"""Documents in, a scorecard out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from toolkit.checking.rules import rule_faults
from toolkit.model import Corpus, Document, Entities
from toolkit.schema.load import load_schema
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.cells import Confusion
from toolkit.scoring.count import count
from toolkit.scoring.counts import Counts
from toolkit.scoring.inputs import (
    Documents,
    by_id,
    refuse_invalid_gold,
    refuse_other_texts,
    refuse_strangers,
    where,
)
from toolkit.scoring.plan import Plan
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.signature import fingerprint, signature
from toolkit.scoring.verdicts import Verdicts

BATCH = 1_000
"""Documents that are aligned at once."""

SAMPLE = 10_000
"""How many verdicts are kept where documents are not."""


def score(
    gold: Corpus | Iterable[Document],
    predicted: Corpus | Iterable[Document],
    schema: LabelSchema | None = None,
    *,
    per_document: bool = True,
) -> Scorecard:
    """Score predictions against gold, document by document.

    Without `schema` the one that the gold's folder names applies; without any, labels stand as
    found, places match by overlap and fields compare as normalised text. A gold document without a
    prediction counts as an empty one, and the scorecard names it; so it does predicted documents
    that the gold does not have, which are not counted. With `per_document=False` the scorecard
    keeps sums over documents and a sample of verdicts, whose size does not grow.

    Raises `DataError` for documents that cannot be scored (a document id twice, offsets that cannot
    be, gold that breaks its schema) and `MismatchError` where no document stands on both sides, or
    a prediction was made on another text.
    """
    entities = gold.entities if isinstance(gold, Corpus) else Entities({})
    if schema is None and isinstance(gold, Corpus) and gold.schema:
        schema = load_schema(gold.schema)
    golds, predictions = by_id(gold, "gold"), by_id(predicted, "predictions")
    refuse_strangers(golds, predictions)
    refuse_other_texts(golds, predictions, where(gold, "gold"), where(predicted, "predictions"))
    checksum = fingerprint(gold if isinstance(gold, Corpus) else golds.values())
    return score_sides(golds, predictions, schema, entities, checksum, per_document=per_document)


def score_sides(
    golds: Documents,
    predictions: Documents,
    schema: LabelSchema | None,
    entities: Entities,
    checksum: str,
    *,
    per_document: bool,
) -> Scorecard:
    """Score sound documents that stand on one text; `checksum` is the gold's fingerprint."""
    faults: Counter[str] = Counter()
    if schema is not None:
        refuse_invalid_gold(golds, schema)
        for document in predictions.values():
            faults.update(fault.what for fault in rule_faults(document, schema))
    plan = Plan(schema, entities)
    counts, verdicts = Counts(), Verdicts(None if per_document else SAMPLE)
    taken: Confusion = Counter()
    optional = 0
    names = sorted(golds)
    for batch in (names[start : start + BATCH] for start in range(0, len(names), BATCH)):
        gold = [golds[name] for name in batch]
        predicted = [predictions.get(name) or Document(id=name) for name in batch]
        alignment, values = count(gold, predicted, plan, counts, taken)
        verdicts.add(alignment, values, plan)
        optional += len(alignment.left_out)
    if not per_document:
        counts.fold()
    return Scorecard(
        signature(schema, checksum),
        counts,
        verdicts,
        taken,
        not_predicted=golds.keys() - predictions.keys(),
        unknown=predictions.keys() - golds.keys(),
        faults=faults,
        optional=optional,
    )
