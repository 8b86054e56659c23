"""People's work from a project, as stand-off files of each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

from toolkit.checking.rules import gold_faults
from toolkit.labelstudio.batches import Progress, whole_tasks
from toolkit.labelstudio.controls import TEXT
from toolkit.labelstudio.projects import refuse_other_schema
from toolkit.labelstudio.pulled import (
    Fetched,
    Folder,
    State,
    people_answers,
    person_folder,
    person_number,
)
from toolkit.labelstudio.reading import read_results
from toolkit.labelstudio.server import Head, Server
from toolkit.model import Document
from toolkit.schema.nouns import LabelSchema

Kind: TypeAlias = Literal[
    "new",
    "changed",
    "deleted",
    "skipped",
    "draft",
    "done twice",
    "understood",
    "incomplete",
    "left out",
    "refused",
]


class Event(NamedTuple):
    """Something to know of a document, and of whose work on it.

    `new` and `changed` files were written. What was `deleted` or `skipped` on the server since it
    was pulled stays in the folder. A `draft` is nobody's answer yet. Of work `done twice` the later
    counts. `understood` is what was not said outright, `incomplete` what the schema asks for and is
    not there, `left out` what stands in the raw task alone, `refused` a task that is none of ours.
    """

    kind: Kind
    document: str
    person: str = ""
    what: str = ""


class Pulled(NamedTuple):
    """What a pull did: tasks looked at, of all, and what is to be known of them."""

    looked_at: int
    tasks: int
    events: tuple[Event, ...]

    def count(self, kind: Kind) -> int:
        """Events of a kind."""
        return sum(event.kind == kind for event in self.events)


def pull(
    server: Server,
    name: str,
    folder: str | os.PathLike[str],
    texts: Sequence[Document],
    schema: LabelSchema,
    *,
    everything: bool = False,
    progress: Progress = None,
) -> Pulled:
    """Write every annotator's work into a gold folder, each task's raw JSON beside it.

    Only tasks with work that changed since the last pull are fetched, or with `everything` all that
    have any. A pull that was stopped goes on where it was. Nothing that was pulled is taken away
    again, whatever is deleted on the server.
    """
    project = server.project(name)
    refuse_other_schema(project, schema)
    place = Folder(folder)
    state = place.state(server.url)
    own = state.projects.setdefault(project["id"], Fetched())
    heads = {head.id: head for head in server.heads(project["id"])}
    events = [*_deleted_tasks(place, own, heads)]
    wanted = [
        head.id
        for head in heads.values()
        if (head.worked_on or head.id in own.tasks)
        and (everything or head.draft or own.tasks.get(head.id) != _stamp(head))
    ]
    people = server.people() if wanted else {}
    taking = _Taking(place, state, {one.id: one for one in texts}, schema, people)
    for tasks in whole_tasks(server, project["id"], wanted, progress):
        for task in tasks:
            found = list(taking.take(task))
            events += found
            if not any(event.kind == "refused" for event in found):
                own.tasks[task["id"]] = _stamp(heads[task["id"]])
        place.keep_state(state)
    place.keep_state(state)
    return Pulled(len(wanted), len(heads), tuple(events))


def _stamp(head: Head) -> str:
    """What changes when anything but a draft does."""
    return f"{head.updated_at} {','.join(map(str, head.annotations))}"


def _deleted_tasks(folder: Folder, own: Fetched, heads: dict[int, Head]) -> Iterator[Event]:
    for number in sorted(own.tasks.keys() - heads.keys()):
        raw = folder.raw(number) or {}
        if any(not one.get("was_cancelled") for one in raw.get("annotations", ())):
            document = str((raw.get("data") or {}).get("doc_id") or f"task {number}")
            yield Event("deleted", document, what=f"task {number}; what was pulled stays")
        del own.tasks[number]
        own.deleted.append(number)


class _Taking:
    """Tasks taken into a folder."""

    def __init__(
        self,
        folder: Folder,
        state: State,
        texts: dict[str, Document],
        schema: LabelSchema,
        people: dict[int, str],
    ) -> None:
        self.folder, self.state, self.texts = folder, state, texts
        self.schema, self.people = schema, people

    def take(self, task: dict[str, Any]) -> Iterator[Event]:
        """Write a task's files, the raw one first, and tell what is to be known."""
        number, data = task["id"], dict(task.get("data") or {})
        text = data.pop(TEXT, None)
        before = {one["id"]: one for one in (self.folder.raw(number) or {}).get("annotations", ())}
        answers = task.get("annotations") or []
        gone = [one for name, one in before.items() if name not in {each["id"] for each in answers}]
        gone = [one | {"deleted": True} for one in gone]
        kept = task | {"data": data, "annotations": [*answers, *gone]}
        self.folder.keep_raw(kept)
        answers = [one for one in people_answers(kept) if not one.get("deleted")]
        gone = [one for one in people_answers(kept) if one.get("deleted")]
        document = self.texts.get(str(data.get("doc_id")))
        if document is None:
            if answers:
                what = f"task {number} is of no text of ours"
                yield Event("refused", str(data.get("doc_id")), what=what)
            return
        if document.text != text or document.text_sha256 != data.get("text_sha256"):
            what = f"the text of task {number} is not ours: no offsets are taken from it"
            yield Event("refused", document.id, what=what)
            return
        for one in gone:
            if not before[one["id"]].get("deleted"):
                who = self._person(one)
                yield Event("deleted", document.id, who, "what was pulled stays")
        for draft in task.get("drafts") or ():
            who = str(draft.get("user") or "").partition("@")[0]
            yield Event("draft", document.id, who, "not submitted, not taken")
        yield from self._answers(number, document, answers)

    def _answers(
        self, task: int, document: Document, answers: list[dict[str, Any]]
    ) -> Iterator[Event]:
        done: dict[str, list[dict[str, Any]]] = {}
        for answer in sorted(answers, key=lambda one: (one["updated_at"], one["id"])):
            who = self._person(answer)
            if answer.get("was_cancelled"):
                kept = self.folder.document_file(who, document.id).exists()
                yield Event("skipped", document.id, who, "an older answer stays" if kept else "")
            else:
                done.setdefault(who, []).append(answer)
        for who, several in done.items():
            if len(several) > 1:
                what = f"{len(several)} answers; the one of {several[-1]['updated_at']} counts"
                yield Event("done twice", document.id, who, what)
            latest = several[-1]
            key, at = f"{who}/{document.id}", latest["updated_at"]
            other, then = self.state.answers.get(key, (task, at))
            if other != task:
                what = f"in tasks {other} and {task}; the answer of {max(at, then)} counts"
                yield Event("done twice", document.id, who, what)
            if other == task or at >= then:
                self.state.answers[key] = (task, at)
                yield from self._write(document, who, latest["result"] or [])

    def _write(self, document: Document, who: str, result: list[dict[str, Any]]) -> Iterator[Event]:
        found = read_results(result, self.schema, len(document.text or ""))
        for what in found.notes:
            yield Event("understood", document.id, who, what)
        for what in found.left_out:
            yield Event("left out", document.id, who, what)
        done = Document(document.id, text_sha256=document.text_sha256, mentions=found.mentions)
        for fault in gold_faults(done, self.schema):
            yield Event("incomplete", document.id, who, str(fault))
        new = not self.folder.document_file(who, document.id).exists()
        if self.folder.keep_document(who, done):
            yield Event("new" if new else "changed", document.id, who)

    def _person(self, answer: dict[str, Any]) -> str:
        number = person_number(answer)
        return person_folder(number, self.people.get(number, ""), self.state.people)
