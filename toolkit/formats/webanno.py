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
from pathlib import Path
from typing import Any

from toolkit.errors import DataError, Problem, abridged
from toolkit.files import BOM, BOM_BYTES, read_text
from toolkit.formats import StrPath
from toolkit.formats.folders import FileRead, input_files, read_files
from toolkit.formats.layers import TOKEN, label_of
from toolkit.formats.native import OnError
from toolkit.formats.utf16 import from_utf16
from toolkit.formats.webanno_cells import (
    Found,
    Layer,
    parse_layer,
    read_value,
    split_cell,
    unescape_text,
)
from toolkit.model import Corpus, Document, Mention

HOLDS = frozenset({"text", "overlaps", "relations", "fields", "references"})

_FORMAT = re.compile(r"#FORMAT=WebAnno TSV 3\.\d+")
_ROW = re.compile(r"(?P<unit>\d+-\d+(?:\.\d+)?)\t(?P<begin>\d{1,9})-(?P<end>\d{1,9})\t")


def looks_like(path: Path, head: bytes) -> bool:
    """Whether the first line names the format."""
    return head.removeprefix(BOM_BYTES).startswith(b"#FORMAT=WebAnno TSV 3")


def read_webanno(path: StrPath, *, on_error: OnError = "list") -> Corpus:
    """Documents of a `.tsv` file or a folder of them, named by their files.

    A relation is a mention without a place, whose fields Governor and Dependent refer to others, or
    hold the place of a token. A mention's id is the number that the file has for it, or its layer
    and its first token.
    """
    return read_files(path, input_files(path, ".tsv"), _read, on_error)


def _read(file: Path) -> FileRead:
    tsv = _Tsv(file)
    return FileRead(tsv.document(), [], tsv.skipped, tsv.lines)


class _Tsv:
    """One file: its text, rows and annotations."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.lines: dict[str | None, str] = {None: f"{file}:1"}
        self.skipped: Counter[str] = Counter()
        self._problems: list[Problem] = []
        self._layers: list[Layer] = []
        self._text = ""
        self._units = 0
        self._rows: list[tuple[int, str, int, int, str]] = []
        self._found: dict[tuple[Any, ...], Found] = {}

    def document(self) -> Document:
        """The document; every line that cannot be read is told."""
        content = read_text(self.file).removeprefix(BOM)
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
                pending.append(unescape_text(line.removeprefix("#Text=")))
            elif row:
                if pending:
                    self._sentence("\n".join(pending), int(row["begin"]))
                    pending = []
                self._row(number, line, row)
            elif header and line.startswith("#T_"):
                layer = parse_layer(line, self._width)
                if layer:
                    self._layers.append(layer)
                else:
                    self._fault(number, f"is no layer: {line[:80]!r}")
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

    @property
    def _width(self) -> int:
        """The columns of the layers so far, after those of the token."""
        return 3 + sum(len(layer.columns) for layer in self._layers)

    def _fault(self, number: int, what: str, hint: str = "") -> None:
        self._problems.append(Problem(f"{self.file}:{number}", what, hint))

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
        if len(cells) < self._width:
            self._fault(number, f"has {len(cells)} columns, the layers need {self._width}")
            return
        self._rows.append((number, row["unit"], int(row["begin"]), int(row["end"]), cells[2]))
        for layer in self._layers:
            mine = cells[layer.at : layer.at + len(layer.columns)]
            if any(cell not in ("_", "") for cell in mine):
                self._annotations(
                    number, row["unit"], layer, [split_cell(cell, "|") for cell in mine]
                )

    def _annotations(self, number: int, unit: str, layer: Layer, cells: list[list[str]]) -> None:
        """The annotations of one layer at one token; the columns hold as many values each."""
        if len({len(values) for values in cells}) > 1:
            self._fault(number, f"the columns of {layer.name} hold different numbers of values")
            return
        for position, values in enumerate(zip(*cells, strict=True)):
            found = Found(layer, unit, number, "", [len(self._rows) - 1])
            for column, value in zip(layer.columns, values, strict=True):
                if not read_value(found, column, value):
                    self._fault(number, f"{value[:80]!r} cannot be a value of {layer.name}")
            key: tuple[Any, ...] = (layer.at, unit, position)
            if found.chain:
                key = (layer.at, *found.chain)
            elif found.number and layer.kind == "SP":
                key = (layer.at, found.number)
            if key in self._found:
                self._found[key].rows += found.rows
            else:
                self._found[key] = found

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
        ids = self._ids()
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

    def _refer(self, fields: dict[str, Any], name: str, target: Any, found: Found) -> None:
        """Add a reference to a mention, or the place of a token that is no mention."""
        if target is None:
            self._fault(found.line, f"{found.layer.name} refers to a token that is not there")
            return
        one = {"ref": target} if isinstance(target, str) else _place(target)
        before = fields.get(name)
        several = before if isinstance(before, list) else [before]
        fields[name] = one if before is None else [*several, one]

    def _ids(self) -> dict[tuple[Any, ...], str]:
        """A name for each annotation; the layer stands before one that another has."""
        ids: dict[tuple[Any, ...], str] = {}
        taken = set()
        for key, found in self._found.items():
            name = self._id(key, found)
            while name in taken:
                name = f"{label_of(found.layer.name)}-{name}"
            taken.add(name)
            ids[key] = name
        return ids

    def _id(self, key: tuple[Any, ...], found: Found) -> str:
        label = label_of(found.layer.name)
        if found.chain:
            return f"{label}-chain-{found.chain[0]}-{found.chain[1]}"
        if len(key) == 2:
            return found.number
        again = f"/{key[2] + 1}" if key[2] else ""
        return f"{label}-{found.unit}{again}"


class _Index:
    """Finds annotations by number, or by their layer and first token."""

    def __init__(
        self, found: dict[tuple[Any, ...], Found], ids: dict[tuple[Any, ...], str]
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
