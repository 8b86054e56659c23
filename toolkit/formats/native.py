"""The native format: JSON Lines with a document a line, or JSON with one document or several.

{"id": "d1", "mentions": [
  {"id": "m1", "label": "speaker", "start": 4, "end": 9, "fields": {"kind": "person"}}]}
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from toolkit.checking.structure import structure_faults
from toolkit.errors import DataError, Problem
from toolkit.files import BOM_BYTES, read_bytes, replacing
from toolkit.formats.holding import PARTS, Lost
from toolkit.formats.sniffing import first_keys
from toolkit.model import Corpus, Document

OnError = Literal["stop", "list"]

HOLDS = frozenset(PARTS)

FEW = 3
"""Lines of a file that is of another format that are told."""

_decoder = msgspec.json.Decoder(Document)

RUN_RECORD = ".run.json"
"""The end of the name of a run's record, after that of the predictions."""


def read(path: str | os.PathLike[str], *, on_error: OnError = "stop") -> Corpus:
    """Documents of a `.jsonl` file, a `.json` file, or a folder of such files.

    What is broken raises `DataError`: at the first broken line (`on_error="stop"`), or with every
    fault of every line (`"list"`).
    """
    documents: list[Document] = []
    first_seen: dict[str, str] = {}
    problems: list[Problem] = []
    files = _files(Path(path))
    for file in files:
        try:
            for where, data in parts(file):
                problems += _read_one(where, data, documents, first_seen)
                if problems and on_error == "stop":
                    break
        except DataError as error:
            problems += error.problems
        if problems and on_error == "stop":
            break
    if problems:
        raise DataError(few_of_another_format(problems))
    if not documents:
        raise DataError(Problem(str(path), "holds no document", "an empty result has one a line"))
    return Corpus(documents, source=str(path), files=tuple(map(str, files)))


def write(documents: Iterable[Document], path: str | os.PathLike[str]) -> int:
    """Write documents as JSON Lines, whole or not at all, and say how many."""
    encode = msgspec.json.Encoder().encode
    count = 0
    with replacing(path) as file:
        for document in documents:
            file.write(encode(document) + b"\n")
            count += 1
    return count


def write_native(documents: Iterable[Document], path: str | os.PathLike[str]) -> Lost:
    """Write documents as JSON Lines, as `write` does, which loses nothing."""
    write(documents, path)
    return []


def looks_like(path: Path, head: bytes) -> bool:
    """Whether the first object has an id and no key that a document has not."""
    keys = first_keys(head)
    return "id" in keys and keys <= set(Document.__struct_fields__)


def write_document(document: Document, path: str | os.PathLike[str]) -> None:
    """Write one document as a JSON file with a mention a line, so that a change to one is a change
    of one line.
    """
    encode = msgspec.json.Encoder(order="deterministic").encode
    fields = {name: getattr(document, name) for name in ("id", "text_sha256", "meta", "text")}
    head = [b'  "%s": %s,\n' % (name.encode(), encode(v)) for name, v in fields.items() if v]
    lines = b",\n".join(b"    " + msgspec.json.encode(mention) for mention in document.mentions)
    with replacing(path) as file:
        file.write(b"{\n" + b"".join(head) + b'  "mentions": [\n' + lines + b"\n  ]\n}\n")


def is_record(path: Path) -> bool:
    """Whether a file is what `toolkit extract` leaves beside predictions."""
    return path.name.endswith(RUN_RECORD)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(
        p for p in path.iterdir() if p.suffix in (".json", ".jsonl") and not is_record(p)
    )
    if not found:
        gold = (path / "dataset.yaml").is_file()
        within = sorted(p.name for p in path.iterdir() if p.is_dir())
        hint = f"it holds folders: name one of them, such as {path / within[0]}" if within else ""
        if gold:
            hint = "it is a gold folder: is the order GOLD PRED? in Python: read_gold"
        raise DataError(Problem(str(path), "holds no .json or .jsonl file", hint))
    return found


def parts(file: str | os.PathLike[str]) -> Iterator[tuple[str, bytes]]:
    """Each document's bytes with its place, `file:line`.

    A `.json` file may hold one document, a list of documents, or, misnamed, a document a line.
    """
    data = read_bytes(file).removeprefix(BOM_BYTES)
    if not data.strip():
        raise DataError(Problem(str(file), "the file is empty"))
    if Path(file).suffix == ".json" and not _has_lines(data):
        yield from _listed(f"{file}:1", data)
        return
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            yield f"{file}:{number}", line


def _has_lines(data: bytes) -> bool:
    """Whether the first line is a whole object and others follow."""
    first, _, rest = data.strip().partition(b"\n")
    try:
        return bool(rest) and isinstance(msgspec.json.decode(first), dict)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return False


def _listed(where: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The documents of a JSON list, or the data as it is where it is none."""
    try:
        documents = msgspec.json.decode(data, type=list[msgspec.Raw])
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        yield where, data
        return
    position = 0
    for document in map(bytes, documents):
        position = data.index(document, position)
        yield _line(where, data, position), document
        position += len(document)


def _read_one(
    where: str, data: bytes, documents: list[Document], first_seen: dict[str, str]
) -> list[Problem]:
    """Decode one document into `documents`, or say what is wrong with it."""
    document, problems = examine(where, data)
    if document is None:
        return problems
    if document.id in first_seen:
        what = f"document id {document.id!r} already stands at {first_seen[document.id]}"
        problems.append(Problem(where, what, "ids must be unique"))
    first_seen.setdefault(document.id, where)
    documents.append(document)
    return problems


def examine(where: str, data: bytes) -> tuple[Document | None, list[Problem]]:
    """A document from its bytes, and all that is wrong with it; none where it cannot be decoded."""
    try:
        document = _decoder.decode(data)
    except msgspec.ValidationError as error:
        return None, [_shape_problem(where, data, str(error))]
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        return None, [syntax_problem(where, data, error)]
    faults = list(structure_faults(document))
    lines = mention_lines(where, data, document) if faults else {}
    return document, [
        Problem(
            lines.get(fault.mention, where),
            _named(document.id, fault.mention, fault.what),
            fault.hint,
        )
        for fault in faults
    ]


def _named(document: str, mention: str | None, what: str) -> str:
    """A fault with the ids of the document and mention that it is about."""
    name = " ".join(filter(None, (document, mention)))
    return f"{name}: {what}" if name else what


_POSITION = re.compile(r"^(?P<what>.*?)(?: - at `\$\.?(?P<way>.*)`)?$", re.DOTALL)


def _shape_problem(where: str, data: bytes, message: str) -> Problem:
    """A value of the wrong type, at its line where the document spans several."""
    way = _shape(message)[1]
    position = re.match(r"mentions\[(\d+)]", way or "")
    try:
        if position:
            where = _line(where, data, _offsets(data)[int(position[1])])
    except (msgspec.DecodeError, RecursionError) as error:
        return syntax_problem(where, data, error)
    return shape_problem(where, message)


def shape_problem(where: str, message: str) -> Problem:
    """A value of the wrong type, with the way to it."""
    plain = "".join(c if c.isprintable() else repr(c)[1:-1] for c in message)  # names from the file
    what, way = _shape(plain)
    what = what[0].lower() + what[1:].replace("`", "'")
    return Problem(where, f"{way}: {what}" if way else what)


def _shape(message: str) -> tuple[str, str | None]:
    found = _POSITION.match(message)
    return (found["what"], found["way"]) if found else (message, None)


def syntax_problem(where: str, data: bytes, error: Exception) -> Problem:
    """What is no JSON, at its line."""
    if isinstance(error, RecursionError):
        return Problem(where, "not read: brackets are nested too deep")
    if isinstance(error, UnicodeDecodeError) or "utf-8" in str(error).lower():
        return Problem(where, "not UTF-8", "save the file as UTF-8")
    byte = re.search(r"\(byte (\d+)\)", str(error))
    at = min(int(byte[1]), len(data)) if byte else len(data)
    what = str(error).removeprefix("JSON is malformed: ").partition(" (byte")[0]
    hint = _other_format(data) or ("the line is cut off" if "truncated" in what else "")
    return Problem(_line(where, data, at), f"not JSON: {what} at byte {at}", hint)


_COLUMNS = "it looks like columns: --from conll"
_UNKNOWN = "is it a file of JSON Lines?"

_ends_in_tag = re.compile(rb"(?!\{\s*\x22).*\s(O|[BIESLU]-\S+)\s*").fullmatch


def _other_format(data: bytes) -> str:
    """A hint where the bytes do not even begin as a document does."""
    first = data.lstrip().partition(b"\n")[0]
    if _ends_in_tag(first):
        return _COLUMNS
    return "" if first.startswith((b"{", b"[")) else _UNKNOWN


def few_of_another_format(problems: list[Problem]) -> list[Problem]:
    """The problems, but of the lines of a file that is of another format only the first."""
    kept: list[Problem] = []
    met: Counter[str] = Counter()
    for problem in problems:
        if problem.hint in (_COLUMNS, _UNKNOWN):
            file = problem.where.rpartition(":")[0]
            met[file] += 1
            if met[file] > FEW:
                continue
        kept.append(problem)
    more = {file: count - FEW for file, count in met.items() if count > FEW}
    return kept + [
        Problem(file, f"more lines that are not JSON: {count}") for file, count in more.items()
    ]


def mention_lines(where: str, data: bytes, document: Document) -> dict[str | None, str]:
    """The place of each mention in the document's bytes; of the last one where an id repeats."""
    places: dict[str | None, str] = {}
    before = 0
    for mention, offset in zip(document.mentions, _offsets(data), strict=True):
        where = _line(where, data[before:offset], offset)
        places[mention.id], before = where, offset
    return places


class _Raw(msgspec.Struct):
    mentions: msgspec.Raw = msgspec.Raw(b"[]")


def _offsets(data: bytes) -> list[int]:
    """Byte offset of each mention in a document that is well-formed JSON."""
    mentions = bytes(msgspec.json.decode(data, type=_Raw).mentions)
    offsets, position = [], data.rfind(mentions)
    for raw in msgspec.json.decode(mentions, type=list[msgspec.Raw]):
        position = data.index(bytes(raw), position)
        offsets.append(position)
        position += len(bytes(raw))
    return offsets


def _line(where: str, data: bytes, offset: int) -> str:
    """`file:line` moved on by the line ends before `offset`."""
    file, _, line = where.rpartition(":")
    further = data.count(b"\n", 0, offset)
    return f"{file}:{int(line) + further}"
