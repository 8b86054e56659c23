"""Who speaks: the noun phrase beside a cue, and what sort of source it is."""

from __future__ import annotations

from toolkit.extractors.rules.lexicon import cue_forms, lexicon
from toolkit.extractors.rules.names import Names
from toolkit.extractors.rules.reading import Range, Reading
from toolkit.extractors.rules.sources import Speaker, describe

_LONGEST = 14
_STOPS = frozenset(",;:()—–“”\"«»[]|.!?…")


def before(reading: Reading, names: Names, limit: int, cue: int) -> Speaker | None:
    """The speaker whose words end where the cue begins, no further back than `limit`."""
    last = cue
    words = reading.words
    if last - 1 > limit and words[last - 1] == ",":
        comma = _comma_before(reading, limit, last - 1)
        if comma is None:
            return None
        head = _phrase_before(reading, limit, comma)
        if head and words[comma + 1] not in lexicon().relatives and _has_head(reading, comma + 1, last - 1):
            return describe(reading, names, head.first, last - 1)
        return describe(reading, names, *head) if head else None
    found = _phrase_before(reading, limit, last)
    if found is None:
        return None
    first = _with_title_before(reading, limit, found.first)
    return describe(reading, names, first, last)


def after(reading: Reading, names: Names, first: int, limit: int) -> Speaker | None:
    """The speaker whose words begin at `first`, as after an inverted verb or "according to"."""
    last = first
    words = lexicon()
    while last < limit and last - first < _LONGEST:
        word = reading.words[last]
        name = next((n for n in names.within(last, last + 1)), None)
        if name:
            last = min(name.last, limit)
            continue
        if word in _STOPS or word in words.subordinators or word in words.auxiliaries - {"'s"}:
            break
        if last > first and word in words.time_words | {"while", "after"} and word not in ("at",):
            break
        if word == "who" or (word in words.weekdays and last > first):
            break
        last += 1
    while last > first and reading.words[last - 1] in words.connectors | words.determiners | words.adverbs:
        last -= 1
    if last == first:
        return None
    last = _with_appositive_after(reading, names, first, last, limit)
    return describe(reading, names, first, last)


def _with_appositive_after(reading: Reading, names: Names, first: int, last: int, limit: int) -> int:
    """The end with ", a nurse from the old town" where a name is followed by such a description."""
    if last + 1 >= limit or reading.words[last] != "," or not names.within(first, last):
        return last
    end = last + 1
    while end < limit and end - last < _LONGEST and reading.words[end] not in _STOPS:
        end += 1
    opens = reading.words[last + 1]
    described = _has_head(reading, last + 1, end) and opens not in lexicon().relatives
    finite = any(w in lexicon().auxiliaries or w in cue_forms() for w in reading.words[last + 1 : end])
    return end if described and not finite and opens != "and" else last


def _comma_before(reading: Reading, limit: int, last: int) -> int | None:
    """The comma that opens the insertion which closes at `last`."""
    for position in range(last - 1, max(limit, last - 2 * _LONGEST), -1):
        if reading.words[position] == ",":
            return position
        if reading.words[position] in _STOPS:
            return None
    return None


def _phrase_before(reading: Reading, limit: int, last: int) -> Range | None:
    """The noun phrase that ends at `last`."""
    words = lexicon()
    first = last
    while first > limit and last - first < _LONGEST:
        word = reading.words[first - 1]
        if word in _STOPS or word in words.subordinators and not _joins_nouns(reading, first - 1, last):
            break
        if word in words.auxiliaries - {"'s"} or word.endswith("n't"):
            break
        if word in cue_forms() and not _is_noun_here(reading, first - 1, limit):
            break
        first -= 1
    first = _trimmed(reading, first, last)
    return Range(first, last) if first < last and _has_head(reading, first, last) else None


def _joins_nouns(reading: Reading, position: int, last: int) -> bool:
    """Whether "and" joins two names or nouns of one subject rather than two clauses."""
    if reading.words[position] != "and" or position + 1 >= last:
        return False
    before, after = reading.tokens[position - 1], reading.tokens[position + 1]
    return before.capital and after.capital


def _is_noun_here(reading: Reading, position: int, limit: int) -> bool:
    if position <= limit:
        return False
    previous = reading.words[position - 1]
    return previous in lexicon().determiners or previous == "'s" or reading.tokens[position].capital


def _trimmed(reading: Reading, first: int, last: int) -> int:
    """The start without adverbs, and without a leading phrase such as "On Tuesday"."""
    words = lexicon()
    while first < last and (
        reading.words[first] in words.openers | words.adverbs
        or reading.words[first].endswith("ly") and not reading.tokens[first].capital
    ):
        if reading.words[first] in ("both", "all", "first"):
            break
        first += 1
    leading = reading.words[first:last]
    if leading and (leading[0] in words.prepositions_of_place | {"of", "during", "by", "under"}):
        for position in range(last - 1, first, -1):
            starts = reading.words[position] in words.determiners or reading.tokens[position].capital
            previous = reading.words[position - 1]
            if starts and previous not in words.connectors | words.prepositions_of_place | words.determiners:
                if not reading.tokens[position - 1].capital or previous in words.weekdays | set(words.months):
                    return position
        pronouns = frozenset().union(*words.pronouns.values())
        return last - 1 if leading[-1] in pronouns else last
    return first


def _has_head(reading: Reading, first: int, last: int) -> bool:
    """Whether the phrase can name somebody: a capital, a pronoun, or a noun for people, bodies or documents."""
    words = lexicon()
    people = words.roles | words.groups | words.organisations | words.documents | words.countries.keys()
    pronouns = frozenset().union(*words.pronouns.values())
    for position in range(first, last):
        token = reading.tokens[position]
        word = token.word
        if word in pronouns or word in people or word.removesuffix("s") in people:
            return True
        if token.capital and word not in words.weekdays and word not in words.months:
            return position > first or word not in words.determiners
    return False


def _with_title_before(reading: Reading, limit: int, first: int) -> int:
    """The start with "Counsel for the yards," where such a title stands before the name, parted by a comma."""
    if first - 1 <= limit or reading.words[first - 1] != "," or not reading.tokens[first].capital:
        return first
    start = _phrase_before(reading, limit, first - 1)
    if start and start.first == limit and reading.words[start.first] not in lexicon().pronouns["person"]:
        head = reading.words[start.first : first - 1]
        if any(word.removesuffix("s") in lexicon().roles for word in head):
            return start.first
    return first
