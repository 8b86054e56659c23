"""What a proper name names, by its words and the word before it."""

from __future__ import annotations

from functools import cache
from typing import Literal

from toolkit.extractors.rules.lexicon import lexicon
from toolkit.extractors.rules.reading import Reading

NameKind = Literal[
    "person", "organisation", "country", "metonym", "document", "vessel", "place", "other"
]


def has_of(reading: Reading, first: int, last: int) -> bool:
    """Whether "of" or "for" stands inside the name."""
    return any(word in ("of", "for") for word in reading.words[first:last])


def kind_of(reading: Reading, first: int, last: int, bare: int) -> NameKind:
    """What the name names; its titles end at `bare`."""
    words = lexicon()
    chain = reading.words[first:last]
    joined = " ".join(chain)
    if bare > first and bare < last and not any(word in ("of", "for") for word in chain):
        return "person"
    if joined in words.metonyms:
        return "metonym"
    if _is_country(reading.string(first, last)):
        return "country"
    if chain[-1].isdigit() or any(word in words.documents for word in (chain[0], chain[-1])):
        return "document"
    if any(word in words.organisations for word in chain) or "&" in chain:
        return "organisation"
    if first and reading.words[first - 1] in words.vessels:
        return "vessel"
    if (
        reading.words[first - 1 : first]
        and reading.words[first - 1] in words.organisations | words.companies
    ):
        return "organisation"
    if chain[0] in words.places or chain[-1] in words.places:
        return "country" if chain[0] in ("republic", "kingdom", "federation") else "place"
    if reading.words[first - 1 : first] in (["the"], ["in"], ["at"]):
        return "other"
    if len(chain) in (2, 3) and not has_of(reading, first, last) and not chain[-1].isdigit():
        return "person"
    if first and reading.words[first - 1] in words.roles and len(chain) == 1:
        return "person"
    if len(chain) == 1 and len(chain[0]) > 1 and reading.string(first, last).isupper():
        return "organisation"
    return "other"


def _is_country(name: str) -> bool:
    """A known country, or a single word with the ending of one."""
    endings = lexicon().country_endings
    ending = " " not in name and len(name) > 5 and name.lower().endswith(endings)
    return ending or name in _countries()


@cache
def _countries() -> frozenset[str]:
    """The known countries, with their adjectives and short forms."""
    known = lexicon().countries
    return frozenset((*known, *(form for forms in known.values() for form in forms)))
