"""Documents in dispute as tasks: each annotator's version, and one to decide in."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from toolkit.analysis.adjudication.adjudicate import adjudicate
from toolkit.analysis.adjudication.decisions import decide
from toolkit.analysis.adjudication.items import Case, Item
from toolkit.errors import MismatchError, Problem
from toolkit.labelstudio.batches import batches
from toolkit.labelstudio.controls import LABEL, region_id
from toolkit.labelstudio.push import AT_ONCE, ROUNDS, task_data
from toolkit.labelstudio.server import Head, Server
from toolkit.labelstudio.writing import results
from toolkit.model import Document
from toolkit.schema.nouns import LabelSchema

BEGIN = "to decide"
"""The version that the page opens: what both have once, and all that they have differently."""


def bring(
    server: Server, project: int, cases: Sequence[Case], names: tuple[str, str], schema: LabelSchema
) -> list[str]:
    """Bring the project to hold each case once, and say what a person should know.

    Versions are named by annotator and content: a case that changed is made anew, unless somebody
    has begun to decide it.
    """
    makers = {case.a.id: _Maker(case, names, schema) for case in cases}
    for _ in range(ROUNDS):
        make, delete, notices = _plan(makers, server.heads(project))
        if not make and not delete:
            break
        for batch in batches(make, AT_ONCE):
            server.import_tasks(project, [maker.task() for maker in batch])
        for head in delete:
            server.delete_task(head.id)
    else:
        what = "tasks still change while this adjudicates; is somebody else doing it too?"
        raise MismatchError(Problem(f"project {project}", what, "run it again"))
    server.update_project(project, model_version=BEGIN)
    return notices


def whole(case: Case) -> Document:
    """What the page opens: what both have once, and both versions of what they have differently.

    References lead to the mention that stands for the one that was meant.
    """
    keep_all = {
        (item.document, item.mention): decide(
            item, "both" if item.a and item.b else "a" if item.a else "b"
        )
        for item in case.disagreed
    }
    (document,) = adjudicate([case], keep_all).documents
    return document


class _Maker:
    """How a case becomes a task."""

    def __init__(self, case: Case, names: tuple[str, str], schema: LabelSchema) -> None:
        self.case, self.names, self.schema = case, names, schema

    @property
    def versions(self) -> list[str]:
        """What its predictions are called, in order."""
        sides = zip(self.names, (self.case.a, self.case.b), strict=True)
        return sorted([BEGIN, *(f"{name} {_digest(one)}" for name, one in sides)])

    def fits(self, head: Head) -> bool:
        """Whether a task is of these versions of this text."""
        same_text = head.text_sha256 == task_data(self._text())["text_sha256"]
        return same_text and sorted(head.versions) == self.versions

    def task(self) -> dict[str, Any]:
        """The task with its three predictions."""
        lost: Counter[str] = Counter()
        made = {BEGIN: _noted(self.case, self.names, results(whole(self.case), self.schema, lost))}
        for name, side in zip(self.names, (self.case.a, self.case.b), strict=True):
            made[f"{name} {_digest(side)}"] = results(side, self.schema, lost)
        predictions = [{"model_version": name, "result": made[name]} for name in made]
        return {"data": task_data(self._text()), "predictions": predictions}

    def _text(self) -> Document:
        """The document with its text and checksum, whichever side has them."""
        one, other = self.case.a, self.case.b
        checksum = one.text_sha256 or other.text_sha256
        return Document(one.id, text=self.case.text, text_sha256=checksum)


def _plan(
    makers: dict[str, _Maker], heads: list[Head]
) -> tuple[list[_Maker], list[Head], list[str]]:
    """Tasks to make, tasks to delete, and what to say."""
    make, delete, notices = [], [], []
    of_document: dict[str | None, list[Head]] = {name: [] for name in makers}
    for head in heads:
        of_document.setdefault(head.document, []).append(head)
    for name, found in of_document.items():
        worked = [head for head in found if head.worked_on]
        maker = makers.get(name or "")
        fitting = [head for head in found if maker and maker.fits(head)]
        kept = worked or fitting[:1]
        delete += [head for head in found if head not in kept]
        if maker and not kept:
            make.append(maker)
        if maker and worked and not any(head in fitting for head in worked):
            notices.append(f"{name}: changed by an annotator since it was being decided")
    return make, delete, notices


def _digest(document: Document) -> str:
    return hashlib.sha256(msgspec.json.encode(document.mentions)).hexdigest()[:8]


def _noted(case: Case, names: tuple[str, str], found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The results with a note on each region that is in dispute, and a score by which they sort."""
    notes = dict(_notes(case, names))
    for result in found:
        if result.get("from_name") == LABEL and result["id"] in notes:
            result["meta"] = {"text": [notes[result["id"]]]}
            result["score"] = 0.0
    return found


def _notes(case: Case, names: tuple[str, str]) -> Iterator[tuple[str, str]]:
    for item in case.disagreed:
        if item.a and item.b:
            differs = _differing(item)
            yield region_id(item.mention), f"{names[0]}'s version; {names[1]}'s has {differs}"
            yield region_id(item.second), f"{names[1]}'s version; {names[0]}'s has {differs}"
        else:
            yield region_id(item.mention), f"only {names[0] if item.a else names[1]}"


def _differing(item: Item) -> str:
    one, other = item.a, item.b
    parts = [f"another {name}" for name, _ in item.twins.differing]
    if one and other and one.place != other.place:
        parts.insert(0, "another place")
    if one and other and one.label != other.label:
        parts.insert(0, "another label")
    return ", ".join(parts)
