"""The nouns of the toolkit: mentions, documents, corpora.

Gold and predictions are the same types. They are `msgspec` structs, so that a file is decoded
straight into them; reading checks what the types cannot say (see `toolkit.formats` and
`toolkit.validation`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Literal, TypeAlias

import msgspec

from toolkit.folding import fold
from toolkit.spans import Place, Span, canonical

Value: TypeAlias = bool | int | float | str | dict[str, Any] | list[Any] | None
"""A field value as it stands on disk.

A span is `{"start": 3, "end": 9}` or `{"fragments": [[3, 9], [12, 20]]}`, a reference `{"ref":
"s1"}`, a many-valued field a list. `null` says that there is no value, an absent field says
nothing; neither counts as one.
"""


Grounding: TypeAlias = Literal["exact", "normalised", "fuzzy", "ambiguous", "none"]
"""How the words that an extractor answered were found in the text: verbatim, in the same words, in
nearly the same, at several places of which one was taken, or not at all.
"""


class Alternative(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """What would also count as a gold mention's place, as values of some of its fields, or both."""

    start: int | None = None
    end: int | None = None
    fragments: tuple[Span, ...] = ()
    fields: dict[str, Value] = {}

    @property
    def place(self) -> Place:
        """The fragments in canonical form; `()` where only values are given."""
        return _place(self)


class Mention(
    msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True, gc=False
):
    """One annotated or predicted item: a label, a place in the text, field values.

    A continuous mention has `start` and `end`, a discontinuous one `fragments`, a record without an
    anchor in the text neither. `text` is optional and only ever checked against the document.
    `score` is the extractor's confidence. `grounding` says how the place was found where the
    extractor gave words without offsets; a mention whose words are not in the text has no place. Of
    gold alone: `alternatives` are other places or values that count as well, and an `optional`
    mention is not missed where nothing finds it.
    """

    id: str
    label: str
    start: int | None = None
    end: int | None = None
    fragments: tuple[Span, ...] = ()
    fields: dict[str, Value] = {}
    text: str | None = None
    score: float | None = None
    grounding: Grounding | None = None
    alternatives: tuple[Alternative, ...] = ()
    optional: bool = False

    @property
    def place(self) -> Place:
        """The fragments in canonical form, one for a continuous mention."""
        return _place(self)

    @property
    def length(self) -> int:
        """Code points that the mention covers."""
        if self.start is not None and self.end is not None:
            return self.end - self.start
        return sum(end - start for start, end in self.place)


def _place(item: Mention | Alternative) -> Place:
    if item.start is not None and item.end is not None:
        return (Span(item.start, item.end),)
    return canonical(item.fragments)


class Document(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """One document's mentions, with its text where that is known.

    `text_sha256` ties stand-off mentions to the bytes of the text file. A document without mentions
    is a fact; no document is a different one.
    """

    id: str
    text_sha256: str | None = None
    meta: dict[str, Any] = {}
    text: str | None = None
    mentions: tuple[Mention, ...] = ()


class Entities:
    """Canonical ids of people, bodies and places, and the names that lead to them."""

    def __init__(self, names: dict[str, tuple[str, ...]]) -> None:
        self.names = names
        self._ids: dict[str, frozenset[str]] = {}
        for entity, aliases in names.items():
            for alias in (entity, *aliases):
                key = fold(alias)
                self._ids[key] = self._ids.get(key, frozenset()) | {entity}

    def ids(self, name: str) -> frozenset[str]:
        """The ids that an id or alias may mean; the folded name itself where it is unknown."""
        key = fold(name)
        return self._ids.get(key) or frozenset((key,))

    def __contains__(self, name: str) -> bool:
        return fold(name) in self._ids


Where: TypeAlias = Callable[..., str]
"""`(document, mention=None, offset=None)` to `file:line`, or to the document's id where no file
holds it.
"""


class Corpus:
    """Documents in file order, with what their folder says of them.

    `source` is the file or folder they were read from and `files` the files read, `schema` the path
    of the schema that the folder names, `notices` what a reader should know (texts that are
    missing, for example). `where` finds the line of a document, a mention or an offset in a text,
    for readers that know it.
    """

    def __init__(
        self,
        documents: tuple[Document, ...] | list[Document],
        *,
        source: str = "",
        files: tuple[str, ...] = (),
        name: str = "",
        version: str = "",
        schema: str | None = None,
        entities: Entities | None = None,
        notices: tuple[str, ...] = (),
        where: Where | None = None,
    ) -> None:
        self.documents = tuple(documents)
        self.source = source
        self.files = files
        self.name = name
        self.version = version
        self.schema = schema
        self.entities = entities or Entities({})
        self.notices = notices
        self.where = where

    def __iter__(self) -> Iterator[Document]:
        return iter(self.documents)

    def __len__(self) -> int:
        return len(self.documents)

    def __getitem__(self, document_id: str) -> Document:
        for document in self.documents:
            if document.id == document_id:
                return document
        raise KeyError(document_id)

    def __repr__(self) -> str:
        return f"Corpus({self.name or self.source!r}, documents={len(self)})"


def values(value: Value) -> list[Any]:
    """The values of a field, one or many: absent and `null` are none, `null` inside a list too."""
    if value is None:
        return []
    return [item for item in value if item is not None] if isinstance(value, list) else [value]
