"""brat standoff: a folder with an `.ann` file beside each `.txt` file.

T1  speaker 0 9          Ana Roke      a mention; `0 3;5 9` where it is discontinuous
E1  quote:T2 by:T1                     a mention at the place of T2, with references
R1  denies Arg1:T1 Arg2:T3             a mention without a place, with two references
A1  kind T1 person                     a field; without a value it is true
#1  comment T1           not sure      a field, whose value holds spaces

brat counts code points. A file whose offsets do not fit the words beside them is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit.errors import DataError, Problem, abridged
from toolkit.files import BOM, read_text
from toolkit.formats import StrPath
from toolkit.formats.folders import FileRead, input_files, read_files
from toolkit.formats.native import OnError
from toolkit.formats.sniffing import first_lines
from toolkit.model import Corpus, Document, Mention
from toolkit.spans import Span, canonical

HOLDS = frozenset({"text", "overlaps", "fragments", "relations", "fields", "many", "references"})

_LINE = re.compile(r"[TERAMN#]\w*\t\S|\*\t\S")
_PLACE = re.compile(r"(?P<label>\S+) (?P<spans>\d+ \d+(?:;\d+ \d+)*)")
_ARGUMENT = re.compile(r"(?P<role>[^\s:]+):(?P<id>\S+)")


def looks_like(path: Path, head: bytes) -> bool:
    """Whether all lines of an `.ann` file have an id of brat's and a tab."""
    return path.suffix == ".ann" and all(_LINE.match(line) for line in first_lines(head))


def read_brat(path: StrPath, *, on_error: OnError = "list") -> Corpus:
    """Documents of a folder of `.ann` and `.txt` files, or of one `.ann` file, named by their
    files. Notes, attributes and the arguments of events are fields, relations mentions of their
    own without a place.
    """
    files = input_files(path, ".ann")
    corpus = read_files(path, files, _read, on_error)
    if Path(path).is_dir():
        alone = {file.stem for file in Path(path).glob("*.txt")} - {file.stem for file in files}
        if alone:
            what = f"{len(alone)} texts have no .ann file and are left out, such as {min(alone)}"
            corpus.notices = (*corpus.notices, f"{path}: {what}")
    return corpus


def _read(file: Path) -> FileRead:
    standoff = _Standoff(file)
    return FileRead(standoff.document(), standoff.notices, Counter(), standoff.lines)


@dataclass
class _Found:
    """A mention as far as its lines are read."""

    label: str
    fragments: tuple[Span, ...] = ()
    fields: dict[str, list[Any]] = field(default_factory=dict)

    def add(self, name: str, value: Any) -> None:
        self.fields.setdefault(name, []).append(value)

    def mention(self, id_: str) -> Mention:
        fields = {name: v[0] if len(v) == 1 else v for name, v in self.fields.items()}
        if len(self.fragments) == 1:
            start, end = self.fragments[0]
            return Mention(id_, self.label, start, end, fields=fields)
        return Mention(id_, self.label, fragments=self.fragments, fields=fields)


class _Standoff:
    """One `.ann` file: its lines by kind, then its mentions."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.lines: dict[str | None, str] = {None: f"{file}:1"}
        self.notices: list[str] = []
        self._problems: list[Problem] = []
        self._rows: dict[str, list[tuple[int, str, list[str]]]] = {}
        self._found: dict[str, _Found] = {}
        self._numbers: dict[str, int] = {}
        self._triggers: dict[str, str] = {}
        self._skipped: Counter[str] = Counter()
        beside = file.with_suffix(".txt")
        self.text = read_text(beside) if beside.exists() else None
        if self.text is None:
            self.notices.append(f"{file}: has no {beside.name}, so its offsets are unchecked")
        self._read_rows(read_text(file))

    def document(self) -> Document:
        """The document; every line that cannot be read is told."""
        for kind, read in (
            ("T", self._place),
            ("E", self._event),
            ("R", self._relation),
            ("*", self._equivalence),
        ):
            for number, id_, columns in self._rows.pop(kind, []):
                read(number, id_, columns)
        for id_ in self._triggers:
            self._found.pop(id_, None)
        arguments = self._rows.pop("", [])
        for number, id_, columns in arguments:
            self._arguments(number, id_, columns)
        readers = {"A": self._attribute, "M": self._attribute, "#": self._note}
        readers["N"] = self._normalization
        for number, id_, columns in sorted(row for rows in self._rows.values() for row in rows):
            readers[id_[0]](number, columns)
        if self._problems:
            raise DataError(abridged(self._problems))
        for what, count in self._skipped.items():
            self.notices.append(f"{self.file}: {count} {what}")
        order = sorted(self._found, key=self._numbers.__getitem__)
        mentions = tuple(self._found[id_].mention(id_) for id_ in order)
        return Document(self.file.stem, text=self.text, mentions=mentions)

    def _read_rows(self, content: str) -> None:
        seen: dict[str, int] = {}
        for number, line in enumerate(content.removeprefix(BOM).split("\n"), 1):
            columns = line.rstrip("\r").split("\t")
            id_, kind = columns[0], columns[0][:1]
            if not line.strip():
                continue
            if kind not in tuple("TERAMN#*") or len(columns) < 2 or not columns[1].strip():
                self._fault(number, f"is no line of brat's: {line[:80]!r}")
            elif id_ in seen and kind in tuple("TER"):
                self._fault(number, f"{id_!r} already stands at line {seen[id_]}")
            else:
                seen[id_] = number
                self._rows.setdefault(kind, []).append((number, id_, columns[1:]))

    def _fault(self, number: int, what: str, hint: str = "") -> None:
        self._problems.append(Problem(f"{self.file}:{number}", what, hint))

    def _new(self, number: int, id_: str, found: _Found) -> None:
        self._found[id_] = found
        self._numbers[id_] = number
        self.lines[id_] = f"{self.file}:{number}"

    def _place(self, number: int, id_: str, columns: list[str]) -> None:
        match = _PLACE.fullmatch(columns[0].strip())
        if not match:
            self._fault(number, f"{columns[0]!r} is no label with a start and an end")
            return
        pairs = [tuple(map(_whole, pair.split())) for pair in match["spans"].split(";")]
        if any(not start < end for start, end in pairs):
            self._fault(number, f"nothing lies between the offsets {match['spans']}")
            return
        fragments = canonical((start, end) for start, end in pairs)
        if self.text is not None:
            words = " ".join(self.text[start:end] for start, end in pairs)
            said = "\t".join(columns[1:])
            if fragments[-1].end > len(self.text):
                what = f"end {fragments[-1].end} is past the text's {len(self.text)} characters"
                self._fault(number, what, "offsets count Unicode code points")
                return
            if said and said.split() != words.split():
                what = f"its words are {said[:80]!r} but {words[:80]!r} stands there"
                self._fault(number, what, "offsets count Unicode code points, CR LF as two")
                return
        self._new(number, id_, _Found(match["label"], fragments))

    def _event(self, number: int, id_: str, columns: list[str]) -> None:
        first, *rest = columns[0].split()
        match = _ARGUMENT.fullmatch(first)
        if not match or match["id"] not in self._found:
            self._fault(number, f"{first!r} is no label with the id of a place in this file")
            return
        trigger = self._found[match["id"]]
        self._triggers.setdefault(match["id"], id_)
        self._new(number, id_, _Found(match["role"], trigger.fragments))
        self._rows.setdefault("", []).append((number, id_, rest))

    def _relation(self, number: int, id_: str, columns: list[str]) -> None:
        label, *rest = columns[0].split()
        self._new(number, id_, _Found(label))
        self._rows.setdefault("", []).append((number, id_, rest))

    def _equivalence(self, number: int, id_: str, columns: list[str]) -> None:
        """A mention without a place that refers to all that are equivalent."""
        label, *members = columns[0].split()
        count = sum(found.startswith("*") for found in self._found)
        rest = [f"Arg{at}:{member}" for at, member in enumerate(members, 1)]
        self._new(number, f"*{count + 1}", _Found(label))
        self._rows.setdefault("", []).append((number, f"*{count + 1}", rest))

    def _arguments(self, number: int, id_: str, arguments: list[str]) -> None:
        """The references of an event, a relation or an equivalence. brat numbers a role that
        repeats: `Org`, `Org2`, `Org3`; only Arg1 and Arg2 are names of their own.
        """
        found = self._found[id_]
        for argument in arguments:
            match = _ARGUMENT.fullmatch(argument)
            target = match and self._target(match["id"])
            if not match or not target:
                self._fault(number, f"{argument!r} is no role with the id of a line in this file")
                continue
            role = "Arg" if id_[0] == "*" else _role(match["role"], found.fields)
            found.add(role, {"ref": target})

    def _target(self, id_: str) -> str | None:
        """The mention that an id means; that of the event where it is a trigger's."""
        id_ = self._triggers.get(id_, id_)
        return id_ if id_ in self._found else None

    def _attribute(self, number: int, columns: list[str]) -> None:
        words = columns[0].split(maxsplit=2)
        self._field(number, words, words[2] if len(words) > 2 else True)

    def _normalization(self, number: int, columns: list[str]) -> None:
        words = columns[0].split(maxsplit=2)
        if len(words) < 3:
            self._fault(number, f"{columns[0]!r} is no name, id and entry")
            return
        self._skipped["names of entries beside normalizations are left out"] += len(columns) > 1
        self._field(number, words, words[2])

    def _note(self, number: int, columns: list[str]) -> None:
        text = "\t".join(columns[1:])
        if text:
            self._field(number, columns[0].split(maxsplit=2), text)
        else:
            self._skipped["notes without text are left out"] += 1

    def _field(self, number: int, words: list[str], value: Any) -> None:
        if len(words) < 2:
            self._fault(number, f"{' '.join(words)!r} is no name with the id of a line")
        elif target := self._target(words[1]):
            self._found[target].add(words[0], value)
        elif words[1][0] in "AMN#*":
            self._skipped["notes on lines that are no mentions are left out"] += 1
        else:
            self._fault(number, f"{words[1]!r} is the id of no line in this file")


def _role(written: str, before: dict[str, list[Any]]) -> str:
    """A role without the number that says how often it has been there before."""
    for at in range(len(written) - 1, 0, -1):
        role, number = written[:at], written[at:]
        if not number.isdecimal():
            break
        if number == str(len(before.get(role, ())) + 1) and number != "1":
            return role
    return written


def _whole(digits: str) -> int:
    """A number of any length; what is past all texts is as good as any such number."""
    return int(digits) if len(digits) < 19 else 10**18
