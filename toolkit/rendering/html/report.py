"""Scorecards, a comparison, a gate's report or agreement as one page by itself."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.analysis.agreement.report import Agreement
from toolkit.analysis.comparison import Comparison
from toolkit.analysis.gate.report import GateReport
from toolkit.errors import plural
from toolkit.model import Corpus
from toolkit.rendering import agreement as agreed
from toolkit.rendering import comparison as compared
from toolkit.rendering import gate as gated
from toolkit.rendering.html.evidence import Evidence
from toolkit.rendering.html.leads import linked
from toolkit.rendering.html.packing import MOST_BYTES, pack
from toolkit.rendering.html.page import Judged, fill
from toolkit.rendering.html.ratings import Ratings, ratings
from toolkit.rendering.html.verdicts import VerdictEvidence
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.scorecard import Scorecard


def html_report(
    cards: Mapping[str, Scorecard],
    gold: Corpus | None = None,
    predicted: Mapping[str, Corpus] | None = None,
    schema: LabelSchema | None = None,
    *,
    judged: Comparison | GateReport | Agreement | None = None,
    reference: str = "gold",
    ceiling: Agreement | None = None,
    title: str | None = None,
    most_bytes: int = MOST_BYTES,
) -> str:
    """One HTML page about systems by name, every number of which leads to its spans.

    `gold` and `predicted` are what the scorecards were made from; without them the page has only
    the errors that the cards keep, and no texts. `judged` is shown first; of a gate the baseline is
    the first of `cards` and the predictions are the last. `reference` is what the
    page calls the side of `gold`: an annotator, where one stands in its place. With a `ceiling`
    each F1 has people's own beside it. Evidence beyond `most_bytes` is left out, documents with the
    fewest errors first, and the page says so. Raises `MismatchError` where gold or predictions are
    not those of the cards.
    """
    evidence: Evidence | VerdictEvidence
    if gold is None or predicted is None:
        evidence = VerdictEvidence(cards)
    else:
        evidence = Evidence(cards, gold, predicted, schema)
    packed = pack(evidence, cards, most_bytes, reference)
    shown = _judged(judged, cards) if judged else None
    title = title or _TITLES.get(type(judged), "Extraction report")
    return fill(title, cards, evidence, packed, shown, ceiling, reference)


_TITLES: dict[type, str] = {Agreement: "Agreement", Comparison: "Comparison", GateReport: "Gate"}


def _judged(found: Comparison | GateReport | Agreement, cards: Mapping[str, Scorecard]) -> Judged:
    """What is shown first; the signature has its own place in the page."""
    figures: list[Ratings] = []
    status = ""
    if isinstance(found, Agreement):
        lines, sections = agreed.summary(found), agreed.sections(found)
        lines += _left_out(found, cards)
    else:
        if isinstance(found, GateReport):
            lines, sections = gated.summary(found), gated.sections(found)
            status = found.status
        else:
            lines, sections = compared.summary(found), compared.findings(found)
            figures = ratings(found)
        lines = [line for line in lines if str(found.signature) not in line]
    tables = [(section.title, section.note, linked(section, cards)) for section in sections]
    return Judged(lines, tables, figures, status)


def _left_out(found: Agreement, cards: Mapping[str, Scorecard]) -> list[str]:
    """What the agreement's figures count and the page's lists lack."""
    number = found.documents - min((card.documents for card in cards.values()), default=0)
    if not cards or number <= 0:
        return []
    return [f"{plural(number, 'document')} not done by all: in the tables of agreement alone"]
