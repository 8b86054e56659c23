"""Quotation marks of all styles, paired."""

from __future__ import annotations

import re
from typing import NamedTuple

_CLOSERS = {"“": "”", "„": "“”", "‟": "”", "”": "”", "‘": "’", "‚": "‘’", '"': '"', "'": "'"}
_CLOSERS |= {"«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」", "『": "』"}
"""What may close each mark; some languages open with what others close with."""

CLOSING = frozenset("”’\"'»«›“)]")
"""What may stand behind the full stop of a sentence, and before the words that attribute it."""

_MARK = re.compile(r"[“”„‟«»‹›‘’‚「」『』\"']")
_BLANK_LINE = re.compile(r"\n\s*\n")

_DEEPEST = 3


class Quotation(NamedTuple):
    """Text between a pair of marks, the marks included, with the depth it stands at (0 is
    outermost)."""

    start: int
    end: int
    depth: int


def quotations(text: str) -> list[Quotation]:
    """Pairs of quotation marks in text order; a pair never crosses a blank line."""
    found: list[Quotation] = []
    start = 0
    for blank in _BLANK_LINE.finditer(text):
        found += _in_paragraph(text, start, blank.start())
        start = blank.end()
    found += _in_paragraph(text, start, len(text))
    return sorted(one for one in found if text[one.start + 1 : one.end - 1].strip())


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    """The pairs of a paragraph.

    A mark left open at its start quotes all of it, as in quotations of several paragraphs.
    """
    found: list[Quotation] = []
    opened: list[tuple[str, int]] = []
    for match in _MARK.finditer(text, start, end):
        mark, place = match.group(), match.start()
        depth = _closed(opened, text, mark, place)
        if depth is not None:
            found.append(Quotation(opened[depth][1], place + 1, depth))
            del opened[depth:]
        elif mark in _CLOSERS and _opens(text, place) and len(opened) < _DEEPEST:
            opened.append((mark, place))
    first = len(text[start:end]) - len(text[start:end].lstrip()) + start
    if opened and opened[0] == (text[first], first) and text[first] not in "'‘":
        inner = [one._replace(depth=max(1, one.depth)) for one in found]
        return [Quotation(first, start + len(text[start:end].rstrip()), 0), *inner]
    return found


def _closed(opened: list[tuple[str, int]], text: str, mark: str, place: int) -> int | None:
    """Which open mark this one closes: the innermost that it can."""
    if mark in "'’" and text[place + 1 : place + 2].isalnum():
        return None  # an apostrophe inside a word
    for depth in range(len(opened) - 1, -1, -1):
        opener, since = opened[depth]
        if mark in _CLOSERS[opener] and place > since + 1:
            return depth
    return None


def _opens(text: str, place: int) -> bool:
    """Whether a mark can open a quotation: no word or stop right before it, something after it."""
    before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
    return not (before.isalnum() or before in tuple(".,!?’")) and bool(after.strip())
