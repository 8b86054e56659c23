"""UIMA CAS JSON: a file for each document, which also holds its types."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from toolkit.errors import DataError, Problem
from toolkit.formats import StrPath
from toolkit.formats.folders import input_files, write_files
from toolkit.formats.holding import Lost, need_texts, told
from toolkit.formats.jsonfile import decode_file
from toolkit.formats.native import OnError
from toolkit.formats.sniffing import first_keys
from toolkit.formats.uima import EXTRA, HOLDS, check_names, load_library, read_cases
from toolkit.formats.uima_write import make_cases
from toolkit.model import Corpus, Document

_FIRST = "_InitialView"

__all__ = ["EXTRA", "HOLDS", "looks_like", "read_cas_json", "write_cas_json"]


def looks_like(path: Path, head: bytes) -> bool:
    """Whether the first object has the keys of a CAS."""
    return bool(first_keys(head) & {"%TYPES", "%FEATURE_STRUCTURES", "%VIEWS"})


def read_cas_json(path: StrPath, *, on_error: OnError = "list") -> Corpus:
    """Documents of a `.json` file or a folder of them, named by their files."""
    load = partial(_load, load_library())
    return read_cases(path, input_files(path, ".json"), load, on_error)


def write_cas_json(documents: Iterable[Document], path: StrPath) -> Lost:
    """Write a `.json` file for each document, in a folder; a `.json` path holds a single one."""
    documents = list(documents)
    need_texts(documents, "CAS JSON")
    lost: Counter[str] = Counter()
    _, cases = make_cases(documents, lost)
    contents = {name: case.to_json().encode() for name, case in cases.items()}
    write_files(path, contents, ".json", lost)
    return told(lost)


def _load(cassis: Any, file: Path) -> Any:
    content = decode_file(file, dict[str, Any])
    types = content.get("%TYPES")
    if not isinstance(types, dict) or not all(isinstance(one, dict) for one in types.values()):
        raise DataError(Problem(f"{file}:1", "%TYPES holds no types"))
    check_names(file, types)
    check_names(file, (k.lstrip("%") for features in types.values() for k in features))
    return cassis.load_cas_from_json(json.dumps(_with_one_view(content)))


def _with_one_view(content: dict[str, Any]) -> dict[str, Any]:
    """A CAS whose first view with a text is the initial one, and has alone its annotations.

    The library cannot read a second view that is also listed (dkpro-cassis 0.12).
    """
    views, structures = content.get("%VIEWS"), content.get("%FEATURE_STRUCTURES")
    if not isinstance(views, dict) or not isinstance(structures, list) or views.keys() <= {_FIRST}:
        return content
    sofas = [o for o in structures if isinstance(o, dict) and o.get("%TYPE") == "uima.cas.Sofa"]
    written = [sofa for sofa in sofas if isinstance(sofa.get("sofaString"), str)]
    first = min(written or sofas, key=lambda sofa: sofa.get("sofaID") != _FIRST, default=None)
    if first is None:
        return content
    name = first.get("sofaID")
    names = {name: _FIRST, _FIRST: name}
    renamed = [
        {**one, "sofaID": names.get(one.get("sofaID"), one.get("sofaID"))} if one in sofas else one
        for one in structures
    ]
    kept = {_FIRST: views[name]} if name in views else {}
    return {**content, "%FEATURE_STRUCTURES": renamed, "%VIEWS": kept}
