"""Files on disk read into documents and written from them, one module for each format.

A format is a module with up to three functions, the first two each with a line in a table below:

    read_x(path, *, on_error, ...) -> Corpus      what else it takes by name are its options
    write_x(documents, path, ...) -> Lost         what the file cannot hold, and how many of these
    looks_like(path, head) -> bool                whether a file that begins so is of the format

and `HOLDS`, the parts of documents that it can hold (see `toolkit.formats.holding`).
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, get_args, get_type_hints

from toolkit.errors import DataError, Problem, ToolkitError, did_you_mean
from toolkit.files import read_head
from toolkit.loading import find
from toolkit.loading import locate as load

if TYPE_CHECKING:
    from toolkit.model import Corpus

StrPath: TypeAlias = str | os.PathLike[str]
Reader: TypeAlias = "Callable[..., Corpus]"
Writer: TypeAlias = "Callable[..., list[tuple[str, int]]]"

READERS = {
    "native": "toolkit.formats.native:read",
    "conll": "toolkit.formats.conll:read_conll",
    "brat": "toolkit.formats.brat:read_brat",
    "webanno": "toolkit.formats.webanno:read_webanno",
    "gate": "toolkit.formats.gate:read_gate",
    "xmi": "toolkit.formats.xmi:read_xmi",
    "cas-json": "toolkit.formats.cas_json:read_cas_json",
    "spacy": "toolkit.formats.spacy:read_spacy",
    "doccano": "toolkit.formats.doccano:read_doccano",
    "huggingface": "toolkit.formats.huggingface:read_huggingface",
    "label-studio": "toolkit.formats.label_studio:read_label_studio",
    "langextract": "toolkit.formats.langextract:read_langextract",
    "llm": "toolkit.formats.llm:read_llm",
    "prodigy": "toolkit.formats.prodigy:read_prodigy",
    "table": "toolkit.formats.table:read_table",
}

WRITERS = {
    "native": "toolkit.formats.native:write_native",
    "conll": "toolkit.formats.conll_write:write_conll",
    "brat": "toolkit.formats.brat_write:write_brat",
    "webanno": "toolkit.formats.webanno_write:write_webanno",
    "xmi": "toolkit.formats.xmi:write_xmi",
    "cas-json": "toolkit.formats.cas_json:write_cas_json",
    "spacy": "toolkit.formats.spacy:write_spacy",
    "doccano": "toolkit.formats.doccano:write_doccano",
    "huggingface": "toolkit.formats.huggingface:write_huggingface",
    "label-studio": "toolkit.formats.label_studio:write_label_studio",
    "langextract": "toolkit.formats.langextract:write_langextract",
    "llm": "toolkit.formats.llm:write_llm",
    "prodigy": "toolkit.formats.prodigy:write_prodigy",
    "table": "toolkit.formats.table:write_table",
}

RECOGNISERS = {name: at.partition(":")[0] + ":looks_like" for name, at in READERS.items()}

OF_ONE_FILE = {"conll", "spacy", "huggingface", "table"}
"""Formats that are read from one file; a folder is of another one, where any shows in it."""

_FILES_LOOKED_AT = 50


def read(path: StrPath, format: str | None = None, **options: Any) -> Corpus:  # noqa: A002
    """Documents of a file or folder in one of the formats `READERS`, or read by the function at
    `package.module:function`; without a `format`, in the one that its content shows.

    `options` are the format's own; one that is `None` is left to its default. What is broken raises
    `DataError`: every format takes `on_error`, `"stop"` for the first fault or `"list"` for all.
    """
    name = format or recognise_or_native(path)
    reader = find_reader(name)
    given = {name: value for name, value in options.items() if value is not None}
    refuse_unknown(name, reader, given)
    own = name not in READERS
    try:
        corpus = _read_own(name, reader, path, given) if own else reader(path, **given)
    except DataError as error:
        if format is None and Path(path).is_file() and not _candidates(path):
            *problems, last = error.problems
            hint = "; ".join(
                filter(None, (last.hint, "if it is no native file, say so with --from"))
            )
            raise DataError([*problems, last._replace(hint=hint)]) from None
        raise
    if format is None and name != "native":
        corpus.notices = (f"{path}: read as {name}, which its content shows", *corpus.notices)
    return corpus


def recognise(path: StrPath) -> str:
    """The format of a file, or of the files in a folder, that the content shows.

    None or several raise `DataError`, which names the candidates.
    """
    return _only(path, _candidates(path))


def _only(path: StrPath, found: list[str]) -> str:
    if len(found) == 1:
        return found[0]
    what = "no format that is known shows in its content"
    if found:
        what = f"may be {' or '.join(found)}"
    hint = "say which with --from: " + ", ".join(found or READERS)
    raise DataError(Problem(str(path), what, hint))


def recognise_or_native(path: StrPath) -> str:
    """The format as `recognise` finds it; native where nothing shows but the place or the ending
    speak for it, so that its reader says what is wrong.
    """
    found = _candidates(path)
    native = not Path(path).is_file() or Path(path).suffix in (".json", ".jsonl")
    return "native" if native and not found else _only(path, found)


def _candidates(path: StrPath) -> list[str]:
    """The formats that any of the files may be of."""
    folder = Path(path)
    if (folder / "dataset.yaml").is_file():
        return ["native"]
    files = [folder]
    if folder.exists() and not (folder.is_file() or folder.is_dir()):
        return []  # a pipe gives its content only once
    if folder.is_dir():
        files = [f for f in sorted(folder.iterdir()) if f.is_file() and f.name[0] != "."]
    heads = [(file, read_head(file)) for file in islice(files, _FILES_LOOKED_AT)]
    looks_native = load(RECOGNISERS["native"])
    if heads and all(looks_native(file, head) for file, head in heads):
        return ["native"]  # its keys are no other's, and the most frequent one need not wait
    found = [
        name
        for name, at in RECOGNISERS.items()
        if any(load(at)(file, head) for file, head in heads)
    ]
    of_folders = [name for name in found if name not in OF_ONE_FILE]
    return of_folders if folder.is_dir() and of_folders else found


def takes(format: str, option: str) -> bool:  # noqa: A002
    """Whether a format's reader takes an option of this name."""
    known, any_other = _options(find_reader(format))
    return any_other or option in known


def of_use(function: Reader | Writer, **known: Any) -> dict[str, Any]:
    """What is `known` anyhow, as far as a function of a format asks for it by name."""
    asked, _ = _options(function)
    return {name: value for name, value in known.items() if name in asked and value is not None}


def _read_own(
    name: str, reader: Reader, path: str | os.PathLike[str], given: dict[str, Any]
) -> Corpus:
    """What a reader of one's own gives, made sure to be documents."""
    from toolkit.model import Corpus, Document

    try:
        found: Any = reader(path, **given)
        if isinstance(found, str | bytes | dict) or not isinstance(found, Iterable):
            raise DataError(_no_documents(name, f"{type(found).__name__} {repr(found)[:60]}"))
        corpus = found if isinstance(found, Corpus) else Corpus(tuple(found), source=str(path))
        for document in corpus:
            if not isinstance(document, Document):
                raise DataError(_no_documents(name, f"a {type(document).__name__} among them"))
    except ToolkitError:
        raise
    except Exception as error:
        what = f"the reader failed: {type(error).__name__}: {error}"
        raise DataError(Problem(f"format {name}", what)) from error
    return corpus


def _no_documents(name: str, found: str) -> Problem:
    hint = "a reader returns a toolkit.Corpus, or an iterable of toolkit.Document"
    return Problem(f"format {name}", f"the reader gave no documents but {found}", hint)


def find_reader(name: str) -> Reader:
    """A format's reader by name, or the function at `package.module:function`."""
    return find("format", name, READERS, "path")


def find_writer(name: str) -> Writer:
    """A format's writer by name, or the function at `package.module:function`."""
    if name in READERS and name not in WRITERS:
        hint = "written are: " + ", ".join(WRITERS)
        raise DataError(Problem(f"format {name!r}", "is only read, not written", hint))
    return find("format", name, WRITERS, "path")


def refuse_unknown(
    name: str, function: Reader | Writer, given: dict[str, Any], positional: int = 1
) -> None:
    """Refuse options that a function of a format does not take, or values that they do not know."""
    known, any_other = _options(function, positional)
    types = get_type_hints(function) if name in READERS else {}
    problems = []
    for option, value in given.items():
        values = [one for one in get_args(types.get(option)) if isinstance(one, str)]
        if option not in known and not any_other:
            what = f"has no option {option!r}"
            hint = "it has: " + (", ".join(known) or "none")
            problems.append(Problem(f"format {name}", what, hint))
        elif isinstance(value, str) and values and value not in values:
            what = f"{option} cannot be {value!r}"
            problems.append(Problem(f"format {name}", what, did_you_mean(value, values)))
    if problems:
        raise DataError(problems)


def _options(function: Reader | Writer, positional: int = 1) -> tuple[list[str], bool]:
    """What a function takes by name, and whether it takes any name."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except ValueError:  # some functions written in C do not tell
        return [], False
    by_name = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    known = [
        one.name
        for position, one in enumerate(parameters)
        if one.kind in by_name and (position >= positional or one.kind is one.KEYWORD_ONLY)
    ]
    return known, any(one.kind is one.VAR_KEYWORD for one in parameters)
