"""Terms of a sanctions measure: its condition, its objective, the law that carries it, its date."""

from __future__ import annotations

from datetime import date, timedelta

from toolkit.extractors.rules.lexicon import LEXICON, phrase_at, phrases
from toolkit.extractors.rules.names import Names
from toolkit.extractors.rules.reading import Range, Reading

_ENDS = frozenset(",.;:!?”\"'»")
_OTHER_CLAUSES = frozenset(("if", "unless", "until"))
_CONDITIONS = phrases(LEXICON.conditions)
_OBJECTIVES = phrases(LEXICON.objectives)

_HEAD = 60
"""How many tokens at the top of a text may hold its date."""


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
    """The aim stated behind a trigger: "in order to", "aimed at", "to force"."""
    words = reading.words
    for position in range(start, sentence.last - 1):
        word, after = words[position], words[position + 1]
        purpose = word == "to" and after in LEXICON.objective_verbs
        aimed = word in LEXICON.objective_leads and after in ("at", "to")
        if purpose or aimed or phrase_at(_OBJECTIVES, words, position):
            first = position + aimed + (after == "at")
            end = _clause_end(reading, first, sentence.last, _ENDS | _OTHER_CLAUSES)
            return Range(first, end) if first < end else None
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
            year = name.last + 1 < sentence.last and words[name.last] == "of"
            numbered = year and words[name.last + 1].isdigit()
            before = name.first > sentence.first and _is_year(words[name.first - 1])
            return Range(name.first - before, name.last + 2 * numbered)
    return None


def dateline(reading: Reading) -> date | None:
    """The first full date near the top of the text: when it was written."""
    for position in range(min(_HEAD, len(reading.tokens))):
        found = _date_at(reading, position, reading.all, None)
        if found and len(found) == len("2031-04-02"):
            return date.fromisoformat(found)
    return None


def date_in(reading: Reading, within: Range, written: date | None) -> str | None:
    """The first date in a range of tokens, as ISO 8601: a day, a month or a year, weekdays counted
    back from the dateline."""
    dates = (_date_at(reading, position, within, written) for position in range(*within))
    return next(filter(None, dates), None)


def _date_at(reading: Reading, position: int, within: Range, written: date | None) -> str | None:
    words = reading.words
    word, before = words[position], words[position - 1] if position > within.first else ""
    if word in LEXICON.months and reading.tokens[position].capital:
        month = LEXICON.months.index(word) + 1
        behind = [w for w in words[position + 1 : min(within.last, position + 4)] if w != ","]
        day = before if _is_day(before) else ""
        if not day and behind and _is_day(behind[0]):
            day = behind.pop(0)
        year = str(written.year) if written else ""
        return _iso(behind[0] if behind and _is_year(behind[0]) else year, month, day)
    if _is_year(word) and before in ("in", "since", "of"):
        return word
    if written and word in LEXICON.weekdays and before == "on":
        ago = (written.weekday() - LEXICON.weekdays.index(word)) % 7
        return (written - timedelta(days=ago)).isoformat()
    return None


def _is_day(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 31


def _is_year(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) == 4 and word[:2] in ("19", "20", "21")


def _iso(year: str, month: int, day: str) -> str | None:
    """The date as far as it is known; none for a day that the month does not have."""
    if not year:
        return None
    if not day:
        return f"{year}-{month:02}"
    try:
        return date(int(year), month, int(day)).isoformat()
    except ValueError:
        return None
