"""Decisions between two versions, a JSON object a line, and the file that keeps them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from toolkit.analysis.adjudication.items import Case, Item
from toolkit.errors import DataError, Problem, WriteError, did_you_mean
from toolkit.files import read_bytes, reason
from toolkit.model import Mention

Choice = Literal["a", "b", "both", "neither"]


class Decision(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What was chosen for one item: a version, both, neither, or another mention, given whole.

    `a` and `b` are the versions that were decided between; where they are given they must still
    be the annotators' own. References in a mention that is given whole are ids of the gold.
    """

    document: str
    mention: str
    a: Mention | msgspec.UnsetType | None = msgspec.UNSET
    b: Mention | msgspec.UnsetType | None = msgspec.UNSET
    chosen: str | dict[str, Any] = ""
    reason: str = ""


class Recorded(NamedTuple):
    """The decisions of a file, the last of each item, and its bytes that are whole lines.

    `length` is less than the file's where the last line was cut off while it was written.
    """

    decisions: dict[tuple[str, str], Decision]
    length: int


_decoder = msgspec.json.Decoder(Decision)


def decide(item: Item, chosen: Choice | Mention, reason: str = "") -> Decision:
    """The record of a choice."""
    answer = msgspec.to_builtins(chosen) if isinstance(chosen, Mention) else chosen
    return Decision(item.document, item.mention, item.a, item.b, answer, reason)


def read_decisions(path: str | os.PathLike[str]) -> Recorded:
    """The decisions of a file; where an item was decided again the later one counts.

    A last line without its end that cannot be read was cut off, and is left out. All other faults
    raise `DataError`, each with its line.
    """
    data = read_bytes(path)
    found: dict[tuple[str, str], Decision] = {}
    problems = []
    lines = data.split(b"\n")
    length = len(data)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{path}:{number}"
        try:
            decision = _decoder.decode(line)
            if fault := _fault(decision):
                problems.append(fault._replace(where=where))
            found[decision.document, decision.mention] = decision
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            if number == len(lines) and not isinstance(error, msgspec.ValidationError):
                length -= len(line)
            else:
                what = f"not a decision: {str(error).replace('`', chr(39))}"
                problems.append(Problem(where, what, "see docs/agreement.md"))
    if problems:
        raise DataError(problems)
    return Recorded(found, length)


def append_decision(path: str | os.PathLike[str], decision: Decision) -> None:
    """Add a decision to a file, on disk before this returns."""
    try:
        with open(path, "ab") as file:
            file.write(msgspec.json.encode(decision) + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        what = f"cannot be written: {reason(error)}"
        raise WriteError(Problem(str(path), what, "this decision was not kept")) from None


def mend(path: Path, length: int) -> None:
    """Cut a file back to its whole lines, and end the last one."""
    with open(path, "r+b") as file:
        file.truncate(length)
        file.seek(max(length - 1, 0))
        if length and file.read(1) != b"\n":
            file.write(b"\n")


def misfits(cases: Iterable[Case], decisions: Iterable[Decision], where: str) -> list[Problem]:
    """Decisions that nothing is left to apply to: an item that is not there, a version changed."""
    documents = {case.a.id: {item.mention: item for item in case.items} for case in cases}
    problems = []
    for decision in decisions:
        place = f"{where}: {decision.document} {decision.mention}"
        items = documents.get(decision.document)
        if items is None:
            hint = did_you_mean(decision.document, documents) if len(documents) < 50 else ""
            problems.append(Problem(place, "no document of this id that both annotated", hint))
        elif decision.mention not in items:
            hint = did_you_mean(decision.mention, items)
            problems.append(Problem(place, "no mention of this id", hint))
        else:
            item = items[decision.mention]
            for side, version in (("a", item.a), ("b", item.b)):
                if getattr(decision, side) not in (msgspec.UNSET, version):
                    what = f"version {side} is not what was decided on"
                    problems.append(Problem(place, what, "decide again, or leave this line out"))
            if decision.chosen in ("a", "b") and getattr(item, str(decision.chosen)) is None:
                what = f"chosen is {decision.chosen!r}, which has no such mention"
                problems.append(Problem(place, what, "to leave the mention out: neither"))
    return problems


def _fault(decision: Decision) -> Problem | None:
    chosen = decision.chosen
    if isinstance(chosen, str):
        known = ("a", "b", "both", "neither")
        if chosen in known:
            return None
        return Problem("", f"chosen is {chosen!r}", "a, b, both, neither, or a whole mention")
    try:
        edited(decision)
    except msgspec.ValidationError as error:
        return Problem("", f"chosen is no mention: {str(error).replace('`', chr(39))}")
    return None


def edited(decision: Decision) -> Mention:
    """The mention that was given whole, under the item's id."""
    given = dict(decision.chosen, id=decision.mention)  # type: ignore[arg-type]
    return msgspec.convert(given, Mention)
