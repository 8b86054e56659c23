"""Places that say the same words with a few letters changed: a typo, another spelling.

Words are compared one for one and in order, so a word more or less is never let pass, and with it
no `not`. A word may differ in one letter of five and keeps its first one (`legal`, `illegal`), the
whole in one letter of ten; words with digits, number words and negations may not differ at all.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from toolkit.grounding.words import Words

WHOLE, WORD = 0.1, 0.2
"""The share of letters that may differ in a quotation, and in any of its words."""

_SEEDS, _PLACES, _LETTERS, _COMPARISONS = 3, 100, 60, 5_000_000
"""Bounds: words that are looked up, places tried for each, letters of a word that is compared with
others, words of a text compared in all.
"""

_FIXED = frozenset(
    """
    no not none never nor neither nothing nobody nowhere without cannot hardly
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth half
    thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth hundredth
    hundred hundreds thousand thousands million millions billion billions trillion trillions
    """.split()  # noqa: SIM905
)
"""Number words and negations."""


class Fuzzy:
    """Looks for quotations in one text; what was spent on it stays bounded, whatever is asked."""

    def __init__(self, text: Words) -> None:
        self._text = text
        self._left = _COMPARISONS
        self._at: dict[str, list[int]] = {}
        self._alike: dict[tuple[str, int], list[str]] = {}
        for place, word in enumerate(text.words):
            self._at.setdefault(word, []).append(place)
        for word in self._at:
            bare = _bare(word)
            self._alike.setdefault((bare[:1], len(bare)), []).append(word)

    def find(self, words: list[str]) -> list[int]:
        """Where the words stand, nearly; the places that differ least, by their first word."""
        bound = WHOLE * sum(map(len, words))
        if self._left <= 0:
            return []
        found: dict[int, float] = {}
        for first in self._candidates(words):
            differs = self._differs(words, first, bound)
            if differs is not None:
                found[first] = differs
        least = min(found.values(), default=0)
        return sorted(first for first, differs in found.items() if differs == least)

    def _candidates(self, words: list[str]) -> set[int]:
        """Where the words would begin if one of their rarest stands where the text has it."""
        known = [(len(self._at[word]), i) for i, word in enumerate(words) if word in self._at]
        seeds = [(i, words[i]) for _, i in sorted(known)[:_SEEDS]]
        if len(words) == 1 and not seeds:
            seeds = [(0, word) for word in self._near(words[0])]
        return {place - i for i, word in seeds for place in self._at[word][:_PLACES]}

    def _near(self, word: str) -> list[str]:
        """Words of the text that are spelled like one that it does not have."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        bare, most = _bare(word), int(WHOLE * len(word))
        if len(bare) > _LETTERS:
            return []
        lengths = range(len(bare) - most, len(bare) + most + 1)
        rivals = [one for n in lengths for one in self._alike.get((bare[:1], n), ())]
        self._left -= len(rivals)
        if self._left <= 0:
            return []
        near = process.extract(
            bare, rivals, scorer=OSA.distance, score_cutoff=most, limit=5, processor=_bare
        )
        return [rival for rival, _, _ in near]

    def _differs(self, words: list[str], first: int, bound: float) -> float | None:
        """The letters that differ, or `None` where it is too many or a word may not."""
        if first < 0 or first + len(words) > len(self._text.words):
            return None
        total = 0
        if self._left <= 0:
            return None
        for i, word in enumerate(words):
            self._left -= 1
            if word == self._text.words[first + i]:
                continue
            differs = _letters(word, self._text.words[first + i])
            if differs is None or (total := total + differs) > bound:
                return None
        return total


@lru_cache(maxsize=50_000)
def _letters(one: str, other: str) -> int | None:
    """The letters in which two words differ, or `None` where they are not the same word."""
    if one in _FIXED or other in _FIXED or not (one.isalpha() and other.isalpha()):
        return None
    one, other = _bare(one), _bare(other)
    if one[:1] != other[:1]:
        return None
    from rapidfuzz.distance import OSA

    if max(len(one), len(other)) > _LETTERS:
        return None
    differs = OSA.distance(one, other)
    return differs if differs <= WORD * max(len(one), len(other)) else None


@lru_cache(maxsize=50_000)
def _bare(word: str) -> str:
    """A word without accents, which are often left out."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFKD", word)
    return "".join(char for char in apart if not unicodedata.combining(char)) or word
