"""Documents that are known to be sound, scored in batches."""

from __future__ import annotations

from collections import Counter

import numpy as np

from toolkit.checking.quick import doubtful
from toolkit.checking.rules import rule_faults
from toolkit.model import Entities
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.cells import Confusion
from toolkit.scoring.count import count
from toolkit.scoring.counts import Counts
from toolkit.scoring.inputs import Pair, refuse_invalid_gold
from toolkit.scoring.plan import Plan
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.signature import combine_fingerprints, fingerprint, signature
from toolkit.scoring.verdicts import Verdicts

BATCH = 1_000
"""Documents that are aligned at once."""

SAMPLE = 10_000
"""How many verdicts are kept where documents are not."""


def score_sound(
    pair: Pair,
    schema: LabelSchema | None,
    entities: Entities,
    checksum: str | None,
    *,
    per_document: bool,
) -> Scorecard:
    """Score sound documents that stand on one text; `checksum` is the gold's fingerprint."""
    golds, predictions, partner = pair
    faults: Counter[str] = Counter()
    scored = np.zeros(len(predictions.documents), bool)
    scored[partner[partner >= 0]] = True
    if schema is not None:
        refuse_invalid_gold(golds, schema)
        for k in doubtful(predictions, schema, required=False):
            if scored[k]:
                faults.update(fault.what for fault in rule_faults(predictions.documents[k], schema))
    plan = Plan(schema, entities)
    counts, verdicts = Counts(), Verdicts(None if per_document else SAMPLE)
    taken: Confusion = Counter()
    optional = 0
    total = checksum or "0"
    names = [document.id for document in golds.documents]
    order = np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64)
    for batch in (order[start : start + BATCH] for start in range(0, len(order), BATCH)):
        gold, predicted = golds.at(batch), predictions.at(partner[batch])
        alignment, values = count(gold, predicted, plan, counts, taken)
        verdicts.add(alignment, values, plan)
        if checksum is None:
            total = combine_fingerprints(total, fingerprint(alignment.gold))
        optional += len(alignment.left_out)
    if not per_document:
        counts.fold()
    return Scorecard(
        signature(schema, total),
        counts,
        verdicts,
        taken,
        not_predicted={names[k] for k in np.flatnonzero(partner < 0).tolist()},
        faults=faults,
        optional=optional,
    )
