"""Functions by name: those of a table, and anybody's at `package.module:function`.

Names come from a person's command line, code or schema, never from data, since this imports what is
named.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any

from toolkit.errors import DataError, Problem, did_you_mean


def locate(place: str) -> Any:
    """What stands at `package.module:name`; `ImportError` or `AttributeError` say why none does."""
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(module), name)


def find(
    kind: str, name: str, table: Mapping[str, str], takes: str, hint: str = ""
) -> Callable[..., Any]:
    """The function that a table of places or the name itself leads to.

    `kind` and `takes` say for messages what is looked for, and of what it is a function; `hint`
    says what to do where it cannot be loaded.
    """
    where, place = f"{kind} {name!r}", table.get(name, name)
    if ":" not in place:
        near = did_you_mean(name, table) + ", or package.module:function"
        raise DataError(Problem(where, f"there is no such {kind}", near))
    try:
        found: Callable[..., Any] = locate(place)
    except (ImportError, AttributeError) as error:
        raise DataError(Problem(where, f"cannot be loaded: {error}", hint)) from None
    if not callable(found):
        raise DataError(Problem(where, f"is no function of a {takes}"))
    return found
