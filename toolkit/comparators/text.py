"""Free text."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from toolkit.folding import fold

_TOKEN = re.compile(r"[\w.,%-]*\d(?:[\w.,%-]*\w)?|[\w']+")

NEGATIONS = frozenset(
    {"not", "no", "never", "none", "nor", "neither", "without", "nobody", "cannot"}
)


def normalised(gold: Any, predicted: Any) -> float:
    """1 where both texts are the same but for case, white space, and the style of quotes and
    dashes.
    """
    if not isinstance(gold, str) or not isinstance(predicted, str):
        return 0.0
    return 0.0 if _begin_apart(gold, predicted) else float(fold(gold) == fold(predicted))


def _begin_apart(one: str, other: str) -> bool:
    """Whether already the first letters or digits tell two texts apart, as they mostly do where
    texts differ: folding changes nothing about plain ones but their case.
    """
    first, second = one[:1], other[:1]
    plain = first.isascii() and second.isascii() and first.isalnum() and second.isalnum()
    return plain and first.lower() != second.lower()


def tokens(gold: Any, predicted: Any) -> float:
    """F1 of the words two texts share; 0 where they differ in a number or an English negation.

    Surface similarity gives most of the credit to "did not approve" for "did approve", and to
    900,000 for 100,000; such answers are wrong, however many words they share.
    """
    if not isinstance(gold, str) or not isinstance(predicted, str):
        return 0.0
    one, other = Counter(_TOKEN.findall(fold(gold))), Counter(_TOKEN.findall(fold(predicted)))
    if _decisive(one) != _decisive(other):
        return 0.0
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else normalised(gold, predicted)


def _decisive(words: Counter[str]) -> Counter[str]:
    return Counter(
        {
            word: count
            for word, count in words.items()
            if word in NEGATIONS or word.endswith("n't") or any(map(str.isdigit, word))
        }
    )
