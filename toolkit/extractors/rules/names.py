"""Proper names in a text, what they name, and which shorter forms stand for them."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from toolkit.extractors.rules.lexicon import lexicon
from toolkit.extractors.rules.name_kinds import NameKind, has_of, kind_of
from toolkit.extractors.rules.reading import Reading

_LONGEST = 12


class Name(NamedTuple):
    """A name at a place: its tokens with any titles, where the bare name begins, what it names."""

    first: int
    last: int
    bare: int
    kind: NameKind
    text: str


class Names(NamedTuple):
    """The names of a text in order, and the fullest form of each person by surname."""

    all: list[Name]
    full: dict[str, str]
    demonyms: dict[str, str]

    def last_before(self, position: int, kinds: tuple[NameKind, ...]) -> Name | None:
        """The nearest name of one of these kinds before a token; looks back no further than 60
        names."""
        end = bisect_left(self.all, (position,))
        nearest = reversed(self.all[max(0, end - 60) : end])
        return next((name for name in nearest if name.kind in kinds), None)

    def within(self, first: int, last: int) -> list[Name]:
        """The names in a range of tokens."""
        return self.all[bisect_left(self.all, (first,)) : bisect_left(self.all, (last,))]

    def entity(self, name: Name) -> str:
        """What the name is called in full where the text gives a person's full name."""
        return (
            self.full.get(name.text.split()[-1], name.text) if name.kind == "person" else name.text
        )


def names(reading: Reading) -> Names:
    """All names of a text; a surname counts as a person where a full name or title shows it."""
    found: list[Name] = []
    position = 0
    while position < len(reading.tokens):
        last = _chain(reading, position)
        if last:
            found.append(_name(reading, position, last))
        position = max(last, position + 1)
    full: dict[str, str] = {}
    for name in found:
        if name.kind == "person" and len(name.text.split()) > 1:
            full.setdefault(name.text.split()[-1], name.text)
    surnames = full.keys() | {n.text for n in found if n.kind == "person"}
    demonyms = _demonyms(reading, found)
    lands = set(demonyms.values()) | {n.text.split()[-1] for n in found if n.kind == "country"}
    for position, name in enumerate(found):
        if name.kind == "other" and (name.text in lands or name.text in surnames):
            kind: NameKind = "country" if name.text in lands else "person"
            found[position] = name._replace(kind=kind)
    return Names(found, full, demonyms)


def _demonyms(reading: Reading, found: list[Name]) -> dict[str, str]:
    """Countries by their adjectives: the known ones, and any name that stands in the text with such
    an ending."""
    known = {form: land for land, names in lexicon().countries.items() for form in names}
    single = {
        name.text for name in found if name.kind in ("other", "country") and " " not in name.text
    }
    capitals = {reading.text[token.start : token.end] for token in reading.tokens if token.capital}
    derived = {
        name + ending: name
        for name in single
        for ending in ("n", "i", "an", "ian", "ese", "ish")
        if name + ending in capitals
    }
    return {**known, **derived}


def _chain(reading: Reading, first: int) -> int:
    """Where the name that begins at `first` ends, or 0 where none begins there."""
    words = lexicon()
    tokens = reading.tokens
    if not _is_name_word(reading, first):
        return 0
    last = first + 1
    while last < min(len(tokens), first + _LONGEST):
        step = last
        if tokens[step].word in ("of", "for", "&") or (
            tokens[step].word == "and" and has_of(reading, first, last)
        ):
            step += 1
            if step < len(tokens) and tokens[step].word == "the":
                step += 1
        elif tokens[step].word in ("de", "von", "van", "al", "bin", "der", "la", "no"):
            step += 1
        if step >= len(tokens) or reading.text[tokens[step - 1].end : tokens[step].start] not in (
            " ",
            "\xa0",
            "",
        ):
            break
        number = (
            step == last
            and tokens[step].word[0].isdigit()
            and tokens[last - 1].word in words.instruments | {"channel"}
        )
        if not number and (not tokens[step].capital or _is_common(reading, step)):
            break
        if (
            step > last
            and tokens[last].word in ("of", "for")
            and not _takes_of(reading, first, last)
        ):
            break
        last = step + 1
    return last


def _takes_of(reading: Reading, first: int, last: int) -> bool:
    """Whether "of" goes on with the name: after bodies, realms and offices, not after people."""
    words = lexicon()
    known = words.organisations | words.places | words.documents | words.roles | words.honorifics
    return any(word in known for word in reading.words[first:last])


def _is_common(reading: Reading, position: int) -> bool:
    words = lexicon()
    word = reading.words[position]
    return (
        word in words.function_words
        or word in words.determiners
        or word in words.weekdays
        or word in words.months
    )


def _is_name_word(reading: Reading, position: int) -> bool:
    """Whether a name may begin here: a capital, and at the start of a sentence more than a common
    word."""
    token = reading.tokens[position]
    words = lexicon()
    if not token.capital or _is_common(reading, position) or token.word in words.openers:
        return False
    starts = (
        position == 0
        or reading.words[position - 1] in ".!?:…“\"‘'«»„•-–—"
        or ("\n" in reading.text[reading.tokens[position - 1].end : token.start])
    )
    if not starts:
        return True
    after = position + 1 < len(reading.tokens) and reading.tokens[position + 1]
    return bool(after and after.capital) or not (
        token.word in words.groups
        or token.word in words.quantities
        or token.word.endswith(("ing", "ly", "ed"))
    )


def _name(reading: Reading, first: int, last: int) -> Name:
    bare = _after_titles(reading, first, last)
    kind = kind_of(reading, first, last, bare)
    if kind != "person":
        bare = first
    return Name(first, last, bare, kind, reading.string(bare, last))


def _after_titles(reading: Reading, first: int, last: int) -> int:
    """Where the name itself begins after titles such as "Foreign Minister Sir"."""
    words = lexicon()
    titles = words.honorifics | words.roles
    bare = first
    for position in range(first, last - 1):
        if reading.words[position] in titles:
            bare = position + 1
    if bare < last and reading.words[bare] == "." and bare + 1 < last:
        bare += 1
    return bare
