"""Claims: what quotes state, and what the author states in figures or causes."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from toolkit.extractors.rules.cues import FORMS, is_auxiliary
from toolkit.extractors.rules.lexicon import LEXICON, Phrases, phrase_at, phrases
from toolkit.extractors.rules.quotes import Quote
from toolkit.extractors.rules.reading import Range, Reading, sentences

_SHORTEST = 4
"""In tokens; what is shorter is an exclamation, not a statement."""

_EDGES = frozenset(",;:.!?…—–-\"“”«»‘’'")
_MARKS = frozenset("%$€£“”\"«»‘’'‹›()[]")
"""Signs that may stand at the edge of a statement, as emoji and bullets may not."""

_SUBJECTS = frozenset(
    ("that", "they", "he", "she", "it", "we", "i", "you", "there", "this", "these")
)
"""Words that begin a clause of their own after "and"."""

_POSSIBLE = phrases(LEXICON.certainty["possible"])
_PROBABLE = phrases(LEXICON.certainty["probable"])
_CAUSAL = phrases(LEXICON.causal)
_TOPICS = {word: topic for topic, words in reversed(LEXICON.topics.items()) for word in words}


class Claim(NamedTuple):
    """A statement, with what the schema asks of it; `claimer` is the position of its quote."""

    place: Range
    claimer: int | None
    object: Range | None
    stance: str
    certainty: str
    type: tuple[str, ...]
    check_worthiness: str
    topic: str


def claims(reading: Reading, found: list[Quote]) -> list[Claim]:
    """Every clause stated in a quote, and the author's sentences with figures or causes."""
    stated = [
        _claim(reading, part, number, quote)
        for number, quote in enumerate(found)
        if quote.type != "reported"
        for fragment in quote.fragments
        for part in _statements(reading, reading.tokens_in(fragment), quote.type)
    ]
    own = [_claim(reading, part, None, None) for part in _by_author(reading, found)]
    return sorted(stated + own, key=lambda claim: claim.place)


def _topic(words: list[str]) -> str:
    """The topic with the most words; sanctions where it is named at all."""
    counts = Counter(_TOPICS[word] for word in words if word in _TOPICS)
    if "sanctions" in counts:
        return "sanctions"
    return counts.most_common(1)[0][0] if counts else "other"


def _statements(reading: Reading, within: Range, type_: str) -> list[Range]:
    """The statements of a quote: its sentences but for questions, parted at "and" before a new
    subject."""
    parts: list[Range] = []
    for first, last in sentences(reading, within, []):
        if "?" in reading.words[max(first, last - 2) : last]:
            continue
        for position in range(first + _SHORTEST, last - _SHORTEST):
            joins = reading.words[position] in ("and", "but", ";")
            if joins and _starts_clause(reading, position + 1):
                parts.append(Range(first, position))
                first = position + 1
        parts.append(Range(first, last))
    shortest = 2 if type_ == "indirect" else _SHORTEST
    tidy = [_tidy(reading, part, marked=type_ == "direct") for part in parts]
    return [part for part in tidy if part.last - part.first >= shortest]


def _starts_clause(reading: Reading, position: int) -> bool:
    """Whether a clause with a subject of its own starts behind a conjunction."""
    following = reading.words[position : position + 6]
    subject = reading.tokens[position].capital or following[0] in LEXICON.determiners
    finite = any(is_auxiliary(word) for word in following)
    parted = reading.words[position - 2] == ","
    return following[0] in _SUBJECTS or (parted and subject and finite)


def _tidy(reading: Reading, part: Range, marked: bool) -> Range:
    """Without conjunctions and stops, and if `marked` without quotation marks, at the edges."""
    first, last = part
    while first < last and (
        _is_edge(reading.words[first], marked)
        or reading.words[first] in ("that", "and", "but", "whether")
    ):
        first += 1
    while last > first and _is_edge(reading.words[last - 1], marked):
        last -= 1
    return Range(first, last)


def _is_edge(word: str, marked: bool) -> bool:
    if word in _EDGES:
        return marked or word not in _MARKS
    return not (word[0].isalnum() or word[0] in _MARKS)


def _by_author(reading: Reading, found: list[Quote]) -> list[Range]:
    """Sentences outside all quotes that state a figure or a cause."""
    quoted = iter(sorted(fragment for quote in found for fragment in quote.fragments))
    nearest = next(quoted, None)
    result: list[Range] = []
    for sentence in sentences(reading, reading.all, reading.marked(reading.all, 0)):
        start, end = reading.place(sentence)
        while nearest and nearest.end <= start:
            nearest = next(quoted, None)
        part = _tidy(reading, sentence, marked=True)
        if (
            (nearest is None or nearest.start >= end)
            and part.last - part.first > _SHORTEST
            and reading.words[sentence.last - 1] in (".", "!")
            and (_is_numerical(reading, part) or _holds(reading, part, _CAUSAL))
        ):
            result.append(part)
    return result


def _claim(reading: Reading, part: Range, number: int | None, quote: Quote | None) -> Claim:
    inside = set(reading.words[slice(*part)])
    lemma = quote.cue.lemma if quote and quote.cue else ""
    committed = inside & LEXICON.commitments and inside & LEXICON.first_persons
    position = bool(lemma in LEXICON.demanding or inside & LEXICON.opinions or committed)
    types = {
        "position": position,
        "numerical": _is_numerical(reading, part),
        "causal": _holds(reading, part, _CAUSAL),
    }
    forecast = not inside.isdisjoint(("will", "would", "shall", "'ll"))
    return Claim(
        place=part,
        claimer=number,
        object=_object(reading, part),
        stance="refute" if lemma in LEXICON.denying else "affirm",
        certainty=_certainty(reading, part, quote, lemma),
        type=tuple(name for name, holds in types.items() if holds) or ("event",),
        check_worthiness="not_factual" if position or forecast else "check_worthy",
        topic=_topic(reading.words[slice(*part)]),
    )


def _certainty(reading: Reading, part: Range, quote: Quote | None, lemma: str) -> str:
    """As the claimer presents it: the weakest hedge in the claim or its cue."""
    if lemma in LEXICON.denying:
        return "certain_not"
    if quote and quote.cue and (quote.cue.negated or quote.cue.passive):
        return "unknown"
    if _holds(reading, part, _POSSIBLE):
        return "possible"
    probable = _holds(reading, part, _PROBABLE) or lemma in LEXICON.certainty["probable"]
    return "probable" if probable else "certain"


def _object(reading: Reading, part: Range) -> Range | None:
    """The subject of the claim: the words before its first verb."""
    words = reading.words
    for position in range(part.first + 1, min(part.last, part.first + 20)):
        word = words[position]
        finite = is_auxiliary(word) or word in FORMS or word.endswith("ed")
        if finite or word in (",", "that", "who", "which", "because"):
            return Range(part.first, position)
    return None


def _holds(reading: Reading, part: Range, wanted: Phrases) -> bool:
    """Whether any of the phrases stands in a range of tokens."""
    words = reading.words
    return any(words[at] in wanted and phrase_at(wanted, words, at) for at in range(*part))


def _is_numerical(reading: Reading, part: Range) -> bool:
    """Whether a quantity is stated; years, dates and numbers of articles are none."""
    for position in range(*part):
        word = reading.words[position]
        if word in LEXICON.quantities:
            return True
        year = len(word) == 4 and word.isdigit() and word[:2] in ("18", "19", "20", "21")
        dated = reading.words[position + 1] in LEXICON.months
        named = position > 0 and reading.tokens[position - 1].capital
        if word[0].isdigit() and not (year or dated or named):
            return True
    return False
