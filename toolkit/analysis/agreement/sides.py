"""Annotators as the two sides of a score: the first in the place of gold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from toolkit.errors import MismatchError, Problem
from toolkit.model import Corpus, Document, Entities


def first_as_gold(
    sets: Mapping[str, Iterable[Document]], *, entities: Entities | None = None
) -> tuple[str, Corpus, dict[str, Corpus]]:
    """The first annotator's name and documents, and those of each other by name.

    Only documents that all of them did, each with its text where any of them has it. Raises
    `MismatchError` where there are none.
    """
    by_name = {name: {each.id: each for each in documents} for name, documents in sets.items()}
    first, *others = by_name
    common = [name for name in by_name[first] if all(name in by_name[other] for other in others)]
    if not common:
        what = f"no document was done by all of {', '.join(by_name)}"
        raise MismatchError(Problem("agreement", what, "name two that share some"))
    texts = {
        name: next((of[name].text for of in by_name.values() if of[name].text is not None), None)
        for name in common
    }
    sides = {
        name: Corpus(
            [msgspec.structs.replace(of[each], text=texts[each]) for each in common],
            entities=entities,
        )
        for name, of in by_name.items()
    }
    return first, sides.pop(first), sides
