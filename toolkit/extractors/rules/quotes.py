"""Quotations: direct, mixed, indirect and reported, each with its cue and source."""

from __future__ import annotations

from bisect import bisect_left

from toolkit.extractors.rules.attribution import Attribution, attributions
from toolkit.extractors.rules.content import Content, content
from toolkit.extractors.rules.direct import Quote, acts_of, direct_quote, holder_of, is_full, uncued
from toolkit.extractors.rules.lexicon import cue_forms, lexicon
from toolkit.extractors.rules.marks import Quotation
from toolkit.extractors.rules.names import Names
from toolkit.extractors.rules.reading import Range, Reading, sentences


def quotes(reading: Reading, names: Names) -> list[Quote]:
    """All quotations of a text; `outer` is the position in this list of the one around it."""
    found: list[Quote] = []
    _scan(reading, names, Range(0, len(reading.tokens)), 0, None, found)
    return found


def _scan(
    reading: Reading, names: Names, within: Range, depth: int, outer: int | None, found: list[Quote]
) -> None:
    """Add the quotations in a range of tokens, then those inside each of its full quotations."""
    marks = [q for q in _marks(reading, within) if q.depth == depth]
    starts = [q.start for q in marks]
    last: int | None = None
    before: Range | None = None
    for sentence in sentences(reading, within, marks):
        start, end = reading.place(*sentence)
        here = marks[bisect_left(starts, start) : bisect_left(starts, end)]
        apart = before is None or "\n" in reading.text[reading.tokens[before.last - 1].end : start]
        before = sentence
        known = len(found)
        whole = [q for q in here if is_full(reading, sentence, q, here)]
        masked = {
            position for q in here for position in range(reading.at(q.start), reading.at(q.end))
        }
        told = attributions(reading, names, sentence, masked)
        direct = direct_quote(reading, names, sentence, whole, told, outer)
        if direct:
            found.append(direct)
        elif whole and whole[0].start == start and not told:
            last = uncued(found, whole, last if not apart else None, outer)
        rest = [one for one in told if direct is None or one.cue != direct.cue]
        _indirect(reading, sentence, rest, whole, here, outer, found)
        if len(found) > known:
            last = known if direct else None
        for q in whole:
            holder = holder_of(found, q)
            if holder is not None and depth < 2:
                inner = Range(reading.at(q.start + 1), reading.at(q.end - 1))
                _scan(reading, names, inner, depth + 1, holder, found)


def _marks(reading: Reading, within: Range) -> list[Quotation]:
    if within.first >= within.last:
        return []
    start, end = reading.place(*within)
    marks = reading.quotations
    return marks[bisect_left(marks, (start,)) : bisect_left(marks, (end,))]


def _indirect(
    reading: Reading,
    sentence: Range,
    told: list[Attribution],
    whole: list[Quotation],
    here: list[Quotation],
    outer: int | None,
    found: list[Quote],
) -> None:
    """Add the quotes that attributions without a full quotation make."""
    taken = -1
    holder: int | None = None
    for position, one in enumerate(told):
        nested = one.zone.first < taken
        until = next(
            (_cut(reading, other) for other in told[position + 1 :] if _coordinate(reading, other)),
            sentence.last,
        )
        until = min(
            [until, *(reading.at(q.start) for q in whole if q.start >= reading.place(*one.zone)[1])]
        )
        what = content(reading, sentence, one, until)
        if what is None or any(part.first >= part.last for part in what.parts):
            continue
        if any(
            reading.place(*part)[0] < q.end and q.start < reading.place(*part)[1]
            for q in whole
            for part in what.parts
        ):
            continue
        if (nested or outer is not None) and (
            one.speaker is None or one.shared or _is_self(reading, one)
        ):
            continue
        if not nested:
            holder, taken = len(found), max(part.last for part in what.parts)
        fragments = tuple(filter(None, (_tidy(reading, part) for part in what.parts)))
        if not fragments:
            continue
        acts = acts_of(reading, sentence, one)
        found.append(Quote(fragments, _type(fragments, what, here), acts, one.cue, one.speaker,
                           holder if nested else outer))  # fmt: skip


def _is_self(reading: Reading, one: Attribution) -> bool:
    """Whether, inside somebody's words, the source is that same person: "I think", "she fears"."""
    thought = one.cue.verb is not None and one.cue.verb.acts == ("thought",)
    first = one.zone.first
    if reading.words[first] in lexicon().first_persons:
        return True
    after_cue = first > 0 and (
        reading.words[first - 1] == "that" or reading.words[first - 1] in cue_forms()
    )
    return thought and after_cue and one.speaker is not None and one.speaker.form == "pronoun"


def _coordinate(reading: Reading, other: Attribution) -> bool:
    """Whether an attribution begins anew after "and", "but" or a semicolon, rather than inside the
    content."""
    before = reading.words[other.zone.first - 1] if other.zone.first else ""
    return before in ("and", "but", ";", "while") or other.cue.gerund


def _cut(reading: Reading, other: Attribution) -> int:
    cut = other.zone.first
    while cut > 0 and reading.words[cut - 1] in ("and", "but", ";", ",", "while"):
        cut -= 1
    return cut


def _tidy(reading: Reading, part: Range) -> tuple[int, int] | None:
    """Code points of a part without commas and conjunctions at its edges."""
    first, last = part
    while first < last and reading.words[first] in (",", "and", "but", ":", "."):
        first += 1
    while last > first and reading.words[last - 1] in (",", ":", ";", "—", "–", "-"):
        last -= 1
    return reading.place(first, last) if first < last else None


def _type(fragments: tuple[tuple[int, int], ...], what: Content, here: list[Quotation]) -> str:
    marked = [q for q in here for start, end in fragments if start <= q.start < end]
    if marked:
        covered = len(marked) == 1 and (marked[0].start, marked[0].end) == fragments[0]
        return "direct" if covered and len(fragments) == 1 else "mixed"
    return "indirect" if what.clause else "reported"
