"""A text as words that can be compared, each with its exact place.

Words are what is left when case, Unicode form, white space, quotation marks, dashes and other
punctuation are put aside: `“The ban”` and `the  ban` are the same two. What changes a meaning
stays: `1.5`, `-5`, `%`, `€` and `don't` are words each, and so is each letter of a script that
writes no spaces. A quotation is only ever found as whole words.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate

from toolkit.folding import fold
from toolkit.spans import Span

_APOSTROPHES = "'’‘ʼ＇`´"
_SIGNS = "-−–"
_MEANT = "%‰&@#§٪％＆＃"
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1100, 0x11FF),  # Hangul
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # Han
    (0x3005, 0x3007),
    (0x3021, 0x30FF),  # kana
    (0x3100, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA960, 0xA97F),  # Hangul
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFF),
)

_CATEGORIES = {"L": "w", "M": "m", "N": "d", "S": "s"}


class _Kinds(dict[int, str]):
    """The kind of each character, found when it is first met.

    A letter is `w` (`t` for t), a digit `d`, a mark `m`, a letter of a script without spaces `c`, a
    symbol `s`, invisible `i`. What may stand in a word is `'`, `-`, `.` or `,`, all else a space.
    """

    def __missing__(self, code: int) -> str:
        kind = self[code] = _kind(chr(code))
        return kind


def _kind(char: str) -> str:
    category = unicodedata.category(char)
    if char in "tT":
        return "t"
    if char in _APOSTROPHES:
        return "'"
    if char in _SIGNS:
        return "-"
    if char in ".,:/":
        return "." if char == "." else ","
    if char in _MEANT:
        return "s"
    if char == "_":
        return "w"
    if category == "Cf":
        return "i"
    if category[0] in "LN" and any(first <= ord(char) <= last for first, last in _UNSPACED):
        return "c"
    return _CATEGORIES.get(category[0], " ")


kinds = _Kinds()
"""The kind of a character, by its code point."""

_WORD = re.compile(
    r"(?<![wtdmc'])(?:[wt]\.){2,}(?![wtdmc])"  # U.S.
    r"|(?:(?<![wtdmc])-(?=d))?"  # a sign before a number
    r"[wtd]m*(?:(?:i+|(?<=d)[.,](?=d)|'(?=t(?![wtdm])))?[wtd]m*)*"
    r"|[cs]m*"
)

_DROPPED = {ord(char): None for char in "'`.\u200c\u200d\u2060\ufeff"}


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    """A word as it is compared; only in numbers do dots and commas count."""
    if word.isascii() and word.isalpha():
        return word.lower()
    folded = fold(word)
    if any(char.isdigit() for char in folded):
        return folded
    return folded.translate(_DROPPED).replace(" ", "") or folded


class Words:
    """The words of a text, and where each of them stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = [found.span() for found in _WORD.finditer(text.translate(kinds))]
        self.words = [_folded(text[start:end]) for start, end in self.spans]
        self._row = "\n".join(["", *self.words, ""])
        self._known: set[str] | None = None
        self._offsets: list[int] | None = None

    def find(self, words: list[str], limit: int) -> list[int]:
        """Where the words stand in sequence, by the number of the first; `limit` places at most."""
        if self._known is None:
            self._known = set(self.words)
        if not words or not self._known.issuperset(words):
            return []
        if self._offsets is None:
            self._offsets = [0, *accumulate(len(word) + 1 for word in self.words)]
        sought = "\n".join(["", *words, ""])
        places: list[int] = []
        at = self._row.find(sought)
        while at >= 0 and len(places) < limit:
            places.append(bisect_left(self._offsets, at))
            at = self._row.find(sought, at + 1)
        return places

    def place(self, first: int, quote: Words) -> Span:
        """The place of the quote's words from word `first` on, with as much of its punctuation at
        either edge as the text has too.
        """
        start, end = self.spans[first][0], self.spans[first + len(quote.words) - 1][1]
        before = quote.text[: quote.spans[0][0]]
        after = quote.text[quote.spans[-1][1] :]
        while before and start and _alike(before[-1], self.text[start - 1]):
            before, start = before[:-1], start - 1
        while after and end < len(self.text) and _alike(after[0], self.text[end]):
            after, end = after[1:], end + 1
        found = self.text[start:end]
        return Span(end - len(found.lstrip()), start + len(found.rstrip()))


def _alike(one: str, other: str) -> bool:
    """Whether two characters beside a word are the same, or both quotation marks."""
    if one == other:
        return True
    one, other = fold(one), fold(other)
    return (one == other and one != "") or {one, other} <= {"'", '"'}
