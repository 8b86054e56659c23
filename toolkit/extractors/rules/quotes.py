"""Quotations: direct, mixed, indirect and reported, each with its cue and source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import NamedTuple

from toolkit.extractors.rules.attribution import Attribution, attributions
from toolkit.extractors.rules.content import content
from toolkit.extractors.rules.cues import Cue
from toolkit.extractors.rules.lexicon import LEXICON
from toolkit.extractors.rules.marks import Quotation
from toolkit.extractors.rules.names import Names
from toolkit.extractors.rules.reading import Range, Reading, sentences
from toolkit.extractors.rules.speakers import Speaker
from toolkit.spans import Place, Span

_NEAR = 12
"""How many tokens of addressee and time may stand between a cue and its quotation."""

_REMEMBERED = 20
"""How many quotes back the last speaker or the quote around is looked for."""

_DEEPEST = 2
"""Depth of quotations inside quotations that is still read."""

_JOINING = frozenset(("and", "but", ";", "while"))
_LEADING = (",", ":", "—", "–", "that")


class Quote(NamedTuple):
    """One quotation: where its words stand, what attributes them to whom, what contains it.

    `outer` is the position of the quote around it.
    """

    fragments: Place
    type: str
    act: str
    cue: Cue | None = None
    speaker: Speaker | None = None
    outer: int | None = None


def quotes(reading: Reading, names: Names) -> list[Quote]:
    """All quotations of a text."""
    found: list[Quote] = []
    _scan(reading, names, reading.all, 0, None, found)
    return found


class _Passage(NamedTuple):
    """A sentence with the marks that begin in it, those of them that hold full sentences, and the
    quote around it all."""

    sentence: Range
    marks: list[Quotation]
    whole: list[Quotation]
    outer: int | None


def _scan(
    reading: Reading, names: Names, within: Range, depth: int, outer: int | None, found: list[Quote]
) -> None:
    """Add the quotations in a range of tokens, then those inside each of its full quotations."""
    marks = reading.marked(within, depth)
    last: int | None = None
    until = within.first
    for sentence in sentences(reading, within, marks):
        start, end = reading.place(sentence)
        here = marks[bisect_left(marks, (start,)) : bisect_left(marks, (end,))]
        if "\n" in reading.text[reading.tokens[until - 1].end : start]:
            last = None
        until, known = sentence.last, len(found)
        whole = [one for one in here if _is_full(reading, sentence, one, here)]
        passage = _Passage(sentence, here, whole, outer)
        masked = {at for one in here for at in range(*reading.tokens_in((one.start, one.end)))}
        told = attributions(reading, names, sentence, masked)
        direct = _direct(reading, passage, told)
        if direct:
            found.append(direct)
            told = [one for one in told if one.cue != direct.cue]
        elif whole and whole[0].start == start:
            last = _uncued(found, passage, last)
        _indirect(reading, passage, told, found)
        if len(found) > known:
            last = known if direct or last == known else None
        for one in whole:
            holder = _holder(found, one)
            if holder is not None and depth < _DEEPEST:
                inner = reading.tokens_in((one.start + 1, one.end - 1))
                _scan(reading, names, inner, depth + 1, holder, found)


def _holder(found: list[Quote], one: Quotation) -> int | None:
    """The position of the latest quote whose fragments hold the marks."""
    for position in range(len(found) - 1, max(-1, len(found) - _REMEMBERED), -1):
        fragments = found[position].fragments
        after = bisect_right(fragments, (one.start, one.end))
        if after and one.start < fragments[after - 1].end:
            return position
    return None


def _is_full(reading: Reading, sentence: Range, one: Quotation, here: list[Quotation]) -> bool:
    """Whether the marks hold somebody's sentence rather than a few words of it."""
    place = reading.tokens_in((one.start, one.end))
    before, after = reading.around(place, sentence)
    closed = reading.text[one.end - 2] in ",.!?…—-" or after == ","
    capital = reading.tokens[place.first + 1].capital
    if not before:
        return closed or not after
    if before in _LEADING[:-1] and (here[0].start == reading.tokens[sentence.first].start):
        return True  # goes on after its attribution
    return closed and (capital or before == ":")


def _direct(reading: Reading, passage: _Passage, told: list[Attribution]) -> Quote | None:
    """The full quotations as one quote, where an attribution stands beside them."""
    fragments = tuple(Span(one.start, one.end) for one in passage.whole)
    for first, last in map(reading.tokens_in, fragments):
        for one in told:
            follows = 0 <= one.zone.first - last <= 1
            opened = reading.words[first - 1] in _LEADING or first == one.zone.last
            if follows or (opened and 0 <= first - one.zone.last <= _NEAR):
                act = _act(reading, passage, one)
                return Quote(fragments, "direct", act, one.cue, one.speaker, passage.outer)
    return None


def _uncued(found: list[Quote], passage: _Passage, last: int | None) -> int | None:
    """A quotation without a cue joins the one it goes on from, or is the last speaker's."""
    fragments = tuple(Span(one.start, one.end) for one in passage.whole)
    if last is not None:
        found[last] = found[last]._replace(fragments=found[last].fragments + fragments)
        return last
    before = (one.speaker for one in found[:-_REMEMBERED:-1] if one.outer == passage.outer)
    speaker = next(before, None)
    if speaker is None:
        return None
    found.append(Quote(fragments, "direct", "speech", None, speaker, passage.outer))
    return len(found) - 1


def _act(reading: Reading, passage: _Passage, one: Attribution) -> str:
    """What the source did: the act of the cue verb, or writing where the text tells of it."""
    act = one.cue.verb.act if one.cue.verb else "speech"
    near = reading.words[one.zone.last : min(passage.sentence.last, one.zone.last + 5)]
    by_means = near[:1] in (["in"], ["on"]) and not LEXICON.written_means.isdisjoint(near)
    written = by_means or (one.speaker is not None and one.speaker.written)
    return "writing" if act == "speech" and written else act


def _indirect(
    reading: Reading, passage: _Passage, told: list[Attribution], found: list[Quote]
) -> None:
    """Add the quotes that attributions without a full quotation make."""
    taken = -1
    around = passage.outer
    for position, one in enumerate(told):
        if one.zone.first >= taken:
            around = passage.outer
        own = reading.words[one.zone.first] in LEXICON.first_persons
        if around is not None and (one.speaker is None or own):
            continue  # "I think" inside somebody's words tells of no other source
        until = _limit(reading, passage, one, told[position + 1 :])
        parts, clause = content(reading, passage.sentence, one, until)
        if not parts:
            continue
        fragments = tuple(reading.place(part) for part in parts)
        kind, act = _type(fragments, clause, passage.marks), _act(reading, passage, one)
        found.append(Quote(fragments, kind, act, one.cue, one.speaker, around))
        if one.zone.first >= taken:
            around, taken = len(found) - 1, parts[-1].last


def _limit(reading: Reading, passage: _Passage, one: Attribution, later: list[Attribution]) -> int:
    """Where content must end: before the next coordinate attribution or full quotation."""
    limits = [reading.tokens_in((q.start, q.end)).first for q in passage.whole]
    behind = range(one.zone.last, passage.sentence.last)
    limits += [at for at in behind if reading.words[at] == ";"][:1]
    for other in later:
        first = other.zone.first
        if other.cue.gerund or reading.words[first - 1] in _JOINING:
            limits.append(first)
    return min((at for at in limits if at >= one.zone.last), default=passage.sentence.last)


def _type(fragments: Place, clause: bool, here: list[Quotation]) -> str:
    """Direct where marks enclose all of it, mixed where they enclose some."""
    marked = [(q.start, q.end) for q in here for start, end in fragments if start <= q.start < end]
    if marked:
        return "direct" if marked == list(fragments) else "mixed"
    return "indirect" if clause else "reported"
