"""Scorecards, a comparison or a gate's report as one page that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.analysis.agreement.report import Agreement
from toolkit.analysis.comparison import Comparison
from toolkit.analysis.gate.report import GateReport
from toolkit.model import Corpus
from toolkit.rendering import comparison as compared
from toolkit.rendering import gate as gated
from toolkit.rendering.html.evidence import Evidence
from toolkit.rendering.html.packing import MOST_BYTES, pack
from toolkit.rendering.html.page import Judged, fill
from toolkit.rendering.html.ratings import ratings
from toolkit.rendering.html.verdicts import VerdictEvidence
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.scorecard import Scorecard


def html_report(
    cards: Mapping[str, Scorecard],
    gold: Corpus | None = None,
    predicted: Mapping[str, Corpus] | None = None,
    schema: LabelSchema | None = None,
    *,
    judged: Comparison | GateReport | None = None,
    ceiling: Agreement | None = None,
    title: str = "Extraction report",
    most_bytes: int = MOST_BYTES,
) -> str:
    """One HTML page about systems by name, every number of which leads to its spans.

    `gold` and `predicted` are what the scorecards were made from; without them the page has only
    the errors that the cards keep, and no texts. `judged` is shown first. With a `ceiling` each
    F1 has people's own beside it. Evidence beyond `most_bytes` is left out, documents with the
    fewest errors first, and the page says so. Raises `MismatchError` where gold or predictions are
    not those of the cards.
    """
    evidence: Evidence | VerdictEvidence
    if gold is None or predicted is None:
        evidence = VerdictEvidence(cards)
    else:
        evidence = Evidence(cards, gold, predicted, schema)
    packed = pack(evidence, cards, most_bytes)
    return fill(title, cards, evidence, packed, _judged(judged), ceiling)


def _judged(found: Comparison | GateReport | None) -> Judged | None:
    """What is shown first; the signature has its own place in the page."""
    if found is None:
        return None
    if isinstance(found, GateReport):
        lines, sections = gated.summary(found), gated.sections(found)
        figures, status = [], str(found.status)
    else:
        lines, sections = compared.summary(found), compared.sections(found)
        figures, status = ratings(found), ""
        drawn = {figure.metric for figure in figures}
        sections = [section for section in sections if section.title not in drawn]
    lines = [line for line in lines if str(found.signature) not in line]
    return Judged(lines, sections, figures, status)
