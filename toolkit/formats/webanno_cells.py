"""The layers of a WebAnno TSV file, and what its cells hold (see `toolkit.formats.webanno`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_LAYER = re.compile(r"#T_(?P<kind>SP|RL|CH)=(?P<name>[^|]+)(?P<columns>.*)")
_ROLE = re.compile(r"ROLE_.*?:(?P<feature>[^_]+)_.+")
_VALUE = re.compile(r"(?P<body>(?:\\.|[^\\\[])*)(?:\[(?P<id>\d+)\])?")
_LINK = re.compile(r"(?P<body>.*)->(?P<chain>\d{1,9})-(?P<at>\d{1,9})")
_TARGET = re.compile(r"(?P<unit>\d+-\d+(?:\.\d+)?)(?:\[(?P<id>\d+)(?:_(?P<other>\d+))?\])?")
_ESCAPED = re.compile(r"\\(->|[\\\[\]|_;tn*])")
_ESCAPED_TEXT = re.compile(r"\\([\\tnfrb\x00-\x07\x0e-\x1f]|u[0-9A-Fa-f]{4})")
_LETTERS = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}


class Layer(NamedTuple):
    """A layer, and the kind, name and target of each of its columns, the first of them at `at`."""

    kind: str
    name: str
    at: int
    columns: list[tuple[str, str, str]]


@dataclass
class Found:
    """An annotation as far as its rows are read."""

    layer: Layer
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


def parse_layer(line: str, at: int) -> Layer | None:
    """The layer of a line of the header, whose first column is `at`."""
    match = _LAYER.fullmatch(line.strip())
    if not match:
        return None
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
    return Layer(match["kind"], match["name"], at, columns)


def read_value(found: Found, column: tuple[str, str, str], value: str) -> bool:
    """Read the value of one column into the annotation, or say that it cannot be."""
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
            roles = [] if match["body"] == "_" else split_cell(match["body"], ";")
            found.roles = [name if role == "*" else _unescaped(role) for role in roles]
        elif match and match["body"] not in ("*", "_", "") and name:
            found.fields[name] = _unescaped(match["body"])
        if match and kind != "type":
            found.number = match["id"] or found.number
    return readable


def _relate(found: Found, value: str, layer: str) -> bool:
    """The ends of a relation: the token it comes from, and the one in whose line it stands."""
    match = _TARGET.fullmatch(value)
    if match:
        found.targets += [("Governor", match["unit"], match["id"] or "", layer)]
        found.targets += [("Dependent", found.unit, match["other"] or "", layer)]
    return match is not None


def _fill_slots(found: Found, value: str, layer: str) -> bool:
    """What fills the roles read before; `*` where there are none."""
    parts = [] if value in ("*", "_") else split_cell(value, ";")
    matches = [match for part in parts if (match := _TARGET.fullmatch(part))]
    for role, match in zip(found.roles, matches, strict=False):
        found.targets.append((role, match["unit"], match["id"] or "", layer))
    return len(matches) == len(parts) == len(found.roles)


def _chain(found: Found, name: str, value: str) -> bool:
    """A chain and the place in it, with the kind of link to the next one."""
    match = _LINK.fullmatch(value)
    if match:
        found.chain = (match["chain"], int(match["at"]))
        if match["body"] != "*":
            found.fields[name] = _unescaped(match["body"])
    return match is not None


def split_cell(cell: str, separator: str) -> list[str]:
    """The parts of a cell between separators that no backslash stands before."""
    if "\\" not in cell:
        return cell.split(separator)
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


def unescape_text(line: str) -> str:
    """A line of text without its escapes; versions before 3.2 also write `\\u263a`."""

    def plain(match: re.Match[str]) -> str:
        code = match[1]
        return chr(int(code[1:], 16)) if len(code) == 5 else _LETTERS.get(code, code)

    text = _ESCAPED_TEXT.sub(plain, line)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
