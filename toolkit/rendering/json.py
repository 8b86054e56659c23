"""The table for programs, as one JSON object."""

from __future__ import annotations

import msgspec

from toolkit.analysis.errors import groundings
from toolkit.analysis.figures import figures
from toolkit.scoring.scorecard import Scorecard


def render(card: Scorecard) -> str:
    """`signature`, number of `documents`, what was not counted, and `rows`; an undefined figure is
    `null`.
    """
    report = {
        "signature": card.signature,
        "documents": card.documents,
        "not_predicted": card.not_predicted,
        "unknown": card.unknown,
        "optional_not_found": card.optional,
        "faults": card.faults,
        "timing": card.timing and msgspec.structs.asdict(card.timing),
        "groundings": [row._asdict() for row in groundings(card)],
        "rows": [figure.columns() for figure in figures(card)],
    }
    return written(report)


def written(report: object) -> str:
    """An object as JSON that people can read too."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n"
