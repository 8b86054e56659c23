"""Extractors that can be named, and running one over documents.

An extractor is any function of a text that returns, or yields, its mentions: `Mention` objects or
dicts with the same keys, of which `id` and `label` must be there. `start` and `end` count code
points, `end` is the first offset after the mention; a discontinuous one has `fragments`.

    def names(text):
        for found in re.finditer("Ana Roke", text):
            start, end = found.span()
            yield {"id": f"s{start}", "label": "speaker", "start": start, "end": end}

To ship another, write it and give it a line in `BUILT_IN`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

import msgspec

from toolkit.checking.structure import Fault, structure_faults
from toolkit.errors import DataError, Problem, ToolkitError, abridged, did_you_mean
from toolkit.grounding.ground import locate_mentions
from toolkit.model import Document, Mention

Extractor: TypeAlias = Callable[[str], Iterable[Mention | Mapping[str, Any]]]

BUILT_IN = {"rules": "toolkit.extractors.rules:extract"}

WANTED = "a toolkit.Mention, or a dict with its keys: id, label, start, end, fields"
"""What an extractor gives for each thing it finds."""


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
    if not callable(found):
        raise DataError(Problem(f"extractor {name!r}", "is no function of a text"))
    return found


def extract(extractor: str | Extractor, documents: Iterable[Document]) -> Iterator[Document]:
    """Run an extractor over documents with texts; each comes back with its mentions and without its
    text.

    What cannot be mentions of the text (a missing label, offsets past the end) raises `DataError`
    once all documents are through, with everything wrong in any of them. Mentions that an extractor
    answers with `text` and no offsets are located in the document.
    """
    run = find_extractor(extractor) if isinstance(extractor, str) else extractor
    problems: list[Problem] = []
    for document in documents:
        if document.text is None:
            raise DataError([*problems, Problem(document.id, "has no text to extract from")])
        try:
            found = run(document.text)
            mentions, faults = _mentions(found)
        except ToolkitError:
            raise
        except Exception as error:
            what = f"the extractor failed: {type(error).__name__}: {error}"
            raise DataError([*problems, Problem(document.id, what)]) from error
        done = msgspec.structs.replace(document, mentions=mentions)
        faults += structure_faults(done)
        for mention, what, hint in faults:
            problems.append(Problem(" ".join(filter(None, (document.id, mention))), what, hint))
        if not problems:
            yield locate_mentions(msgspec.structs.replace(done, text=None), document.text)
    if problems:
        raise DataError(abridged(problems))


def _mentions(found: object) -> tuple[tuple[Mention, ...], list[Fault]]:
    """What an extractor returned as mentions, and what of it is none."""
    if isinstance(found, str | bytes | Mapping) or not isinstance(found, Iterable):
        return (), [Fault(None, f"the extractor returned {_shown(found)}, not mentions", WANTED)]
    mentions, faults = [], []
    for number, one in enumerate(found, 1):
        try:
            if not isinstance(one, Mention | Mapping):
                raise TypeError(f"got {_shown(one)}")
            mentions.append(msgspec.convert(msgspec.to_builtins(one), Mention))
        except (TypeError, ValueError) as error:
            what = str(error)[0].lower() + str(error)[1:].replace("`", "'")
            faults.append(
                Fault(None, f"what it returned as mention {number} is none: {what}", WANTED)
            )
    return tuple(mentions), faults


def _shown(found: object) -> str:
    return f"{type(found).__name__} {repr(found)[:60]}"
