"""Where the clause or noun phrase after a cue begins and ends."""

from __future__ import annotations

from toolkit.extractors.rules.lexicon import Words, lexicon
from toolkit.extractors.rules.reading import Reading

_CLAUSE_WORDS = ("that", "whether", "if", "how", "why", "what", "who", "when", "where", "to")


_OBJECT_PRONOUNS = (
    "me",
    "him",
    "her",
    "us",
    "them",
    "it",
    "you",
    "reporters",
    "journalists",
    "lawmakers",
)


_TIMES = ("today", "yesterday", "earlier", "later", "again", "last", "week")
_SHORTEST_CLAUSE = 3


_NEAR = 14
"""How many tokens may stand between a cue and its "that"."""


def that_follows(reading: Reading, start: int, end: int) -> int | None:
    """Where "that" or another word that opens a clause stands, with only an addressee or time
    before it."""
    for position in range(start, min(end, start + _NEAR)):
        word = reading.words[position]
        if word == "that" and not _is_pronoun_that(reading, position, start, end):
            return position
        if (word in _CLAUSE_WORDS and position == start) or word == "whether":
            return position
        if (
            word in lexicon().auxiliaries
            or word in ".!?…;"
            or word in ("because", "after", "which", "“", '"')
        ):
            return None
    return None


def _is_pronoun_that(reading: Reading, position: int, start: int, end: int) -> bool:
    """Whether "that" opens no clause: "called that a mistake", "the plan that failed"."""
    following = reading.words[position + 1] if position + 1 < end else ""
    return (following in lexicon().auxiliaries and position > start) or not following


def only_circumstances(reading: Reading, start: int, end: int) -> bool:
    """Whether only time, place or means follow: "in a statement", "on Tuesday after the talks"."""
    word = reading.words[start]
    words = lexicon()
    if word in words.time_words or word in words.weekdays or word in words.prepositions_of_place:
        return not any(w in words.auxiliaries for w in reading.words[start:end])
    return False


def without_circumstances(reading: Reading, start: int, end: int) -> int:
    """The start of the content after "on Tuesday" or "in a statement"."""
    words = lexicon()
    first = start
    means = start + 4
    if start < end and reading.words[start] in ("in", "on"):
        for position in range(start + 1, min(end, means)):
            if (
                reading.words[position] in words.written_means
                or reading.words[position] in words.weekdays
            ):
                return position + 1
    while first < end and (
        reading.words[first] in _TIMES or reading.words[first] in words.weekdays
    ):
        first += 1
    return first


def without_addressee(reading: Reading, start: int, end: int) -> int:
    """The start of the content after whoever is spoken to."""
    words = lexicon()
    if start < end and reading.words[start] in _OBJECT_PRONOUNS:
        return start + 1
    position = start
    while position < end and position - start < 6:
        word = reading.words[position]
        opens = (
            word in words.determiners
            or word == "to"
            or any(word in g for g in words.pronouns.values())
        )
        if position > start and opens:
            return position
        position += 1
    return start


def is_clause(reading: Reading, start: int, end: int) -> bool:
    """Whether the words hold a finite verb, as far as forms tell."""
    words = lexicon()
    for position in range(start, min(end, start + 30)):
        word = reading.words[position]
        if word in words.auxiliaries - {"'s"} or word.endswith("n't"):
            return True
        if word.endswith("ed") and position > start + 1:
            return True
    return any(reading.words[start] in group for group in words.pronouns.values())


def is_plain_clause(reading: Reading, takes: Words, start: int, end: int) -> bool:
    """Whether a verb that takes nothing but clauses is followed by something that can begin one."""
    opens = reading.words[start] in lexicon().determiners or reading.tokens[start].capital
    return takes == {"clause"} and opens and end - start > _SHORTEST_CLAUSE


def phrase_end(reading: Reading, start: int, end: int) -> int:
    """Where a noun phrase after a verb ends."""
    for position in range(start, end):
        word = reading.words[position]
        if word in (
            ",",
            ";",
            ":",
            "—",
            "–",
            "(",
            "but",
            "because",
            "after",
            "when",
            "while",
            "as",
            "before",
            "if",
            "unless",
        ):
            return position
        if (
            word == "and"
            and position + 1 < end
            and reading.words[position + 1] in ("said", "that", "will", "has", "is")
        ):
            return position
    return end
