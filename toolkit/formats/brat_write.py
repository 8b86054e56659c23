"""Writing brat standoff (see `toolkit.formats.brat`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from toolkit.formats import StrPath
from toolkit.formats.brat import HOLDS
from toolkit.formats.folders import write_files
from toolkit.formats.holding import Lost, held_if, is_reference, need_texts, numbered, told
from toolkit.model import Document, Mention, values

_NAMES = "labels and field names, spelled without spaces and colons"
_RECORDS = "mentions without a place that are no relation of two"


def write_brat(documents: Iterable[Document], path: StrPath) -> Lost:
    """Write a folder with an `.ann` and a `.txt` file for each document.

    A mention with references becomes an event. Values with spaces become notes, others attributes.
    """
    lost: Counter[str] = Counter()
    documents = list(documents)
    need_texts(documents, "brat")
    documents = [
        held_if(document, HOLDS | {"flags"}, lost, _kind, _RECORDS) for document in documents
    ]
    standoff = {one.id: _standoff(one, lost).encode() for one in documents}
    texts = {one.id: (one.text or "").encode() for one in documents}
    write_files(path, standoff, ".ann", lost)
    beside = Path(path).with_suffix(".txt") if Path(path).is_file() else path
    write_files(beside, texts, ".txt", Counter())
    return told(lost)


def _kind(mention: Mention) -> str:
    """The letter of the mention's line; none where brat has no line for it."""
    fields = {name: values(value) for name, value in mention.fields.items()}
    references = {name: len(v) for name, v in fields.items() if any(map(is_reference, v))}
    if mention.place:
        return "E" if references or re.fullmatch(r"E\d+", mention.id) else "T"
    if references == {"Arg1": 1, "Arg2": 1}:
        return "R"
    return (
        "*" if fields and set(fields) == {"Arg"} and all(map(is_reference, fields["Arg"])) else ""
    )


def _standoff(document: Document, lost: Counter[str]) -> str:
    """The lines of one `.ann` file."""
    ids = _ids(document)
    document = numbered(document, ids)
    text = document.text or ""
    triggers = _free("T", {mention.id for mention in document.mentions})
    numbers: dict[str, Iterator[int]] = {"A": count(1), "#": count(1)}
    lines: list[str] = []
    for mention in document.mentions:
        label, kind = _name(mention.label, lost), mention.id[0]
        fields: list[tuple[str, Any]] = [
            (_name(name, lost), one)
            for name, value in mention.fields.items()
            for one in values(value)
        ]
        arguments = list(_arguments((n, one["ref"]) for n, one in fields if is_reference(one)))
        if mention.place:
            places = ";".join(f"{start} {end}" for start, end in mention.place)
            words = " ".join(" ".join(text[s:e].split()) for s, e in mention.place)
            id_ = mention.id if kind == "T" else next(triggers)
            lines.append(f"{id_}\t{label} {places}\t{words}")
        if kind == "E":
            lines.append(f"{mention.id}\t{' '.join([f'{label}:{id_}', *arguments])}")
        elif kind == "R":
            lines.append(f"{mention.id}\t{' '.join([label, *sorted(arguments)])}\t")
        elif kind == "*":
            members = [one["ref"] for _, one in fields]
            lines.append(f"*\t{' '.join([label, *members])}")
        for name, value in fields:
            if not is_reference(value):
                lines.append(_field(name, value, mention.id, numbers, lost))
    return "".join(line + "\n" for line in lines)


def _ids(document: Document) -> dict[str, str]:
    """An id of the right letter for every mention; its own where it is such a one."""
    kinds = {mention.id: _kind(mention) for mention in document.mentions}
    own = {id_ for id_, kind in kinds.items() if re.fullmatch(r"[TER]\d+", id_)}
    own = {id_ for id_ in own if id_[0] == kinds[id_]}
    free = {letter: _free(letter, own) for letter in "TER"}
    free["*"] = (f"*{number}" for number in count(1))
    return {id_: id_ if id_ in own else next(free[kind]) for id_, kind in kinds.items()}


def _free(letter: str, taken: set[str]) -> Iterator[str]:
    return (id_ for number in count(1) if (id_ := f"{letter}{number}") not in taken)


def _arguments(references: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Roles with their references; one that repeats has a number.

    Names that end in a digit go first, where they cannot be taken for another that repeats.
    """
    seen: Counter[str] = Counter()
    for role, id_ in sorted(references, key=lambda one: (-len(one[0]), one[0])):
        seen[role] += 1
        yield f"{role}{seen[role] if seen[role] > 1 else ''}:{id_}"


def _field(
    name: str, value: Any, id_: str, numbers: dict[str, Iterator[int]], lost: Counter[str]
) -> str:
    """An attribute, or a note where the value holds white space."""
    if value is True:
        return f"A{next(numbers['A'])}\t{name} {id_}"
    if value.split() == [value]:
        return f"A{next(numbers['A'])}\t{name} {id_} {value}"
    line = value.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    lost["line ends in values, written as spaces"] += line != value
    return f"#{next(numbers['#'])}\t{name} {id_}\t{line}"


def _name(written: str, lost: Counter[str]) -> str:
    name = re.sub(r"[\s:]", "_", written)
    lost[_NAMES] += name != written
    return name
