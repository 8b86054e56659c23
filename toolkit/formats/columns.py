"""Column files: a token a line with its columns, a blank line after each sentence."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from toolkit.errors import DataError, Problem, abridged
from toolkit.files import BOM, read_text
from toolkit.formats.tagging import parse_tag

Separator = Literal["auto", "tab", "space"]
Documents = Literal["auto", "sentences"]

DOCSTART = "-DOCSTART-"

_NEWDOC = re.compile(r"# newdoc(?: id = (?P<id>.*))?")
_BLANK = " \t\r"


class Token(NamedTuple):
    """A token, its tag and its line in the file."""

    line: int
    word: str
    tag: str


class Block(NamedTuple):
    """The sentences of one document, and the line where it begins."""

    id: str
    line: int
    sentences: list[list[Token]]

    @property
    def tokens(self) -> list[Token]:
        """The tokens of all sentences."""
        return [token for sentence in self.sentences for token in sentence]


def read_columns(
    path: str | os.PathLike[str],
    column: int,
    token_column: int,
    separator: Separator,
    documents: Documents,
) -> list[Block]:
    """The documents of a file; every line that cannot be read is told at once.

    Columns count from 1 at the left, or from -1 at the right.
    """
    lines = read_text(path).removeprefix(BOM).split("\n")
    split = _splitter(separator, lines)
    width = _width(lines, split)
    at, word_at = (_position(path, one, width) for one in (column, token_column))
    if at == word_at:
        what = f"has {width} columns, and column {column} is that of the tokens"
        raise DataError(Problem(str(path), what, "a line holds a token and its tag, at least"))
    blocks = [Block("", 1, [[]])]
    problems: list[Problem] = []
    unknown: dict[str, list[int]] = {}
    for number, line in enumerate(lines, 1):
        row = split(line)
        tagged = len(row) == width and parse_tag(row[at]) is not None
        if line.startswith(DOCSTART):
            blocks.append(Block("", number, [[]]))
        elif tagged and row[word_at]:
            blocks[-1].sentences[-1].append(Token(number, row[word_at], row[at]))
        elif tagged:
            problems.append(Problem(f"{path}:{number}", "there is no token", "remove the line"))
        elif not line.strip(_BLANK):
            blocks[-1].sentences.append([])
        elif found := _NEWDOC.fullmatch(line.strip(_BLANK)):
            blocks.append(Block(found["id"] or "", number, [[]]))
        elif len(row) == width and not _is_remark(line):
            unknown.setdefault(row[at], []).append(number)
        elif not _is_remark(line):
            what = f"{len(row)} columns where the file has {width}: {line.strip(_BLANK)!r}"
            problems.append(Problem(f"{path}:{number}", what, "is the separator another one?"))
    problems = abridged(problems) + abridged(_unknown_tags(path, column, unknown))
    if problems:
        raise DataError(problems)
    return _documents(path, blocks, documents)


def _is_remark(line: str) -> bool:
    """Whether a line looks like a comment; it may be a token `#` with its tag all the same."""
    return line.startswith("# ")


def _splitter(separator: Separator, lines: list[str]) -> Callable[[str], list[str]]:
    """A line's columns: cells between tabs where every line of a token has one, else words."""
    if separator == "auto":
        tokens = [line for line in lines if _holds_columns(line)]
        separator = (
            "tab" if tokens and all("\t" in line.rstrip(_BLANK) for line in tokens) else "space"
        )
    if separator == "tab":
        return lambda line: [cell.strip(_BLANK) for cell in line.rstrip(_BLANK).split("\t")]
    return lambda line: re.split("[ \t]+", line.strip(_BLANK))


def _holds_columns(line: str) -> bool:
    return bool(line.strip(_BLANK)) and not _is_remark(line) and not line.startswith(DOCSTART)


def _width(lines: list[str], split: Callable[[str], list[str]]) -> int:
    """The number of columns that most lines have."""
    widths = Counter(len(split(line)) for line in lines if _holds_columns(line))
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _position(path: str | os.PathLike[str], column: int, width: int) -> int:
    """A column's index in a row."""
    if not width:
        raise DataError(Problem(str(path), "holds no token", "a line holds a token and its tag"))
    if not 1 <= abs(column) <= width:
        what = f"has {width} columns, so there is no column {column}"
        hint = "columns count from 1 at the left, or from -1 at the right"
        raise DataError(Problem(str(path), what, hint))
    return column - 1 if column > 0 else width + column


def _unknown_tags(
    path: str | os.PathLike[str], column: int, unknown: dict[str, list[int]]
) -> list[Problem]:
    hint = "a tag is O, or B- or I- (E-, S-, L-, U-) and a label; is it another --column?"
    return [
        Problem(
            f"{path}:{lines[0]}",
            f"{written!r} in column {column} is no tag"
            + (f", here and on {len(lines) - 1} more lines" if len(lines) > 1 else ""),
            hint,
        )
        for written, lines in unknown.items()
    ]


def _documents(
    path: str | os.PathLike[str], blocks: list[Block], documents: Documents
) -> list[Block]:
    """The documents that the file marks, or a document a sentence where it marks none."""
    full = [block._replace(sentences=[s for s in block.sentences if s]) for block in blocks]
    sentences = [sentence for block in full for sentence in block.sentences]
    if documents == "sentences" or len(blocks) == 1:
        return [Block(f"sentence-{i}", s[0].line, [s]) for i, s in enumerate(sentences, 1)]
    marked = full if full[0].sentences else full[1:]
    named = [block._replace(id=block.id or f"document-{i}") for i, block in enumerate(marked, 1)]
    _refuse_twice(path, named)
    return named


def _refuse_twice(path: str | os.PathLike[str], blocks: Iterable[Block]) -> None:
    first: dict[str, int] = {}
    problems = []
    for block in blocks:
        if block.id in first:
            what = f"document id {block.id!r} already stands at {path}:{first[block.id]}"
            problems.append(Problem(f"{path}:{block.line}", what, "ids must be unique"))
        first.setdefault(block.id, block.line)
    if problems:
        raise DataError(problems)
