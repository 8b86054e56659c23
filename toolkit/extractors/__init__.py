"""Running an extractor over documents: a function, a command, or an HTTP endpoint.

To ship another extractor, write a function `(text) -> mentions` and give it a line in
`toolkit.extractors.find.BUILT_IN`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from toolkit.errors import DataError, Problem
from toolkit.extractors.answers import Answer, Failed, answered
from toolkit.extractors.connect import connection
from toolkit.extractors.find import Extractor
from toolkit.model import Document

__all__ = ["Answer", "Extractor", "extract"]


def extract(
    extractor: str | Extractor, documents: Iterable[Document], **options: Any
) -> Iterator[Document]:
    """Run an extractor over documents with texts; each comes back with its mentions and without its
    text.

    The first document that fails ends it; `run_extractor` goes on, and keeps what is done.
    `options` are the extractor's own.
    """
    way = connection(extractor, options=options)
    with way.connect() as ask:
        for document in documents:
            if document.text is None:
                raise DataError(Problem(document.id, "has no text to extract from"))
            try:
                (answer,) = ask([document])
                found = answered(document, answer)
            except Failed as error:
                raise DataError(Problem(document.id, str(error))) from error
            yield found
