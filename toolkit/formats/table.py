"""A table with a mention a row: CSV, TSV or Parquet.

document,label,start,end,text,status
d1,sanction,4,17,asset freezes,imposed
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from toolkit.errors import DataError, Problem, did_you_mean, listed
from toolkit.files import BOM, BOM_BYTES, read_text, write_text
from toolkit.formats import StrPath
from toolkit.formats.holding import PARTS, Lost, held, told
from toolkit.formats.native import OnError
from toolkit.formats.parquet import holds_columns, read_parquet, write_parquet
from toolkit.formats.rows import Notes, gather
from toolkit.model import Corpus, Document, Mention, Value
from toolkit.spans import Span, describe

HOLDS = frozenset(
    {
        "overlaps",
        "fragments",
        "relations",
        "records",
        "words",
        "fields",
        "many",
        "references",
        "spans",
        "scores",
    }
)

COLUMNS = ("document", "id", "label", "start", "end", "fragments", "text", "score")
"""What a row says of its mention; every other column is a field."""

_NEEDED = ("document", "label")


def read_table(path: StrPath, *, columns: str | None = None, on_error: OnError = "list") -> Corpus:
    """Documents of a table; rows of one document need not stand together.

    `columns` names the columns that are called otherwise: `document=doc_id,label=type`. An empty
    cell is an absent value, one that holds a JSON list or object is read as such.
    """
    found: dict[str, list[Mention]] = {}
    lines: dict[str, str] = {}
    problems: list[Problem] = []
    for where, row in _renamed(path, columns):
        try:
            document, mention = _mention(where, row, found)
        except DataError as error:
            problems += error.problems
            if on_error == "stop":
                break
            continue
        lines.setdefault(document, where)
        found.setdefault(document, []).append(mention)
    if problems:
        raise DataError(problems)
    documents = ((lines[name], Document(name, mentions=tuple(m))) for name, m in found.items())
    return gather(path, documents, Notes(), on_error)


def write_table(documents: Iterable[Document], path: StrPath) -> Lost:
    """Write a row for each mention, to Parquet or between tabs where the path ends so, and say what
    is lost.
    """
    lost: Counter[str] = Counter()
    rows = []
    for document in held(documents, HOLDS | {"typed", "other"}, lost):
        lost[PARTS["text"]] += document.text is not None
        lost["documents without mentions"] += not document.mentions
        for mention in document.mentions:
            clash = [name for name in mention.fields if name in COLUMNS]
            lost["fields that are called as a column is"] += len(clash)
            for value in mention.fields.values():
                change = "words that look like JSON" if isinstance(value, str) else PARTS["typed"]
                lost[change] += _becomes_text(value)
            rows.append(_row(document, mention))
    used = {name for row in rows for name, value in row.items() if value}
    fields = sorted({name for row in rows for name in row} - set(COLUMNS))
    names = [name for name in COLUMNS if name in used or name in _NEEDED] + fields
    full = [{name: row.get(name, "") for name in names} for row in rows]
    if Path(path).suffix == ".parquet":
        write_parquet(full, path)
    else:
        out = io.StringIO()
        mark = "\t" if Path(path).suffix == ".tsv" else ","
        # The writer leaves a lone carriage return bare, which then ends the row for readers.
        bare = any("\r" in cell for row in full for cell in row.values())
        writer = csv.DictWriter(
            out,
            names,
            delimiter=mark,
            lineterminator="\n",
            quoting=csv.QUOTE_ALL if bare else csv.QUOTE_MINIMAL,
        )
        writer.writeheader()
        writer.writerows(full)
        write_text(path, out.getvalue())
    return told(lost)


def looks_like(path: Path, head: bytes) -> bool:
    """Whether the first line is the head of a table of mentions."""
    if head.startswith(b"PAR1"):
        return holds_columns(path, "document", "label") and not holds_columns(path, "entities")
    first = head.removeprefix(BOM_BYTES).split(b"\n", 1)[0].strip()
    cells = {cell.strip(b' "') for cell in re.split(b"[,\t;]", first)}
    return {b"document", b"label"} <= cells


def _renamed(path: StrPath, columns: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row with its line, under our names of the columns."""
    names = dict(pair.partition("=")[::2] for pair in columns.split(",")) if columns else {}
    if unknown := names.keys() - set(COLUMNS):
        hint = did_you_mean(min(unknown), COLUMNS)
        raise DataError(Problem(str(path), f"{min(unknown)!r} is nothing a column can be", hint))
    theirs = {their: our for our, their in names.items()}
    first = True
    for where, row in _rows(path):
        if first:
            missing = [
                names.get(name, name) for name in _NEEDED if names.get(name, name) not in row
            ]
            missing += [their for their in theirs if their not in row and their not in missing]
            if missing:
                there = listed([str(name)[:80] for name in row], 20)
                what = f"there is no column {missing[0]!r}, it has: {there}"
                hint = "name the columns: --columns document=...,label=...,start=...,end=..."
                raise DataError(Problem(str(path), what, hint))
            first = False
        yield where, {theirs.get(name, name): value for name, value in row.items()}
    if first:
        raise DataError(Problem(str(path), "holds no row", "a head and a mention a row"))


def _rows(path: StrPath) -> Iterator[tuple[str, dict[str, Any]]]:
    if Path(path).suffix == ".parquet":
        rows, _ = read_parquet(path)
        yield from ((f"{path}:{number}", row) for number, row in enumerate(rows, 1))
        return
    text = read_text(path).removeprefix(BOM)
    head = text.partition("\n")[0]
    mark = max("\t,;", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    names: list[str] = []
    line = 1
    try:
        for cells in reader:
            where, line = f"{path}:{line}", reader.line_num + 1
            if not names:
                names = _head(where, cells)
            elif len(cells) != len(names) and cells:
                what = f"{len(cells)} cells where the head has {len(names)}"
                raise DataError(Problem(where, what, "is a cell with the separator in it quoted?"))
            elif cells:
                yield where, dict(zip(names, cells, strict=True))
    except csv.Error as error:
        raise DataError(Problem(f"{path}:{line}", f"not CSV: {error}")) from None


def _head(where: str, cells: list[str]) -> list[str]:
    for name, times in Counter(cells).items():
        if times > 1:
            raise DataError(Problem(where, f"the column {name[:80]!r} stands there twice"))
    return cells


def _mention(
    where: str, row: dict[str, Any], found: dict[str, list[Mention]]
) -> tuple[str, Mention]:
    row = {name: value for name, value in row.items() if value not in (None, "")}
    for name in _NEEDED:
        if name not in row:
            raise DataError(Problem(where, f"the row has no {name}"))
    document = str(row["document"])
    mention = Mention(
        id=str(row.get("id", len(found.get(document, ())) + 1)),
        label=str(row["label"]),
        start=_offset(where, "start", row),
        end=_offset(where, "end", row),
        fragments=_fragments(where, row),
        fields={name: _value(value) for name, value in row.items() if name not in COLUMNS},
        text=None if "text" not in row else str(row["text"]),
        score=_score(where, row),
    )
    return document, mention


def _offset(where: str, name: str, row: dict[str, Any]) -> int | None:
    value = row.get(name)
    whole = re.fullmatch(r"-?\d{1,15}(\.0*)?", str(value))
    if value is not None and (whole is None or isinstance(value, bool)):
        raise DataError(Problem(where, f"{name} is {value!r}", "an offset in code points"))
    return None if value is None else int(float(value))


def _score(where: str, row: dict[str, Any]) -> float | None:
    try:
        return float(row["score"]) if "score" in row else None
    except (TypeError, ValueError):
        raise DataError(Problem(where, f"score is {row['score']!r}", "a number")) from None


def _fragments(where: str, row: dict[str, Any]) -> tuple[Span, ...]:
    written = str(row.get("fragments", ""))
    if written and not re.fullmatch(r"\d{1,15}-\d{1,15}(\+\d{1,15}-\d{1,15})*", written):
        raise DataError(Problem(where, f"fragments is {written!r}", "written 3-9+12-20"))
    pairs = (piece.split("-") for piece in written.split("+") if piece)
    return tuple(Span(int(start), int(end)) for start, end in pairs)


def _value(value: Any) -> Value:
    """A cell's value; a list or an object where it is written as JSON."""
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            found: Value = msgspec.json.decode(value)
        except (msgspec.DecodeError, RecursionError):
            return value
        return found
    known = isinstance(value, str | int | float | bool | list | dict)
    return value if known else str(value)


def _becomes_text(value: Value) -> bool:
    """Whether a value is read back as another one."""
    return value is not None and _value(_cell(value)) != value


def _cell(value: Value) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False)


def _row(document: Document, mention: Mention) -> dict[str, str]:
    place = mention.place
    one = place[0] if len(place) == 1 else None
    return {
        **{name: _cell(value) for name, value in mention.fields.items()},
        "document": document.id,
        "id": mention.id,
        "label": mention.label,
        "start": str(one.start) if one else "",
        "end": str(one.end) if one else "",
        "fragments": describe(place) if len(place) > 1 else "",
        "text": mention.text or "",
        "score": "" if mention.score is None else repr(mention.score),
    }
