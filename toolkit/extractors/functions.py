"""Python functions as extractors, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from toolkit.errors import ToolkitError
from toolkit.extractors.answers import Answer, Ask, Failed, check_number
from toolkit.model import Document, Mention


@contextmanager
def calling(function: Callable[..., Any], *, batched: bool) -> Iterator[Ask]:
    """Asks a function, of a text or, `batched`, of a list of texts."""
    yield lambda documents: call(function, documents, batched=batched)


def call(
    function: Callable[..., Any], documents: Sequence[Document], *, batched: bool
) -> list[Answer]:
    """A function's answers; what it raises becomes `Failed`."""
    texts = [document.text for document in documents]
    try:
        found = list(function(texts)) if batched else [function(texts[0])]
        answers = [_answer(one) for one in found]
    except (ToolkitError, Failed):
        raise
    except Exception as error:
        raise Failed(f"the extractor failed: {type(error).__name__}: {error}") from error
    check_number(len(answers), documents)
    return answers


def _answer(found: Answer | Iterable[Mention | dict[str, Any]]) -> Answer:
    """What a function returned for one text: mentions, also as dictionaries, or an `Answer`."""
    if isinstance(found, Answer):
        return found
    return Answer(msgspec.convert(tuple(found), tuple[Mention, ...]))
