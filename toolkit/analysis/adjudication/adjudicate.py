"""Decisions applied: gold of the documents in which nothing is left to decide."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from toolkit.analysis.adjudication.decisions import Decision, edited
from toolkit.analysis.adjudication.items import Case
from toolkit.checking.structure import structure_faults
from toolkit.model import Document, Mention, Value

Renamed = dict[str, str | None]
"""Ids of an annotator's mentions, and what stands for each in the gold, none where it was dropped.
"""


class Adjudicated(NamedTuple):
    """Whole documents, how many items each other one has left, and what a person should know."""

    documents: tuple[Document, ...]
    open: dict[str, int]
    notices: tuple[str, ...]


def adjudicate(cases: Iterable[Case], decisions: Mapping[tuple[str, str], Decision]) -> Adjudicated:
    """The gold that decisions make of what two annotators did.

    What they agree on stands as the first has it. A reference to a version that was not chosen
    leads to the one that was; a reference to a mention that was dropped is taken out, and said.
    """
    documents, left, notices = [], {}, []
    for case in cases:
        waiting = [
            item for item in case.disagreed if (item.document, item.mention) not in decisions
        ]
        if waiting:
            left[case.a.id] = len(waiting)
            continue
        document, said = _document(case, decisions)
        notices += said
        faults = list(structure_faults(document, case.text))
        if faults:
            left[document.id] = len({fault.mention for fault in faults})
            notices += [
                f"{document.id} {fault.mention or ''}: {fault.what}; decide again"
                for fault in faults
            ]
            continue
        documents.append(document)
    return Adjudicated(tuple(documents), left, tuple(notices))


def _document(
    case: Case, decisions: Mapping[tuple[str, str], Decision]
) -> tuple[Document, list[str]]:
    kept: list[tuple[Mention, Renamed]] = []
    ours: Renamed = {}
    theirs: Renamed = {}
    own: Renamed = {}
    for item in case.items:
        decision = decisions.get((item.document, item.mention))
        chosen = decision.chosen if decision else "a"
        if item.a:
            ours[item.a.id] = None if chosen == "neither" else item.mention
        if item.b:
            second = item.second if chosen == "both" else item.mention
            theirs[item.b.id] = None if chosen == "neither" else second
        if decision and isinstance(chosen, dict):
            kept.append((edited(decision), own))
        if item.a and chosen in ("a", "both"):
            kept.append((_named(item.a, item.mention), ours))
        if item.b and chosen in ("b", "both"):
            name = item.second if chosen == "both" else item.mention
            kept.append((_named(item.b, name), theirs))
    own.update({mention.id: mention.id for mention, _ in kept})
    said: list[str] = []
    mentions = tuple(_led(case.a.id, mention, renamed, said) for mention, renamed in kept)
    checksum = case.a.text_sha256 or case.b.text_sha256
    if checksum is None and case.text is not None:
        checksum = hashlib.sha256(case.text.encode()).hexdigest()
    meta = {**case.b.meta, **case.a.meta}
    return Document(case.a.id, text_sha256=checksum, meta=meta, mentions=mentions), said


def _named(mention: Mention, name: str) -> Mention:
    return msgspec.structs.replace(mention, id=name)


def _led(document: str, mention: Mention, renamed: Renamed, said: list[str]) -> Mention:
    """The mention with its references led to what was kept."""

    def led(name: str, value: Value) -> Any:
        if isinstance(value, list):
            found = []
            for one in value:
                new = led(name, one)
                if new is not _GONE and new not in found:
                    found.append(new)
            return found
        if not isinstance(value, dict) or "ref" not in value:
            return value
        target = renamed.get(value["ref"])
        if target is None:
            what = f"{name} led to {value['ref']}, which was dropped; the reference was taken out"
            said.append(f"{document} {mention.id}: {what}")
            return _GONE
        return {"ref": target}

    fields = {name: led(name, value) for name, value in mention.fields.items()}
    fields = {
        name: value
        for name, value in fields.items()
        if value is not _GONE and not (value == [] and mention.fields[name])
    }
    return msgspec.structs.replace(mention, fields=fields)


_GONE = object()
