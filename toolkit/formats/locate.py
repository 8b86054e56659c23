"""Where a document or a mention stands on disk, found only when there is something to say of it."""

from __future__ import annotations

from functools import cached_property

import msgspec

from toolkit.formats.native import mention_lines, parts
from toolkit.model import Corpus, Document, Where


def locator(corpus: Corpus) -> Where:
    """Finds the places of a corpus: its reader's own finder, or one for native files."""
    return corpus.where or Locator(corpus.files)


class Locator:
    """Finds `file:line` of documents and mentions in the files they were read from."""

    def __init__(self, files: tuple[str, ...]) -> None:
        self.files = files
        self._mentions: dict[str, dict[str | None, str]] = {}

    def __call__(self, document: str, mention: str | None = None) -> str:
        """The place of a mention, or of its document; the document's id where no file holds it."""
        where, data = self._documents.get(document, (document, b""))
        if not data or mention is None:
            return where
        if document not in self._mentions:
            decoded = msgspec.json.decode(data, type=Document)
            self._mentions[document] = mention_lines(where, data, decoded)
        return self._mentions[document].get(mention, where)

    @cached_property
    def _documents(self) -> dict[str, tuple[str, bytes]]:
        found: dict[str, tuple[str, bytes]] = {}
        for file in self.files:
            for where, data in parts(file):
                found[msgspec.json.decode(data, type=_Id).id] = (where, data)
        return found


class _Id(msgspec.Struct):
    id: str
