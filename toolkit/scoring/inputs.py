"""What must hold of both sides before they can be scored; all that is wrong is said at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from toolkit.checking.quick import quick_check
from toolkit.checking.rules import required_faults, rule_faults
from toolkit.checking.structure import structure_faults
from toolkit.errors import DataError, MismatchError, Problem
from toolkit.model import Corpus, Document, Where
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.memory import Memory
from toolkit.scoring.texts import text_problems

Documents = dict[str, Document]
"""Documents by id."""

_sound: Memory[Documents] = Memory()
"""Corpora that were found sound: each is checked once."""


def by_id(documents: Corpus | Iterable[Document], side: str) -> Documents:
    """Documents by id; refused with all faults that would make a number wrong."""
    found = _sound.recall(documents)
    if found is None:
        found = _checked(documents, side)
        _sound.keep(documents, found)
    return found


def _checked(documents: Iterable[Document], side: str) -> Documents:
    found: Documents = {}
    problems: list[Problem] = []
    for document in documents:
        if document.id in found:
            what = "the document id stands there twice"
            problems.append(Problem(f"{side}: {document.id}", what, "ids must be unique"))
        found[document.id] = document
        for fault in structure_faults(document):
            where = f"{side}: {document.id} {fault.mention or ''}".rstrip()
            problems.append(Problem(where, fault.what, fault.hint))
    if problems:
        raise DataError(problems)
    return found


def refuse_strangers(golds: Documents, predictions: Documents) -> None:
    """Refuse sides that have no document in common."""
    if golds and predictions and not golds.keys() & predictions.keys():
        what = (
            f"none of the {len(predictions)} predicted documents is among the {len(golds)} of the "
            f"gold (gold has {min(golds)!r}, predictions have {min(predictions)!r})"
        )
        raise MismatchError(Problem("predictions", what, "document ids must be the same"))


def refuse_other_texts(
    golds: Documents, predictions: Documents, ours: Where, theirs: Where
) -> None:
    """Refuse predictions made on another text than the gold's."""
    problems = []
    pairs = [(gold, predictions[name]) for name, gold in golds.items() if name in predictions]
    if differences := text_problems(iter(pairs), ours, theirs):
        raise MismatchError(differences)
    for gold, predicted in pairs:
        one, other = gold.text_sha256, predicted.text_sha256
        if one is not None and other is not None and one != other:
            what = "made on another text than the gold's: text_sha256 differs"
            problems.append(Problem(f"predictions: {gold.id}", what, "extract again"))
        elif gold.text is not None:
            for fault in structure_faults(predicted, gold.text):
                where = f"predictions: {gold.id} {fault.mention or ''}".rstrip()
                problems.append(Problem(where, fault.what, fault.hint))
    if problems:
        raise MismatchError(problems)


def refuse_invalid_gold(golds: Documents, schema: LabelSchema) -> None:
    """Refuse gold that breaks its schema: there is no right answer to score against."""
    keeps = quick_check(schema, required=True)
    problems = [
        Problem(f"gold: {document.id} {fault.mention}", fault.what, fault.hint)
        for document in golds.values()
        if not keeps(document)
        for fault in (*rule_faults(document, schema), *required_faults(document, schema))
    ]
    if problems:
        raise DataError(_grouped(problems))


def _grouped(problems: list[Problem]) -> list[Problem]:
    """Each fault once, at the first place that has it, with how often it occurs."""
    times = Counter((problem.what, problem.hint) for problem in problems)
    firsts: dict[tuple[str, str], Problem] = {}
    for problem in problems:
        firsts.setdefault((problem.what, problem.hint), problem)
    return [
        first if times[fault] == 1 else first._replace(what=f"{first.what}, {times[fault]} times")
        for fault, first in firsts.items()
    ]


def where(documents: Corpus | Iterable[Document], side: str) -> Where:
    """Finds places by the corpus' reader; names side and document where it does not know them."""
    found = documents.where if isinstance(documents, Corpus) else None
    return found or (lambda document, **_: f"{side}: {document}")
