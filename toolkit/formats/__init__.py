"""Files on disk read into documents and written from them, one module for each format.

A reader is a function `(path, *, on_error, ...) -> Corpus`; what else it takes by name are the
format's options. To add a format, write its reader and give it a line in `READERS`.
"""

from __future__ import annotations

import importlib
import inspect
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias, get_args, get_type_hints

from toolkit.errors import DataError, Problem, did_you_mean

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
    return reader(path, **given)


def find_reader(name: str) -> Reader:
    """A format's reader by name, or the function at `package.module:function`.

    Names come from a person's command line or code, never from data, since this imports what is
    named.
    """
    module, colon, function = READERS.get(name, name).partition(":")
    if not colon:
        hint = did_you_mean(name, READERS) + ", or package.module:function"
        raise DataError(Problem(f"format {name!r}", "there is no such format", hint))
    try:
        found: Reader = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError) as error:
        raise DataError(Problem(f"format {name!r}", f"cannot be loaded: {error}")) from None
    return found


def _refuse_unknown(name: str, reader: Reader, given: dict[str, Any]) -> None:
    """Refuse options that the reader does not take, and values that an option does not know."""
    parameters = inspect.signature(reader).parameters.values()
    known = [one.name for one in parameters if one.kind is one.KEYWORD_ONLY]
    types = get_type_hints(reader) if name in READERS else {}
    problems = []
    for option, value in given.items():
        values = [one for one in get_args(types.get(option)) if isinstance(one, str)]
        if option not in known:
            what, hint = f"has no option {option!r}", "it has: " + ", ".join(known)
            problems.append(Problem(f"format {name}", what, hint))
        elif isinstance(value, str) and values and value not in values:
            what = f"{option} cannot be {value!r}"
            problems.append(Problem(f"format {name}", what, did_you_mean(value, values)))
    if problems:
        raise DataError(problems)
