"""Documents in dispute as tasks: each annotator's version, and one to decide in."""

from __future__ import annotations

import hashlib
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from toolkit.analysis.adjudication.adjudicate import adjudicate
from toolkit.analysis.adjudication.decisions import decide
from toolkit.analysis.adjudication.items import Case, Item
from toolkit.checking.structure import words
from toolkit.errors import MismatchError, Problem, plural
from toolkit.labelstudio.batches import batches
from toolkit.labelstudio.controls import LABEL, region_id
from toolkit.labelstudio.push import AT_ONCE, ROUNDS, task_data
from toolkit.labelstudio.server import Head, Server
from toolkit.labelstudio.writing import results
from toolkit.model import Document
from toolkit.schema.nouns import LabelSchema

BEGIN = "to decide"
"""The version that the page opens: what both have once, and all that they have differently."""

LISTED = "to_decide"
"""The key of a task's data that lists what is in dispute."""

LONGEST = 40
"""Characters of a mention's words that are listed."""


def bring(
    server: Server, project: int, cases: Sequence[Case], names: tuple[str, str], schema: LabelSchema
) -> list[str]:
    """Bring the project to hold each case, with its text, once; say what a person should know.

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
    if makers and server.project(str(project)).get("model_version") != BEGIN:
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
        sides = zip(names, (case.a, case.b), strict=True)
        self.sides = {f"{name} {_digest(one)}": one for name, one in sides}

    def fits(self, head: Head) -> bool:
        """Whether a task is of these versions of this text."""
        same_text = head.text_sha256 == self.case.a.text_sha256
        return same_text and sorted(head.versions) == sorted((BEGIN, *self.sides))

    def task(self) -> dict[str, Any]:
        """The task with its three predictions."""
        lost: Counter[str] = Counter()
        made = {BEGIN: _marked(self.case, self.names, results(whole(self.case), self.schema, lost))}
        made |= {name: results(side, self.schema, lost) for name, side in self.sides.items()}
        predictions = [{"model_version": name, "result": made[name]} for name in made]
        listed = {LISTED: _listed(self.case, self.names)}
        return {"data": task_data(self.case.a) | listed, "predictions": predictions}


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


def _marked(
    case: Case, names: tuple[str, str], found: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """The results, with a note on each region that is in dispute; the score by which the page can
    order regions is the share of the annotators who have them.
    """
    notes = dict(_notes(case, names))
    for result in found:
        if result.get("from_name") == LABEL:
            note = notes.get(result["id"])
            result["score"] = 0.5 if note else 1.0
            if note:
                result["meta"] = {"text": [note]}
    return found


def _notes(case: Case, names: tuple[str, str]) -> Iterator[tuple[str, str]]:
    one, other = names
    for item in case.disagreed:
        if item.a and item.b:
            yield region_id(item.mention), f"{one}'s version; {other}'s has {_differing(item)}"
            yield region_id(item.second), f"{other}'s version; {one}'s has {_differing(item)}"
        else:
            yield region_id(item.mention), f"only {one if item.a else other}"


def _listed(case: Case, names: tuple[str, str]) -> str:
    """What is in dispute, a line each, in the text's order."""
    lines = [f"{plural(len(case.disagreed), 'mention')} to decide:"]
    for item in case.disagreed:
        version = item.a or item.b
        place = version.place if version else ()
        said = textwrap.shorten(words(place, case.text or ""), LONGEST, placeholder="…")
        if item.a and item.b:
            what = f"{names[1]} has {_differing(item)} than {names[0]}"
        else:
            what = f"only {names[0] if item.a else names[1]}"
        lines.append(f"{version.label if version else ''} “{said}”: {what}")
    return "\n".join(lines)


def _differing(item: Item) -> str:
    one, other = item.a, item.b
    parts = [name for name, _ in item.twins.differing]
    if one and other and one.place != other.place:
        parts.insert(0, "place")
    if one and other and one.label != other.label:
        parts.insert(0, "label")
    return f"another {', '.join(parts)}"
