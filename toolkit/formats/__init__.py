"""Files on disk read into documents and written from them, one module for each format.

A reader is a function `(path, *, on_error, ...) -> Corpus`; what else it takes by name are the
format's options. To add a format, write its reader and give it a line in `READERS`.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeAlias, get_args, get_type_hints

from toolkit.errors import DataError, Problem, ToolkitError, did_you_mean
from toolkit.loading import find

if TYPE_CHECKING:
    from toolkit.model import Corpus

Reader: TypeAlias = "Callable[..., Corpus]"

READERS = {
    "native": "toolkit.formats.native:read",
    "conll": "toolkit.formats.conll:read_conll",
    "doccano": "toolkit.formats.doccano:read_doccano",
    "huggingface": "toolkit.formats.huggingface:read_huggingface",
    "label-studio": "toolkit.formats.label_studio:read_label_studio",
    "langextract": "toolkit.formats.langextract:read_langextract",
    "llm": "toolkit.formats.llm:read_llm",
    "prodigy": "toolkit.formats.prodigy:read_prodigy",
    "table": "toolkit.formats.table:read_table",
}


def read(path: str | os.PathLike[str], format: str = "native", **options: Any) -> Corpus:  # noqa: A002
    """Documents of a file or folder in one of the formats `READERS`, or read by the function at
    `package.module:function`.

    `options` are the format's own; one that is `None` is left to its default. What is broken raises
    `DataError`: every format takes `on_error`, `"stop"` for the first fault or `"list"` for all.
    """
    reader = find_reader(format)
    given = {name: value for name, value in options.items() if value is not None}
    _refuse_unknown(format, reader, given)
    return reader(path, **given) if format in READERS else _read_own(format, reader, path, given)


def takes(format: str, option: str) -> bool:  # noqa: A002
    """Whether a format's reader takes an option of this name."""
    known, any_other = _options(find_reader(format))
    return any_other or option in known


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


def _refuse_unknown(name: str, reader: Reader, given: dict[str, Any]) -> None:
    """Refuse options that the reader does not take, and values that an option does not know."""
    known, any_other = _options(reader)
    types = get_type_hints(reader) if name in READERS else {}
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


def _options(reader: Reader) -> tuple[list[str], bool]:
    """What a reader takes by name beside the path, and whether it takes any other name too."""
    try:
        parameters = list(inspect.signature(reader).parameters.values())
    except ValueError:  # some functions written in C do not tell
        return [], False
    by_name = (inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    known = [
        one.name
        for position, one in enumerate(parameters)
        if one.kind in by_name and (position or one.kind is one.KEYWORD_ONLY)
    ]
    return known, any(one.kind is one.VAR_KEYWORD for one in parameters)
