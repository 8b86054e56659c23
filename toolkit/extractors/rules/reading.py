"""A text as the rules read it: tokens, pairs of quotation marks, sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from toolkit.extractors.rules.lexicon import LEXICON
from toolkit.extractors.rules.marks import CLOSING, Quotation, quotations
from toolkit.spans import Span

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|['’]s\b"
    r"|\d+(?:[.,:/]\d+)*"
    r"|[^\W_]+(?:[-'’](?!s\b)[^\W_]+)*"
    r"|\S"
)

STOPS = frozenset(".!?…")

_LONGEST = 200
"""Tokens of a sentence. No sentence of news is longer, and the bound keeps every rule's work linear
in the text."""

_WRAPPED_LINE = 60
"""A line at least this long that ends without a full stop goes on in the next line."""


class Token(NamedTuple):
    """A word or sign: its place, its folded form, whether it begins with a capital."""

    start: int
    end: int
    word: str
    capital: bool


class Range(NamedTuple):
    """Half-open range of tokens."""

    first: int
    last: int


class Reading(NamedTuple):
    """A text with its tokens and quotations.

    `words` are the folded forms of the tokens and one empty word, which stands behind the last
    token and, at position -1, before the first. `ends` are the tokens that a sentence might end
    with.
    """

    text: str
    tokens: list[Token]
    words: list[str]
    quotations: list[Quotation]
    ends: list[int]

    @property
    def all(self) -> Range:
        """All tokens."""
        return Range(0, len(self.tokens))

    def place(self, part: Range) -> Span:
        """Code points of a range of tokens."""
        return Span(self.tokens[part.first].start, self.tokens[part.last - 1].end)

    def tokens_in(self, place: tuple[int, int]) -> Range:
        """The tokens that start within a range of code points."""
        return Range(*(bisect_left(self.tokens, (offset,)) for offset in place))

    def string(self, first: int, last: int) -> str:
        """The words of a range of tokens as they stand, white space made single."""
        return " ".join(self.text[slice(*self.place(Range(first, last)))].split())

    def around(self, part: Range, within: Range) -> tuple[str, str]:
        """The words before and after a part of a sentence, empty at the sentence's edges."""
        before = self.words[part.first - 1] if part.first > within.first else ""
        return before, self.words[part.last] if part.last < within.last else ""

    def marked(self, within: Range, depth: int) -> list[Quotation]:
        """The quotations of a depth that begin in a range of tokens."""
        if within.first >= within.last:
            return []
        first, last = (bisect_left(self.quotations, (at,)) for at in self.place(within))
        return [one for one in self.quotations[first:last] if one.depth == depth]


def read(text: str) -> Reading:
    """Tokens and quotations of a text."""
    tokens = [
        Token(m.start(), m.end(), m.group().lower().replace("’", "'"), m.group()[0].isupper())
        for m in _TOKEN.finditer(text)
    ]
    ends = [
        position
        for position, (one, after) in enumerate(pairwise(tokens))
        if one.word in STOPS or one.word in CLOSING or text[one.end : after.start] not in (" ", "")
    ]
    return Reading(text, tokens, [*(one.word for one in tokens), ""], quotations(text), ends)


def sentences(reading: Reading, within: Range, marks: list[Quotation]) -> list[Range]:
    """Sentences in a range of tokens; a sentence ends inside none of the quotations `marks`."""
    found: list[Range] = []
    first = within.first
    start, stop = (bisect_left(reading.ends, at) for at in (within.first, within.last - 1))
    for position in (*reading.ends[start:stop], within.last - 1):
        if position < within.last - 1 and not _ends(reading, position, marks):
            continue
        while position + 1 - first > _LONGEST:
            found.append(Range(first, first + _LONGEST))
            first += _LONGEST
        if first <= position:
            found.append(Range(first, position + 1))
            first = position + 1
    return found


def _ends(reading: Reading, position: int, marks: list[Quotation]) -> bool:
    """Whether a sentence ends with the token at `position`, another token following."""
    token, after = reading.tokens[position], reading.tokens[position + 1]
    gap = reading.text[token.end : after.start]
    if not gap:
        return False
    if _breaks(reading, token, gap):
        return True
    around = bisect_left(marks, (token.end,)) - 1
    inside = around >= 0 and token.end < marks[around].end
    if inside or (after.word[0].islower() and not after.capital):
        return False
    stop = reading.words[position - 1] if token.word in CLOSING else token.word
    abbreviated = stop == "." and reading.words[position - 1] in LEXICON.abbreviations
    return stop in STOPS and not abbreviated


def _breaks(reading: Reading, token: Token, gap: str) -> bool:
    """Whether a line end stands in the gap that ends the sentence rather than wraps its line."""
    if "\n" not in gap and "\r" not in gap:
        return False
    line = reading.text[max(0, token.end - _WRAPPED_LINE) : token.end]
    short = len(line) < _WRAPPED_LINE or "\n" in line or "\r" in line
    blank = gap.count("\n") > 1 or gap.count("\r") > 1
    return short or blank or token.word in STOPS or token.word in CLOSING
