"""How far a sanctions measure has come."""

from __future__ import annotations

from functools import cache

from toolkit.extractors.rules.lexicon import Phrases, lexicon, phrase_at, phrases
from toolkit.extractors.rules.reading import Range, Reading
from toolkit.extractors.rules.triggers import Trigger

_LEFT, _RIGHT = 12, 6
"""How many tokens before and after a trigger may tell its status."""

_REFUSING = frozenset(("refused", "refuses", "refuse", "refusing"))
_ASKING = frozenset(
    (
        *(
            "asked",
            "asks",
            "asking",
            "urged",
            "urges",
            "demanded",
            "demands",
            "called",
            "calls",
            "call",
        ),
        *("call", "argued", "argues", "argue", "want", "wants", "once", "might", "could", "may"),
    )
)
_COMMITTING = frozenset(
    ("will", "vowed", "vows", "threatened", "threatens", "warned", "warns", "shall", "would")
)
_SUBJECT_PRONOUNS = frozenset(("it", "they", "he", "she", "we"))


def status(reading: Reading, sentence: Range, hit: Trigger, condition: Range | None) -> str:
    """What is done to the measure decides first, then the nearest word around it that tells."""
    first = max(sentence.first, hit.place.first - _LEFT)
    last = min(sentence.last, hit.place.last + _RIGHT)
    left = reading.words[first : hit.place.first]
    around = [*left, *reading.words[hit.place.last : last]]
    if hit.change == "lifted":
        inside = reading.words[hit.place.first : hit.place.last]
        refused = _is_refused(left[-5:]) or _is_refused(inside)
        standing = condition or not _ASKING.isdisjoint((*left, *inside))
        return "refused_to_lift" if refused else "in_force" if standing else "eased_lifted"
    if hit.change == "extended":
        return "extended"
    if condition and not _COMMITTING.isdisjoint(around):
        return "threatened"
    if any(w.endswith("n't") or w == "not" for w in left[-4:]):
        return "denied_or_opposed"
    if "would" in left[-3:] and not _SUBJECT_PRONOUNS.isdisjoint(left[-5:]):
        return "threatened"
    if hit.done and not (left and left[-1] in (*lexicon().auxiliaries, "to")):
        return "imposed"
    told = _nearest(reading, first, hit.place.first, last, hit.place.last)
    return told or ("imposed" if hit.done else "")


def _is_refused(words: list[str]) -> bool:
    negations = lexicon().negations
    return any(w in negations or w.endswith("n't") or w in _REFUSING for w in words)


@cache
def _table() -> tuple[Phrases, dict[tuple[str, ...], str]]:
    """The phrases that tell a status, and the status each tells."""
    told = {tuple(line.split()): name for name, lines in lexicon().status.items() for line in lines}
    return phrases(" ".join(words) for words in told), told


def _nearest(reading: Reading, first: int, start: int, last: int, end: int) -> str:
    """The status told by the phrase nearest before the trigger, else by the first behind it."""
    table, told = _table()
    for position in (*range(start - 1, first - 1, -1), *range(end, last)):
        length = phrase_at(table, reading.words, position)
        if length:
            return told[tuple(reading.words[position : position + length])]
    return ""
