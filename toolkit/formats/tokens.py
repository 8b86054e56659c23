"""Words and signs of a text, for the formats whose files hold tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set

from toolkit.spans import Span

TOKEN = re.compile(r"\w+|[^\w\s]")
"""A word, or a single sign."""


def tokens(text: str, cuts: Set[int]) -> Iterator[Span]:
    """Words and signs, cut where mentions begin and end."""
    for found in TOKEN.finditer(text):
        start = found.start()
        for cut in (*(c for c in range(start + 1, found.end()) if c in cuts), found.end()):
            yield Span(start, cut)
            start = cut
