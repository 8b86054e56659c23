"""A labelling project made from a schema, and made again when the schema changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import msgspec

from toolkit.errors import MismatchError, Problem, abridged
from toolkit.formats.regions import Result
from toolkit.labelstudio.batches import Progress, whole_tasks
from toolkit.labelstudio.controls import BOOLEANS, LABEL, controls, relation_names, word_labels
from toolkit.labelstudio.interface import instructions, label_config
from toolkit.labelstudio.server import Server
from toolkit.schema.nouns import LabelSchema

_MARK = re.compile(r"\[label schema \S+ \S+, (?P<fingerprint>[0-9a-f]{12})\]")


class Made(NamedTuple):
    """A project's number, its address, and what was done to it."""

    id: int
    url: str
    done: Literal["made", "updated", "unchanged"]


def make_project(
    server: Server,
    name: str,
    schema: LabelSchema,
    *,
    listed: str = "",
    progress: Progress = None,
) -> Made:
    """Make the project of this title, or bring the one there is up to the schema.

    `listed` names data of the tasks that the page shows beside the text. What would orphan
    somebody's work, a label, field or value that is used and that the schema no longer has, is
    refused with all its uses; nothing is changed then.
    """
    wanted: dict[str, Any] = {
        "description": f"{schema.description} {mark(schema)}".strip(),
        "label_config": label_config(schema, listed),
        "expert_instruction": instructions(schema),
        "show_instruction": True,
        "show_collab_predictions": True,
    }
    found = server.projects(name)
    is_new = not found
    if is_new:
        server.create_project(title=name, **wanted)
        found = server.projects(name)
    if len(found) > 1:
        found = _without_twins(server, found, wanted)
    project = server.project(str(found[0]["id"]) if len(found) == 1 else name)
    made = Made(project["id"], f"{server.url}/projects/{project['id']}/data", "unchanged")
    if all(_same(project.get(key), value) for key, value in wanted.items()):
        return made._replace(done="made") if is_new else made
    _refuse_orphans(server, project["id"], schema, progress)
    server.check_config(project["id"], wanted["label_config"])
    server.update_project(project["id"], **wanted)
    return made._replace(done="updated")


def mark(schema: LabelSchema) -> str:
    """What the project's description says of the schema it was made from."""
    return f"[label schema {schema.name} {schema.version}, {schema.fingerprint}]"


def refuse_other_schema(project: dict[str, Any], schema: LabelSchema) -> None:
    """Raise `MismatchError` where the project was made from a schema with other rules."""
    found = _MARK.search(project.get("description") or "")
    if found is None or found["fingerprint"] != schema.fingerprint:
        was = found[0] if found else "no label schema"
        what = f"the project was made from {was}, this is {mark(schema)}"
        where = f"project {project['title']!r}"
        raise MismatchError(Problem(where, what, "bring it up to date: labelstudio init"))


def _same(one: Any, other: Any) -> bool:
    """Whether a setting is as wanted; the server tidies the ends of what it keeps."""
    return (one or "").strip() == other.strip() if isinstance(other, str) else one == other


def _without_twins(
    server: Server, found: list[dict[str, Any]], wanted: dict[str, Any]
) -> list[dict[str, Any]]:
    """The projects but those that an interrupted call left: made by us, alike, without a task."""
    empty = [
        one
        for one in found
        if one.get("description") == wanted["description"] and not server.heads(one["id"])
    ]
    spare = empty[1:] if len(empty) == len(found) else empty
    for one in spare:
        server.delete_project(one["id"])
    return [one for one in found if one not in spare]


def _refuse_orphans(server: Server, project: int, schema: LabelSchema, progress: Progress) -> None:
    worked = [head.id for head in server.heads(project) if head.worked_on]
    known = _Known(schema)
    used: Counter[str] = Counter()
    where: dict[str, str] = {}
    for tasks in whole_tasks(server, project, worked, progress):
        for task in tasks:
            document = task["data"].get("doc_id") or f"task {task['id']}"
            for answer in [*task.get("annotations", ()), *task.get("drafts", ())]:
                for what in known.orphans(answer.get("result") or []):
                    used[what] += 1
                    where.setdefault(what, document)
    if used:
        hint = "keep it in the schema, or take it out of the annotations first"
        problems = [
            Problem(
                where[what], f"{what} is used {count} times, and the schema has it no longer", hint
            )
            for what, count in used.most_common()
        ]
        raise MismatchError(abridged(problems))


class _Known:
    """What a schema's interface can hold."""

    def __init__(self, schema: LabelSchema) -> None:
        self.labels = {*schema.labels, *word_labels(schema)}
        self.controls = controls(schema)
        self.relations = set(relation_names(schema))

    def orphans(self, results: list[dict[str, Any]]) -> Iterator[str]:
        """Each use of something that it cannot."""
        for raw in results:
            try:
                result = msgspec.convert(raw, Result)
            except msgspec.ValidationError:
                continue
            value = result.value
            if result.type == "relation":
                names = set(result.labels or ()) - self.relations
                yield from (f"the relation {name!r}" for name in names)
            elif result.from_name == LABEL:
                names = set((value.labels if value else None) or ()) - self.labels
                yield from (f"the label {name!r}" for name in names)
            elif result.from_name not in self.controls:
                yield f"the field {result.from_name!r}"
            else:
                control = self.controls[result.from_name]
                if result.type != control.kind:
                    yield f"the field {result.from_name!r} as {result.type}"
                elif value:
                    names = {one.name for one in control.field.values} or set(BOOLEANS.values())
                    chosen = [*(value.choices or ()), *(p[-1] for p in value.taxonomy or () if p)]
                    gone = [name for name in chosen if name not in names]
                    yield from (f"the value {name!r} of {result.from_name}" for name in gone)
