"""The quick way for words that stand in the text letter for letter, which are most.

It gives what the comparison of words would give, or says that it does not know: where the answer
hangs on punctuation that may belong to a word (`1.5`, `can't`, `-5`, `U.S.`).
"""

from __future__ import annotations

from toolkit.grounding.words import kinds
from toolkit.spans import Span

_WITHIN_WORDS = 50
"""So many places inside other words are passed over."""


def find_verbatim(text: str, piece: str, limit: int) -> list[Span] | None:
    """The places of a piece that begin and end with a word; `None` where that is not plain."""
    spans: list[Span] = []
    start = text.find(piece)
    for tried in range(limit):
        if start < 0:
            return spans
        if tried - len(spans) > _WITHIN_WORDS:
            return None
        end = start + len(piece)
        edges = _is_edge(text, start), _is_edge(text, end)
        if None in edges:
            return None
        if all(edges):
            spans.append(Span(start, end))
        start = text.find(piece, start + 1)
    return None


def _is_edge(text: str, at: int) -> bool | None:
    """Whether words are parted at an offset; `None` where only their whole reading tells."""
    if at in (0, len(text)):
        return True
    before, after = text[at - 1], text[at]
    if before.isspace() or after.isspace():
        return True
    one, other = kinds[ord(before)], kinds[ord(after)]
    if "m" in one + other or "i" in one + other:
        return None
    if one in " cs" or other in " cs":
        return True
    if one in "wtd" and other in "wtd":
        return False
    return _is_edge_at_sign(text, at, one, other)


def _is_edge_at_sign(text: str, at: int, one: str, other: str) -> bool | None:
    """The same beside a character that may stand in a word."""
    further = kinds[ord(text[at + 1])] if at + 1 < len(text) else " "
    earlier = kinds[ord(text[at - 2])] if at > 1 else " "
    if "d" in one + other:
        plain = other in ",.'" and (further in " '" or at + 1 == len(text))
    elif "." in one + other:
        plain = other == "." and earlier in "wtd" and one in "wt"
    else:
        plain = not ("'" in one + other and "t" in other + further)
    return True if plain else None
