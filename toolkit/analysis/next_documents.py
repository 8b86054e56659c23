"""Which documents to annotate next: those that several systems, or their scores, leave in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from toolkit.analysis.answers import Said, places, said
from toolkit.errors import DataError, Problem
from toolkit.model import Document


class Candidate(NamedTuple):
    """A document with the first system's mentions, how many different `mentions` the systems found
    in it, how many of these are in `doubt`, and the `rank` they give it, from 0 to below 1.
    """

    document: Document
    mentions: int
    doubt: float
    rank: float


def next_documents(
    systems: Mapping[str, Iterable[Document]],
    texts: Iterable[Document] = (),
    *,
    annotated: Iterable[str] = (),
    most: int = 20,
) -> list[Candidate]:
    """The documents to annotate next, most doubtful first; those `annotated` already are left out.

    Each mention (label, place and fields) has the share of systems that found it, a system with
    scores counting its score: its doubt is 1 where the share is a half, and 0 where all or none
    agree. A document ranks by doubt / (mentions + 1), which does not put long documents first for
    their length alone, nor those with a single mention. Raises `DataError` where nothing can be in
    doubt: one system without scores.
    """
    found = {name: {each.id: each for each in documents} for name, documents in systems.items()}
    if len(found) < 2:
        _refuse_certain(found)
    known = {document.id: document for document in texts}
    left = {name for of in found.values() for name in of} | set(known)
    candidates = [
        _candidate(known.get(name), [of.get(name) or Document(name) for of in found.values()])
        for name in left - set(annotated)
    ]
    candidates.sort(key=lambda each: (-each.rank, each.document.id))
    return candidates[:most]


def _candidate(text: Document | None, answers: list[Document]) -> Candidate:
    votes: Counter[Said] = Counter()
    for answer in answers:
        of = places(answer)
        here: dict[Said, float] = {}
        for mention in answer.mentions:
            vote = 1.0 if mention.score is None else mention.score
            if not 0 <= vote <= 1:
                where, what = f"{answer.id} {mention.id}", f"score {vote:g} is not from 0 to 1"
                raise DataError(Problem(where, what, "scores must be probabilities"))
            here[said(mention, of)] = vote
        votes.update(here)
    doubt = sum(1 - abs(2 * vote / len(answers) - 1) for vote in votes.values())
    document = answers[0]
    if text is not None:
        document = msgspec.structs.replace(
            document, text=text.text, text_sha256=text.text_sha256, meta=text.meta or document.meta
        )
    else:
        words = next((each.text for each in answers if each.text is not None), None)
        document = msgspec.structs.replace(document, text=words)
    return Candidate(document, len(votes), doubt, doubt / (len(votes) + 1))


def _refuse_certain(found: Mapping[str, Mapping[str, Document]]) -> None:
    scored = any(
        mention.score is not None
        for of in found.values()
        for document in of.values()
        for mention in document.mentions
    )
    if not scored:
        what = "one system without scores leaves nothing in doubt"
        raise DataError(Problem("systems", what, "name another system, or predict with scores"))
