"""Proper names in a text, what they name, and which shorter forms stand for them."""

from __future__ import annotations

from bisect import bisect_left
from typing import Literal, NamedTuple, TypeAlias

from toolkit.extractors.rules.lexicon import LEXICON
from toolkit.extractors.rules.marks import CLOSING
from toolkit.extractors.rules.reading import STOPS, Reading

NameKind: TypeAlias = Literal[
    "person", "organisation", "country", "metonym", "document", "place", "other"
]

_LONGEST = 12
"""Words of a name."""

_REMEMBERED = 60
"""How many names back a pronoun or description may point."""

_LANDS = frozenset((*LEXICON.countries, *(form for f in LEXICON.countries.values() for form in f)))
_TITLES = LEXICON.honorifics | LEXICON.roles
_WITH_OF = LEXICON.organisations | LEXICON.places | LEXICON.documents | _TITLES
"""Bodies, realms, documents and offices, whose names go on after "of"; those of people do not."""

_COMMON = LEXICON.function_words | LEXICON.determiners | {*LEXICON.weekdays, *LEXICON.months}
_MEASURES = frozenset(noun for row in LEXICON.measures.values() for noun in row.nouns)
_NOUNS = LEXICON.groups | LEXICON.quantities | _MEASURES
"""Common nouns and numbers that a sentence often begins with."""

_BEFORE_SENTENCE = STOPS | CLOSING | frozenset(("", *":„‘‚•-–—"))


class Name(NamedTuple):
    """A name at a place: its tokens with any titles, where the bare name begins, what it names."""

    first: int
    last: int
    bare: int
    kind: NameKind
    text: str


class Names(NamedTuple):
    """The names of a text in order, the fullest form of each person by surname, and countries by
    their adjectives."""

    all: list[Name]
    full: dict[str, str]
    demonyms: dict[str, str]

    def before(self, position: int) -> list[Name]:
        """The names before a token, the nearest first."""
        end = bisect_left(self.all, (position,))
        return self.all[max(0, end - _REMEMBERED) : end][::-1]

    def within(self, first: int, last: int) -> list[Name]:
        """The names that begin in a range of tokens."""
        return self.all[bisect_left(self.all, (first,)) : bisect_left(self.all, (last,))]

    def entity(self, name: Name) -> str:
        """What the name is called in full: a person's full name, the country of an adjective."""
        if name.kind == "person":
            return self.full.get(name.text.split()[-1], name.text)
        return self.demonyms.get(name.text, name.text)


def names(reading: Reading) -> Names:
    """All names of a text; a surname counts as a person where a full name or title shows it."""
    found: list[Name] = []
    position = 0
    while position < len(reading.tokens):
        last = _end(reading, position) if _begins(reading, position) else position
        if last > position:
            found.append(_name(reading, position, last))
        position = max(last, position + 1)
    people = [name.text for name in found if name.kind == "person"]
    full = {text.split()[-1]: text for text in reversed(people) if " " in text}
    demonyms = _demonyms(reading, found)
    known: dict[str, NameKind] = dict.fromkeys((*full, *people), "person")
    known |= dict.fromkeys((n.text.split()[-1] for n in found if n.kind == "country"), "country")
    known |= dict.fromkeys(demonyms.values(), "country")
    return Names(
        [
            name._replace(kind=known.get(name.text, "other")) if name.kind == "other" else name
            for name in found
        ],
        full,
        demonyms,
    )


def _demonyms(reading: Reading, found: list[Name]) -> dict[str, str]:
    """Countries by their adjectives: the known ones, and names that the text also has with such an
    ending."""
    known = {form: land for land, forms in LEXICON.countries.items() for form in forms}
    single = {n.text for n in found if n.kind in ("other", "country") and " " not in n.text}
    capitals = {reading.text[token.start : token.end] for token in reading.tokens if token.capital}
    derived = {
        name + ending: name
        for name in single
        for ending in ("n", "i", "an", "ian", "ese", "ish")
        if name + ending in capitals
    }
    return known | derived


def _begins(reading: Reading, position: int) -> bool:
    """Whether a name may begin here: a capital, and at the start of a sentence more than a common
    word."""
    token = reading.tokens[position]
    if not token.capital or token.word in _COMMON or token.word in LEXICON.openers:
        return False
    line = position and "\n" in reading.text[reading.tokens[position - 1].end : token.start]
    if not line and reading.words[position - 1] not in _BEFORE_SENTENCE:
        return True
    goes_on = position + 1 < len(reading.tokens) and reading.tokens[position + 1].capital
    return goes_on or not (token.word in _NOUNS or token.word.endswith(("ing", "ly", "ed")))


def _end(reading: Reading, first: int) -> int:
    """Where the name that begins at `first` ends: capitals, joined by "of" or "&"."""
    words, tokens = reading.words, reading.tokens
    last = first + 1
    while last < min(len(tokens), first + _LONGEST):
        step = last
        joins = words[last] == "&" or (words[last] in ("of", "for") and words[last - 1] in _WITH_OF)
        if joins or words[last] in ("de", "von", "van", "al", "bin", "der", "la", "no"):
            step += 1 + (joins and words[last + 1] == "the")
        if step >= len(tokens) or words[last - 1].isdigit():
            break
        numbered = words[last - 1] in LEXICON.instruments and words[step][0].isdigit()
        gap = reading.text[tokens[step - 1].end : tokens[step].start]
        capital = tokens[step].capital and words[step] not in _COMMON
        if gap.strip(" \xa0") or not (capital or numbered):
            break
        last = step + 1
    return last


def _name(reading: Reading, first: int, last: int) -> Name:
    """The name with its titles, such as "Foreign Minister Sir", told apart."""
    bare = max((at + 1 for at in range(first, last - 1) if reading.words[at] in _TITLES), default=0)
    bare = max(first, bare)
    kind = _kind(reading, first, last, bare > first)
    if kind != "person":
        bare = first
    return Name(first, last, bare, kind, reading.string(bare, last))


def _kind(reading: Reading, first: int, last: int, titled: bool) -> NameKind:
    """What a name names, by its words and the word before it."""
    chain = reading.words[first:last]
    text = reading.string(first, last)
    before = reading.words[first - 1]
    of = not {"of", "for"}.isdisjoint(chain)
    if titled and not of:
        return "person"
    if text in _LANDS or (
        len(chain) == 1 and len(text) > 5 and text.endswith(LEXICON.country_endings)
    ):
        return "country"
    if " ".join(chain) in LEXICON.metonyms:
        return "metonym"
    if chain[-1].isdigit() or not LEXICON.documents.isdisjoint((chain[0], chain[-1])):
        return "document"
    if "&" in chain or not LEXICON.organisations.isdisjoint(chain):
        return "organisation"
    if before in LEXICON.companies:
        return "organisation"
    if not LEXICON.places.isdisjoint((chain[0], chain[-1])):
        return "place"
    if before in ("the", "in", "at"):
        return "other"
    if (len(chain) in (2, 3) and not of) or before in LEXICON.roles:
        return "person"
    return "organisation" if len(text) > 1 and text.isupper() else "other"
