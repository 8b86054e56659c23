"""Speakers: what sort of source a noun phrase is, its form, role and entity."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.extractors.rules.lexicon import LEXICON
from toolkit.extractors.rules.names import Name, Names
from toolkit.extractors.rules.reading import Range, Reading

_KINDS = {"country": "metonym", "place": "metonym", "other": "person"}
"""What a name speaks as, where that is not its own kind."""

_BODIES = ("organisation", "country", "metonym")
_OFFICES = LEXICON.roles | LEXICON.honorifics
_ARTEFACTS = LEXICON.documents | LEXICON.written_means
_HEADS = LEXICON.roles | LEXICON.groups | LEXICON.organisations | LEXICON.documents
_PRONOUNS: frozenset[str] = frozenset().union(*LEXICON.pronouns.values())

_TRADES = ("ers", "ors", "ists", "ants", "men", "women", "ist")
"""Endings of nouns for people whose trade the word lists do not hold."""


class Speaker(NamedTuple):
    """The words that name a source, with what the schema asks of them; `written` where they name
    something written."""

    place: Range
    kind: str
    form: str
    role: str | None = None
    entity: str | None = None
    written: bool = False


def is_pronoun(word: str) -> bool:
    """Whether the word is a pronoun that can speak."""
    return word in _PRONOUNS


def is_head(reading: Reading, position: int) -> bool:
    """Whether a word can name a source: a pronoun, a capital, or a noun for people, bodies or
    documents."""
    word = reading.words[position]
    common = word in LEXICON.function_words or word in LEXICON.determiners
    dated = word in LEXICON.weekdays or word in LEXICON.months
    return (
        word in _PRONOUNS
        or word in _HEADS
        or word.removesuffix("s") in _HEADS
        or (word.endswith(_TRADES) and len(word) > 6)
        or (reading.tokens[position].capital and not common and not dated)
    )


def describe(reading: Reading, names: Names, place: Range) -> Speaker:
    """The speaker at a noun phrase; of "the president's report" only the president, whose act is
    then writing."""
    owner = _owner(reading, names, place)
    if owner:
        return describe(reading, names, Range(place.first, owner))._replace(written=True)
    if place.last - place.first == 1 and is_pronoun(reading.words[place.first]):
        return _pronoun(reading, names, place)
    name = _head_name(reading, names, place)
    if name is None:
        return _nominal(reading, place)
    kind = _KINDS.get(name.kind, name.kind)
    if name.kind == "other" and reading.words[name.first - 1] == "the":
        kind = "organisation"
    role = _role(reading, name, place) if kind == "person" else None
    return Speaker(place, kind, "named", role, names.entity(name), kind == "document")


def _owner(reading: Reading, names: Names, place: Range) -> int | None:
    """Where the owner ends in "the president's report"."""
    if place.last - place.first < 2 or reading.words[place.last - 1] not in _ARTEFACTS:
        return None
    for position in range(place.last - 2, place.first, -1):
        if reading.words[position] == "'s":
            return position
    return None


def _pronoun(reading: Reading, names: Names, place: Range) -> Speaker:
    """A pronoun, with the entity of the nearest name before it that it can stand for."""
    word = reading.words[place.first]
    if word in LEXICON.pronouns["group"]:
        return Speaker(place, "group_unnamed", "pronoun")
    kinds = ("person",) if word in LEXICON.pronouns["person"] else (*_BODIES, "document")
    name = next((one for one in names.before(place.first) if one.kind in kinds), None)
    kind = (
        _KINDS.get(name.kind, name.kind)
        if name
        else "person"
        if "person" in kinds
        else "organisation"
    )
    entity = names.entity(name) if name else None
    return Speaker(place, kind, "pronoun", entity=entity, written=kind == "document")


def _head_name(reading: Reading, names: Names, place: Range) -> Name | None:
    """The name that the phrase is about; none where a name only belongs to a described head."""
    words = reading.words
    for name in names.within(*place):
        head = words[place.first : name.first]
        described = "," not in head and any(
            w.removesuffix("s") in _HEADS or w in _HEADS for w in head
        )
        depends = described and head[-1] in LEXICON.connectors
        after = words[name.last] if name.last < place.last else ""
        adjective = after not in ("", ",") and name.text in names.demonyms
        title = name.last - name.first == 1 and words[name.first] in _HEADS  # "Counsel for ..."
        if not (depends or after == "'s" or adjective or title):
            return name
    return None


def _nominal(reading: Reading, place: Range) -> Speaker:
    """A source described without a name."""
    first, last = place
    opening = reading.words[first]
    head = _head(reading, place)
    word = reading.words[head]
    single = word.removesuffix("s")
    if word in LEXICON.groups or (word != single and single in LEXICON.roles):
        return Speaker(place, "group_unnamed", "nominal")
    if word in LEXICON.organisations:
        entity = reading.string(first + 1, last) if opening == "the" and last > first + 1 else None
        return Speaker(place, "organisation", "nominal", entity=entity)
    if word in LEXICON.documents:
        return Speaker(place, "document", "nominal", written=True)
    if word in LEXICON.roles:
        article = opening in LEXICON.determiners and head > first
        return Speaker(place, "person", "nominal", role=reading.string(first + article, last))
    plural = word.endswith("s") and not word.endswith("ss")
    return Speaker(place, "group_unnamed" if plural else "person", "nominal")


def _head(reading: Reading, place: Range) -> int:
    """The noun that the phrase is about: the last before "of", "for" or a comma."""
    for position in range(place.first + 1, place.last):
        if reading.words[position] in LEXICON.connectors or reading.words[position] == ",":
            return position - 1
    return place.last - 1


def _role(reading: Reading, name: Name, place: Range) -> str | None:
    """The office before or after a person's name, without its article and without "Mr"."""
    words = reading.words
    start, end = place.first, name.bare
    while start < end and words[start] in LEXICON.determiners:
        start += 1
    while end > start and words[end - 1] in LEXICON.courtesies:
        end -= 1
    parts = [(start, end)]
    if words[name.last] == ",":
        parts.append((name.last + 1 + (words[name.last + 1] in LEXICON.determiners), place.last))
    offices = [
        reading.string(*part)
        for part in parts
        if part[0] < part[1] and not _OFFICES.isdisjoint(words[slice(*part)])
    ]
    return ", ".join(offices) or None
