"""What must hold of any document, looked at in many documents at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from toolkit.checking.structure import Fault, structure_faults
from toolkit.columns import FAR, Columns


def batch_faults(
    columns: Columns, texts: Sequence[str | None] | None = None
) -> Iterator[tuple[int, Fault]]:
    """The structure faults of the documents, each behind the position of its document, in order.

    `texts` are those that the documents stand on, their own if none are given. Only what a quick
    look at all of them cannot clear is looked at one by one.
    """
    if texts is None:
        texts = [document.text for document in columns.documents]
    ends = [FAR if text is None else len(text) for text in texts]
    clear = (columns.start >= 0) & (columns.start < columns.end) & ~columns.odd
    clear &= columns.end <= np.array(ends, dtype=np.int64)[columns.document]
    unclear = set(columns.document[~clear].tolist())
    ids = [{mention.id for mention in document.mentions} for document in columns.documents]
    unclear.update(
        position
        for position, document in enumerate(columns.documents)
        if not document.id or len(ids[position]) != len(document.mentions) or "" in ids[position]
    )
    if "" in columns.labels:
        unclear.update(columns.document[columns.label == columns.labels.index("")].tolist())
    for position in sorted(unclear):
        for fault in structure_faults(columns.documents[position], texts[position]):
            yield position, fault
