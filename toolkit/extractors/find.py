"""Extractors that are Python functions, by name."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from typing import Any, TypeAlias

from toolkit.errors import DataError, Problem, did_you_mean

Extractor: TypeAlias = Callable[..., Any]
"""`(text) -> mentions`, or `(texts) -> mentions of each` where it is asked in batches."""

BUILT_IN = {"rules": "toolkit.extractors.rules:extract"}

MADE = {"spacy": "toolkit.extractors.spacy:make"}
"""Extractors that are made by a function, whose keywords are the extractor's options."""


def find_extractor(name: str, **options: Any) -> Extractor:
    """A built-in extractor by name, or the function at `package.module:function`.

    Names come from a person's command line or code, never from data, since this imports what is
    named. `options` are the extractor's own; one that is `None` is left to its default.
    """
    where = f"extractor {name!r}"
    module, colon, function = {**BUILT_IN, **MADE}.get(name, name).partition(":")
    if not colon:
        hint = did_you_mean(name, [*BUILT_IN, *MADE]) + ", or package.module:function"
        raise DataError(Problem(where, "there is no such extractor", hint))
    try:
        found: Extractor = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError) as error:
        hint = "is its package installed in this environment?"
        raise DataError(Problem(where, f"cannot be loaded: {error}", hint)) from None
    given = {option: value for option, value in options.items() if value is not None}
    known = [
        one.name
        for one in (inspect.signature(found).parameters.values() if name in MADE else ())
        if one.kind is one.KEYWORD_ONLY
    ]
    if unknown := [option for option in given if option not in known]:
        hint = "it has: " + ", ".join(known) if known else "it has none"
        raise DataError([Problem(where, f"has no option {option!r}", hint) for option in unknown])
    made: Extractor = found(**given) if name in MADE else found
    return made
