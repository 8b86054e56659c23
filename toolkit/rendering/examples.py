"""Examples of errors, a row for each: what gold and predictions say, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from toolkit.rendering.wording import figure_name, value_text
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.verdicts import Verdict


def example_rows(card: Scorecard, verdicts: Iterable[Verdict]) -> list[tuple[str, ...]]:
    """The rows of some verdicts of a card."""
    known = _known(card)
    return [
        (
            figure_name(verdict.label, verdict.field),
            verdict.kind if verdict.field is None else verdict.outcome,
            *_answers(verdict, known),
            verdict.document,
            verdict.context,
        )
        for verdict in verdicts
    ]


Known: TypeAlias = Mapping[tuple[str, str, str], str]
"""Label and words of mentions, by document, side and id."""


def _known(card: Scorecard) -> Known:
    """What the card says of mentions to which references may lead: of those that are not right."""
    found = {}
    for verdict in card.verdicts:
        if verdict.field is None:
            sides = (
                ("gold", verdict.gold_id, verdict.gold, verdict.label),
                (
                    "predicted",
                    verdict.predicted_id,
                    verdict.predicted,
                    verdict.predicted_label or verdict.label,
                ),
            )
            for side, name, words, label in sides:
                if name is not None:
                    found[verdict.document, side, name] = f"{label} {words}"
    return found


def _answers(verdict: Verdict, known: Known) -> Iterator[str]:
    for side, value, label in (
        ("gold", verdict.gold, verdict.label),
        ("predicted", verdict.predicted, verdict.predicted_label),
    ):
        shown = value_text(value)
        if isinstance(value, dict) and "ref" in value:
            said = known.get((verdict.document, side, str(value["ref"])))
            shown += f" ({said})" if said else ""
        yield f"{label}: {shown}" if verdict.predicted_label else shown
