"""How good is an extractor? Label schemas, gold annotations, a scorer and reports for extraction
from news.

Names are loaded when first used, so that `import toolkit` costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.analysis.adjudication.adjudicate import Adjudicated, adjudicate
    from toolkit.analysis.adjudication.decisions import Decision, read_decisions
    from toolkit.analysis.adjudication.items import compare_annotators
    from toolkit.analysis.agreement.ceiling import ceilings
    from toolkit.analysis.agreement.measure import agreement
    from toolkit.analysis.agreement.report import Agreement, load_agreement
    from toolkit.analysis.agreement.sides import first_as_gold
    from toolkit.analysis.comparison import Comparison, compare
    from toolkit.analysis.gate.baseline import accept_baseline, baseline_history, load_baseline
    from toolkit.analysis.gate.explain import explain_change
    from toolkit.analysis.gate.judging import gate
    from toolkit.analysis.gate.policy import Policy, load_policy
    from toolkit.analysis.gate.report import GateReport
    from toolkit.analysis.gate.self_test import gate_self_test
    from toolkit.analysis.next_documents import next_documents
    from toolkit.analysis.planning import Plan, plan
    from toolkit.analysis.suspects import Suspects, suspects
    from toolkit.analysis.thresholds import Thresholds, thresholds
    from toolkit.errors import (
        DataError,
        MismatchError,
        Problem,
        SchemaError,
        ToolkitError,
        WriteError,
    )
    from toolkit.extractors import Answer, extract
    from toolkit.extractors.record import Run
    from toolkit.extractors.runs import run_extractor
    from toolkit.formats import read, recognise
    from toolkit.formats.annotators import read_annotators
    from toolkit.formats.convert import convert
    from toolkit.formats.gold import read_gold
    from toolkit.formats.native import write
    from toolkit.formats.texts import read_texts
    from toolkit.grounding.ground import ground
    from toolkit.model import Alternative, Corpus, Document, Entities, Mention
    from toolkit.rendering import render
    from toolkit.rendering.html.report import html_report
    from toolkit.schema.guidelines import guidelines
    from toolkit.schema.json_schema import json_schema
    from toolkit.schema.load import lint_schema, load_schema
    from toolkit.schema.nouns import LabelSchema
    from toolkit.scoring.saved import load_card
    from toolkit.scoring.score import score
    from toolkit.scoring.scorecard import Scorecard
    from toolkit.scoring.verdicts import Verdict
    from toolkit.spans import Span
    from toolkit.validation import check

_HOMES = {
    "toolkit.analysis.adjudication.adjudicate": ("Adjudicated", "adjudicate"),
    "toolkit.analysis.adjudication.decisions": ("Decision", "read_decisions"),
    "toolkit.analysis.adjudication.items": ("compare_annotators",),
    "toolkit.analysis.agreement.ceiling": ("ceilings",),
    "toolkit.analysis.agreement.measure": ("agreement",),
    "toolkit.analysis.agreement.report": ("Agreement", "load_agreement"),
    "toolkit.analysis.agreement.sides": ("first_as_gold",),
    "toolkit.analysis.comparison": ("Comparison", "compare"),
    "toolkit.analysis.gate.baseline": ("accept_baseline", "baseline_history", "load_baseline"),
    "toolkit.analysis.gate.explain": ("explain_change",),
    "toolkit.analysis.gate.judging": ("gate",),
    "toolkit.analysis.gate.policy": ("Policy", "load_policy"),
    "toolkit.analysis.gate.report": ("GateReport",),
    "toolkit.analysis.gate.self_test": ("gate_self_test",),
    "toolkit.analysis.next_documents": ("next_documents",),
    "toolkit.analysis.planning": ("Plan", "plan"),
    "toolkit.analysis.suspects": ("Suspects", "suspects"),
    "toolkit.analysis.thresholds": ("Thresholds", "thresholds"),
    "toolkit.errors": (
        "DataError",
        "MismatchError",
        "Problem",
        "SchemaError",
        "ToolkitError",
        "WriteError",
    ),
    "toolkit.extractors": ("Answer", "extract"),
    "toolkit.extractors.record": ("Run",),
    "toolkit.extractors.runs": ("run_extractor",),
    "toolkit.formats": ("read", "recognise"),
    "toolkit.formats.convert": ("convert",),
    "toolkit.formats.annotators": ("read_annotators",),
    "toolkit.formats.gold": ("read_gold",),
    "toolkit.formats.native": ("write",),
    "toolkit.formats.texts": ("read_texts",),
    "toolkit.grounding.ground": ("ground",),
    "toolkit.model": ("Alternative", "Corpus", "Document", "Entities", "Mention"),
    "toolkit.rendering": ("render",),
    "toolkit.rendering.html.report": ("html_report",),
    "toolkit.schema.guidelines": ("guidelines",),
    "toolkit.schema.json_schema": ("json_schema",),
    "toolkit.schema.load": ("lint_schema", "load_schema"),
    "toolkit.schema.nouns": ("LabelSchema",),
    "toolkit.scoring.score": ("score",),
    "toolkit.scoring.saved": ("load_card",),
    "toolkit.scoring.scorecard": ("Scorecard",),
    "toolkit.scoring.verdicts": ("Verdict",),
    "toolkit.spans": ("Span",),
    "toolkit.validation": ("check",),
}

_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Adjudicated",
    "Agreement",
    "Alternative",
    "Answer",
    "Comparison",
    "Corpus",
    "DataError",
    "Decision",
    "Document",
    "Entities",
    "GateReport",
    "LabelSchema",
    "Mention",
    "MismatchError",
    "Plan",
    "Policy",
    "Problem",
    "Run",
    "SchemaError",
    "Scorecard",
    "Span",
    "Suspects",
    "Thresholds",
    "ToolkitError",
    "Verdict",
    "WriteError",
    "accept_baseline",
    "adjudicate",
    "agreement",
    "baseline_history",
    "ceilings",
    "check",
    "compare",
    "compare_annotators",
    "convert",
    "explain_change",
    "extract",
    "first_as_gold",
    "gate",
    "gate_self_test",
    "ground",
    "guidelines",
    "html_report",
    "json_schema",
    "lint_schema",
    "load_agreement",
    "load_baseline",
    "load_card",
    "load_policy",
    "load_schema",
    "next_documents",
    "plan",
    "read",
    "read_annotators",
    "read_decisions",
    "read_gold",
    "read_texts",
    "recognise",
    "render",
    "run_extractor",
    "score",
    "suspects",
    "thresholds",
    "write",
]


def __getattr__(name: str) -> Any:
    """Load a public name from its home module."""
    if name not in _HOME:
        raise AttributeError(f"module 'toolkit' has no attribute {name!r}")
    value = globals()[name] = getattr(importlib.import_module(_HOME[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
