"""A schema with every kind of field, and documents that are hard to take through an editor."""

import hashlib

from toolkit.model import Document, Mention
from toolkit.spans import Span

SCHEMA = """
schema: kinds
version: 1.0.0
description: Every kind of field.
labels:
  person:
    description: Who.
    fields:
      kind: {type: choice, required: true, values: {one: A single one., group: Several.}}
      entity: {type: entity}
      names: {type: text, many: true}
  event:
    description: What happens.
    fields:
      who: {type: ref, to: person, many: true}
      within: {type: ref, to: event}
      cue: {type: span}
      signs: {type: span, many: true}
      kind: {type: choice, many: true, values: {good: Good., bad: Bad.}}
      place:
        type: choice
        many: true
        partial: parent
        values:
          land:
            north: The north.
            south: The south.
          sea: The sea.
      count: {type: number}
      date: {type: date}
      sure: {type: boolean}
      note: {type: text}
"""


def document(name, text, mentions):
    """A document tied to its text, its mentions in the order in which they are pulled."""
    ordered = sorted(mentions, key=lambda one: (one.place, one.label, one.id))
    checksum = hashlib.sha256(text.encode()).hexdigest()
    return Document(name, text_sha256=checksum, text=text, mentions=tuple(ordered))


def hard_documents():
    """Emoji, line ends, mark-up, nested, discontinuous, crowded and empty ones."""
    return [emoji(), line_ends(), markup(), nested(), crowded(), empty()]


def write_texts(folder):
    """The texts of the hard documents as files of a folder, byte for byte."""
    folder.mkdir(exist_ok=True)
    for one in hard_documents():
        (folder / f"{one.id}.txt").write_bytes(one.text.encode())
    return folder


def emoji():
    """Characters outside the first plane, families of them, marks that combine, other scripts."""
    text = "👩‍👩‍👧‍👦 Ana 🇫🇷 e\u0301té \U0001d11e שלום Bo 🙂 went 中 home 🏳️‍🌈."
    return document(
        "emoji",
        text,
        [
            _person("p1", text, "Ana", kind="one", entity="ana"),
            _person("p2", text, "Bo", kind="group", names=["Bo", "Bø 🙂"]),
            _event("e1", text, "🙂 went 中", who=[{"ref": "p1"}, {"ref": "p2"}], sure=False),
        ],
    )


def line_ends():
    """Windows' line ends, lone ones, tabs, no-break spaces, a mark at the beginning."""
    text = "\ufeffAna\r\nleft.\r\n\r\nBo\tstayed\u00a0on\rand  on.\n"
    return document(
        "line-ends",
        text,
        [
            _person("p1", text, "Ana", kind="one"),
            _person("p2", text, "Bo", kind="one"),
            _event("e1", text, "left.\r\n\r\nBo", who=[{"ref": "p1"}], date="2031-04"),
            _event("e2", text, "stayed\u00a0on\rand  on", count=2.5, sure=True, note='a "b" <c>'),
        ],
    )


def markup():
    """What would be mark-up elsewhere, and ids that no editor makes."""
    text = "<b>Ana</b> &amp; <script>alert(1)</script> Bo"
    return document(
        "markup",
        text,
        [
            _person("p#1 %_x2e_.é", text, "Ana", kind="one"),
            _event("e~b'\"<i>", text, "<script>alert(1)</script>", who=[{"ref": "p#1 %_x2e_.é"}]),
        ],
    )


def nested():
    """Mentions within each other, on the same place, and in pieces that are woven together."""
    text = "one two three four five six seven eight"
    first = {"fragments": (Span(0, 3), Span(8, 13), Span(24, 27))}
    return document(
        "nested",
        text,
        [
            Mention("e1", "event", **first, fields={"cue": {"fragments": [[4, 7], [14, 18]]}}),
            Mention("e2", "event", 0, 18, fields={"within": {"ref": "e1"}, "place": ["south"]}),
            Mention(
                "e3", "event", 4, 7, fields={"kind": ["good", "bad"], "place": ["land", "sea"]}
            ),
            Mention("p1", "person", 4, 7, fields={"kind": "one"}),
            Mention(
                "e4",
                "event",
                fragments=(Span(4, 7), Span(28, 33)),
                fields={"signs": [{"start": 0, "end": 3}, {"start": 14, "end": 18}]},
            ),
        ],
    )


def crowded():
    """A hundred people, a hundred events, two hundred relations."""
    text = " ".join(f"p{k:03} e{k:03}" for k in range(100))
    mentions = []
    for k in range(100):
        mentions.append(Mention(f"p{k}", "person", 10 * k, 10 * k + 4, fields={"kind": "one"}))
        who = [{"ref": f"p{k}"}, {"ref": f"p{(k + 7) % 100}"}]
        mentions.append(Mention(f"e{k}", "event", 10 * k + 5, 10 * k + 9, fields={"who": who}))
    return document("crowded", text, mentions)


def empty():
    """Nobody finds anything."""
    return document("empty", "Nothing here.", [])


def _person(name, text, words, **fields):
    return Mention(name, "person", *_at(text, words), fields=fields)


def _event(name, text, words, **fields):
    return Mention(name, "event", *_at(text, words), fields=fields)


def _at(text, words):
    start = text.index(words)
    return start, start + len(words)
