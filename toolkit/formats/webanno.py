"""WebAnno TSV 3.x, as WebAnno and INCEpTION write it: a file for each document, a token a line.

#FORMAT=WebAnno TSV 3.3
#T_SP=webanno.custom.Person|kind

#Text=Ana Roke left .
1-1  0-3  Ana   official[1]
1-2  4-8  Roke  official[1]

A layer is a label, a feature a field. Offsets count UTF-16 units. A cell holds `_` for nothing, `*`
for an annotation without a value, and several values parted by `|`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.errors import DataError, Problem, abridged
from toolkit.files import decode_utf8, read_bytes
from toolkit.formats import StrPath
from toolkit.formats.folders import input_files
from toolkit.formats.layers import TOKEN, label_of
from toolkit.formats.native import OnError
from toolkit.formats.utf16 import from_utf16
from toolkit.model import Corpus, Document, Mention

HOLDS = frozenset({"text", "overlaps", "relations", "fields", "references"})

_FORMAT = re.compile(r"#FORMAT=WebAnno TSV 3\.\d+")
_LAYER = re.compile(r"#T_(?P<kind>SP|RL|CH)=(?P<name>[^|]+)(?P<columns>.*)")
_ROLE = re.compile(r"ROLE_.*?:(?P<feature>[^_]+)_.+")
_ROW = re.compile(r"(?P<unit>\d+-\d+(?:\.\d+)?)\t(?P<begin>\d{1,9})-(?P<end>\d{1,9})\t")
_VALUE = re.compile(r"(?P<body>(?:\\.|[^\\\[])*)(?:\[(?P<id>\d+)\])?")
_LINK = re.compile(r"(?P<body>.*)->(?P<chain>\d+)-(?P<at>\d+)")
_TARGET = re.compile(r"(?P<unit>\d+-\d+(?:\.\d+)?)(?:\[(?P<id>\d+)(?:_(?P<other>\d+))?\])?")
_ESCAPED = re.compile(r"\\(->|[\\\[\]|_;tn*])")
_ESCAPED_TEXT = re.compile(r"\\([\\tnfrb\x00-\x07\x0e-\x1f]|u[0-9A-Fa-f]{4})")
_LETTERS = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}


def looks_like(path: Path, head: bytes) -> bool:
    """Whether the first line names the format."""
    return head.removeprefix(b"\xef\xbb\xbf").startswith(b"#FORMAT=WebAnno TSV 3")


def read_webanno(path: StrPath, *, on_error: OnError = "list") -> Corpus:
    """Documents of a `.tsv` file or a folder of them, named by their files.

    A relation is a mention without a place, whose fields Governor and Dependent refer to others, or
    hold the place of a token. A mention's id is the number that the file has for it, or its layer
    and its first token.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    notices: list[str] = []
    lines: dict[str, dict[str | None, str]] = {}
    files = input_files(path, ".tsv")
    for file in files:
        try:
            tsv = _Tsv(file)
            documents.append(tsv.document())
        except DataError as error:
            problems += error.problems
            if on_error == "stop":
                break
        else:
            lines[file.stem] = tsv.lines
            notices += (f"{file}: {n} {what}" for what, n in tsv.skipped.items() if n)
    if problems:
        raise DataError(problems[:1] if on_error == "stop" else problems)

    def where(document: str, mention: str | None = None, offset: int | None = None) -> str:
        places = lines.get(document, {})
        return places.get(mention) or places.get(None, document)

    return Corpus(
        documents,
        source=str(path),
        files=tuple(map(str, files)),
        notices=tuple(notices),
        where=where,
    )


class _Layer(NamedTuple):
    """A layer, and the kind, name and target of each of its columns, the first of them at `at`."""

    kind: str
    name: str
    at: int
    columns: list[tuple[str, str, str]]


@dataclass
class _Found:
    """An annotation as far as its rows are read."""

    layer: _Layer
    unit: str
    line: int
    number: str
    rows: list[int]
    fields: dict[str, Any] = field(default_factory=dict)
    targets: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Field, unit, number and layer of what it refers to."""
    roles: list[str] = field(default_factory=list)
    """The roles of the slots in the column before."""
    chain: tuple[str, int] | None = None


class _Tsv:
    """One file: its text, rows and annotations."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.lines: dict[str | None, str] = {None: f"{file}:1"}
        self.skipped: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self._layers: list[_Layer] = []
        self._text = ""
        self._units = 0
        self._rows: list[tuple[int, str, int, int, str]] = []
        self._found: dict[tuple[Any, ...], _Found] = {}

    def document(self) -> Document:
        """The document; every line that cannot be read is told."""
        content = decode_utf8(read_bytes(self.file), str(self.file)).removeprefix("\ufeff")
        lines = [line.removesuffix("\r") for line in content.split("\n")]
        if not _FORMAT.fullmatch(lines[0].strip()):
            hint = "its first line is #FORMAT=WebAnno TSV 3.x"
            raise DataError(Problem(f"{self.file}:1", "is no WebAnno TSV 3 file", hint))
        pending: list[str] = []
        header = True
        for number, line in enumerate(lines[1:], 2):
            row = _ROW.match(line)
            if line.startswith("#Text="):
                header = False
                pending.append(_text(line.removeprefix("#Text=")))
            elif row:
                if pending:
                    self._sentence("\n".join(pending), int(row["begin"]))
                    pending = []
                self._row(number, line, row)
            elif header and line.startswith("#T_"):
                self._layer(number, line)
            elif line.startswith("#Sentence.id="):
                self.skipped["ids of sentences are left out"] += 1
            elif line.startswith("#"):
                self.skipped["comments are left out"] += 1
            elif line.strip():
                self._fault(number, f"is neither a token nor a sentence: {line[:80]!r}")
            elif pending:
                self._sentence("\n".join(pending), self._units)
                pending = []
        if pending:
            self._sentence("\n".join(pending), self._units)
        # The line end after the last sentence is the file's, not the text's.
        self._text = self._text[:-1]
        mentions = tuple(self._mentions())
        if self._problems:
            raise DataError(abridged(self._problems))
        return Document(self.file.stem, text=self._text, mentions=mentions)

    def _fault(self, number: int, what: str, hint: str = "") -> None:
        self._problems.append(Problem(f"{self.file}:{number}", what, hint))

    def _layer(self, number: int, line: str) -> None:
        match = _LAYER.fullmatch(line.strip())
        if not match:
            self._fault(number, f"is no layer: {line[:80]!r}")
            return
        columns: list[tuple[str, str, str]] = []
        for name in match["columns"].removeprefix("|").split("|"):
            role = _ROLE.fullmatch(name)
            if role:
                columns.append(("role", role["feature"], ""))
            elif columns and columns[-1][0] == "role":
                columns.append(("target", columns[-1][1], name))
            elif match["kind"] == "RL" and name.startswith("BT_"):
                columns.append(("base", "", name.removeprefix("BT_")))
            elif match["kind"] == "CH":
                kind = "link" if name == "referenceRelation" else "type"
                columns.append((kind, name, ""))
            else:
                columns.append(("feature", name, ""))
        at = 3 + sum(len(layer.columns) for layer in self._layers)
        self._layers.append(_Layer(match["kind"], match["name"], at, columns))

    def _sentence(self, text: str, begin: int) -> None:
        """Add a sentence that begins at an offset: right after the last, or spaces later."""
        if begin == self._units - 1:
            self._text, self._units = self._text[:-1], begin
        gap = begin - self._units
        if 0 <= gap <= 1_000_000:
            self._text += " " * gap
            self._units = begin
        self._text += text + "\n"
        self._units += len(text) + sum(char > "\uffff" for char in text) + 1

    def _row(self, number: int, line: str, row: re.Match[str]) -> None:
        cells = line.split("\t")
        width = 3 + sum(len(layer.columns) for layer in self._layers)
        if len(cells) < width:
            self._fault(number, f"has {len(cells)} columns, the layers need {width}")
            return
        self._rows.append((number, row["unit"], int(row["begin"]), int(row["end"]), cells[2]))
        for layer in self._layers:
            mine = cells[layer.at : layer.at + len(layer.columns)]
            if any(cell not in ("_", "") for cell in mine):
                self._annotations(number, row["unit"], layer, [_split(cell, "|") for cell in mine])

    def _annotations(self, number: int, unit: str, layer: _Layer, cells: list[list[str]]) -> None:
        """The annotations of one layer at one token; the columns hold as many values each."""
        if len({len(values) for values in cells}) > 1:
            self._fault(number, f"the columns of {layer.name} hold different numbers of values")
            return
        for position, values in enumerate(zip(*cells, strict=True)):
            found = _Found(layer, unit, number, "", [len(self._rows) - 1])
            for column, value in zip(layer.columns, values, strict=True):
                self._value(found, column, value)
            key: tuple[Any, ...] = (layer.at, unit, position)
            if found.chain:
                key = (layer.at, *found.chain)
            elif found.number and layer.kind == "SP":
                key = (layer.at, found.number)
            if key in self._found:
                self._found[key].rows += found.rows
            else:
                self._found[key] = found

    def _value(self, found: _Found, column: tuple[str, str, str], value: str) -> None:
        """Read the value of one column into the annotation."""
        kind, name, target = column
        if kind == "base":
            readable = _relate(found, value, target)
        elif kind == "target":
            readable = _fill_slots(found, value, target)
        elif kind == "link":
            readable = _chain(found, name, value)
        else:
            match = _VALUE.fullmatch(value)
            readable = match is not None
            if match and kind == "role":
                roles = [] if match["body"] == "_" else _split(match["body"], ";")
                found.roles = [name if role == "*" else _unescaped(role) for role in roles]
            elif match and match["body"] not in ("*", "_") and name:
                found.fields[name] = _unescaped(match["body"])
            if match and kind != "type":
                found.number = match["id"] or found.number
        if not readable:
            self._fault(found.line, f"{value[:80]!r} cannot be a value of {found.layer.name}")

    def _mentions(self) -> Iterator[Mention]:
        """The annotations as mentions, once all rows and the whole text are there."""
        point = from_utf16(self._text)
        places: dict[str, tuple[int, int]] = {}
        spans: list[tuple[int, int]] = []
        for number, unit, begin, end, word in self._rows:
            start, stop = point(begin), point(end)
            here = None if start is None or stop is None else self._text[start:stop]
            if here != word:
                what = f"{word[:40]!r} should stand at {begin}-{end} but {(here or '')[:40]!r} does"
                self._fault(number, what, "offsets count UTF-16 units of the text")
            spans.append((start or 0, stop or 0))
            places.setdefault(unit, spans[-1])
        if self._problems:
            return
        ids = {key: self._id(key, found) for key, found in self._found.items()}
        index = _Index(self._found, ids)
        for key, found in self._found.items():
            label = label_of(found.layer.name)
            start = min(spans[row][0] for row in found.rows)
            end = max(spans[row][1] for row in found.rows)
            fields = dict(found.fields)
            for name, at, one, layer in found.targets:
                self._refer(fields, name, index.find(at, one, layer) or places.get(at), found)
            if found.chain and (key[0], found.chain[0], found.chain[1] + 1) in ids:
                fields["next"] = {"ref": ids[key[0], found.chain[0], found.chain[1] + 1]}
            self.lines[ids[key]] = f"{self.file}:{found.line}"
            if found.layer.kind == "RL":
                yield Mention(ids[key], label, fields=fields)
            elif start < end:
                yield Mention(ids[key], label, start, end, fields=fields)
            else:
                self.skipped["annotations of no text are left out"] += 1

    def _refer(self, fields: dict[str, Any], name: str, target: Any, found: _Found) -> None:
        """Add a reference to a mention, or the place of a token that is no mention."""
        if target is None:
            self._fault(found.line, f"{found.layer.name} refers to a token that is not there")
            return
        one = {"ref": target} if isinstance(target, str) else _place(target)
        before = fields.get(name)
        several = before if isinstance(before, list) else [before]
        fields[name] = one if before is None else [*several, one]

    def _id(self, key: tuple[Any, ...], found: _Found) -> str:
        label = label_of(found.layer.name)
        if found.chain:
            return f"{label}-chain-{found.chain[0]}-{found.chain[1]}"
        if len(key) == 2:
            return found.number
        again = f"/{key[2] + 1}" if key[2] else ""
        return f"{label}-{found.unit}{again}"


def _relate(found: _Found, value: str, layer: str) -> bool:
    """The ends of a relation: the token it comes from, and the one in whose line it stands."""
    match = _TARGET.fullmatch(value)
    if match:
        found.targets += [("Governor", match["unit"], match["id"] or "", layer)]
        found.targets += [("Dependent", found.unit, match["other"] or "", layer)]
    return match is not None


def _fill_slots(found: _Found, value: str, layer: str) -> bool:
    """What fills the roles read before; `*` where there are none."""
    parts = [] if value == "*" else _split(value, ";")
    matches = [match for part in parts if (match := _TARGET.fullmatch(part))]
    for role, match in zip(found.roles, matches, strict=False):
        found.targets.append((role, match["unit"], match["id"] or "", layer))
    return len(matches) == len(parts) == len(found.roles)


def _chain(found: _Found, name: str, value: str) -> bool:
    """A chain and the place in it, with the kind of link to the next one."""
    match = _LINK.fullmatch(value)
    if match:
        found.chain = (match["chain"], int(match["at"]))
        if match["body"] != "*":
            found.fields[name] = _unescaped(match["body"])
    return match is not None


class _Index:
    """Finds annotations by number, or by their layer and first token."""

    def __init__(
        self, found: dict[tuple[Any, ...], _Found], ids: dict[tuple[Any, ...], str]
    ) -> None:
        spans = [(key, one) for key, one in found.items() if one.layer.kind != "RL"]
        self._numbers = {one.number: ids[key] for key, one in spans if one.number}
        self._units: dict[tuple[str, str], str] = {}
        for key, one in spans:
            self._units.setdefault((one.unit, one.layer.name), ids[key])

    def find(self, unit: str, number: str, layer: str) -> str | None:
        """The id of the mention; none where it is a token or nothing."""
        if number and number != "0":
            return self._numbers.get(number)
        return None if layer == TOKEN else self._units.get((unit, layer))


def _place(span: tuple[int, int]) -> dict[str, int]:
    return {"start": span[0], "end": span[1]}


def _split(cell: str, separator: str) -> list[str]:
    """The parts of a cell between separators that no backslash stands before."""
    parts, part = [], ""
    for piece in re.findall(r"\\.|[^\\]|\\", cell):
        if piece == separator:
            parts.append(part)
            part = ""
        else:
            part += piece
    return [*parts, part]


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda match: {"t": "\t", "n": "\n"}.get(match[1], match[1]), value)


def _text(line: str) -> str:
    """A line of text without its escapes; versions before 3.2 also write `\\u263a`."""

    def plain(match: re.Match[str]) -> str:
        code = match[1]
        return chr(int(code[1:], 16)) if len(code) == 5 else _LETTERS.get(code, code)

    text = _ESCAPED_TEXT.sub(plain, line)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
