"""Quotation marks of all styles, paired."""

from __future__ import annotations

import re
from typing import NamedTuple

_CLOSERS = {
    "“": "”",
    "„": "“”",
    "‟": "”",
    "”": "”",
    "«": "»",
    "»": "«",
    "‹": "›",
    "›": "‹",
    "‘": "’",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    '"': '"',
    "'": "'",
}
"""What may close each mark; some languages open with what others close with."""

_MARK = re.compile(r"[“”„‟«»‹›‘’‚「」『』\"']|\n\s*\n")

_DEEPEST = 3


class Quotation(NamedTuple):
    """Text between a pair of marks, the marks included, with the depth it stands at (0 is
    outermost)."""

    start: int
    end: int
    depth: int


def quotations(text: str) -> list[Quotation]:
    """Pairs of quotation marks in text order; a pair never crosses a blank line.

    A mark left open at the start of a paragraph quotes all of it, as in quotations of several
    paragraphs.
    """
    found: list[Quotation] = []
    open_marks: list[tuple[str, int]] = []
    paragraph = first = 0
    for match in _MARK.finditer(text):
        mark, place = match.group(), match.start()
        if len(mark) > 1:
            _end_paragraph(found, first, open_marks, text, paragraph, place)
            paragraph, first = match.end(), len(found)
            continue
        depth = _closed(open_marks, text, mark, place)
        if depth is not None:
            found.append(Quotation(open_marks[depth][1], place + 1, depth))
            del open_marks[depth:]
        elif mark in _CLOSERS and _opens(text, place) and len(open_marks) < _DEEPEST:
            open_marks.append((mark, place))
    _end_paragraph(found, first, open_marks, text, paragraph, len(text))
    return sorted(q for q in found if text[q.start + 1 : q.end - 1].strip())


def _closed(open_marks: list[tuple[str, int]], text: str, mark: str, place: int) -> int | None:
    """Which open mark this one closes: the innermost that it can."""
    if mark in "'’" and text[place + 1 : place + 2].isalnum():
        return None  # an apostrophe inside a word
    if mark in "\"'" and text[place - 1 : place].isspace() and _opens(text, place):
        return None
    for depth in range(len(open_marks) - 1, -1, -1):
        opener, since = open_marks[depth]
        if mark in _CLOSERS[opener] and place > since + 1:
            return depth
    return None


def _opens(text: str, place: int) -> bool:
    """Whether a mark at `place` can open a quotation: nothing of a word before it, something after
    it."""
    before, after = text[place - 1 : place] if place else "", text[place + 1 : place + 2]
    return not before.isalnum() and before not in (".", ",", "!", "?", "’") and bool(after.strip())


def _end_paragraph(
    found: list[Quotation],
    first: int,
    open_marks: list[tuple[str, int]],
    text: str,
    paragraph: int,
    end: int,
) -> None:
    """Quote the rest of a paragraph that a mark left open begins; its pairs begin at `first`."""
    if (
        open_marks
        and open_marks[0][0] not in "'‘"
        and not text[paragraph : open_marks[0][1]].strip()
    ):
        start = open_marks[0][1]
        inner = found[first:]
        del found[first:]
        end = start + len(text[start:end].rstrip())
        if end > start + 1:
            found.append(Quotation(start, end, 0))
        found += (Quotation(q.start, q.end, max(1, q.depth)) for q in inner)
    open_marks.clear()
