"""Agreement as the scorer sees it: F1 of one annotator against another, the same either way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from toolkit.analysis.agreement.report import Measure
from toolkit.analysis.parts import Name, document_parts, figure_names
from toolkit.model import Corpus, Document, Entities
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.score import score
from toolkit.statistics.parts import Floats

VIEWS: dict[str, Measure] = {
    "strict": "f1_strict",
    "overlap": "f1_overlap",
    "end_to_end": "f1_end_to_end",
    "given_match": "f1_given_match",
}

ByDocument = dict[str, Floats]
"""The four parts of a figure in each document."""


def pair_parts(
    one: Sequence[Document],
    other: Sequence[Document],
    schema: LabelSchema | None,
    entities: Entities,
) -> dict[Name, ByDocument]:
    """Every figure's parts in each document that both did.

    Each side is gold once, and the two scorings are averaged: a comparator may ask more of a
    prediction than of gold, and agreement must not depend on who is named first.
    """
    cards = [
        score(Corpus(list(gold), entities=entities), predicted, schema)
        for gold, predicted in ((one, other), (other, one))
    ]
    found: dict[Name, ByDocument] = {}
    for view, field_view in (("strict", "end_to_end"), ("overlap", "given_match")):
        for name in figure_names(cards, view, field_view):
            forth, back = (document_parts(card.counts, name) for card in cards)
            mean = (forth + np.roll(back, 2, axis=1)) / 2
            found[name] = dict(zip(cards[0].counts.names, mean, strict=True))
    return found


def over_pairs(pairs: Sequence[Mapping[Name, ByDocument]]) -> dict[Name, ByDocument]:
    """The mean of each document's parts over the pairs of people that did it, so that a document
    counts once however many did.
    """
    names = sorted({name for pair in pairs for name in pair}, key=str)
    did: dict[str, int] = defaultdict(int)
    for pair in pairs:
        for document in next(iter(pair.values()), {}):
            did[document] += 1
    found: dict[Name, ByDocument] = {}
    for name in names:
        sums: dict[str, Floats] = {document: np.zeros(4) for document in sorted(did)}
        for pair in pairs:
            for document, parts in pair.get(name, {}).items():
                sums[document] = sums[document] + parts
        found[name] = {document: parts / did[document] for document, parts in sums.items()}
    return found
