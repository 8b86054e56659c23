"""Terms of a sanctions measure: its condition, its objective, the law that carries it, its date."""

from __future__ import annotations

from datetime import date

from toolkit.extractors.rules.lexicon import LEXICON, phrase_at, phrases
from toolkit.extractors.rules.names import Names
from toolkit.extractors.rules.reading import Range, Reading

_ENDS = frozenset(",.;:!?”\"'»")
_OTHER_CLAUSES = frozenset(("if", "unless", "until"))
_CONDITIONS = phrases(LEXICON.conditions)


def condition(reading: Reading, sentence: Range) -> Range | None:
    """The clause with "if", "unless" or "until", up to its comma or the end of the sentence."""
    for position in range(*sentence):
        if phrase_at(_CONDITIONS, reading.words, position):
            before = reading.words[position - 1] if position > sentence.first else ""
            verb = (
                reading.words[position] == "should" and before
            )  # only "Should ..." is a condition
            if not verb and before not in ("as", "even"):
                end = _clause_end(reading, position, sentence.last, _ENDS)
                return Range(position, end)
    return None


def objective(reading: Reading, start: int, sentence: Range) -> Range | None:
    """The aim stated behind a trigger, such as "to force"."""
    words = reading.words
    for position in range(start, sentence.last - 1):
        if words[position] == "to" and words[position + 1] in LEXICON.objective_verbs:
            end = _clause_end(reading, position, sentence.last, _ENDS | _OTHER_CLAUSES)
            return Range(position, end)
    return None


def _clause_end(reading: Reading, start: int, limit: int, ends: frozenset[str]) -> int:
    return next((at for at in range(start, limit) if reading.words[at] in ends), limit)


def instrument(reading: Reading, names: Names, sentence: Range) -> Range | None:
    """A law, order or decree named in the sentence, with its year or number."""
    words = reading.words
    for name in names.within(*sentence):
        if name.last - name.first > 1 and not LEXICON.instruments.isdisjoint(
            words[name.first : name.last]
        ):
            before = name.first > sentence.first and _is_year(words[name.first - 1])
            return Range(name.first - before, name.last)
    return None


def date_in(reading: Reading, within: Range) -> str | None:
    """The first date in a range of tokens, as ISO 8601: a day, a month or a year."""
    dates = (_date_at(reading, position, within) for position in range(*within))
    return next(filter(None, dates), None)


def _date_at(reading: Reading, position: int, within: Range) -> str | None:
    words = reading.words
    word, before = words[position], words[position - 1] if position > within.first else ""
    if _is_year(word) and before in ("in", "since", "of"):
        return word
    if word not in LEXICON.months or not reading.tokens[position].capital:
        return None
    behind = [w for w in words[position + 1 : min(within.last, position + 4)] if w != ","]
    day = before if _is_day(before) else ""
    if not day and behind and _is_day(behind[0]):
        day = behind.pop(0)
    if not (behind and _is_year(behind[0])):
        return None
    return _iso(behind[0], LEXICON.months.index(word) + 1, day)


def _is_day(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 31


def _is_year(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) == 4 and word[:2] in ("19", "20", "21")


def _iso(year: str, month: int, day: str) -> str | None:
    """The date as far as it is known; none for a day that the month does not have."""
    if not day:
        return f"{year}-{month:02}"
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None
