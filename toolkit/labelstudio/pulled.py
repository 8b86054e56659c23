"""What a folder holds of projects: people's stand-off files, raw tasks, and how far it is.

annotators/NAME/DOCUMENT.json    a person's mentions, native
labelstudio/tasks/NUMBER.json    a task as the server held it, without its text
labelstudio/state.json           which tasks were pulled, as of when
"""

from __future__ import annotations

import os
import re
import uuid
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import yaml

from toolkit.errors import DataError, MismatchError, Problem
from toolkit.files import read_bytes, replacing
from toolkit.formats.native import write_document
from toolkit.model import Document
from toolkit.yamlfile import YamlFile


class Fetched(msgspec.Struct):
    """How far a project is: a stamp for each task pulled, and those that are gone since."""

    tasks: dict[int, str] = {}
    deleted: list[int] = []


class State(msgspec.Struct):
    """How far a folder is: its projects on one server, and the folder of each person.

    `answers` names the task and the time of the answer that a person's file, `NAME/DOCUMENT`, is
    of.
    """

    url: str
    projects: dict[int, Fetched] = {}
    people: dict[int, str] = {}
    answers: dict[str, tuple[int, str]] = {}


class Sources(NamedTuple):
    """Paths of the schema and the texts that a gold folder's annotations are of."""

    schema: str
    texts: str


def sources(
    folder: str | os.PathLike[str], schema: str | None = None, texts: str | None = None
) -> Sources:
    """What is given, else what the folder's `dataset.yaml` says; it is written where there is none,
    so that the next call need not be told.
    """
    path = Path(folder) / "dataset.yaml"
    if not path.exists():
        missing = [name for name, given in (("--schema", schema), ("--texts", texts)) if not given]
        if not schema or not texts:
            what = "is not there to say which schema and texts this is about"
            raise DataError(Problem(str(path), what, f"give {' and '.join(missing)} once"))
        said = {
            "name": Path(folder).resolve().name,
            "version": "0.1.0",
            "schema": os.path.relpath(schema, folder),
            "texts": os.path.relpath(texts, folder),
        }
        _write(path, yaml.safe_dump(said, sort_keys=False, allow_unicode=True).encode())
        return Sources(schema, texts)
    file = YamlFile(path)
    data = file.mapping((), file.data)
    found = {
        name: file.text((name,), data, required=not given)
        for name, given in (("schema", schema), ("texts", texts))
    }
    if file.problems:
        raise DataError(file.problems)
    return Sources(
        schema or os.path.normpath(Path(folder) / found["schema"]),
        texts or os.path.normpath(Path(folder) / found["texts"]),
    )


class Folder:
    """A gold folder that people's work is pulled into, from one project or several."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.own = self.path / "labelstudio"

    def state(self, url: str) -> State:
        """The folder's state; raises `MismatchError` where it is of another server."""
        state = self._state()
        if state is None:
            return State(url)
        if state.url != url:
            what = f"holds work of {state.url}"
            raise MismatchError(Problem(str(self.path), what, "pull into another folder"))
        return state

    def people(self) -> dict[int, str]:
        """The folder of each person, by number on the server."""
        state = self._state()
        return state.people if state else {}

    def _state(self) -> State | None:
        file = self.own / "state.json"
        if not file.exists():
            return None
        try:
            return msgspec.json.decode(read_bytes(file), type=State)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            hint = "delete it, and everything is pulled anew"
            raise DataError(Problem(str(file), f"cannot be read: {error}", hint)) from None

    def keep_state(self, state: State) -> None:
        """Write how far the folder is."""
        _write(self.own / "state.json", msgspec.json.format(msgspec.json.encode(state), indent=1))

    def raw(self, task: int) -> dict[str, Any] | None:
        """A task as it was pulled last."""
        file = self.own / "tasks" / f"{task:d}.json"
        try:
            found: dict[str, Any] | None = msgspec.json.decode(read_bytes(file))
        except (DataError, msgspec.DecodeError, UnicodeDecodeError):
            return None
        return found

    def raw_tasks(self) -> list[dict[str, Any]]:
        """All tasks that were pulled, by number."""
        files = (self.own / "tasks").glob("*.json")
        numbers = sorted(int(file.stem) for file in files if file.stem.isdecimal())
        return [task for number in numbers if (task := self.raw(number)) is not None]

    def first_tasks(self, url: str) -> list[dict[str, Any]]:
        """The first task of each text in each project, of those that the server still holds."""
        gone = {number for one in self.state(url).projects.values() for number in one.deleted}
        found: dict[uuid.UUID, dict[str, Any]] = {}
        for task in self.raw_tasks():
            if task["id"] not in gone:
                found.setdefault(truth_id(task), task)
        return list(found.values())

    def keep_raw(self, task: dict[str, Any]) -> None:
        """Write a task as the server held it."""
        data = msgspec.json.format(msgspec.json.encode(task), indent=1)
        _write(self.own / "tasks" / f"{task['id']:d}.json", data)

    def document_file(self, person: str, document: str) -> Path:
        """A person's file of a document; both names are ours, and safe."""
        return self.path / "annotators" / person / f"{document}.json"

    def keep_document(self, person: str, document: Document) -> bool:
        """Write a person's mentions; whether that changed anything."""
        file = self.document_file(person, document.id)
        before = file.read_bytes() if file.exists() else None
        write_document(document, file)
        return file.read_bytes() != before


def person_folder(number: int, address: str, taken: dict[int, str]) -> str:
    """A folder's name for a person, the same in every pull: what stands before the address's @,
    with the number where somebody else is called so.
    """
    if number in taken:
        return taken[number]
    name = re.sub(r"[^\w.+-]", "_", address.partition("@")[0]).strip(".") or f"user-{number}"
    if name.casefold() in {other.casefold() for other in taken.values()}:
        name = f"{name}-{number}"
    taken[number] = name
    return name


def person_number(answer: dict[str, Any]) -> int:
    """Whose an annotation is; 0 where it does not say."""
    by = answer.get("completed_by")
    number = by.get("id") if isinstance(by, dict) else by
    return number if isinstance(number, int) else 0


def truth_id(task: dict[str, Any]) -> uuid.UUID:
    """The id of a task's ground truth, which its project, document and text determine."""
    data = task["data"]
    name = f"{task['project']}/{data.get('doc_id')}/{data.get('text_sha256')}"
    return uuid.uuid5(uuid.NAMESPACE_URL, f"extraction-toolkit:ground-truth/{name}")


def truth_number(task: dict[str, Any]) -> int:
    """The part of that id that a server shows again; 63 bits."""
    return truth_id(task).int >> 65


def people_answers(task: dict[str, Any]) -> list[dict[str, Any]]:
    """A task's annotations but the ground truth that was made of them."""
    truth = truth_number(task)
    return [one for one in task.get("annotations") or () if one.get("import_id") != truth]


def standing_answers(task: dict[str, Any]) -> list[dict[str, Any]]:
    """People's annotations of a task, but those that are skipped or deleted."""
    answers = people_answers(task)
    return [one for one in answers if not one.get("was_cancelled") and not one.get("deleted")]


def _write(file: Path, data: bytes) -> None:
    with replacing(file) as out:
        out.write(data)
