"""Quotations: direct, mixed, indirect and reported, each with its cue and source."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from toolkit.extractors.rules.attribution import Attribution, attributions, is_written
from toolkit.extractors.rules.content import Content, content
from toolkit.extractors.rules.cues import Cue
from toolkit.extractors.rules.lexicon import lexicon
from toolkit.extractors.rules.marks import Quotation
from toolkit.extractors.rules.names import Names
from toolkit.extractors.rules.reading import Range, Reading, sentences
from toolkit.extractors.rules.sources import Speaker
from toolkit.extractors.rules import speakers


class Quote(NamedTuple):
    """One quotation: where its words stand, what attributes them to whom, what contains it."""

    fragments: tuple[tuple[int, int], ...]
    type: str
    acts: tuple[str, ...]
    cue: Cue | None = None
    speaker: Speaker | None = None
    outer: int | None = None


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
        whole = [q for q in here if _is_full(reading, sentence, q, here)]
        masked = {
            position
            for q in here
            for position in range(reading.at(q.start), reading.at(q.end))
        }
        told = attributions(reading, names, sentence, masked)
        direct = _direct(reading, names, sentence, whole, told, outer)
        if direct:
            found.append(direct)
        elif whole and whole[0].start == start and not told:
            last = _uncued(found, whole, last if not apart else None, outer)
        rest = [one for one in told if direct is None or one.cue != direct.cue]
        _indirect(reading, sentence, rest, whole, here, outer, found)
        if len(found) > known:
            last = known if direct else None
        for q in whole:
            holder = _holder(found, q)
            if holder is not None and depth < 2:
                inner = Range(reading.at(q.start + 1), reading.at(q.end - 1))
                _scan(reading, names, inner, depth + 1, holder, found)


def _marks(reading: Reading, within: Range) -> list[Quotation]:
    if within.first >= within.last:
        return []
    start, end = reading.place(*within)
    marks = reading.quotations
    return marks[bisect_left(marks, (start,)) : bisect_left(marks, (end,))]


def _holder(found: list[Quote], q: Quotation) -> int | None:
    for position in range(len(found) - 1, max(-1, len(found) - 20), -1):
        if any(start <= q.start < end for start, end in found[position].fragments):
            return position
    return None


def _is_full(reading: Reading, sentence: Range, q: Quotation, here: list[Quotation]) -> bool:
    """Whether the marks hold somebody's sentence rather than a few words of it."""
    first, last = reading.at(q.start), reading.at(q.end)
    before = reading.words[first - 1] if first > sentence.first else ""
    after = reading.words[last] if last < sentence.last else ""
    inner = reading.tokens[first + 1]
    closed = reading.text[q.end - 2] in ",.!?…—-" or after == "," or after in ".;" and before == ","
    if not before:
        return closed or last == sentence.last
    if before in (",", ":", "—", "–") and len(here) > 1 and here[0].start == reading.place(*sentence)[0]:
        return True
    return before in (",", ":", "—", "–", "that") and (inner.capital or before == ":") and closed or (
        inner.capital and closed and last - first > 5 and q.end >= reading.tokens[sentence.last - 1].start
    )


def _direct(
    reading: Reading,
    names: Names,
    sentence: Range,
    whole: list[Quotation],
    told: list[Attribution],
    outer: int | None,
) -> Quote | None:
    """The sentence's full quotations as one quote, where an attribution stands beside one of them."""
    if not whole:
        return None
    fragments = tuple((q.start, q.end) for q in whole)
    for one in told:
        for q in whole:
            first, last = reading.at(q.start), reading.at(q.end)
            follows = 0 <= one.zone.first - last <= 1
            precedes = 0 <= first - one.zone.last <= 12 and reading.words[first - 1] in (",", ":", reading.words[one.zone.last - 1], "that")
            if follows or precedes:
                return Quote(fragments, "direct", _acts(reading, sentence, one), one.cue, one.speaker, outer)
    first = reading.at(whole[0].start)
    if first > sentence.first and reading.words[first - 1] == ":":
        speaker = speakers.after(reading, names, sentence.first, first - 1)
        return Quote(fragments, "direct", ("speech",), None, speaker, outer) if speaker else None
    return None


def _uncued(found: list[Quote], whole: list[Quotation], last: int | None, outer: int | None) -> int | None:
    """Join a quotation without a cue to the one it goes on from, or let the last speaker have it."""
    fragments = tuple((q.start, q.end) for q in whole)
    if last is not None:
        found[last] = found[last]._replace(fragments=found[last].fragments + fragments)
        return last
    source = next((q.speaker for q in reversed(found[-20:]) if q.outer == outer), None)
    if source is None:
        return None
    found.append(Quote(fragments, "direct", ("speech",), None, source, outer))
    return len(found) - 1


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
        until = next((_cut(reading, other) for other in told[position + 1 :] if _coordinate(reading, other)), sentence.last)
        until = min([until, *(reading.at(q.start) for q in whole if q.start >= reading.place(*one.zone)[1])])
        what = content(reading, sentence, one, until)
        if what is None or any(part.first >= part.last for part in what.parts):
            continue
        if any(reading.place(*part)[0] < q.end and q.start < reading.place(*part)[1] for q in whole for part in what.parts):
            continue
        if nested and (one.speaker is None or one.shared):
            continue
        if not nested:
            holder, taken = len(found), max(part.last for part in what.parts)
        fragments = tuple(filter(None, (_tidy(reading, part) for part in what.parts)))
        if not fragments:
            continue
        acts = _acts(reading, sentence, one)
        found.append(Quote(fragments, _type(fragments, what, here), acts, one.cue, one.speaker,
                           holder if nested else outer))  # fmt: skip


def _coordinate(reading: Reading, other: Attribution) -> bool:
    """Whether an attribution begins anew after "and", "but" or a semicolon, rather than inside the content."""
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


def _acts(reading: Reading, sentence: Range, one: Attribution) -> tuple[str, ...]:
    verb = one.cue.verb
    acts = verb.acts if verb else ("speech",)
    if acts == ("speech",) and is_written(reading, sentence, one):
        return ("writing",)
    if acts == ("speech",) and verb and _tells_thought(reading, sentence, one):
        return ("speech", "thought")
    return acts


def _tells_thought(reading: Reading, sentence: Range, one: Attribution) -> bool:
    """Whether a pronoun and a verb of the mind open the content, as in "said she feared"."""
    from toolkit.extractors.rules.lexicon import cue_forms, cue_verbs

    opening = reading.words[one.zone.last : min(sentence.last, one.zone.last + 4)]
    opening = opening[1:] if opening[:1] == ["that"] else opening
    pronoun = bool(opening) and any(opening[0] in group for group in lexicon().pronouns.values())
    return pronoun and any(
        w in cue_forms() and cue_verbs()[cue_forms()[w][0]].acts == ("thought",) for w in opening[1:3]
    )
