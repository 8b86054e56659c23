"""CoNLL columns: a token a line with its tag, as tasks of names and of chunks share their data.

Rockwell NNP B-company
said     VBD O
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from toolkit.errors import DataError, Problem, abridged
from toolkit.formats import StrPath
from toolkit.formats.columns import DOCSTART, Block, Documents, Separator, read_columns
from toolkit.formats.native import OnError
from toolkit.formats.sniffing import first_lines
from toolkit.formats.tagging import (
    SHAPES,
    Run,
    Scheme,
    find_runs,
    is_wellformed,
    parse_tag,
    recognise,
)
from toolkit.model import Corpus, Document, Mention
from toolkit.spans import Span

HOLDS: frozenset[str] = frozenset()

Malformed = Literal["refuse", "keep", "drop"]


def looks_like(path: Path, head: bytes) -> bool:
    """Whether every line has columns and a tag in the last one, as far as they are not marks."""
    lines = [line.split() for line in first_lines(head) if not line.startswith(("# ", DOCSTART))]
    return bool(lines) and all(len(row) > 1 and parse_tag(row[-1]) is not None for row in lines)


def read_conll(
    path: StrPath,
    *,
    column: int = -1,
    token_column: int = 1,
    separator: Separator = "auto",
    scheme: Literal["auto", Scheme] = "auto",
    malformed: Malformed = "refuse",
    documents: Documents = "auto",
    tokens: Corpus | None = None,
    on_error: OnError = "list",
) -> Corpus:
    """Documents of a column file. A mention's id is the line of its first token.

    `column` is that of the tags, `token_column` that of the tokens, counted from 1 at the left or
    from -1 at the right. A document is what `-DOCSTART-` or `# newdoc` lines mark off, a sentence
    where there are none or `documents` is `"sentences"`. Its text is its tokens with a space
    between them and a line end after each sentence, or the one it has in the corpus `tokens`, whose
    words must be as many. Mentions that break `scheme` are refused, kept as conlleval does, or
    dropped as seqeval's strict mode does.
    """
    try:
        blocks = read_columns(path, column, token_column, separator, documents)
        runs = [list(_runs(block)) for block in blocks]
        every = [run for found in runs for run in found]
        follows = recognise(every) if scheme == "auto" else scheme
        bad = [[run for run in found if not is_wellformed(run, follows)] for found in runs]
        broken = sum(map(len, bad))
        if broken and malformed == "refuse":
            raise DataError(_refusals(path, column, blocks, bad, follows))
        laid, notices = _laid(path, blocks, tokens)
    except DataError as error:
        raise DataError(error.problems[:1] if on_error == "stop" else error.problems) from None
    if scheme == "auto" and follows == "IOB1":
        notices.append(f"{path}: column {column} is read as IOB1, where I- begins a mention")
    if broken:
        said = "kept, as conlleval does" if malformed == "keep" else "dropped, as if not there"
        what = f"{broken} of {len(every)} mentions break {follows} and are {said}"
        notices.append(f"{path}: column {column}: {what}")
    if malformed == "drop":
        runs = [[run for run in found if is_wellformed(run, follows)] for found in runs]
    return Corpus(
        [_document(*each) for each in zip(blocks, runs, laid, strict=True)],
        source=str(path),
        notices=tuple(notices),
        where=Lines(path, blocks, laid),
    )


def _runs(block: Block) -> Iterator[Run]:
    """The runs of a document's sentences, by the numbers of their tokens in the document."""
    before = 0
    for sentence in block.sentences:
        for run in find_runs(filter(None, (parse_tag(token.tag) for token in sentence))):
            yield run._replace(start=before + run.start, end=before + run.end)
        before += len(sentence)


def _refusals(
    path: StrPath, column: int, blocks: list[Block], bad: list[list[Run]], scheme: Scheme
) -> Iterator[Problem]:
    """Every mention that breaks the scheme, then what can be done about them."""
    for block, runs in zip(blocks, bad, strict=True):
        every = block.tokens if runs else []
        for run in runs:
            tokens = every[run.start : run.end]
            tags = " ".join(f"{token.word}/{token.tag}" for token in tokens)
            yield Problem(f"{path}:{tokens[0].line}", f"{tags} breaks {scheme}")
    yield Problem(
        str(path),
        f"column {column}: {sum(map(len, bad))} mentions break {scheme}, where one "
        f"{SHAPES[scheme][1]}",
        "mend them, or name another --scheme; or say --malformed keep to count them, as conlleval "
        "does, or --malformed drop to leave them out, as seqeval's strict mode does",
    )


class Laid(NamedTuple):
    """A document's text, and the place of each token in it."""

    text: str
    places: list[Span]


def _laid(
    path: StrPath, blocks: list[Block], tokens: Corpus | None
) -> tuple[list[Laid], list[str]]:
    """Each document on the text of its own tokens, or on that which `tokens` has for it."""
    texts = {document.id: document.text for document in tokens or ()}
    laid: list[Laid] = []
    problems: list[Problem] = []
    differ = 0
    for block in blocks:
        own, text = _own(block), texts.get(block.id)
        laid.append(own)
        if text is None or text == own.text:
            continue
        laid[-1] = Laid(text, [Span(*found.span()) for found in re.finditer("[^ \n]+", text)])
        if len(laid[-1].places) != len(own.places):
            what = f"{len(own.places)} tokens where the gold has {len(laid[-1].places)}"
            problems.append(Problem(f"{path}:{block.line}", what, "they must stand one for one"))
            continue
        for mine, other in zip(own.places, laid[-1].places, strict=True):
            differ += own.text[slice(*mine)] != text[slice(*other)]
    if problems:
        raise DataError(abridged(problems))
    said = f"{path}: {differ} tokens are spelled otherwise than the gold's, which are used"
    return laid, [said] * bool(differ)


def _own(block: Block) -> Laid:
    places: list[Span] = []
    start = 0
    for token in block.tokens:
        places.append(Span(start, start + len(token.word)))
        start += len(token.word) + 1  # a space or a line end
    lines = (" ".join(token.word for token in sentence) for sentence in block.sentences)
    return Laid("\n".join(lines), places)


def _document(block: Block, runs: list[Run], laid: Laid) -> Document:
    tokens = block.tokens
    mentions = (
        Mention(
            id=str(tokens[run.start].line),
            label=run.label,
            start=laid.places[run.start].start,
            end=laid.places[run.end - 1].end,
        )
        for run in runs
    )
    return Document(id=block.id, text=laid.text, mentions=tuple(mentions))


class Lines:
    """Finds `file:line` of a document, of a mention, or of an offset in a document's text."""

    def __init__(self, path: StrPath, blocks: list[Block], laid: list[Laid]) -> None:
        self._path = path
        self._first = {block.id: block.line for block in blocks}
        self._lines = {block.id: array("L", (t.line for t in block.tokens)) for block in blocks}
        self._starts = {
            block.id: array("L", (place.start for place in one.places))
            for block, one in zip(blocks, laid, strict=True)
        }

    def __call__(self, document: str, mention: str | None = None, offset: int | None = None) -> str:
        """The place; that of the document where there is no mention and no offset."""
        line: int | str | None = mention or self._first.get(document)
        if offset is not None and self._lines.get(document):
            line = self._lines[document][bisect_right(self._starts[document], offset) - 1]
        return f"{self._path}:{line}" if line else document
