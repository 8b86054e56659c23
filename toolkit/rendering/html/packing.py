"""Evidence packed into a page: JSON, compressed, in pieces that a browser opens one by one."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from toolkit.analysis.errors import WAYS, worst_documents
from toolkit.rendering.html.columns import item_columns, mention_columns
from toolkit.rendering.html.evidence import OUTCOMES, Evidence, outcomes_by_view
from toolkit.rendering.html.verdicts import VerdictEvidence
from toolkit.scoring.scorecard import Scorecard

MOST_BYTES = 11_300_000
"""What evidence takes in a page at most, so that the page stays under 12 MB."""

PIECE = 100
"""Documents in a piece: few, so that one opens at once."""


class Packed(NamedTuple):
    """The pieces, compressed and in base64, the head first; how many documents are in them, of how
    many, and how many of the documents' errors.
    """

    pieces: list[str]
    kept: int
    documents: int
    errors_kept: int
    errors: int


def pack(
    evidence: Evidence | VerdictEvidence,
    cards: Mapping[str, Scorecard],
    most_bytes: int = MOST_BYTES,
    reference: str = "gold",
) -> Packed:
    """All documents where they fit; else those with the most errors first, as many as do."""
    errors: dict[str, int] = {}
    for card in cards.values():
        for found in worst_documents(card, most=len(evidence.names)):
            errors[found.document] = errors.get(found.document, 0) + found.total
    names: Sequence[str] = evidence.names
    rows, pieces = _fill(evidence, names, most_bytes)
    if len(rows) < len(names):
        names = sorted(names, key=lambda name: (-errors.get(name, 0), name))
        rows, pieces = _fill(evidence, names, most_bytes)
    kept = names[: len(rows)]
    head = {
        "reference": reference,
        "systems": list(cards),
        "labels": list(evidence.mentions.labels),
        "fields": list(evidence.mentions.field_names),
        "views": outcomes_by_view(),
        "groundings": WAYS if any(card.groundings for card in cards.values()) else (),
        "outcomes": OUTCOMES,
        "piece": PIECE,
        "total": len(evidence.names),
        "whole": isinstance(evidence, Evidence),
        "documents": [[name, *row] for name, row in zip(kept, rows, strict=True)],
    }
    return Packed(
        [compressed(head), *pieces],
        len(rows),
        len(evidence.names),
        sum(errors.get(name, 0) for name in kept),
        sum(errors.values()),
    )


def _fill(
    evidence: Evidence | VerdictEvidence, names: Sequence[str], most_bytes: int
) -> tuple[list[list[int]], list[str]]:
    """A row for each document, its errors by system, and pieces until no more fit."""
    rows: list[list[int]] = []
    pieces: list[str] = []
    size = 0
    for documents in _pieces(evidence.documents(names)):
        piece = compressed(_by_columns(documents))
        size += len(piece)
        if size > most_bytes:
            break
        pieces.append(piece)
        rows += [[_errors(items) for items in document["items"]] for document in documents]
    return rows, pieces


def _by_columns(documents: list[dict[str, Any]]) -> dict[str, Any]:
    """The texts, then the rest: what is alike stands together."""
    rest = [
        {
            "meta": document["meta"],
            "gold": mention_columns(document["gold"]),
            "predicted": list(map(mention_columns, document["predicted"])),
            "items": list(map(item_columns, document["items"])),
        }
        for document in documents
    ]
    return {"texts": [document["text"] for document in documents], "documents": rest}


def _errors(items: list[list[Any]]) -> int:
    """What is wrong in a document: mentions, and values of matched ones."""
    wrong = 0
    for _, _, code, *values in items:
        wrong += code % 8 > 1
        wrong += sum(1 for row in (values[0] if values else ()) if row[1] and not row[2])
    return wrong


def _pieces(documents: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while piece := list(islice(documents, PIECE)):
        yield piece


def compressed(data: object) -> str:
    """JSON in ASCII, in gzip's format, in base64; the same bytes each time."""
    packer = zlib.compressobj(9, wbits=31)
    plain = json.dumps(data, separators=(",", ":"), allow_nan=False).encode()
    return base64.b64encode(packer.compress(plain) + packer.flush()).decode()
