"""Gold of two annotators' work: where they differ, somebody decides in a project of its own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from toolkit.analysis.adjudication.adjudicate import adjudicate as apply_decisions
from toolkit.analysis.adjudication.items import Case, compare_annotators
from toolkit.analysis.adjudication.session import DOCUMENTS
from toolkit.checking.rules import gold_faults
from toolkit.errors import DataError, Problem, did_you_mean
from toolkit.formats.annotators import Annotators, read_annotators
from toolkit.formats.native import write_document
from toolkit.labelstudio.batches import Progress
from toolkit.labelstudio.disputes import LISTED, bring, whole
from toolkit.labelstudio.projects import Made, make_project
from toolkit.labelstudio.pull import Event, pull
from toolkit.labelstudio.pulled import Folder, standing_answers
from toolkit.labelstudio.reading import read_results
from toolkit.labelstudio.server import Server
from toolkit.labelstudio.truth import keep_truth
from toolkit.model import Document
from toolkit.schema.nouns import LabelSchema


class Adjudication(NamedTuple):
    """What two annotators' work has become.

    `agreed` and `decided` documents are gold; `open` are those that wait for a decision, with why.
    `truths` counts the ground truths that were written or changed.
    """

    project: Made
    annotators: tuple[str, str]
    agreed: tuple[Document, ...]
    decided: tuple[Document, ...]
    open: dict[str, str]
    truths: int
    events: tuple[Event, ...]
    notices: tuple[str, ...]


def adjudicate(
    server: Server,
    names: Sequence[str],
    folder: str | os.PathLike[str],
    texts: Sequence[Document],
    schema: LabelSchema,
    *,
    between: Sequence[str] = (),
    progress: Progress = None,
) -> Adjudication:
    """Bring what two annotators disagree on before a person, and take gold back.

    Their work is pulled from the projects into the gold folder. Each document in which they differ
    becomes a task of a project of its own, with both versions as predictions; the page opens a
    third, which holds all. What was submitted there, and the documents in which the two agree, are
    written to the folder's `documents`, and to the projects as ground truth. Called again, it does
    what is still to do.
    """
    place = Path(folder)
    _refuse_other_gold(place)
    events: list[Event] = []
    for name in names:
        events += pull(server, name, place, texts, schema, progress=progress).events
    found, pair = _annotators(place, between)
    one, other = (_on_texts(found.sets[who], texts) for who in pair)
    both = compare_annotators(one, other, schema, found.entities)
    disputed = [case for case in both.cases if case.disagreed]
    agreed = apply_decisions([case for case in both.cases if not case.disagreed], {})

    made = make_project(server, title(server.project(names[0])), schema, listed=LISTED)
    notices = [*agreed.notices, *bring(server, made.id, disputed, pair, schema)]
    back = place / "adjudication"
    events += pull(server, str(made.id), back, texts, schema, progress=progress).events

    cases = {case.a.id: case for case in disputed}
    decided, open_ = {}, dict.fromkeys(cases, "not decided yet")
    for document, left_out in _submitted(Folder(back), texts, schema):
        decided[document.id] = document
        open_.pop(document.id, None)
        why = [*left_out, *map(str, gold_faults(document, schema)), *_undecided(document, cases)]
        if why:
            open_[document.id] = "; ".join(why)
    gold = {one.id: one for one in (*agreed.documents, *decided.values()) if one.id not in open_}
    for document in gold.values():
        write_document(document, place / DOCUMENTS / f"{document.id}.json")
    for name in open_:
        if (place / DOCUMENTS / f"{name}.json").exists():
            open_[name] += "; its gold from before stays"
    truths = keep_truth(server, Folder(place), gold.values(), schema)
    for who, alone in zip(pair, (both.only_a, both.only_b), strict=True):
        if alone:
            notices.append(f"done by {who} alone, left out: {', '.join(alone)}")
    return Adjudication(
        made,
        pair,
        tuple(one for name, one in gold.items() if name not in decided),
        tuple(one for name, one in gold.items() if name in decided),
        open_,
        truths,
        tuple(events),
        tuple(notices),
    )


def title(project: dict[str, Any]) -> str:
    """What the project is called in which a project's disputes are decided; 50 characters fit."""
    return f"adjudication {project['id']}: {project['title']}"[:50].strip()


def _refuse_other_gold(folder: Path) -> None:
    """Raise `DataError` where documents are there that this did not write."""
    made_here = (folder / "adjudication" / "labelstudio" / "state.json").exists()
    if not made_here and any((folder / DOCUMENTS).glob("*.json")):
        what = "holds documents that were not adjudicated in Label Studio"
        raise DataError(Problem(str(folder / DOCUMENTS), what, "choose another folder"))


def _annotators(folder: Path, between: Sequence[str]) -> tuple[Annotators, tuple[str, str]]:
    """The two people's documents; by name, so that ids are the same however they are named."""
    inside = folder / "annotators"
    known = sorted(one.name for one in inside.iterdir() if one.is_dir()) if inside.is_dir() else []
    strange = [who for who in between if who not in known]
    if strange:
        hint = did_you_mean(strange[0], known)
        raise DataError(Problem(str(inside), f"no annotator is called {strange[0]!r}", hint))
    pair = sorted(set(between or known))
    if len(pair) != 2:
        who = ", ".join(pair) or "nobody yet"
        hint = "name two with --between" if len(pair) > 2 else "two people's work is needed"
        raise DataError(Problem(str(inside), f"annotated by {who}", hint))
    first, second = pair
    return read_annotators([f"{who}={inside / who}" for who in pair]), (first, second)


def _on_texts(documents: Iterable[Document], texts: Sequence[Document]) -> list[Document]:
    """Documents with their texts; raises `DataError` where one is of a text that is not there."""
    known = {text.id: text for text in texts}
    found, problems = [], []
    for document in documents:
        text = known.get(document.id)
        if text is None or text.text_sha256 != document.text_sha256:
            hint = "restore the text, or take the annotator's file out of the way"
            problems.append(Problem(document.id, "was annotated on another text", hint))
        else:
            found.append(msgspec.structs.replace(document, text=text.text))
    if problems:
        raise DataError(problems)
    return found


def _submitted(
    folder: Folder, texts: Sequence[Document], schema: LabelSchema
) -> Iterator[tuple[Document, tuple[str, ...]]]:
    """The latest answer to each document, whoever gave it, and what of it could not be taken."""
    known = {document.id: document for document in texts}
    latest: dict[str, tuple[str, list[dict[str, object]]]] = {}
    for task in folder.raw_tasks():
        text = known.get(str(task["data"].get("doc_id")))
        if text is None or text.text_sha256 != task["data"].get("text_sha256"):
            continue
        for answer in standing_answers(task):
            found = (answer["updated_at"], answer["result"] or [])
            latest[text.id] = max(found, latest.get(text.id, found), key=lambda one: one[0])
    for name, (_, result) in latest.items():
        text = known[name]
        read = read_results(result, schema, len(text.text or ""))
        yield Document(name, text_sha256=text.text_sha256, mentions=read.mentions), read.left_out


def _undecided(document: Document, cases: dict[str, Case]) -> Iterator[str]:
    """Each mention of which both versions were left as they were."""
    case = cases.get(document.id)
    if case is None:
        return
    begun = {mention.id: mention.place for mention in whole(case).mentions}
    left = {mention.id for mention in document.mentions if begun.get(mention.id) == mention.place}
    for item in case.disagreed:
        if item.a and item.b and {item.mention, item.second} <= left:
            yield f"both versions of {item.mention} still stand"
