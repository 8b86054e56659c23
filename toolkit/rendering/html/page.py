"""The page: a template filled with tables, charts and evidence."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from toolkit.analysis.agreement.places import VIEWS
from toolkit.analysis.agreement.report import Agreement
from toolkit.rendering.html import tables
from toolkit.rendering.html.charts import curve, distribution
from toolkit.rendering.html.evidence import Evidence
from toolkit.rendering.html.packing import Packed
from toolkit.rendering.html.ratings import Ratings
from toolkit.rendering.html.verdicts import VerdictEvidence
from toolkit.rendering.sections import summary
from toolkit.rendering.wording import visible
from toolkit.scoring.cells import MENTION_CELLS
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.views import MENTION_VIEWS

HOME = Path(__file__).parent

SCRIPTS = ("text", "data", "items", "list", "tracks", "document", "tables", "main")
"""In the order in which they stand in the page."""


class Judged(NamedTuple):
    """What comparing, gating or measuring agreement found: lines to begin with, tables with title
    and note, figures of systems side by side where compared, and a verdict where judged.
    """

    lines: Sequence[str]
    tables: Sequence[tuple[str, str, tables.Rows]]
    figures: Sequence[Ratings]
    verdict: str


def fill(
    title: str,
    cards: Mapping[str, Scorecard],
    evidence: Evidence | VerdictEvidence,
    packed: Packed,
    judged: Judged | None,
    ceiling: Agreement | None,
    reference: str,
) -> str:
    """The page as text."""
    style, script = _style(), _script()
    people = _people(ceiling)
    systems = [
        {
            "name": name,
            "lines": summary(card),
            "documents": card.documents,
            "schema": _schema(card),
            "views": tables.views(card, number, people),
            "kinds": tables.error_kinds(card, number),
            "grounded": tables.grounded(card, number),
            "worst": tables.worst(card),
            "matrices": tables.matrices(card, number),
            "distribution": distribution(card),
            "curve": _curve(evidence, card, number),
        }
        for number, (name, card) in enumerate(cards.items())
    ]
    versus = []
    if isinstance(evidence, Evidence):
        versus = tables.versus(evidence.right, evidence.gold_labels, list(cards))
    text = (
        _environment()
        .get_template("page.html.j2")
        .render(
            title=title,
            reference=reference,
            systems=systems,
            versus=versus,
            judged=judged,
            packed=packed,
            texts=isinstance(evidence, Evidence),
            ceiling=ceiling is not None,
            style=_own(style),
            script=_own(script),
            pieces=list(map(_own, packed.pieces)),
            policy=(
                f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
                "base-uri 'none'; form-action 'none'"
            ),
        )
    )
    return f"{text}\n"


def _people(ceiling: Agreement | None) -> tables.People:
    """F1 between all annotators in the views of a scorecard."""
    if ceiling is None:
        return {}
    views = {measure: view for view, measure in VIEWS.items()}
    return {
        (row.label, row.field, views[row.measure]): row.value
        for row in ceiling.rows
        if row.annotators == ceiling.annotators and row.measure in views and row.value is not None
    }


def _schema(card: Scorecard) -> str:
    name, version = card.signature.schema, card.signature.schema_version
    return f"{name} {version}".rstrip() if version else ""


def _curve(evidence: Evidence | VerdictEvidence, card: Scorecard, number: int) -> object:
    if not isinstance(evidence, Evidence):
        return []
    strict = MENTION_VIEWS["strict"]
    cells = [sum(column) for column in zip(*card.totals().mentions.values(), strict=True)]
    return curve(evidence.ranked[number], strict(cells or [0] * len(MENTION_CELLS)).gold)


@cache
def _environment() -> Environment:
    """Every string is escaped, and what is no printable character is written out."""
    environment = Environment(
        loader=FileSystemLoader(HOME),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    environment.filters["breakable"] = _breakable
    return environment


def _printable(value: object) -> object:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _breakable(name: str) -> Markup:
    """A name that may go on in the next line behind a dot, stroke or low line."""
    return Markup(re.sub(r"(?<=[./_])(?=\w)", "<wbr>", escape(visible(name))))  # noqa: S704


def _own(content: str) -> Markup:
    """What goes into the page as it is: files of this folder, and base64."""
    return Markup(content)  # noqa: S704


@cache
def _style() -> str:
    return (HOME / "style.css").read_text(encoding="utf-8")


@cache
def _script() -> str:
    """All scripts as one, whose names no other script can see."""
    parts = [(HOME / "scripts" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS]
    return "(() => {\n'use strict';\n" + "\n".join(parts) + "})();\n"


def _hash(content: str) -> str:
    return f"sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}"
