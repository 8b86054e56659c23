"""A UIMA CAS as a document and back, for both of its files, `xmi` and `cas_json`.

A type is a label, a feature a field. Offsets count UTF-16 units in the files, and dkpro-cassis
makes them code points. Its classes for types are compiled from their names, so that names which are
none are refused before it sees them.
"""

from __future__ import annotations

import math
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from keyword import iskeyword
from pathlib import Path
from typing import Any

from toolkit.errors import DataError, Problem
from toolkit.formats import StrPath
from toolkit.formats.extras import need
from toolkit.formats.folders import FileRead, read_files
from toolkit.formats.layers import SENTENCE, TOKEN, label_of
from toolkit.formats.native import OnError
from toolkit.model import Corpus, Document, Mention

HOLDS = frozenset(
    {"text", "overlaps", "records", "relations", "fields", "typed", "many", "references"}
)

EXTRA = "uima"

_NOT_MENTIONS = (TOKEN, SENTENCE, "uima.tcas.DocumentAnnotation")
_METADATA = (
    "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.",
    "de.tudarmstadt.ukp.clarin.webanno.api.type.",
)
RENAMED = ("self", "type")
"""Names of features that dkpro-cassis ends in `_`; in our files they end so, as it cannot read
lists under them otherwise.
"""

_LINE = re.compile(r"\bline (\d+), column")

_OWN_FEATURES = ("sofa", "begin", "end")


def read_cases(
    path: StrPath, files: list[Path], load: Callable[[Path], Any], on_error: OnError
) -> Corpus:
    """Documents of the files, each loaded by `load`."""

    def read(file: Path) -> FileRead:
        with contained(file):
            document, skipped = _document(load(file), file)
        return FileRead(document, [], skipped, {None: str(file)})

    return read_files(path, files, read, on_error)


@contextmanager
def quiet() -> Iterator[None]:
    """Without the library's remark on names that it changes; its warning of offsets is an error."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", "Not mapping")
        warnings.filterwarnings("ignore", "Trying to add feature")
        yield


@contextmanager
def contained(file: Path) -> Iterator[None]:
    """Whatever the library raises for a file that is no CAS, as one clear refusal.

    It has no exception of its own: a wrong id is a KeyError, an unknown type a TypeError, an offset
    outside the text a warning.
    """
    try:
        with quiet():
            yield
    except DataError:
        raise
    except RecursionError:
        raise DataError(Problem(str(file), "not read: it is nested too deep")) from None
    except Exception as error:
        what = " ".join(str(error).split())[:200] or type(error).__name__
        if isinstance(error, UserWarning):
            what = what.removeprefix("Not mapping external ")
        elif isinstance(error, KeyError):
            what = f"nothing has the id or name {what}"
        line = _LINE.search(what)
        where = f"{file}:{line[1]}" if line else str(file)
        raise DataError(Problem(where, f"is no CAS that can be read: {what}")) from None


def check_names(file: Path, names: Iterable[Any]) -> None:
    """Refuse names of types and features that are none."""
    for name in names:
        parts = name.removesuffix("[]").split(".") if isinstance(name, str) else [""]
        if not all(part.isidentifier() and not iskeyword(part) for part in parts):
            what = f"{str(name)[:80]!r} cannot be the name of a type or a feature"
            raise DataError(Problem(str(file), what))


def _document(cas: Any, file: Path) -> tuple[Document, Counter[str]]:
    skipped: Counter[str] = Counter()
    views = [view for view in cas.views if view.sofa.sofaString is not None]
    skipped["views after the first are left out"] += max(0, len(views) - 1)
    view = views[0] if views else cas.views[0]
    text = view.sofa.sofaString
    inside = cas.typesystem.is_instance_of
    kept, places = [], {}
    for one in sorted(view.get_all_fs(), key=lambda one: one.xmiID):
        name = one.type.name
        placed = inside(name, "uima.tcas.Annotation")
        if placed:
            places[one.xmiID] = (one.begin, one.end)
        if name.startswith(_METADATA) or any(
            inside(name, no) for no in _NOT_MENTIONS if _has(cas, no)
        ):
            skipped[f"{name.rpartition('.')[2]} annotations are no mentions"] += 1
        elif placed and one.begin == one.end:
            skipped["annotations of no text are left out"] += 1
        else:
            kept.append(one)
    ids = {one.xmiID for one in kept}
    mentions = []
    for one in kept:
        start, end = places.get(one.xmiID, (None, None))
        if start is not None and not 0 <= start < end <= len(text or ""):
            what = f"annotation {one.xmiID}: no text lies between {start} and {end}"
            raise DataError(Problem(str(file), what))
        fields: dict[str, list[Any]] = {}
        for feature in one.type.all_features:
            if feature.name not in _OWN_FEATURES:
                for name, value in _values(feature.name, getattr(one, feature.name), ids, places):
                    if value is None:
                        skipped["features with structures inside are left out"] += 1
                    else:
                        fields.setdefault(name, []).append(value)
        plain = {name: some[0] if len(some) == 1 else some for name, some in fields.items()}
        label = label_of(one.type.name)
        mentions.append(Mention(str(one.xmiID), label, start, end, fields=plain))
    return Document(file.stem, text=text, mentions=tuple(mentions)), skipped


def _has(cas: Any, name: str) -> bool:
    return bool(cas.typesystem.contains_type(name))


def _values(
    feature: str, value: Any, ids: set[int], places: dict[int, tuple[int, int]]
) -> Iterator[tuple[str, Any]]:
    """The values of a feature with the field they are for; `None` for what is no field value.

    A link has a target and a role, and the role is the field's name.
    """
    name = feature[:-1] if feature[:-1] in RENAMED else feature
    if value is None:
        return
    if isinstance(value, float) and not math.isfinite(value):
        yield name, str(value)
    elif isinstance(value, str | int | float):
        yield name, value
    elif hasattr(value, "elements"):
        for one in value.elements or ():
            yield from _values(feature, one, ids, places)
    elif getattr(value, "xmiID", None) in ids:
        yield name, {"ref": str(value.xmiID)}
    elif getattr(value, "xmiID", None) in places:
        start, end = places[value.xmiID]
        yield name, {"start": start, "end": end} if start < end else None
    elif hasattr(value, "target"):
        yield from _values(getattr(value, "role", None) or name, value.target, ids, places)
    else:
        yield name, None


def load_library() -> Any:
    """dkpro-cassis, which takes a second to import."""
    return need("cassis", EXTRA)
