"""Hugging Face: what a token-classification pipeline gives, and rows of a data set.

[{"entity_group": "PER", "score": 0.99, "word": "Ana", "start": 0, "end": 3}]
{"id": "1", "tokens": ["Ana", "left"], "ner_tags": [1, 0]}
{"id": "1", "text": "Ana left", "entities": [{"start": 0, "end": 3, "label": "PER"}]}
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from toolkit.errors import DataError, Problem, did_you_mean
from toolkit.files import read_bytes
from toolkit.formats import StrPath
from toolkit.formats.holding import Lost, held, told
from toolkit.formats.jsonfile import convert, decode
from toolkit.formats.native import OnError, parts
from toolkit.formats.parquet import holds_columns, read_parquet, write_parquet
from toolkit.formats.rows import Notes, gather, write_rows
from toolkit.formats.sniffing import first_keys
from toolkit.formats.tagging import find_runs, parse_tag
from toolkit.model import Corpus, Document, Mention
from toolkit.spans import Span

HOLDS = frozenset({"text", "overlaps", "scores"})


class _Entity(msgspec.Struct):
    start: int | None = None
    end: int | None = None
    label: str | None = None
    entity: str | None = None
    entity_group: str | None = None
    type: str | None = None
    word: str | None = None
    score: float | None = None
    index: int | None = None
    id: str | int | None = None


class _Row(msgspec.Struct):
    id: str | int | None = None
    text: str | None = None
    entities: list[_Entity] | None = None
    tokens: list[str] | None = None
    words: list[str] | None = None


_TAGS = ("ner_tags", "ner", "tags", "labels")


def read_huggingface(
    path: StrPath, *, names: str | None = None, on_error: OnError = "list"
) -> Corpus:
    """Documents of a JSON, JSON Lines or Parquet file.

    Tags that are numbers need the `names` of the data set's features, parted by commas; a Parquet
    file that `datasets` wrote has them. A list of entities is one document, a list of such lists
    several; a line that is a list is one.
    """
    known = names.split(",") if names else None
    notes: Notes = Notes()

    def documents() -> Iterator[tuple[str, Document | DataError]]:
        for where, raw, tags in _rows(path):
            if isinstance(raw, DataError):
                yield where, raw
                continue
            try:
                yield where, _document(where, raw, known or tags, notes)
            except DataError as error:
                yield where, error

    return gather(path, documents(), notes, on_error)


def write_huggingface(documents: Iterable[Document], path: StrPath) -> Lost:
    """Write rows of text and entities, to Parquet where the path ends so, and say what is lost."""
    lost: Counter[str] = Counter()
    rows = [
        {
            "id": document.id,
            "text": document.text,
            "entities": [
                {
                    "id": mention.id,
                    "start": mention.place[0].start,
                    "end": mention.place[0].end,
                    "label": mention.label,
                    "score": mention.score,
                }
                for mention in document.mentions
            ],
        }
        for document in held(documents, HOLDS, lost)
    ]
    if Path(path).suffix == ".parquet":
        write_parquet(rows, path)
    else:
        write_rows(rows, path)
    return told(lost)


def looks_like(path: Path, head: bytes) -> bool:
    """Whether it begins as a pipeline's output or a data set's rows."""
    if head.startswith(b"PAR1"):
        return holds_columns(path, "ner_tags") or holds_columns(path, "entities")
    keys = first_keys(head)
    if {"text", "entities"} <= keys:
        return "relations" not in keys and b'"start_offset"' not in head
    tagged = bool(keys & {"tokens", "words"}) and bool(keys & set(_TAGS)) and "spans" not in keys
    return tagged or ({"word", "score"} <= keys and bool({"entity", "entity_group"} & keys))


def _rows(path: StrPath) -> Iterator[tuple[str, Any, list[str] | None]]:
    """Each document's JSON with its place, and the names of its tags where the file has them."""
    if Path(path).suffix == ".parquet":
        rows, metadata = read_parquet(path)
        tags = _feature_names(metadata)
        yield from ((f"{path}:{number}", row, tags) for number, row in enumerate(rows, 1))
        return
    if Path(path).suffix == ".json" and (whole := _piped(path)) is not None:
        for number, entities in enumerate(whole, 1):
            yield f"{path}:1", {"id": f"text-{number}", "entities": entities}, None
        return
    for where, data in parts(path):
        try:
            yield where, decode(where, data), None
        except DataError as error:
            yield where, error, None


def _piped(path: StrPath) -> list[Any] | None:
    """The output of a pipeline for several texts; `None` where the file holds rows."""
    try:
        found = msgspec.json.decode(read_bytes(path))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    if not isinstance(found, list) or not found:
        return None
    if all(isinstance(one, list) for one in found):
        return found
    return [found] if all(isinstance(o, dict) and "word" in o for o in found) else None


def _feature_names(metadata: dict[bytes, bytes]) -> list[str] | None:
    """The names of tags in what `datasets` writes beside the columns."""
    try:
        features = json.loads(metadata.get(b"huggingface", b"{}"))["info"]["features"]
        found = next(features[name] for name in _TAGS if name in features)
        names = (found.get("feature") or found)["names"]
    except (ValueError, KeyError, TypeError, StopIteration, AttributeError):
        return None
    return [str(name) for name in names]


def _document(where: str, raw: Any, names: Sequence[str] | None, notes: Notes) -> Document:
    row = convert(where, {"entities": raw} if isinstance(raw, list) else raw, _Row)
    name = "" if row.id is None else str(row.id)
    tokens = row.words if row.tokens is None else row.tokens
    if tokens is not None and row.entities is None:
        text = " ".join(tokens) if row.text is None else row.text
        return Document(name, text=text, mentions=_tagged(where, tokens, text, raw, names))
    if row.entities is None:
        what = "a row has neither entities nor tokens with tags"
        raise DataError(Problem(where, what, did_you_mean("entities", raw)))
    mentions = tuple(_mention(where, *pair) for pair in enumerate(_joined(row.entities), 1))
    unplaced = [mention for mention in mentions if mention.start is None]
    notes["entities have no offsets, as a slow tokenizer gives none"] += len(unplaced)
    return Document(name, text=row.text, mentions=mentions)


def _joined(entities: list[_Entity]) -> Iterator[_Entity]:
    """Entities whole: a pipeline that does not aggregate gives pieces of words with B- and I-."""
    run: list[_Entity] = []
    for one in entities:
        tag = parse_tag(one.entity or "")
        if tag is None or one.entity_group or one.label:
            yield from _whole(run)
            run = []
            yield one
            continue
        last = run[-1] if run else None
        before = parse_tag(last.entity or "") if last else None
        follows = (
            last and before and before.label == tag.label and last.index == (one.index or 0) - 1
        )
        if not follows or tag.letter in "BS":
            yield from _whole(run)
            run = []
        run.append(one)
    yield from _whole(run)


def _whole(run: list[_Entity]) -> Iterator[_Entity]:
    if run:
        tag = parse_tag(run[0].entity or "")
        scores = [one.score for one in run if one.score is not None]
        words = " ".join(one.word or "" for one in run).replace(" ##", "")
        yield _Entity(
            start=run[0].start,
            end=run[-1].end,
            label=tag.label if tag else None,
            word=words,
            score=sum(scores) / len(scores) if scores else None,
        )


def _mention(where: str, number: int, one: _Entity) -> Mention:
    label = one.label or one.entity_group or one.type or one.entity
    if not label:
        raise DataError(Problem(where, f"entity {number} has no label", "entity_group or label"))
    name = str(number if one.id is None else one.id)
    words = None if one.start is not None else one.word
    return Mention(name, label, one.start, one.end, text=words, score=one.score)


def _tagged(
    where: str, tokens: list[str], text: str, raw: dict[str, Any], names: Sequence[str] | None
) -> tuple[Mention, ...]:
    """The mentions that the tags of tokens mark, in the text that these stand in."""
    column = next((raw[name] for name in _TAGS if isinstance(raw.get(name), list)), None)
    if column is None or len(column) != len(tokens):
        count = "no" if column is None else str(len(column))
        raise DataError(Problem(where, f"{count} tags for {len(tokens)} tokens", ", ".join(_TAGS)))
    written = [_tag_name(where, tag, names) for tag in column]
    tags = [parse_tag(tag) for tag in written]
    if None in tags:
        what = f"{written[tags.index(None)]!r} is no tag"
        raise DataError(Problem(where, what, "a tag is O, or B- or I- and a label"))
    places = _places(where, tokens, text)
    return tuple(
        Mention(str(number), run.label, places[run.start].start, places[run.end - 1].end)
        for number, run in enumerate(find_runs(filter(None, tags)), 1)
    )


def _places(where: str, tokens: list[str], text: str) -> list[Span]:
    """Where the tokens stand in the text, one after the other."""
    places: list[Span] = []
    end = 0
    for number, token in enumerate(tokens, 1):
        start = text.find(token, end)
        if start < 0 or text[end:start].strip():
            what = f"token {number}, {token[:40]!r}, does not follow the one before it in the text"
            raise DataError(Problem(where, what, "leave the text out, or give its own tokens"))
        end = start + len(token)
        places.append(Span(start, end))
    return places


def _tag_name(where: str, tag: object, names: Sequence[str] | None) -> str:
    if isinstance(tag, str):
        return tag
    if not isinstance(tag, int) or isinstance(tag, bool):
        raise DataError(Problem(where, f"{tag!r} is no tag"))
    if names is None:
        what = f"tag {tag} is a number, and its name is not known"
        raise DataError(Problem(where, what, "say the names: --names O,B-PER,I-PER,..."))
    if not 0 <= tag < len(names):
        raise DataError(Problem(where, f"tag {tag} is none of the {len(names)} names"))
    return names[tag]
