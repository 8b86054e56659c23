"""UIMA CAS XMI: a file for each document, beside a type system in a file of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import Any

from toolkit.errors import DataError, Problem
from toolkit.files import read_bytes, read_head, replacing
from toolkit.formats import StrPath
from toolkit.formats.extras import need
from toolkit.formats.folders import input_files, write_files
from toolkit.formats.holding import Lost, need_texts, told
from toolkit.formats.native import OnError
from toolkit.formats.uima import EXTRA, HOLDS, check_names, contained, load_library, read_cases
from toolkit.formats.uima_write import make_cases
from toolkit.model import Corpus, Document, values

__all__ = ["EXTRA", "HOLDS", "looks_like", "read_xmi", "write_xmi"]

_TYPES = "TypeSystem.xml"
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def looks_like(path: Path, head: bytes) -> bool:
    """Whether the file begins as XMI of a CAS."""
    return b"http://www.omg.org/XMI" in head[:4096]


def read_xmi(path: StrPath, *, on_error: OnError = "list") -> Corpus:
    """Documents of an `.xmi` file or a folder of them, named by their files.

    The types are those of the XML file beside them that holds a type system: the one whose name
    begins as the document's, or the only one.
    """
    cassis = load_library()
    # Many documents share one type system, which cassis only looks up names in.
    found, types = cache(_type_files), cache(partial(_load_types, cassis))

    def load(file: Path) -> Any:
        beside = _types_beside(file, found(file.parent))
        _refuse_entities(file)
        return cassis.load_cas_from_xmi(BytesIO(read_bytes(file)), typesystem=types(beside))

    return read_cases(path, input_files(path, ".xmi"), load, on_error)


def write_xmi(documents: Iterable[Document], path: StrPath) -> Lost:
    """Write an `.xmi` file for each document and one type system, in a folder; an `.xmi` path holds
    a single document.
    """
    documents = list(documents)
    need_texts(documents, "XMI")
    lost: Counter[str] = Counter()
    problems = [
        Problem(one.id, f"holds {found[0]!r}, which XML cannot hold", "write cas_json")
        for one in documents
        if (found := _NOT_XML.search(_texts(one)))
    ]
    if problems:
        raise DataError(problems)
    types, cases = make_cases(documents, lost)
    contents = {name: case.to_xmi().encode() for name, case in cases.items()}
    write_files(path, contents, ".xmi", lost)
    folder = Path(path) if Path(path).is_dir() else Path(path).parent
    with replacing(folder / _TYPES) as file:
        file.write(types.to_xml().encode())
    return told(lost)


def _texts(document: Document) -> str:
    """All texts that are written for a document, in one."""
    fields = [value for mention in document.mentions for value in mention.fields.values()]
    texts = [one for value in fields for one in values(value) if isinstance(one, str)]
    return "".join([document.text or "", *texts])


def _load_types(cassis: Any, file: Path) -> Any:
    """The type system in a file, where all of its names are names."""
    _refuse_entities(file)
    with contained(file):
        parse = need("defusedxml.ElementTree", EXTRA).fromstring
        tree = parse(read_bytes(file), forbid_dtd=True)
    names = [one.text for one in tree.iter() if one.tag.rpartition("}")[2] == "name"]
    check_names(file, (name.strip() if name else "" for name in names))
    return cassis.load_typesystem(BytesIO(read_bytes(file)))


def _refuse_entities(file: Path) -> None:
    """Refuse a file with a document type, in which entities can be made to grow without end."""
    parse = need("defusedxml.ElementTree", EXTRA).iterparse
    common = need("defusedxml.common", EXTRA)
    try:
        for _ in parse(BytesIO(read_bytes(file)), events=("start",), forbid_dtd=True):
            return
    except common.DefusedXmlException:
        what = "has a document type, and may hold entities that grow without end"
        raise DataError(Problem(f"{file}:1", what, "remove it")) from None
    except SyntaxError as error:  # what ElementTree raises for XML that is none
        line = (getattr(error, "position", None) or (1,))[0]
        raise DataError(Problem(f"{file}:{line}", f"not XML: {error}")) from None


def _type_files(folder: Path) -> list[Path]:
    """The files in a folder that hold a type system."""
    return [
        one
        for one in sorted(folder.glob("*.xml"))
        if b"typeSystemDescription" in read_head(one, 4096)
    ]


def _types_beside(file: Path, found: list[Path]) -> Path:
    """The file of the type system for a document, of those found in its folder."""
    own = [one for one in found if one.name.startswith(file.stem)]
    if len(own or found) == 1:
        return (own or found)[0]
    what = f"has {len(own or found)} files of types beside it, where one is needed"
    hint = f"put the project's {_TYPES} there"
    raise DataError(Problem(str(file), what, hint))
