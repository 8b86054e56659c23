"""Whether gold and predictions stand on one text: offsets in two texts mean nothing together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.errors import Problem, abridged
from toolkit.model import Document, Where


def text_problems(
    pairs: Iterator[tuple[Document, Document]], ours: Where, theirs: Where
) -> list[Problem]:
    """Where the texts of gold and predicted documents differ, word by word, and what to do."""
    problems = [
        problem
        for gold, predicted in pairs
        if gold.text is not None and predicted.text not in (None, gold.text)
        for problem in _differences(gold, predicted, ours, theirs)
    ]
    if not problems:
        return []
    what = f"made on another text than the gold's: {len(problems)} differences"
    hint = (
        "extract on the gold's text; column files whose tokens are only spelled otherwise are read "
        "with --gold-tokens"
    )
    return [*abridged(problems), Problem("predictions", what, hint)]


def _differences(
    gold: Document, predicted: Document, ours: Where, theirs: Where
) -> Iterator[Problem]:
    """Every word that differs; only the first where one text has more words."""
    wanted, found = _words(gold.text), _words(predicted.text)
    differ = [pair for pair in zip(wanted, found, strict=False) if pair[0][0] != pair[1][0]]
    for one, other in differ if len(wanted) == len(found) else differ[:1]:
        there = ours(gold.id, offset=one.start())
        what = f"{other[0]!r} where the gold has {one[0]!r} ({there})"
        yield Problem(theirs(predicted.id, offset=other.start()), what)
    if not differ:
        what = f"{len(found)} words where the gold has {len(wanted)} ({ours(gold.id)})"
        if len(found) == len(wanted):
            what = f"white space is not as in the gold ({ours(gold.id)})"
        yield Problem(theirs(predicted.id), what)


def _words(text: str | None) -> list[re.Match[str]]:
    return list(re.finditer("[^ \n]+", text or ""))
