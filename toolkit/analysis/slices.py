"""Parts of a gold set, by what its documents' `meta` says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from toolkit.errors import DataError, Problem, did_you_mean
from toolkit.model import Document

ALL, UNSAID = "(all)", "(none)"
"""The slice of all documents, and that of the documents whose `meta` does not say."""

_PREFIX = "meta."


def slices(
    documents: Iterable[Document], names: list[str], by: str | None
) -> dict[str, NDArray[np.bool_]]:
    """Which of the documents named belong to each slice: all of them, then each value of `by`.

    `by` is `meta.KEY`, or `meta.KEY.KEY` for what is nested. Raises `DataError` where no document
    has that key.
    """
    found = {ALL: np.ones(len(names), dtype=bool)}
    if by is None:
        return found
    known = {document.id: document.meta for document in documents}
    values = [_value(known[name], by.removeprefix(_PREFIX).split(".")) for name in names]
    if not by.startswith(_PREFIX) or all(value == UNSAID for value in values):
        keys = sorted({f"{_PREFIX}{key}" for meta in known.values() for key in meta})
        hint = did_you_mean(by, keys) if keys else "the gold documents have no meta"
        raise DataError(Problem(f"slices by {by}", "no gold document has this key", hint))
    for value in sorted(set(values)):
        found[value] = np.array([each == value for each in values])
    return found


def _value(meta: Any, keys: list[str]) -> str:
    for key in keys:
        meta = meta.get(key) if isinstance(meta, dict) else None
    return UNSAID if meta is None else str(meta)
