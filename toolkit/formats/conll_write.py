"""Writing CoNLL columns (see `toolkit.formats.conll`): a token, a tab and its tag."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Literal

from toolkit.files import write_text
from toolkit.formats import StrPath
from toolkit.formats.conll import HOLDS
from toolkit.formats.holding import Lost, held_if, need_texts, told
from toolkit.formats.tokens import TOKEN, tokens
from toolkit.model import Document, Mention

_OVERLAPS = "mentions that overlap one before or around them"


def write_conll(
    documents: Iterable[Document], path: StrPath, *, scheme: Literal["IOB2", "BIOES"] = "IOB2"
) -> Lost:
    """Write all documents to one file, each after a `# newdoc id = ...` line.

    Tokens are words and single signs, cut where a mention begins or ends. Sentences are lines of
    the text, joined where a mention goes on. Of mentions that overlap the longer is written.
    """
    documents = list(documents)
    need_texts(documents, "CoNLL")
    lost: Counter[str] = Counter()
    lines: list[str] = []
    for document in documents:
        id_ = " ".join(document.id.split())
        lost["document ids, spelled with single spaces"] += id_ != document.id
        writable = partial(_has_words, document.text or "")
        what = "mentions of white space alone"
        held = held_if(document, HOLDS, lost, writable, what)
        lines.append(f"# newdoc id = {id_}")
        shown = list(_sentences(held, scheme, lost))
        lines += (line for sentence in shown for line in (*sentence, ""))
        words = "\n".join(" ".join(row.partition("\t")[0] for row in rows) for rows in shown)
        lost["texts whose white space differs, so that offsets do"] += words != document.text
    write_text(path, "".join(line + "\n" for line in lines))
    return told(lost)


def _has_words(text: str, mention: Mention) -> bool:
    return bool(TOKEN.search(text, *mention.place[0]))


def _sentences(document: Document, scheme: str, lost: Counter[str]) -> Iterator[list[str]]:
    """The rows of each sentence."""
    text = document.text or ""
    kept = _apart(document.mentions, lost)
    cuts = {offset for start, end, _ in kept for offset in (start, end)}
    rows: list[str] = []
    last, mentions = 0, iter([*kept, (len(text) + 1, len(text) + 1, "")])
    start, end, label = next(mentions)
    for token in tokens(text, cuts):
        while token.start >= end:
            start, end, label = next(mentions)
        inside = start < last
        if rows and "\n" in text[last : token.start] and not (inside and token.start > start):
            yield rows
            rows = []
        tag = "O"
        if token.start >= start:
            first = not TOKEN.search(text, start, token.start)
            more = bool(TOKEN.search(text, token.end, end))
            letter = {"IOB2": "BBII", "BIOES": "SBEI"}[scheme][2 * (not first) + more]
            tag = f"{letter}-{label}"
        rows.append(f"{text[token.start : token.end]}\t{tag}")
        last = token.end
    if rows:
        yield rows


def _apart(mentions: Iterable[Mention], lost: Counter[str]) -> list[tuple[int, int, str]]:
    """Places and labels of mentions that do not overlap, the longer before the shorter."""
    kept: list[tuple[int, int, str]] = []
    for mention in sorted(mentions, key=lambda m: (-m.length, m.place, m.label)):
        start, end = mention.place[0]
        at = bisect_left(kept, (start,))
        if (at and kept[at - 1][1] > start) or (at < len(kept) and kept[at][0] < end):
            lost[_OVERLAPS] += 1
            continue
        label = re.sub(r"\s", "_", mention.label)
        lost["labels, spelled without spaces"] += label != mention.label
        kept.insert(at, (start, end, label))
    return kept
