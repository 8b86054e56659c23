"""The rows that say what is not correct, with the words of the text where it is known."""

from __future__ import annotations

from typing import Any

from toolkit.checking.structure import words
from toolkit.model import Document, Mention
from toolkit.scoring.counts import Outcome
from toolkit.scoring.scorecard import Kind, Verdict
from toolkit.spans import Place, describe

CONTEXT = 60
"""Characters of text kept on each side of a mention."""

_NOWHERE: tuple[None, Place, None] = (None, (), None)


def verdict(
    document: Document,
    gold: Mention | None,
    predicted: Mention | None,
    *,
    outcome: Outcome,
    kind: Kind = "",
    field: str | None = None,
    values: tuple[Any, Any] | None = None,
) -> Verdict:
    """The verdict on a mention, or on `values` of one of its fields; `document` is the gold one.

    A value of an unmatched mention has no context: the verdict on that mention has it.
    """
    gold_id, gold_place, gold_label = _facts(gold)
    predicted_id, predicted_place, predicted_label = _facts(predicted)
    if values is None:
        values = (_words(gold, document.text), _words(predicted, document.text))
    crossed = field is None and gold_label and predicted_label and gold_label != predicted_label
    place = () if kind == "unmatched" else gold_place or predicted_place
    return Verdict(
        document=document.id,
        label=gold_label or predicted_label or "",
        field=field,
        outcome=outcome,
        kind=kind,
        gold=values[0],
        predicted=values[1],
        gold_id=gold_id,
        predicted_id=predicted_id,
        gold_place=gold_place,
        predicted_place=predicted_place,
        predicted_label=predicted_label if crossed else None,
        context=_context(document.text, place),
    )


def _facts(mention: Mention | None) -> tuple[str, Place, str] | tuple[None, Place, None]:
    return (mention.id, mention.place, mention.label) if mention is not None else _NOWHERE


def _words(mention: Mention | None, text: str | None) -> str | None:
    if mention is None:
        return None
    return words(mention.place, text) if text is not None else describe(mention.place)


def _context(text: str | None, place: Place) -> str:
    """The text around a place on one line, the place itself between « and »."""
    if text is None or not place:
        return ""
    start, end = place[0].start, place[-1].end
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return " ".join(f"{before}«{text[start:end]}»{after}".split())
