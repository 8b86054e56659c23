"""The four counts of a document that precision, recall and F1 are made of, and their moments.

Spans of one document are alike, so the document is the unit: whatever is estimated here is a
ratio of sums over documents.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]

Parts: TypeAlias = NDArray[Any]
"""Counts with a document along the last axis but one and, along the last, these four: credit among
gold items, gold items, credit among predicted items, predicted items. Credit is 1 for what is
right and half for what is partly right; whatever axes stand before are different figures.
"""

CREDIT_GOLD, GOLD, CREDIT_PREDICTED, PREDICTED = range(4)


class Moments(NamedTuple):
    """How many documents, the sums of their parts (..., 4) and of the products of any two of them
    (..., 4, 4): all that an interval needs, and they add up.
    """

    documents: int
    sums: Floats
    products: Floats


def moments(parts: Parts) -> Moments:
    """The moments of documents; exact below 2**53."""
    rows = np.asarray(parts, np.float64)
    return Moments(rows.shape[-2], rows.sum(axis=-2), rows.swapaxes(-1, -2) @ rows)


def merge(one: Moments, other: Moments) -> Moments:
    """The moments of two disjoint sets of documents."""
    return Moments(*(a + b for a, b in zip(one, other, strict=True)))  # type: ignore[operator]
