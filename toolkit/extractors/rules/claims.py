"""Claims: what quotes state, and what the author states in figures or causes."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import NamedTuple

from toolkit.extractors.rules.direct import Quote
from toolkit.extractors.rules.lexicon import cue_forms, lexicon
from toolkit.extractors.rules.reading import Range, Reading
from toolkit.extractors.rules.statements import (
    CLAUSE_STARTS,
    authors,
    holds,
    is_causal,
    is_numerical,
    statements,
    table,
)


class Claim(NamedTuple):
    """A statement: its tokens, its object, the quote it stands in, how it is presented."""

    place: Range
    object: Range | None
    quote: int | None
    stance: str
    certainty: str
    types: tuple[str, ...]
    check_worthiness: str
    topic: str


def claims(reading: Reading, found: list[Quote]) -> list[Claim]:
    """Every clause stated in a quote, and the author's sentences with figures or causes."""
    stated = [
        _claim(reading, part, number, quote)
        for number, quote in enumerate(found)
        if quote.type != "reported" and not _inside_indirect(found, quote)
        for fragment in quote.fragments
        for part in statements(reading, fragment, quote)
    ]
    own = [_claim(reading, part, None, None) for part in authors(reading, found)]
    return _with_topics(reading, sorted(stated + own, key=lambda one: one.place))


def _with_topics(reading: Reading, listed: list[Claim]) -> list[Claim]:
    """A claim without topic words shares the topic of the claim before it, or else of the whole
    text."""
    topic = _topic(reading.words)
    result: list[Claim] = []
    for one in listed:
        if one.topic != "other":
            topic = one.topic
        result.append(one._replace(topic=topic))
    return result


def _inside_indirect(found: list[Quote], quote: Quote) -> bool:
    """Thoughts told inside somebody's words are part of that claim."""
    return quote.outer is not None and quote.acts == ("thought",)


def _claim(reading: Reading, part: Range, number: int | None, quote: Quote | None) -> Claim:
    words = lexicon()
    inside = set(reading.words[part.first : part.last])
    lemma = quote.cue.verb.lemma if quote and quote.cue and quote.cue.verb else ""
    refuted = lemma in words.denying or lemma in words.doubting
    certainty = _certainty(reading, part, quote, lemma)
    position = (
        lemma in words.demanding
        or bool(inside & words.opinions)
        or (bool(inside & words.commitments) and bool(inside & words.first_persons))
    )
    types: list[str] = []
    if position:
        types.append("position")
    if is_numerical(reading, part):
        types.append("numerical")
    if is_causal(reading, part):
        types.append("causal")
    if not types:
        types.append("event")
    forecast = bool(inside & {"will", "would", "shall", "'ll"})
    worth = "not_factual" if position or forecast else "check_worthy"
    return Claim(part, _object(reading, part), number, "refute" if refuted else "affirm", certainty,
                 tuple(types), worth, _topic(reading.words[part.first : part.last]))  # fmt: skip


def _certainty(reading: Reading, part: Range, quote: Quote | None, lemma: str) -> str:
    """As the claimer presents it: the weakest hedge in the claim or its cue."""
    words = lexicon()
    if lemma in words.doubting:
        return "probable_not"
    if lemma in words.denying:
        return "certain_not"
    if quote and quote.cue and (quote.cue.negated or quote.cue.passive or lemma == "wonder"):
        return "unknown"
    if holds(reading, part, table("possible")) or lemma == "suggest":
        return "possible"
    if holds(reading, part, table("probable")) or lemma in words.certainty["probable"]:
        return "probable"
    return "certain"


def _object(reading: Reading, part: Range) -> Range | None:
    """The subject of the claim: the words before its first verb."""
    words = lexicon()
    for position in range(part.first, min(part.last, part.first + 20)):
        word = reading.words[position]
        finite = word in words.auxiliaries - {"'s"} or word in cue_forms() or word.endswith("n't")
        finite = finite or word.endswith("ed") or word in (",", "that", "who", "which", "because")
        finite = finite or (
            position == part.first + 1 and reading.words[part.first] in CLAUSE_STARTS
        )
        if finite and position > part.first:
            last = position
            while last > part.first + 1 and (
                reading.words[last - 1] in words.adverbs or reading.words[last - 1].endswith("ly")
            ):
                last -= 1
            return Range(part.first, last)
    return None


def _topic(words: list[str]) -> str:
    """The topic with the most words; sanctions wins where it is named at all."""
    by_word = _topics()
    counts = Counter(topic for word in words for topic in by_word.get(word, ()))
    if "sanctions" in counts:
        return "sanctions"
    return counts.most_common(1)[0][0] if counts else "other"


@cache
def _topics() -> dict[str, tuple[str, ...]]:
    """The topics that each word speaks for."""
    found: dict[str, tuple[str, ...]] = {}
    for topic, words in lexicon().topics.items():
        for word in sorted(words):
            found[word] = (*found.get(word, ()), topic)
    return found
