"""Likely errors of the gold: where several systems agree with each other against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

import msgspec

from toolkit.analysis.answers import meant, places
from toolkit.analysis.comparison import prediction_notices
from toolkit.analysis.flips import Figures, by_document, figures, flipped
from toolkit.errors import DataError, Problem
from toolkit.model import Corpus, Document, Entities, Mention, Value
from toolkit.schema.load import schema_of
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.plan import Plan as Rules
from toolkit.scoring.score import score
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.signature import Signature
from toolkit.scoring.verdicts import Verdict
from toolkit.scoring.views import Row
from toolkit.spans import Place

Suspicion: TypeAlias = Literal[
    "missing in gold", "spurious in gold", "span", "label", "label and span", "value"
]

_KINDS: dict[str, Suspicion] = {
    "spurious": "missing in gold",
    "missed": "spurious in gold",
    "boundary": "span",
    "label": "label",
    "label+boundary": "label and span",
    "": "value",
}


class Suspect(NamedTuple):
    """A gold mention or value that systems agree against, or one that they find and the gold lacks.

    `systems` agree; `weight`, from 0 to 1, is what their own precision in this adds up to (their
    recall, where they agree that there is nothing), over the number of all systems. `label`,
    `place` and `value` are what they say, `gold_*` what the gold does. `spoilt` are the systems
    that are right today and would not be after the flip.
    """

    document: str
    kind: Suspicion
    weight: float
    systems: tuple[str, ...]
    label: str
    field: str | None
    gold_id: str | None
    gold_place: Place
    gold: Any
    place: Place
    predicted_label: str
    predicted: Any
    predicted_id: str | None
    context: str
    spoilt: tuple[str, ...]


class Bounds(NamedTuple):
    """How a system's strict F1, and that of all field values, would move: `now`; if all suspects
    were flipped; at worst, if only those were that do it harm; at best, those that do it good.
    """

    system: str
    of: Literal["mentions", "fields"]
    now: float | None
    all: float | None
    low: float | None
    high: float | None


class Suspects(NamedTuple):
    """What looking for gold errors leaves, most suspicious first."""

    signature: Signature
    systems: tuple[str, ...]
    documents: int
    agree: int
    suspects: list[Suspect]
    bounds: list[Bounds]
    notices: tuple[str, ...]


def suspects(
    gold: Corpus | Iterable[Document],
    systems: Mapping[str, Corpus | Iterable[Document]],
    schema: LabelSchema | None = None,
    *,
    agree: int = 2,
) -> Suspects:
    """Places where at least `agree` systems say the same, and the gold another thing.

    They are as likely to share an error as they are alike: systems trained on the same data agree
    on its errors. Raises as `toolkit.score` does, and `DataError` for fewer systems than must
    agree.
    """
    if not 2 <= agree <= len(systems):
        what = f"{len(systems)} cannot agree {agree} to one"
        raise DataError(Problem("systems", what, "name at least two, and as many as must agree"))
    gold = gold if isinstance(gold, Corpus) else tuple(gold)
    predictions = {name: tuple(documents) for name, documents in systems.items()}
    cards = {name: score(gold, documents, schema) for name, documents in systems.items()}
    first = next(iter(cards.values()))
    found = _ranked(cards, predictions, agree)
    rules = Rules(
        schema_of(gold, schema), gold.entities if isinstance(gold, Corpus) else Entities({})
    )
    return Suspects(
        signature=first.signature,
        systems=tuple(cards),
        documents=first.documents,
        agree=agree,
        suspects=found,
        bounds=[
            bound
            for name, documents in predictions.items()
            for bound in _bounds(name, tuple(gold), documents, found, predictions, rules)
        ],
        notices=tuple(prediction_notices(cards)),
    )


Key: TypeAlias = tuple[object, ...]


def _ranked(
    cards: Mapping[str, Scorecard], predictions: Mapping[str, tuple[Document, ...]], agree: int
) -> list[Suspect]:
    votes: dict[Key, dict[str, Verdict]] = {}
    wrong: dict[Key, set[str]] = {}
    for name, card in cards.items():
        at = {document.id: places(document) for document in predictions[name]}
        for verdict in card.verdicts:
            if verdict.kind == "unmatched":
                continue
            votes.setdefault(_key(verdict, at), {})[name] = verdict
            wrong.setdefault(_spot(verdict), set()).add(name)
    rows = {name: _rows(card) for name, card in cards.items()}
    found = [
        _suspect(of, rows, wrong[_spot(next(iter(of.values())))])
        for of in votes.values()
        if len(of) >= agree
    ]
    kept: dict[Key, Suspect] = {}
    for each in sorted(found, key=_order):  # of several for one mention or value the likeliest
        new = each.gold_id is None or (each.predicted is not None and each.gold is None)
        more = (each.place, each.predicted_label, repr(each.predicted)) if new else ()
        kept.setdefault((each.document, each.gold_id, each.field, repr(each.gold), *more), each)
    return list(kept.values())


def _key(verdict: Verdict, at: Mapping[str, dict[str, Place]]) -> Key:
    """The same for all systems that say the same; of a mention they need not give it one id."""
    said = meant(verdict.predicted, at.get(verdict.document, {})) if verdict.field else None
    label = verdict.predicted_label or verdict.label
    place = () if verdict.field else verdict.predicted_place
    gold = repr(verdict.gold) if verdict.field else ""
    return (
        *(verdict.document, verdict.gold_id, verdict.field, verdict.kind, gold),
        *(label, place, repr(said)),
    )


def _spot(verdict: Verdict) -> Key:
    """What of the gold a verdict is against."""
    value = repr(verdict.gold) if verdict.field else ""
    return verdict.document, verdict.gold_id, verdict.field, value


def _suspect(of: dict[str, Verdict], rows: dict[str, _Rows], wrong: set[str]) -> Suspect:
    first = next(iter(of.values()))
    absent = first.kind == "missed" or (first.field is not None and first.predicted is None)
    label = first.predicted_label or first.label
    weights = [_weight(rows[name], label, first.field, absent=absent) for name in of]
    there = first.gold_id is not None and not (first.field and first.gold is None)
    return Suspect(
        document=first.document,
        kind=_KINDS[first.kind],
        weight=sum(weights) / len(rows),
        systems=tuple(of),
        label=first.label,
        field=first.field,
        gold_id=first.gold_id,
        gold_place=first.gold_place,
        gold=first.gold,
        place=first.predicted_place,
        predicted_label=label,
        predicted=first.predicted,
        predicted_id=first.predicted_id,
        context=first.context,
        spoilt=tuple(name for name in rows if name not in wrong) if there else (),
    )


_Rows: TypeAlias = dict[tuple[str, str | None], Row]


def _rows(card: Scorecard) -> _Rows:
    return {
        (row.label, row.field): row for row in card.rows if row.view in ("strict", "given_match")
    }


def _weight(rows: _Rows, label: str, field: str | None, *, absent: bool) -> float:
    """How far a system is to be believed in this, by how often it is right in all documents."""
    row = rows.get((label, field))
    believed = None if row is None else row.recall if absent else row.precision
    return believed or 0.0


def _order(each: Suspect) -> tuple[object, ...]:
    place = each.gold_place or each.place
    return -each.weight, each.document, place, each.label, each.field or "", repr(each.predicted)


def _bounds(
    name: str,
    gold: tuple[Document, ...],
    predicted: tuple[Document, ...],
    found: list[Suspect],
    predictions: Mapping[str, tuple[Document, ...]],
    rules: Rules,
) -> Iterator[Bounds]:
    """Good for a system is what it says itself, and gold that it does not have and is to go."""
    words = {
        (system, document.id): document for system, of in predictions.items() for document in of
    }
    good = [each for each in found if name in each.systems or _gone(each, name)]
    bad = [each for each in found if each not in good]
    sets: tuple[list[Suspect], ...] = ([], found, bad, good)
    moved: list[Figures] = [figures(flipped(gold, some, words), predicted, rules) for some in sets]
    for k, of in enumerate(("mentions", "fields")):
        yield Bounds(name, of, *(each[k] for each in moved))  # type: ignore[arg-type]


def _gone(each: Suspect, name: str) -> bool:
    gone = each.kind == "spurious in gold" or (each.field is not None and each.predicted is None)
    return gone and name not in each.spoilt


def review(found: Suspects, gold: Iterable[Document]) -> list[Document]:
    """The gold documents that have suspects, the likeliest first, each suspect as a mention of what
    the systems say, with its weight as score: to look through in an annotation tool.
    """
    documents = {document.id: document for document in gold}
    return [_reviewed(documents[name], of) for name, of in by_document(found.suspects).items()]


def _reviewed(document: Document, of: list[Suspect]) -> Document:
    mentions = []
    for number, each in enumerate(of, 1):
        place = each.place or each.gold_place
        said: dict[str, Value] = {"suspect": each.kind, "systems": list(each.systems)}
        if each.field:
            said |= {"field": each.field, "gold": repr(each.gold), "said": repr(each.predicted)}
        mentions.append(
            Mention(
                f"suspect-{number}",
                each.predicted_label,
                fragments=place,
                fields=said,
                score=each.weight,
            )
        )
    return msgspec.structs.replace(document, mentions=tuple(mentions))
