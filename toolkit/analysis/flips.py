"""A gold changed to what systems say, and what a system's figures are on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from toolkit.analysis.answers import meant
from toolkit.columns import NO_DOCUMENT, columns
from toolkit.model import Document, Mention, values
from toolkit.scoring.count import count
from toolkit.scoring.counts import Counts
from toolkit.scoring.plan import Plan
from toolkit.scoring.views import ALL_FIELDS, MICRO, table

if TYPE_CHECKING:
    from toolkit.analysis.suspects import Suspect

Answers = Mapping[tuple[str, str], Document]
"""Each system's documents, by its name and theirs."""


class Figures(NamedTuple):
    """Strict F1 of all mentions, and that of all field values end to end."""

    mentions: float | None
    fields: float | None


def figures(gold: Iterable[Document], predicted: Iterable[Document], rules: Plan) -> Figures:
    """F1 on gold that may break its schema: a flip may lack what the schema requires."""
    answers = {document.id: document for document in predicted}
    gold = list(gold)
    counts = Counts()
    found = columns([answers.get(each.id, NO_DOCUMENT) for each in gold])
    count(columns(gold), found, rules, counts, Counter())
    f1 = {(row.field, row.view): row.f1 for row in table(counts.totals()) if row.label == MICRO}
    return Figures(f1.get((None, "strict")), f1.get((ALL_FIELDS, "end_to_end")))


def flipped(
    gold: Iterable[Document], suspects: Iterable[Suspect], answers: Answers
) -> list[Document]:
    """The gold documents with each suspect as the systems that agree say; a value as the first of
    them does, its references led to the gold mentions in their places.
    """
    of = by_document(suspects)
    return [
        _flip(document, of[document.id], answers) if document.id in of else document
        for document in gold
    ]


def by_document(suspects: Iterable[Suspect]) -> dict[str, list[Suspect]]:
    """The suspects of each document that has any."""
    found: dict[str, list[Suspect]] = {}
    for each in suspects:
        found.setdefault(each.document, []).append(each)
    return found


def _flip(document: Document, suspects: list[Suspect], answers: Answers) -> Document:
    mentions = {mention.id: mention for mention in document.mentions}
    ids = {(mention.label, mention.place): mention.id for mention in document.mentions}
    for number, each in enumerate(suspects, 1):
        answer = answers[each.systems[0], document.id] if each.predicted_id else document
        theirs = {mention.id: mention for mention in answer.mentions}
        led = {name: ids.get((other.label, other.place), name) for name, other in theirs.items()}
        if each.gold_id is None:
            new = f"suspect-{number}"
            said = theirs[each.predicted_id or ""]
            fields = {name: meant(value, led) for name, value in said.fields.items()}
            mentions[new] = msgspec.structs.replace(said, id=new, fields=fields)
        elif each.kind == "spurious in gold":
            mentions.pop(each.gold_id, None)
        elif each.gold_id in mentions:
            mentions[each.gold_id] = _changed(mentions[each.gold_id], each, led)
    return msgspec.structs.replace(document, mentions=tuple(mentions.values()))


def _changed(mention: Mention, each: Suspect, led: dict[str, str]) -> Mention:
    if each.field is None:
        return Mention(
            mention.id, each.predicted_label, fragments=each.place, fields=mention.fields
        )
    old = mention.fields.get(each.field)
    said = meant(each.predicted, led)
    if isinstance(old, list):
        kept = [item for item in old if item != each.gold]
        fields = mention.fields | {each.field: kept + values(said)}
    else:
        fields = mention.fields | {each.field: said}
    return msgspec.structs.replace(mention, fields=fields, alternatives=())
