"""A text as the rules read it: tokens, quotations, sentences."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from toolkit.extractors.rules.lexicon import cue_forms, lexicon
from toolkit.extractors.rules.marks import Quotation, quotations

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|['’]s\b"
    r"|\d+(?:[.,:/]\d+)*"
    r"|[^\W_]+(?:[-'’](?!s\b)[^\W_]+)*"
    r"|\S"
)

_BREAK = re.compile(r"[\n\r\x0b\x0c\u2028\u2029]\s*")

_CLOSING = frozenset(")]”’\"'»›“")
_CAN_END = frozenset(".!?…") | _CLOSING

LONGEST_SENTENCE = 200
"""In tokens. No sentence of news is longer, and the bound keeps every rule's work linear in the
text."""

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
    """A text with its tokens, their words alone, and its quotations.

    `plain` marks the tokens after which no sentence can end, most of a text.
    """

    text: str
    tokens: list[Token]
    words: list[str]
    quotations: list[Quotation]
    plain: list[bool]

    def place(self, first: int, last: int) -> tuple[int, int]:
        """Code points of a range of tokens."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def string(self, first: int, last: int) -> str:
        """The words of a range of tokens as they stand, white space made single."""
        return " ".join(self.text[slice(*self.place(first, last))].split())

    def at(self, offset: int) -> int:
        """The first token that starts at `offset` or after it."""
        return bisect_left(self.tokens, (offset,))


def read(text: str) -> Reading:
    """Tokens and quotations of a text."""
    tokens = [
        Token(m.start(), m.end(), m.group().lower().replace("’", "'"), m.group()[0].isupper())
        for m in _TOKEN.finditer(text)
    ]
    plain = [
        one.word not in _CAN_END and text[one.end : after.start] in (" ", "")
        for one, after in pairwise(tokens)
    ]
    words = [token.word for token in tokens]
    return Reading(text, tokens, words, quotations(text), [*plain, False])


def sentences(reading: Reading, within: Range, marks: list[Quotation]) -> list[Range]:
    """Sentences in a range of tokens; a sentence ends inside none of the quotations `marks`."""
    found: list[Range] = []
    first = within.first
    closing = iter(marks)
    mark = next(closing, None)
    plain = reading.plain
    for position in range(within.first, within.last):
        if plain[position] and position + 1 - first < LONGEST_SENTENCE:
            continue
        end = reading.tokens[position].end
        while mark and mark.end <= end - 1:
            mark = next(closing, None)
        inside = mark is not None and mark.start < end < mark.end
        long = position + 1 - first >= LONGEST_SENTENCE
        if position + 1 == within.last or long or _ends(reading, position, inside):
            found.append(Range(first, position + 1))
            first = position + 1
    if first < within.last:
        found.append(Range(first, within.last))
    return found


def _ends(reading: Reading, position: int, inside: bool) -> bool:
    """Whether a sentence ends with the token at `position`, another token following."""
    token, after = reading.tokens[position], reading.tokens[position + 1]
    gap = reading.text[token.end : after.start]
    if (gap == " " and inside) or not gap:
        return False
    if _BREAK.search(gap) and _breaks(reading, token, gap):
        return True
    if inside or (after.word[0].islower() and not after.capital):
        return False
    word = token.word
    if word in _CLOSING and position:
        word = reading.words[position - 1]
        return word in ".!?…" and not (word in "!?" and _attribution_follows(reading, position + 1))
    if word == "." and position and reading.words[position - 1] in lexicon().abbreviations:
        return False
    return word in ".!?…"


def _breaks(reading: Reading, token: Token, gap: str) -> bool:
    """Whether line ends in a gap end the sentence, or only wrap its line."""
    if gap.count("\n") > 1 or gap.count("\r") > 1 or token.word in ".!?:…\"”’'»":
        return True
    line = max(reading.text.rfind("\n", 0, token.end), reading.text.rfind("\r", 0, token.end))
    return token.end - line < _WRAPPED_LINE


def _attribution_follows(reading: Reading, position: int) -> bool:
    """Whether a speaker and a verb of saying come next, as after a quoted question."""
    for word in reading.words[position : position + 6]:
        if word in cue_forms():
            return True
        if word in ".!?;:":
            return False
    return False
