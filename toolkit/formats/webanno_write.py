"""Writing WebAnno TSV 3.3 (see `toolkit.formats.webanno`)."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from toolkit.formats import StrPath
from toolkit.formats.folders import write_files
from toolkit.formats.holding import Lost, held_if, is_reference, need_texts, told
from toolkit.formats.layers import RESPELLED, java_name, java_names, label_of, layer_of
from toolkit.formats.relations import relations_of
from toolkit.formats.tokens import TOKEN
from toolkit.formats.utf16 import utf16_offsets
from toolkit.formats.webanno import HOLDS
from toolkit.model import Document, Mention
from toolkit.spans import Span

_ORDER = "lists that refer to several labels, in another order"
_RETURNS = "values with carriage returns, written as spaces"
# A sentence may begin after a line end, or spaces later, as readers fill a gap with these.
_SENTENCE = re.compile(r"(?<=\n) *(?=\S)")
_VALUE = re.compile(r"->|[\\\[\]|_;\t\n*]")
_TEXT = re.compile(r"[\\\t\n\f\r\b\x00-\x07\x0e-\x1f]")
_LETTERS = {"\t": "t", "\n": "n", "\f": "f", "\r": "r", "\b": "b"}


def write_webanno(documents: Iterable[Document], path: StrPath) -> Lost:
    """Write a `.tsv` file for each document, in a folder; a `.tsv` path holds a single one.

    Every mention has a number. References are slots, mentions without a place that refer to a
    Governor and a Dependent are relations.
    """
    lost: Counter[str] = Counter()
    documents = list(documents)
    need_texts(documents, "WebAnno TSV")
    contents = {}
    for document in documents:
        what = "mentions without a place that are no relation, or of white space alone"
        writable = partial(_writable, document.text or "")
        left = held_if(document, HOLDS | {"links"}, lost, writable, what)
        contents[document.id] = _tsv(left, lost).encode()
    write_files(path, contents, ".tsv", lost)
    return told(lost)


def _writable(text: str, mention: Mention) -> bool:
    if mention.place:
        return bool(text[slice(*mention.place[0])].strip())
    return all(is_reference(mention.fields.get(end)) for end in ("Governor", "Dependent"))


def _mixed(value: Any, labels: dict[str, str]) -> bool:
    """Whether a list refers to several labels, each of which has slots of its own, in turns."""
    if not isinstance(value, list):
        return False
    targets = [labels[one["ref"]] for one in value]
    return targets != sorted(targets)


class _Row(NamedTuple):
    """A token or a part of one, and the mentions that cover it."""

    unit: str
    start: int
    end: int
    mentions: list[int]


def _tsv(document: Document, lost: Counter[str]) -> str:
    text = document.text or ""
    spans = [mention for mention in document.mentions if mention.place]
    numbers = {mention.id: number for number, mention in enumerate(document.mentions, 1)}
    layers = _layers(document.mentions, lost)
    labels = {mention.id: mention.label for mention in document.mentions}
    lost[_ORDER] += sum(_mixed(value, labels) for m in spans for value in m.fields.values())
    sentences = list(_sentences(text, [mention.place[0] for mention in spans], lost))
    units = {
        number: row.unit
        for _, rows in reversed(sentences)
        for row in reversed(rows)
        for number in row.mentions
    }
    first = {mention.id: units[number] for number, mention in enumerate(spans)}
    values = [value for mention in document.mentions for value in mention.fields.values()]
    lost[_RETURNS] += sum(isinstance(value, str) and "\r" in value for value in values)
    relations: dict[str, list[Mention]] = {}
    for mention in document.mentions:
        if not mention.place:
            relations.setdefault(first[_end(mention, "Dependent")], []).append(mention)
    units16 = utf16_offsets(text)
    lines = ["#FORMAT=WebAnno TSV 3.3", *(layer.header for layer in layers), ""]
    for shown, rows in sentences:
        lines += ["", *(f"#Text={_escaped_text(line)}" for line in shown.split("\n"))]
        for row in rows:
            cells = [
                row.unit,
                f"{units16[row.start]}-{units16[row.end]}",
                text[row.start : row.end],
            ]
            here = [spans[number] for number in row.mentions] + relations.get(row.unit, [])
            for layer in layers:
                cells += layer.cells(here, first, numbers)
            lines.append("\t".join(cells) + "\t")
    return "".join(line + "\n" for line in lines)


def _sentences(
    text: str, places: list[Span], lost: Counter[str]
) -> Iterator[tuple[str, list[_Row]]]:
    """Each sentence's text and rows. A sentence is a line, with the blank lines that follow."""
    lead = len(text) - len(text.lstrip(" "))
    if text.isspace() or text[lead : lead + 1].isspace():
        lost["white space before the first word, written as spaces"] += 1
        lead = len(text) - len(text.lstrip())
    breaks = [match.span() for match in _SENTENCE.finditer(text) if match.end() > lead]
    starts = [lead, *(end for _, end in breaks)]
    ends = [*(start - 1 for start, _ in breaks), len(text)]
    tokens = _covered(text, places)
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1):
        here = []
        while tokens and tokens[0][0].start < end:
            here.append(tokens.popleft())
        rows = [
            row for at, one in enumerate(here, 1) for row in _rows(f"{number}-{at}", *one, places)
        ]
        yield text[start:end], rows


def _covered(text: str, places: list[Span]) -> deque[tuple[Span, list[int]]]:
    """Each token with the numbers of the mentions that share characters with it."""
    coming = deque(sorted(range(len(places)), key=lambda number: places[number].start))
    covering: list[int] = []
    tokens: deque[tuple[Span, list[int]]] = deque()
    for match in TOKEN.finditer(text):
        token = Span(*match.span())
        while coming and places[coming[0]].start < token.end:
            covering.append(coming.popleft())
        covering = [number for number in covering if places[number].end > token.start]
        tokens.append((token, sorted(covering)))
    return tokens


def _rows(unit: str, token: Span, here: list[int], places: list[Span]) -> Iterator[_Row]:
    """A token's row, then those of the parts of it that mentions begin or end in."""
    whole = [n for n in here if places[n].start <= token.start and places[n].end >= token.end]
    yield _Row(unit, token.start, token.end, whole)
    parts: dict[tuple[int, int], list[int]] = {}
    for n in here:
        if n not in whole:
            cut = (max(places[n].start, token.start), min(places[n].end, token.end))
            parts.setdefault(cut, []).append(n)
    for number, (cut, some) in enumerate(sorted(parts.items()), 1):
        yield _Row(f"{unit}.{number}", *cut, some)


class _Layer(NamedTuple):
    """The layer of a label: its header line, and what its columns hold."""

    label: str
    header: str
    features: list[str]
    slots: list[str]
    """Labels of the mentions that its mentions refer to."""
    relation: bool
    labels: dict[str, str]
    """The label of every mention."""

    def cells(
        self, here: list[Mention], first: dict[str, str], numbers: dict[str, int]
    ) -> list[str]:
        """The layer's cells in a row with these mentions."""
        mine = [m for m in here if m.label == self.label and self.relation == (not m.place)]
        own = [f"[{numbers[mention.id]}]" for mention in mine]
        columns = [
            [_value(m.fields.get(name)) + number for m, number in zip(mine, own, strict=True)]
            for name in self.features
        ]
        for slot in self.slots:
            links = [self._links(mention, slot) for mention in mine]
            roles = [";".join(_value(role) for role, _ in some) or "_" for some in links]
            columns.append([role + number for role, number in zip(roles, own, strict=True)])
            targets = [[f"{first[id_]}[{numbers[id_]}]" for _, id_ in some] for some in links]
            columns.append([";".join(some) or "*" for some in targets])
        if self.relation:
            ends = [(_end(m, "Governor"), _end(m, "Dependent")) for m in mine]
            columns.append([f"{first[g]}[{numbers[g]}_{numbers[d]}]" for g, d in ends])
        elif not columns:
            columns.append(["*" + number for number in own])
        return ["|".join(column) or "_" for column in columns]

    def _links(self, mention: Mention, label: str) -> list[tuple[str, str]]:
        links = relations_of([mention])
        return [(one.name, one.target) for one in links if self.labels[one.target] == label]


def _end(mention: Mention, name: str) -> str:
    value: Any = mention.fields[name]
    return str(value["ref"])


def _layers(mentions: Iterable[Mention], lost: Counter[str]) -> list[_Layer]:
    """A layer for each label, and one for each label of relations."""
    mentions = list(mentions)
    labels = {mention.id: mention.label for mention in mentions}
    kinds = [(mention.label, not mention.place) for mention in mentions]
    names = java_names(kinds, lambda kind: java_name(layer_of(kind[0])))
    layers = []
    for (label, relation), name in names.items():
        mine = [m for m in mentions if m.label == label and relation == (not m.place)]
        lost[RESPELLED] += label_of(name) != label
        fields = [n for m in mine for n, v in m.fields.items() if isinstance(v, str)]
        spelled = java_names(fields, _feature)
        lost[RESPELLED] += sum(n != s for n, s in spelled.items())
        columns = list(spelled.values())
        slots = [] if relation else sorted({labels[one.target] for one in relations_of(mine)})
        for number, slot in enumerate(slots, 1):
            columns += [f"ROLE_{name}:links{number}_{name}Link{number}", names[slot, False]]
        if relation:
            columns += ["BT_" + names[labels[_end(mine[0], "Governor")], False]]
        header = f"#T_{'RL' if relation else 'SP'}={name}|{'|'.join(columns)}"
        layers.append(_Layer(label, header, list(spelled), slots, relation, labels))
    return layers


def _feature(name: str) -> str:
    return re.sub(r"^(?=ROLE_|BT_)", "_", java_name(name.replace(".", "_")))


def _value(value: Any) -> str:
    if not isinstance(value, str):
        return "*"
    letters = {"\t": "t", "\n": "n"}
    line = value.replace("\r", " ")
    return _VALUE.sub(lambda match: "\\" + letters.get(match[0], match[0]), line)


def _escaped_text(line: str) -> str:
    return _TEXT.sub(lambda match: "\\" + _LETTERS.get(match[0], match[0]), line)
