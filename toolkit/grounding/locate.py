"""Quotations of one text, located in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from toolkit.grounding.fuzzy import Fuzzy
from toolkit.grounding.order import Places, bounds
from toolkit.grounding.verbatim import find_verbatim
from toolkit.grounding.words import Words
from toolkit.model import Grounding
from toolkit.spans import Place, Span, canonical

Quote: TypeAlias = tuple[str, ...]
"""The words quoted: one piece, or several from different places."""

_QUICK, _PLACES, _ALL_PLACES = 20_000_000, 1000, 200_000
"""Bounds: characters read in search of verbatim words, before the words of the text are counted
instead; places of the same words, or one for each time they are quoted; places of all words.
"""

_ELLIPSIS = re.compile(r"\[?(?:…|\.{3,})\]?")

_WORST: dict[Grounding, int] = {"exact": 0, "normalised": 1, "fuzzy": 2, "ambiguous": 3, "none": 4}


class Found(NamedTuple):
    """Where a quotation stands and how it was found; `()` and `none` where it is not there."""

    place: Place
    how: Grounding


class _Sites(NamedTuple):
    """All places of one piece, and how they were found."""

    spans: list[Span]
    how: Grounding


class Text:
    """A text in which quotations are located."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._read: Words | None = None
        self._fuzzy: Fuzzy | None = None
        self._quick = _QUICK // (len(text) + 1)
        self._left = _ALL_PLACES

    @property
    def _words(self) -> Words:
        """The text's words, read when they are first needed."""
        if self._read is None:
            self._read = Words(self._text)
        return self._read

    def locate(
        self,
        quotes: Sequence[Quote],
        groups: Sequence[str] | None = None,
        stretches: Sequence[tuple[int, int]] | None = None,
    ) -> list[Found]:
        """Where each quotation of one answer stands.

        The same words quoted again mean the next place, within a group: items of different
        `groups`, such as labels, may stand at one place. Of several places that in the item's
        stretch of text is taken, or the nearest; without `stretches`, it is the one between the
        items before and after it whose place is sure.
        """
        groups = groups or [""] * len(quotes)
        quotes = [self._parted(quote) for quote in quotes]
        again = Counter(piece for quote in quotes for piece in quote)
        sites = {piece: self._sites(piece, times) for piece, times in again.items()}
        rarest = [
            min(quote, key=lambda piece: len(sites[piece].spans), default="") for quote in quotes
        ]
        wanted = Counter(zip(groups, quotes, strict=True))
        sure = [
            sites[piece].spans[0].start if piece and len(sites[piece].spans) == 1 else None
            for piece in rarest
        ]
        stretches = stretches or bounds(sure, len(self._text))
        free: dict[tuple[str, Quote], Places] = {}
        found = []
        for group, quote, piece, stretch in zip(groups, quotes, rarest, stretches, strict=True):
            if not piece or not all(sites[piece].spans for piece in quote):
                found.append(Found((), "none"))
                continue
            spans = sites[piece].spans
            places = free.get((group, quote))
            if places is None:
                places = free[group, quote] = Places([span.start for span in spans])
            anchor = spans[places.take(*stretch)]
            pieces = _around(quote, piece, anchor, sites)
            unsure = wanted[group, quote] < len(spans)
            how = max((sites[piece].how for piece in quote), key=_WORST.__getitem__)
            found.append(Found(canonical(pieces), "ambiguous" if unsure else how))
        return found

    def _parted(self, quote: Quote) -> Quote:
        """A quotation that leaves something out (`We will ... if they do`) as its pieces, unless
        the text has the dots too.
        """
        if not any(_ELLIPSIS.search(piece) for piece in quote):
            return quote
        pieces = [part for piece in quote for part in _ELLIPSIS.split(piece) if part.strip()]
        if all(self._words.find(Words(p).words, 1) for p in quote):
            return quote
        return tuple(pieces)

    def _sites(self, piece: str, times: int) -> _Sites:
        """The places of a piece: verbatim, else in the same words, else in nearly the same."""
        piece = piece.strip()
        limit = max(times, min(_PLACES, self._left), 1)
        self._quick -= 1
        if piece and self._quick > 0:
            verbatim = find_verbatim(self._text, piece, limit)
            if verbatim:
                self._left -= len(verbatim)
                return _Sites(verbatim, "exact")
        quote = Words(piece)
        if not quote.words:
            return _Sites(self._signs(piece, limit), "exact")
        same = self._words.find(quote.words, limit)
        self._left -= len(same)
        spans = [self._words.place(first, quote) for first in same]
        exact = [span for span in spans if self._text[slice(*span)] == piece]
        if exact or spans:
            return _Sites(exact or spans, "exact" if exact else "normalised")
        self._fuzzy = self._fuzzy or Fuzzy(self._words)
        near = self._fuzzy.find(quote.words)
        return _Sites([self._words.place(first, quote) for first in near], "fuzzy")

    def _signs(self, piece: str, limit: int) -> list[Span]:
        """The places of a piece without words, such as a dash."""
        spans: list[Span] = []
        at = self._text.find(piece) if piece else -1
        while at >= 0 and len(spans) < limit:
            spans.append(Span(at, at + len(piece)))
            at = self._text.find(piece, at + len(piece))
        return spans


def _around(quote: Quote, piece: str, anchor: Span, sites: dict[str, _Sites]) -> list[Span]:
    """The pieces of a quotation nearest to one of them: those before it before, the others after,
    as far as there are such.
    """
    at = quote.index(piece)
    spans = [anchor]
    for other in reversed(quote[:at]):
        left = sites[other].spans
        spans.insert(0, left[max(0, bisect_right(left, spans[0].start, key=_end) - 1)])
    for other in quote[at + 1 :]:
        right = sites[other].spans
        spans.append(right[min(len(right) - 1, bisect_left(right, spans[-1].end, key=_start))])
    return spans


def _start(span: Span) -> int:
    return span.start


def _end(span: Span) -> int:
    return span.end
