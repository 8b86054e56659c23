"""Texts to a project, each once, with predictions to begin from."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from toolkit.checking.rules import rule_faults
from toolkit.checking.structure import structure_faults
from toolkit.errors import DataError, MismatchError, Problem, abridged
from toolkit.labelstudio.batches import Progress, batches
from toolkit.labelstudio.controls import TEXT
from toolkit.labelstudio.projects import refuse_other_schema
from toolkit.labelstudio.server import Head, Server
from toolkit.labelstudio.writing import not_shown, prediction
from toolkit.model import Document
from toolkit.schema.nouns import LabelSchema

AT_ONCE = 500
"""Tasks in one request: 5,000 of 2 kB with predictions take some 12 s."""

ROUNDS = 3
"""How often is looked what is still to do; the second finds nothing, unless a request that seemed
lost was carried out late.
"""


class Pushed(NamedTuple):
    """What a push did; `version` is the model version that annotators see."""

    new: int
    predicted: int
    replaced: int
    unchanged: int
    version: str | None
    notices: tuple[str, ...]


class _Plan(NamedTuple):
    """What is to be done: tasks to make, to delete, predictions to add, and to thin out."""

    make: list[Document]
    delete: list[Head]
    predict: list[tuple[Head, Document]]
    thin: list[Head]

    def __bool__(self) -> bool:
        return any(self)


def push(
    server: Server,
    name: str,
    texts: Sequence[Document],
    schema: LabelSchema,
    *,
    predictions: Iterable[Document] | None = None,
    model: str = "predictions",
    progress: Progress = None,
) -> Pushed:
    """Bring the project of this name to hold each text once, with its latest predictions.

    Tasks are known by document id and the text's checksum, so that a push that was stopped anywhere
    goes on when it is run again. A text that changed is put in the old one's place where nobody has
    worked on it, else refused, by name and before anything is written. Predictions are named by the
    `model` and a checksum of all of them; older ones stay on the server unseen.
    """
    project = server.project(name)
    refuse_other_schema(project, schema)
    predicted, notices = _predicted(predictions, texts, schema)
    version = _version(model, predicted) if predicted else None
    lost: Counter[str] = Counter()
    heads = server.heads(project["id"])
    notices += _others(texts, heads)
    for number in range(ROUNDS):
        plan = _plan(texts, heads, predicted, version)
        if number == 0:
            made, added, deleted = len(plan.make), len(plan.predict), len(plan.delete)
        if not plan:
            break
        _carry_out(server, project["id"], plan, _Maker(schema, predicted, version, lost), progress)
        heads = server.heads(project["id"])
    else:
        what = "tasks still change while this pushes; is somebody else pushing?"
        raise MismatchError(Problem(f"project {project['title']!r}", what, "run it again"))
    if version is not None and project.get("model_version") != version:
        server.update_project(project["id"], model_version=version)
    notices += not_shown(lost)
    unchanged = len(texts) - made - added
    return Pushed(made, added, deleted, unchanged, version, tuple(notices))


def task_data(document: Document) -> dict[str, Any]:
    """A task's own part: the text, and what it is known by."""
    return {TEXT: document.text, "doc_id": document.id, "text_sha256": document.text_sha256}


def _predicted(
    predictions: Iterable[Document] | None, texts: Sequence[Document], schema: LabelSchema
) -> tuple[dict[str, Document], list[str]]:
    """Predictions by document, made sure to stand in the text and to keep to the schema."""
    known = {document.id: document for document in texts}
    found, notices, problems, strange = {}, [], [], []
    for document in predictions or ():
        if document.id not in known:
            strange.append(document.id)
            continue
        text = known[document.id]
        if document.text_sha256 not in (None, text.text_sha256):
            what = "the predictions are of another text"
            problems.append(Problem(document.id, what, "extract from it anew"))
        faults = [*structure_faults(document, text.text), *rule_faults(document, schema)]
        problems += [
            Problem(" ".join(filter(None, (document.id, fault.mention))), fault.what, fault.hint)
            for fault in faults
        ]
        found[document.id] = document
    if problems:
        raise DataError(abridged(problems))
    if strange:
        notices.append(f"predictions without a text, left out: {', '.join(sorted(strange))}")
    missing = len(known) - len(found)
    if predictions is not None and missing:
        notices.append(f"texts without predictions: {missing} of {len(known)}")
    return found, notices


def _version(model: str, predicted: dict[str, Document]) -> str:
    digest = hashlib.sha256()
    for name in sorted(predicted):
        digest.update(msgspec.json.encode(predicted[name]) + b"\n")
    return f"{model.replace(',', ' ')} {digest.hexdigest()[:8]}"


def _plan(
    texts: Sequence[Document],
    heads: list[Head],
    predicted: dict[str, Document],
    version: str | None,
) -> _Plan:
    """What is to be done; every text that changed under people's work is refused."""
    of_document: dict[str | None, list[Head]] = {}
    for head in heads:
        of_document.setdefault(head.document, []).append(head)
    plan, problems = _Plan([], [], [], []), []
    for document in texts:
        same: list[Head] = []
        other: list[Head] = []
        for head in of_document.get(document.id, ()):
            (same if head.text_sha256 == document.text_sha256 else other).append(head)
        problems += [_changed(document, head) for head in other if head.worked_on]
        plan.delete.extend(other)
        if not same:
            plan.make.append(document)
            continue
        kept = [head for head in same if head.worked_on] or same[:1]
        plan.delete.extend(head for head in same if head not in kept)
        for head in kept:
            count = head.versions.count(version or "")
            if document.id in predicted and not count:
                plan.predict.append((head, predicted[document.id]))
            elif count > 1:
                plan.thin.append(head)
    if problems:
        raise MismatchError(abridged(problems))
    return plan


def _changed(document: Document, head: Head) -> Problem:
    what = f"the text changed since task {head.id} was annotated; nothing was pushed"
    hint = "restore the text, or push the new one under another document id"
    return Problem(document.id, what, hint)


def _others(texts: Sequence[Document], heads: list[Head]) -> Iterator[str]:
    """What else the project holds."""
    known = {document.id for document in texts}
    strange = sum(head.document not in known for head in heads)
    if strange:
        yield f"tasks of other texts, left alone: {strange}"
    worked = Counter(head.document for head in heads if head.worked_on and head.document in known)
    twice = [name for name, count in worked.items() if name and count > 1]
    if twice:
        yield f"annotated in two tasks, both left alone: {', '.join(sorted(twice))}"


class _Maker(NamedTuple):
    """How documents become tasks and predictions."""

    schema: LabelSchema
    predicted: dict[str, Document]
    version: str | None
    lost: Counter[str]

    def task(self, document: Document) -> dict[str, Any]:
        """A task with the prediction that there is."""
        found = self.predicted.get(document.id)
        predictions = [self.prediction(found)] if found else []
        return {"data": task_data(document), "predictions": predictions}

    def prediction(self, document: Document) -> dict[str, Any]:
        """What annotators begin from."""
        return prediction(document, self.schema, self.version, self.lost)


def _carry_out(
    server: Server, project: int, plan: _Plan, maker: _Maker, progress: Progress
) -> None:
    total, done = sum(len(part) for part in plan), 0

    def step(number: int) -> None:
        nonlocal done
        done += number
        if progress:
            progress(done, total)

    for batch in batches(plan.make, AT_ONCE):
        server.import_tasks(project, [maker.task(document) for document in batch])
        step(len(batch))
    for pairs in batches(plan.predict, AT_ONCE):
        made = [{"task": head.id, **maker.prediction(document)} for head, document in pairs]
        server.import_predictions(project, made)
        step(len(pairs))
    for head in plan.thin:
        (task,) = server.tasks(project, [head.id])
        spare = [one for one in task["predictions"] if one["model_version"] == maker.version]
        for one in spare[1:]:
            server.delete_prediction(one["id"])
        step(1)
    for head in plan.delete:
        server.delete_task(head.id)
        step(1)
