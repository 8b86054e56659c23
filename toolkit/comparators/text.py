"""Free text."""

from __future__ import annotations

import re
import string
from collections import Counter
from typing import Any

from toolkit.folding import fold

_TOKEN = re.compile(r"[\w.,%-]*\d(?:[\w.,%-]*\w)?|[\w']+")

_PLAIN = {char: char.lower() for char in string.ascii_letters + string.digits}

NEGATIONS = frozenset(
    {"not", "no", "never", "none", "nor", "neither", "without", "nobody", "cannot"}
)


def normalised(gold: Any, predicted: Any) -> float:
    """1 where both texts are the same but for case, white space, and the style of quotes and
    dashes.
    """
    if not isinstance(gold, str) or not isinstance(predicted, str):
        return 0.0
    # Where texts differ, mostly the first letter or digit tells: folding changes but its case.
    one, other = _PLAIN.get(gold[:1]), _PLAIN.get(predicted[:1])
    if one is not None and other is not None and one != other:
        return 0.0
    return float(fold(gold) == fold(predicted))


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
