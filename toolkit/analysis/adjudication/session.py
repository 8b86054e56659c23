"""One person's way through the items in disagreement, which may end and go on at any moment."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from toolkit.analysis.adjudication.adjudicate import Adjudicated, adjudicate
from toolkit.analysis.adjudication.decisions import (
    Decision,
    append_decision,
    mend,
    misfits,
    read_decisions,
)
from toolkit.analysis.adjudication.items import Case, Item
from toolkit.errors import DataError, Problem, WriteError
from toolkit.files import reason
from toolkit.formats.native import write_document

JOURNAL, DOCUMENTS = "adjudication.jsonl", "documents"
"""What a folder of adjudicated gold holds: decisions, and a file for each whole document."""

_PLAIN = re.compile(r"[^\W_][\w .@+~-]*")


class Session:
    """The cases of two annotators, and the decisions kept in a folder.

    Raises `DataError` where the folder's decisions do not fit the cases, holds documents that no
    adjudication made, or where a document's id cannot be a file's name.
    """

    def __init__(self, cases: Iterable[Case], folder: str | os.PathLike[str]) -> None:
        self.cases = tuple(cases)
        self.folder = Path(folder)
        self.journal = self.folder / JOURNAL
        self.decisions: dict[tuple[str, str], Decision] = {}
        problems = [
            Problem(case.a.id, "this document id cannot be a file name", "rename the document")
            for case in self.cases
            if not _PLAIN.fullmatch(case.a.id)
        ]
        if self.journal.exists():
            recorded = read_decisions(self.journal)
            self.decisions = recorded.decisions
            problems += misfits(self.cases, self.decisions.values(), str(self.journal))
        elif any((self.folder / DOCUMENTS).glob("*.json")):
            what = "holds documents, but no adjudication made them"
            problems.append(Problem(str(self.folder / DOCUMENTS), what, "choose another folder"))
        if problems:
            raise DataError(problems)
        if self.journal.exists():
            mend(self.journal, recorded.length)

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in disagreement, document by document."""
        return tuple(item for case in self.cases for item in case.disagreed)

    def keep(self, decision: Decision) -> None:
        """Record a decision; it is on disk when this returns."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            what = f"cannot be made: {reason(error)}"
            raise WriteError(Problem(str(self.folder), what)) from None
        append_decision(self.journal, decision)
        self.decisions[decision.document, decision.mention] = decision

    def apply(self, decisions: Iterable[Decision], where: str) -> None:
        """Record decisions made elsewhere, all or, where one does not fit, none."""
        decisions = list(decisions)
        if problems := misfits(self.cases, decisions, where):
            raise DataError(problems)
        for decision in decisions:
            if self.decisions.get((decision.document, decision.mention)) != decision:
                self.keep(decision)

    def write(self) -> Adjudicated:
        """Write every whole document, and say what is left of the others."""
        found = adjudicate(self.cases, self.decisions)
        for document in found.documents:
            write_document(document, self.folder / DOCUMENTS / f"{document.id}.json")
        return found
