"""What must hold of any document before it can be scored, whatever the schema."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.model import Alternative, Document, Mention
from toolkit.spans import Place


class Fault(NamedTuple):
    """Something wrong with a document, or with one of its mentions."""

    mention: str | None
    what: str
    hint: str = ""

    def __str__(self) -> str:
        """The mention and what is wrong with it."""
        return f"{self.mention}: {self.what}" if self.mention else self.what


def structure_faults(document: Document, text: str | None = None) -> Iterator[Fault]:
    """Ids, offsets, quoted text and scores that cannot be.

    `text` is the document's text where another file holds it; without any text, offsets are not
    bounded above.
    """
    text = document.text if text is None else text
    if _is_plain(document, text):
        return
    if not document.id:
        yield Fault(None, "the document's id is empty", "give every document a unique id")
    seen: set[str] = set()
    for mention in document.mentions:
        if mention.id in seen:
            yield Fault(mention.id, "this mention id stands in the document twice")
        seen.add(mention.id)
        yield from _mention_faults(mention, text)


def _is_plain(document: Document, text: str | None) -> bool:
    """Whether a quick look shows that nothing can be wrong, as it does for most."""
    last = sys.maxsize if text is None else len(text)
    mentions = document.mentions
    if not document.id or len({mention.id for mention in mentions}) != len(mentions):
        return False
    try:
        return not [
            mention
            for mention in mentions
            if not 0 <= mention.start < mention.end <= last  # type: ignore[operator]
            or not (mention.id and mention.label)
            or mention.fragments
            or mention.alternatives
            or mention.score is not None
            or mention.text is not None
        ]
    except TypeError:  # a start or end is missing
        return False


def _mention_faults(mention: Mention, text: str | None) -> Iterator[Fault]:
    if not mention.id or not mention.label:
        yield Fault(mention.id, "a mention needs an id and a label")
    if mention.score is not None and not math.isfinite(mention.score):
        yield Fault(mention.id, f"the score is {mention.score}", "a finite number, or leave it out")
    fault = _place_fault(mention, text)
    if fault:
        yield Fault(mention.id, *fault)
    elif text is not None and mention.text is not None and mention.place:
        yield from _text_faults(mention, text)
    for alternative in mention.alternatives:
        fault = _place_fault(alternative, text)
        if fault:
            yield Fault(mention.id, f"alternative: {fault[0]}", fault[1])
        elif not alternative.place and not alternative.fields:
            yield Fault(mention.id, "an alternative has neither a place nor fields", "drop it")


def _place_fault(item: Mention | Alternative, text: str | None) -> tuple[str, str] | None:
    start, end, fragments = item.start, item.end, item.fragments
    if (start is None) != (end is None):
        return "has only one of start and end", ""
    if start is not None and fragments:
        return "has start and end and also fragments", "keep one of the two"
    pairs = fragments or (() if start is None or end is None else ((start, end),))
    for pair in pairs:
        if fault := _range_fault(*pair, text):
            return fault
    if len(item.place) != len(pairs):
        return "its fragments touch or overlap", "join them into one"
    return None


def _range_fault(start: int, end: int, text: str | None) -> tuple[str, str] | None:
    if start < 0:
        return f"start {start} is negative", ""
    if end <= start:
        what = "nothing lies" if end == start else "the range is reversed"
        return f"{what} between start {start} and end {end}", "end is the first offset after it"
    if text is not None and end > len(text):
        hint = "offsets count Unicode code points, not bytes or UTF-16 units"
        return f"end {end} is past the text's {len(text)} characters", hint
    return None


def _text_faults(mention: Mention, text: str) -> Iterator[Fault]:
    found = words(mention.place, text)
    if mention.text not in (found, " ".join(found.split())):
        hint = "the text changed, or offsets do not count Unicode code points"
        yield Fault(mention.id, f"its text is {mention.text!r} but {found!r} stands there", hint)


def words(place: Place, text: str) -> str:
    """The words at a place, fragments parted by an ellipsis."""
    return " … ".join(text[start:end] for start, end in place)
