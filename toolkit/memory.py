"""What was found out about a corpus, kept for as long as it holds the same documents."""

from __future__ import annotations

from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from toolkit.model import Corpus, Document

Found = TypeVar("Found")


class Memory(Generic[Found]):
    """One finding for each corpus; of other documents, which may come once only, none is kept."""

    def __init__(self) -> None:
        self._known: WeakKeyDictionary[Corpus, tuple[tuple[Document, ...], Found]] = (
            WeakKeyDictionary()
        )

    def recall(self, documents: object) -> Found | None:
        """What was kept of a corpus, if its documents are still those of then."""
        if not isinstance(documents, Corpus) or documents not in self._known:
            return None
        held, found = self._known[documents]
        return found if held is documents.documents else None

    def keep(self, documents: object, found: Found) -> None:
        """Remember a finding."""
        if isinstance(documents, Corpus):
            self._known[documents] = (documents.documents, found)
