"""Extractors by name."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, TypeAlias

from toolkit.errors import DataError, Problem
from toolkit.loading import find

Extractor: TypeAlias = Callable[..., Any]
"""`(text) -> mentions`, or `(texts) -> mentions of each` where it is asked in batches."""

BUILT_IN = {"rules": "toolkit.extractors.rules:extract"}

MADE = {"spacy": "toolkit.extractors.spacy:make"}
"""Extractors that are made by a function, whose keywords are the extractor's options."""

SERVED = {"llm": "toolkit.extractors.llm:asking"}
"""Extractors that ask a server, with a timeout and retries of their own; options are keywords."""

_ALL = {**BUILT_IN, **MADE, **SERVED}


def find_extractor(name: str, **options: Any) -> Extractor:
    """A built-in function by name, or the one at `package.module:function`.

    `options` are the extractor's own; one that is `None` is left to its default.
    """
    found = load(name, options)
    if name not in MADE:
        return found
    made: Extractor = found(**{k: value for k, value in options.items() if value is not None})
    return made


def load(name: str, options: dict[str, Any]) -> Callable[..., Any]:
    """What stands at a name, if it has these options."""
    hint = "is its package installed in this environment?"
    found = find("extractor", name, _ALL, "text", hint)
    parameters = inspect.signature(found).parameters if name in MADE or name in SERVED else {}
    known = [one.name for one in parameters.values() if one.kind is one.KEYWORD_ONLY]
    unknown = [key for key, value in options.items() if value is not None and key not in known]
    if unknown:
        where = f"extractor {name!r}"
        hint = "it has: " + ", ".join(known) if known else "it has none"
        raise DataError([Problem(where, f"has no option {option!r}", hint) for option in unknown])
    return found
