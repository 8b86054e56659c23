"""Spans in a sequence of tags: IOB1, IOB2 (also called BIO), BIOES and BILOU.

One reading serves all schemes: B- and S- (or U-) begin a run, I- and E- (or L-) continue one of
their label that is still open and begin a run elsewhere. So does conlleval. The scheme only says
which of these runs are well-formed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple

Scheme = Literal["IOB1", "IOB2", "BIO", "BIOES", "BILOU"]

SHAPES: dict[Scheme, tuple[str, str]] = {
    "IOB1": ("I+", "begins with I-, or with B- right after one of its own label"),
    "IOB2": ("BI*", "begins with B- and goes on with I-"),
    "BIO": ("BI*", "begins with B- and goes on with I-"),
    "BIOES": ("S|BI*E", "is S-, or begins with B-, goes on with I- and ends with E-"),
    "BILOU": ("S|BI*E", "is U-, or begins with B-, goes on with I- and ends with L-"),
}
"""For each scheme the letters of a well-formed run (L read as E, U as S), and the same in words."""

_TAG = re.compile(r"([BIELSU])-(.+)")


class Tag(NamedTuple):
    """A tag's letter, one of `BIESO`, and its label."""

    letter: str
    label: str


class Run(NamedTuple):
    """Consecutive tags that make one span, from token `start` to before `end`."""

    label: str
    start: int
    end: int
    letters: str
    follows: bool
    """Whether a run of the same label ends right before it."""


@cache
def parse_tag(written: str) -> Tag | None:
    """A tag as it stands in a file, or `None` where that is none."""
    if written == "O":
        return Tag("O", "")
    found = _TAG.fullmatch(written)
    return Tag({"L": "E", "U": "S"}.get(found[1], found[1]), found[2]) if found else None


def find_runs(tags: Iterable[Tag]) -> list[Run]:
    """The runs in one sentence, well-formed or not."""
    runs: list[Run] = []
    letters, label, start = "", "", 0
    for position, tag in enumerate((*tags, Tag("O", ""))):
        if tag.letter in "IE" and tag.label == label and letters[-1:] in ("B", "I"):
            letters += tag.letter
            continue
        if letters:
            follows = bool(runs) and (runs[-1].end, runs[-1].label) == (start, label)
            runs.append(Run(label, start, position, letters, follows))
        letters, label, start = tag.letter.strip("O"), tag.label, position
    return runs


def is_wellformed(run: Run, scheme: Scheme) -> bool:
    """Whether the scheme writes a span this way."""
    shape = "I+|BI*" if scheme == "IOB1" and run.follows else SHAPES[scheme][0]
    return re.fullmatch(shape, run.letters) is not None


def recognise(runs: Iterable[Run]) -> Scheme:
    """The scheme that all runs follow; of several the strictest, and IOB2 where there is none."""
    runs = list(runs)
    if any("E" in run.letters or "S" in run.letters for run in runs):
        return "BIOES"
    iob2 = all(is_wellformed(run, "IOB2") for run in runs)
    return "IOB1" if not iob2 and all(is_wellformed(run, "IOB1") for run in runs) else "IOB2"
