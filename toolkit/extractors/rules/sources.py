"""What sort of source a noun phrase is: kind, form, role and entity."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.extractors.rules.lexicon import lexicon
from toolkit.extractors.rules.name_kinds import NameKind
from toolkit.extractors.rules.names import Name, Names
from toolkit.extractors.rules.reading import Reading

_KINDS: dict[NameKind, str] = {
    "person": "person",
    "organisation": "organisation",
    "country": "metonym",
    "metonym": "metonym",
    "place": "metonym",
    "document": "document",
    "vessel": "person",
    "other": "person",
}

_THINGS: tuple[NameKind, ...] = ("organisation", "country", "metonym", "document")

_BEFORE, _BEHIND = 3, 8
"""How many tokens before and behind a person's name may tell the office."""

_MEMORY = 600
"""How many tokens back a description may point."""


class Speaker(NamedTuple):
    """The words that name a source, with the fields the schema asks for."""

    first: int
    last: int
    kind: str
    form: str
    role: str | None = None
    entity: str | None = None
    written: bool = False


def describe(reading: Reading, names: Names, first: int, last: int) -> Speaker:
    """The speaker at a noun phrase; of "the president's report" only the agent, whose act is then
    writing."""
    owner = _owner(reading, names, first, last)
    if owner:
        return describe(reading, names, first, owner)._replace(written=True)
    word = reading.words[first]
    if last - first == 1 and any(word in group for group in lexicon().pronouns.values()):
        return _pronoun(reading, names, first)
    name = _head_name(reading, names, first, last)
    if name is None:
        return _nominal(reading, names, first, last)
    kind = _KINDS[name.kind]
    if name.kind == "other" and reading.words[name.first - 1 : name.first] == ["the"]:
        kind = "organisation"
    role = _role(reading, name, first, last) if kind == "person" else None
    written = kind == "document"
    return Speaker(first, last, kind, "named", role, names.entity(name), written)


def _owner(reading: Reading, names: Names, first: int, last: int) -> int | None:
    """Where the agent ends in "the president's report" or "Kremlin statement"."""
    words = lexicon()
    if last - first < 2 or reading.words[last - 1] not in words.documents | words.written_means:
        return None
    for position in range(last - 2, first, -1):
        if reading.words[position] == "'s":
            return position
    agent = next(iter(names.within(first, last)), None)
    plain = agent is not None and agent.last == last - 1 and agent.kind not in ("document", "other")
    return agent.last if agent and plain else None


def _pronoun(reading: Reading, names: Names, position: int) -> Speaker:
    word = reading.words[position]
    pronouns = lexicon().pronouns
    if word in pronouns["person"]:
        person = names.last_before(position, ("person",))
        entity = names.entity(person) if person and word != "i" else None
        return Speaker(position, position + 1, "person", "pronoun", entity=entity)
    if word in pronouns["group"]:
        return Speaker(position, position + 1, "group_unnamed", "pronoun")
    thing = names.last_before(position, _THINGS)
    kind = _KINDS[thing.kind] if thing else "organisation"
    return Speaker(
        position, position + 1, kind, "pronoun", entity=thing.text if thing else None,
        written=kind == "document",
    )  # fmt: skip


def _head_name(reading: Reading, names: Names, first: int, last: int) -> Name | None:
    """The name that the phrase is about; none where a name only belongs to a described head."""
    for name in names.within(first, last):
        before = reading.words[name.first - 1] if name.first > first else ""
        depends = before in lexicon().connectors and _is_described(reading, first, name.first)
        possessive = name.last < last and reading.words[name.last] == "'s"
        going_on = name.last < last and reading.words[name.last] != ","
        demonym = name.text in names.demonyms and going_on
        title = going_on and _is_title(reading, name)
        if not (depends or possessive or demonym or title):
            return name
    return None


def _is_title(reading: Reading, name: Name) -> bool:
    """Whether the capitals are only the start of a description: "Counsel for", "Government
    spokesman"."""
    words = lexicon()
    single = (
        name.last - name.first == 1
        and reading.words[name.first] in words.roles | words.organisations
    )
    return single or reading.words[name.last] in words.roles


def _is_described(reading: Reading, first: int, last: int) -> bool:
    """Whether the words before a name hold a noun of their own for the source, and no comma."""
    words = lexicon()
    people = words.roles | words.groups | words.organisations | words.documents
    head = reading.words[first:last]
    return "," not in head and any(w in people or w.removesuffix("s") in people for w in head)


def _nominal(reading: Reading, names: Names, first: int, last: int) -> Speaker:
    words = lexicon()
    head = _head(reading, first, last)
    word = reading.words[head]
    single = word.removesuffix("s")
    if reading.words[first] == "this" and single in words.reflexive_outlet:
        return Speaker(first, last, "author", "nominal")
    article = reading.words[first] in words.determiners
    role = reading.string(first + article, last) if first + article < last else None
    if (
        word in words.groups
        or (word != single and single in words.roles)
        or reading.words[first] in ("two", "many")
    ):
        return Speaker(first, last, "group_unnamed", "nominal")
    definite = reading.words[first] == "the"
    if word in words.organisations:
        body = _body(reading, names, head) or reading.string(first + 1, last) if definite else None
        return Speaker(first, last, "organisation", "nominal", entity=body)
    if word in words.documents:
        return Speaker(first, last, "document", "nominal", written=True)
    if word in words.roles:
        entity = _holder(reading, names, head) if definite else None
        return Speaker(first, last, "person", "nominal", role, entity)
    plural = (
        word.endswith("s") and not word.endswith("ss") and reading.words[first] not in ("a", "an")
    )
    return Speaker(first, last, "group_unnamed" if plural else "person", "nominal")


def _head(reading: Reading, first: int, last: int) -> int:
    """The noun that the phrase is about: the last before "of", "for" or a comma."""
    for position in range(first + 1, last):
        if reading.words[position] in lexicon().connectors or reading.words[position] == ",":
            return position - 1
    return last - 1


def _body(reading: Reading, names: Names, head: int) -> str | None:
    """The nearest body before whose name holds the noun, as "the ministry" after "Ministry of
    Justice"."""
    word = reading.words[head]
    for name in reversed(names.within(max(0, head - _MEMORY), head)):
        if name.kind == "organisation" and word in reading.words[name.first : name.last]:
            return name.text
    return None


def _holder(reading: Reading, names: Names, head: int) -> str | None:
    """The nearest person before beside whose name the office stands."""
    word = reading.words[head]
    for name in reversed(names.within(max(0, head - _MEMORY), head)):
        beside = reading.words[max(0, name.first - _BEFORE) : name.last + _BEHIND]
        if name.kind == "person" and word in beside:
            return names.entity(name)
    return None


def _role(reading: Reading, name: Name, first: int, last: int) -> str | None:
    """The office before or after a person's name, without article and honorifics."""
    words = lexicon()
    start, end = first, name.bare
    while start < end and reading.words[start] in words.determiners:
        start += 1
    plain = ("mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", ",", ".")
    while end > start and reading.words[end - 1] in plain:
        end -= 1
    parts = [(start, end)] if start < end else []
    if name.last + 1 < last and reading.words[name.last] == ",":
        article = reading.words[name.last + 1] in words.determiners
        parts.append((name.last + 1 + article, last))
    offices = [
        reading.string(one, other)
        for one, other in parts
        if one < other
        and any(w in words.roles | words.honorifics for w in reading.words[one:other])
    ]
    return ", ".join(offices) or None
