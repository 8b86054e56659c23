"""Extractors that can be named, and running one over documents.

An extractor is any function `(text) -> mentions`. To ship another, write it and give it a line in
`BUILT_IN`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

import msgspec

from toolkit.errors import DataError, Problem, ToolkitError, did_you_mean
from toolkit.grounding.ground import locate_mentions
from toolkit.model import Document, Mention

Extractor: TypeAlias = Callable[[str], Iterable[Mention]]

BUILT_IN = {"rules": "toolkit.extractors.rules:extract"}


def find_extractor(name: str) -> Extractor:
    """A built-in extractor by name, or the function at `package.module:function`.

    Names come from a person's command line or code, never from data, since this imports what is
    named.
    """
    module, colon, function = BUILT_IN.get(name, name).partition(":")
    if not colon:
        hint = did_you_mean(name, BUILT_IN) + ", or package.module:function"
        raise DataError(Problem(f"extractor {name!r}", "there is no such extractor", hint))
    try:
        found: Extractor = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError) as error:
        hint = "is its package installed in this environment?"
        raise DataError(
            Problem(f"extractor {name!r}", f"cannot be loaded: {error}", hint)
        ) from None
    return found


def extract(extractor: str | Extractor, documents: Iterable[Document]) -> Iterator[Document]:
    """Run an extractor over documents with texts; each comes back with its mentions and without its
    text.

    Mentions that an extractor answers with `text` and no offsets are located in the document.
    """
    run = find_extractor(extractor) if isinstance(extractor, str) else extractor
    for document in documents:
        if document.text is None:
            raise DataError(Problem(document.id, "has no text to extract from"))
        try:
            mentions = tuple(run(document.text))
        except ToolkitError:
            raise
        except Exception as error:
            what = f"the extractor failed: {type(error).__name__}: {error}"
            raise DataError(Problem(document.id, what)) from error
        found = msgspec.structs.replace(document, text=None, mentions=mentions)
        yield locate_mentions(found, document.text)
