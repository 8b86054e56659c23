"""Dates that a text gives in words, as ISO 8601."""

from __future__ import annotations

from datetime import date, timedelta

from toolkit.extractors.rules.lexicon import lexicon
from toolkit.extractors.rules.reading import Range, Reading

_HEAD = 60
"""How many tokens at the top of a text may hold its date."""


def dateline(reading: Reading) -> date | None:
    """The first full date near the top of the text: when it was written."""
    for position in range(min(_HEAD, len(reading.tokens))):
        found = _date_at(reading, position, Range(0, len(reading.tokens)), None)
        if found and len(found) == 10:
            return date.fromisoformat(found)
    return None


def date_in(reading: Reading, within: Range, written: date | None) -> str | None:
    """The first date in a range of tokens: a day, a month or a year, weekdays counted back from the
    dateline."""
    for position in range(*within):
        found = _date_at(reading, position, within, written)
        if found:
            return found
    return None


def _date_at(reading: Reading, position: int, within: Range, written: date | None) -> str | None:
    words = reading.words
    months, weekdays = lexicon().months, lexicon().weekdays
    word = words[position]
    if word in months and reading.tokens[position].capital:
        month = months.index(word) + 1
        before = words[position - 1] if position > within.first else ""
        following = [w for w in words[position + 1 : min(within.last, position + 4)] if w != ","]
        day = (
            before
            if _is_day(before)
            else following.pop(0)
            if following and _is_day(following[0])
            else ""
        )
        year = (
            following[0]
            if following and _is_year(following[0])
            else str(written.year)
            if written
            else ""
        )
        return _iso(year, month, day)
    if _is_year(word) and position > within.first and words[position - 1] in ("in", "since", "of"):
        return word
    if written and word in weekdays and words[position - 1 : position] == ["on"]:
        return (
            written - timedelta(days=(written.weekday() - weekdays.index(word)) % 7)
        ).isoformat()
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
