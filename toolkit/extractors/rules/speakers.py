"""Who speaks: the noun phrase beside a cue, and what sort of source it is."""

from __future__ import annotations

from toolkit.extractors.rules.lexicon import cue_forms, lexicon
from toolkit.extractors.rules.names import Names
from toolkit.extractors.rules.noun_phrases import LONGEST, STOPS, has_head, phrase_before
from toolkit.extractors.rules.reading import Reading
from toolkit.extractors.rules.sources import Speaker, describe


def before(reading: Reading, names: Names, limit: int, cue: int) -> Speaker | None:
    """The speaker whose words end where the cue begins, no further back than `limit`."""
    words = reading.words
    last = _before_bracket(reading, limit, cue)
    if last - 1 > limit and words[last - 1] == ",":
        comma = _comma_before(reading, limit, last - 1)
        if comma is None:
            return None
        told = words[comma + 1] not in lexicon().relatives and has_head(
            reading, comma + 1, last - 1
        )
        head = phrase_before(reading, limit, comma, any_noun=told)
        if head and told:
            return describe(reading, names, head.first, last - 1)
        return describe(reading, names, *head) if head else None
    found = phrase_before(reading, limit, last)
    if found is None:
        return None
    first = _with_title_before(reading, limit, found.first)
    return describe(reading, names, first, last)


def after(reading: Reading, names: Names, first: int, limit: int) -> Speaker | None:
    """The speaker whose words begin at `first`, as after an inverted verb or "according to"."""
    last = first
    words = lexicon()
    while last < limit and last - first < LONGEST:
        word = reading.words[last]
        name = next((n for n in names.within(last, last + 1)), None)
        if name:
            last = min(name.last, limit)
            continue
        if word in STOPS or word in words.subordinators or word in words.auxiliaries - {"'s"}:
            break
        if last > first and word in words.time_words | {"while", "after"} and word not in ("at",):
            break
        if word == "who" or (word in words.weekdays and last > first):
            break
        last += 1
    while (
        last > first
        and reading.words[last - 1] in words.connectors | words.determiners | words.adverbs
    ):
        last -= 1
    if last == first:
        return None
    last = _with_appositive_after(reading, names, first, last, limit)
    return describe(reading, names, first, last)


def _with_appositive_after(
    reading: Reading, names: Names, first: int, last: int, limit: int
) -> int:
    """The end with ", a nurse from the old town" where a name is followed by such a description."""
    if last + 1 >= limit or reading.words[last] != "," or not names.within(first, last):
        return last
    end = last + 1
    while end < limit and end - last < LONGEST and reading.words[end] not in STOPS:
        end += 1
    opens = reading.words[last + 1]
    described = has_head(reading, last + 1, end) and opens not in lexicon().relatives
    finite = any(
        w in lexicon().auxiliaries or w in cue_forms() for w in reading.words[last + 1 : end]
    )
    return end if described and not finite and opens != "and" else last


def _before_bracket(reading: Reading, limit: int, last: int) -> int:
    """Where a name ends before a bracket, such as its spelling in another script."""
    if last - 1 > limit and reading.words[last - 1] == ")":
        for position in range(last - 2, max(limit, last - LONGEST), -1):
            if reading.words[position] == "(":
                return position
    return last


def _comma_before(reading: Reading, limit: int, last: int) -> int | None:
    """The comma that opens the insertion which closes at `last`."""
    for position in range(last - 1, max(limit, last - 2 * LONGEST), -1):
        if reading.words[position] == ",":
            return position
        if reading.words[position] in STOPS:
            return None
    return None


def _with_title_before(reading: Reading, limit: int, first: int) -> int:
    """The start with "Counsel for the yards," where such a title stands before the name, parted by
    a comma."""
    if first - 1 <= limit or reading.words[first - 1] != "," or not reading.tokens[first].capital:
        return first
    start = phrase_before(reading, limit, first - 1)
    if (
        start
        and start.first == limit
        and reading.words[start.first] not in lexicon().pronouns["person"]
    ):
        head = reading.words[start.first : first - 1]
        if any(word.removesuffix("s") in lexicon().roles for word in head):
            return start.first
    return first
