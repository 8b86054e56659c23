"""Mentions that came without offsets, given their places in the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from toolkit.errors import Problem, abridged
from toolkit.grounding.locate import Found, Quote, Text
from toolkit.model import Corpus, Document, Mention, Value, Where
from toolkit.spans import Place

ELLIPSIS = " … "
"""What parts the pieces of a discontinuous mention in its `text`."""

replace = msgspec.structs.replace


def ground(documents: Iterable[Document], texts: Iterable[Document] = ()) -> Corpus:
    """Documents whose mentions have the places at which their `text` stands, each with how it was
    found (`Mention.grounding`).

    `texts` are documents with texts, as `read_texts` gives them; a document's own text serves where
    they have none. Mentions that have a place, or no `text`, stay as they are. So does a span value
    unless it is written `{"text": "the words"}`. What was not found keeps its words and has no
    place; the corpus' notices name it.
    """
    corpus = documents if isinstance(documents, Corpus) else Corpus(list(documents))
    known = {document.id: document.text for document in texts if document.text is not None}
    grounded: list[Document] = []
    problems: list[Problem] = []
    for document in corpus:
        text = known.get(document.id, document.text)
        if text is not None:
            document = locate_mentions(document, text)
        elif any(_is_sought(mention) for mention in document.mentions):
            what = "there is no text, so its mentions are not located"
            problems.append(Problem(_place_of(corpus.where, document.id), what))
        grounded.append(document)
        problems += _missed(document, corpus.where)
    return Corpus(
        grounded,
        source=corpus.source,
        files=corpus.files,
        name=corpus.name,
        version=corpus.version,
        schema=corpus.schema,
        entities=corpus.entities,
        notices=(*corpus.notices, *map(str, abridged(problems))),
        where=corpus.where,
    )


def locate_mentions(document: Document, text: str) -> Document:
    """One document with its mentions, and the span values of their fields, located in `text`."""
    sought = [mention for mention in document.mentions if _is_sought(mention)]
    if not sought and not any(_span_words(mention) for mention in document.mentions):
        return document
    seeker = Text(text)
    found = seeker.locate([_quote(m.text) for m in sought], [m.label for m in sought])
    places = {id(mention): one for mention, one in zip(sought, found, strict=True)}
    mentions = [_placed(m, places.get(id(m)), text) for m in document.mentions]
    return replace(document, mentions=_with_spans(mentions, seeker, len(text)))


def _is_sought(mention: Mention) -> bool:
    return mention.text is not None and not mention.place and mention.grounding in (None, "none")


def _quote(text: str | None) -> Quote:
    return tuple(piece for piece in (text or "").split(ELLIPSIS) if piece.strip())


def _placed(mention: Mention, found: Found | None, text: str) -> Mention:
    """A mention at the place found, with the words that stand there."""
    if found is None:
        return mention
    if not found.place:
        return replace(mention, grounding="none")
    words = ELLIPSIS.join(text[start:end] for start, end in found.place)
    return replace(mention, **written(found.place), text=words, grounding=found.how)


def written(place: Place) -> dict[str, Any]:
    """A place as it stands on disk."""
    if len(place) == 1:
        return {"start": place[0].start, "end": place[0].end}
    return {"fragments": place}


def _with_spans(mentions: list[Mention], seeker: Text, length: int) -> tuple[Mention, ...]:
    """The mentions with the places of their span values, each the nearest to its mention."""
    sought = [(at, words) for at, mention in enumerate(mentions) for words in _span_words(mention)]
    within = [
        (place[0].start, place[-1].end) if (place := mentions[at].place) else (0, length)
        for at, _ in sought
    ]
    found = seeker.locate(
        [_quote(words) for _, words in sought], [f"{at}" for at, _ in sought], within
    )
    places = {key: one.place for key, one in zip(sought, found, strict=True) if one.place}
    for at, _ in sought:
        fields = {k: _value_placed(v, at, places) for k, v in mentions[at].fields.items()}
        mentions[at] = replace(mentions[at], fields=fields)
    return tuple(mentions)


def _span_words(mention: Mention) -> list[str]:
    """The words of a mention's span values that have no offsets."""
    return [words for _, words in _missing(mention)]


def _missing(mention: Mention) -> list[tuple[str, str]]:
    """The same with the names of their fields."""
    found = []
    for name, value in mention.fields.items():
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict) and item.keys() == {"text"} and type(item["text"]) is str:
                found.append((name, item["text"]))
    return found


def _value_placed(value: Value, at: int, places: dict[tuple[int, str], Place]) -> Value:
    """A field's value, its spans with offsets where they were found."""
    if isinstance(value, list):
        return [_value_placed(item, at, places) for item in value]
    if not isinstance(value, dict) or (at, value.get("text")) not in places:
        return value
    place = places[at, value["text"]]
    if len(place) == 1:
        return written(place)
    return {"fragments": [[start, end] for start, end in place]}


def _missed(document: Document, where: Where | None) -> list[Problem]:
    """What is not in the text, a line each."""
    problems = []
    for mention in document.mentions:
        at = _place_of(where, document.id, mention.id)
        if mention.grounding == "none":
            problems.append(Problem(at, f"{mention.label} {mention.text!r} is not in the text"))
        for name, words in _missing(mention):
            problems.append(Problem(at, f"{name} {words!r} is not in the text"))
    return problems


def _place_of(where: Where | None, document: str, mention: str | None = None) -> str:
    name = " ".join(filter(None, (document, mention)))
    return f"{where(document, mention)}: {name}" if where else name
