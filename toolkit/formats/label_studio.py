"""Label Studio's task JSON, as it is exported, and as it is imported with predictions.

[{"data": {"text": "Ana left", "doc_id": "d1"}, "annotations": [{"result": [
  {"id": "r1", "type": "labels", "from_name": "label", "to_name": "text",
   "value": {"start": 0, "end": 3, "labels": ["Speaker"]}}]}]}]

Offsets are code points, as with the tag `<Text>`. What stands in `value.text` is not looked at: the
editor changes line ends and spaces there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from toolkit.errors import DataError, Problem
from toolkit.files import replacing
from toolkit.formats import StrPath
from toolkit.formats.holding import Lost, held, need_texts, told
from toolkit.formats.jsonfile import convert
from toolkit.formats.label_studio_min import is_min, task_of
from toolkit.formats.native import OnError
from toolkit.formats.regions import Result, mentions_of, results_of
from toolkit.formats.rows import Notes, read_rows
from toolkit.formats.sniffing import first_keys
from toolkit.model import Corpus, Document
from toolkit.schema.nouns import LabelSchema

HOLDS = frozenset(
    {"text", "checksums", "meta", "overlaps", "fragments", "fields", "many", "references", "scores"}
)

Take: TypeAlias = Literal["auto", "annotations", "predictions"]


class _Person(msgspec.Struct):
    id: int | None = None
    email: str | None = None


class _Answer(msgspec.Struct):
    """An annotation or a prediction."""

    id: int | str | None = None
    result: list[Result] = []
    was_cancelled: bool = False
    ground_truth: bool | None = False
    completed_by: int | _Person | None = None
    model_version: str | None = None
    score: float | None = None


class _Task(msgspec.Struct):
    data: dict[str, Any] = {}
    id: int | None = None
    annotations: list[_Answer] = []
    predictions: list[_Answer] = []
    drafts: list[Any] = []
    meta: dict[str, Any] | None = None


def read_label_studio(
    path: StrPath,
    *,
    take: Take = "auto",
    annotator: str | None = None,
    model: str | None = None,
    text_key: str = "text",
    on_error: OnError = "list",
) -> Corpus:
    """Documents of a JSON or JSON-MIN export, one for each task that somebody annotated.

    Of a task's annotations that of the `annotator` (e-mail address or number) is taken, else the
    ground truth, else the last one that was not skipped; `take="predictions"` takes the last
    prediction, or that of the `model`. `auto` takes a task's annotations where it has any, else its
    predictions. What is not taken is said. A document is named by the task's `doc_id`, else by the
    task's number.
    """

    def make(where: str, task: _Task, raw: dict[str, Any], notes: Notes) -> Document | None:
        if is_min(raw):
            task = convert(where, task_of(raw), _Task)
        text = task.data.get(text_key)
        if not isinstance(text, str):
            what = f"data.{text_key} is no text"
            hint = f"data has: {', '.join(task.data)}; name another with --text-key"
            raise DataError(Problem(where, what, hint))
        notes["tasks whose dates, times and persons are left out"] += "created_at" in raw
        notes["drafts left out"] += len(task.drafts)
        notes["values of a task's meta left out"] += len(task.meta or ())
        answer = _chosen(task, take, annotator, model, notes)
        if answer is None:
            return None
        mentions, about_text = mentions_of(where, answer.result, notes)
        held = (text_key, "doc_id", "text_sha256")
        named = task.data.get("doc_id", task.id)
        checksum = task.data.get("text_sha256")
        return Document(
            id="" if named is None else str(named),
            text=text,
            text_sha256=checksum if isinstance(checksum, str) else None,
            meta={k: v for k, v in task.data.items() if k not in held} | about_text,
            mentions=mentions,
        )

    return read_rows(path, _Task, make, on_error, again=True)


def write_label_studio(
    documents: Iterable[Document],
    path: StrPath,
    *,
    schema: LabelSchema | None = None,
    take: Literal["annotations", "predictions"] = "annotations",
    model: str = "toolkit",
) -> Lost:
    """Write tasks to import, with the mentions as annotations or as predictions of a `model`, and
    say what is lost.

    Labels come from a control `label`, fields from controls of their own names: choices where the
    `schema` says so, a text area else. A discontinuous mention is a region for each fragment,
    joined by relations `fragment`.
    """
    lost: Counter[str] = Counter()
    kept = held(documents, HOLDS | {"numbers"}, lost)
    need_texts(kept, "Label Studio")
    tasks = []
    for number, document in enumerate(kept, 1):
        clash = document.meta.keys() & {"text", "doc_id", "text_sha256"}
        lost["values of meta with names that Label Studio needs"] += len(clash)
        answer: dict[str, Any] = {"result": results_of(document, schema)}
        if take == "predictions":
            answer["model_version"] = model
        data: dict[str, Any] = {**document.meta, "text": document.text, "doc_id": document.id}
        if document.text_sha256:
            data["text_sha256"] = document.text_sha256
        tasks.append({"id": number, "data": data, take: [answer]})
    with replacing(path) as file:
        rows = b",\n".join(map(msgspec.json.encode, tasks))
        file.write(b"[\n" + rows + b"\n]\n")
    return told(lost)


def looks_like(path: Path, head: bytes) -> bool:
    """Whether the first task has data with annotations or predictions, or is of JSON-MIN."""
    keys = first_keys(head)
    return is_min(keys) or ("data" in keys and bool({"annotations", "predictions"} & keys))


def _chosen(
    task: _Task, take: Take, annotator: str | None, model: str | None, notes: Notes
) -> _Answer | None:
    """The annotation or prediction to take."""
    done = [one for one in task.annotations if not one.was_cancelled]
    notes["annotations that were skipped left out"] += len(task.annotations) - len(done)
    if take == "predictions" or (take == "auto" and not task.annotations and annotator is None):
        found = [one for one in task.predictions if model in (None, one.model_version)]
        kind = "predictions"
    else:
        found = [one for one in done if annotator is None or annotator in _names(one)]
        kind = "annotations"
        notes["predictions beside annotations left out"] += len(task.predictions)
    if not found:
        notes[f"tasks without {kind} to take, which are no documents"] += 1
        return None
    truth = [one for one in found if one.ground_truth and kind == "annotations"]
    chosen = (truth or found)[-1]
    notes[f"{kind} left out where a task has several"] += len(found) - 1
    return chosen


def _names(answer: _Answer) -> set[str]:
    person = answer.completed_by
    if isinstance(person, _Person):
        return {str(person.id), person.email or ""}
    return {str(person)}
