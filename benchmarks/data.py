"""Made-up documents with gold and predicted mentions, the same ones for the same seed.

Mentions are as dense as in CoNLL-2003, one in about nine tokens. Of the gold mentions 80 % are
found exactly; of the rest some have a wrong boundary, some a wrong label, some are missed, and for
each one that is missed the prediction has a spurious one elsewhere.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from toolkit.model import Corpus, Document, Mention, Value
from toolkit.statistics.parts import Parts

LABELS = ("person", "body", "place", "money", "event")
WORDS = [
    "".join(chr(97 + (number * 7 + position * position * 3) % 26) for position in range(length))
    for number in range(100)
    for length in (2, 3, 5, 7, 9)
]
KINDS = ("one", "two", "three", "four")

SCHEMA = "schema: benchmark\nversion: 1.0.0\nlabels:\n" + "".join(
    f"""  {label}:
    description: One of five.
    fields:
      name: {{type: text}}
      owner: {{type: entity}}
      kind: {{type: choice, values: [one, two, three, four]}}
      amount: {{type: number}}
      day: {{type: date}}
"""
    for label in LABELS
)
"""A schema for the fields that `samples(fields=True)` makes."""

SPARE = 5
"""Slots of a document that gold leaves free, for spurious mentions."""


class Item(NamedTuple):
    """A mention by its tokens: from `start` up to, not including, `end`."""

    label: str
    start: int
    end: int
    fields: dict[str, Value]


class Sample(NamedTuple):
    """One document: its tokens, and its mentions on both sides, in the order of the text."""

    name: str
    tokens: list[str]
    gold: list[Item]
    predicted: list[Item]


def samples(
    documents: int,
    mentions: int = 20,
    *,
    nested: bool = False,
    fields: bool = False,
    slot: int = 7,
    seed: int = 2024,
) -> list[Sample]:
    """Documents of about as many gold as predicted mentions.

    Flat ones do not overlap on their own side; where they are nested, half of them come in twos,
    one inside the other. With `fields` each mention has five, of which the prediction has nine in
    ten right. A `slot` is the tokens in which one flat mention lies, or an outer one with the one
    inside it.
    """
    draw = random.Random(seed)
    return [_sample(f"d{n:07}", mentions, nested, fields, slot, draw) for n in range(documents)]


def _sample(
    name: str, mentions: int, nested: bool, fields: bool, slot: int, draw: random.Random
) -> Sample:
    twos = mentions // 4 if nested else 0
    slots = mentions - twos + SPARE
    taken = draw.sample(range(slots), slots - SPARE)
    free = sorted(set(range(slots)) - set(taken))
    double = set(taken[:twos])
    gold = [item for at in sorted(taken) for item in _items(at * slot, at in double, fields, draw)]
    predicted = [found for item in gold for found in _found(item, draw)]
    spurious = draw.sample(free, min(len(gold) - len(predicted), SPARE))
    predicted += [item for at in spurious for item in _items(at * slot, False, fields, draw)]
    predicted.sort(key=lambda item: (item.start, -item.end))
    return Sample(name, draw.choices(WORDS, k=slots * slot), gold, predicted)


def _items(first: int, nested: bool, fields: bool, draw: random.Random) -> Iterator[Item]:
    start = first + draw.randrange(3)
    if nested:
        outer = Item(draw.choice(LABELS), first, first + draw.randint(4, 6), _fields(fields, draw))
        yield outer
        start = first + draw.randint(1, 2)
    longest = 2 if nested else 3
    yield Item(draw.choice(LABELS), start, start + draw.randint(1, longest), _fields(fields, draw))


def _found(item: Item, draw: random.Random) -> Iterator[Item]:
    """What the prediction makes of a gold mention."""
    chance = draw.random()
    fields = {
        name: value if draw.random() < 0.9 else _value(name, draw)
        for name, value in item.fields.items()
    }
    if chance < 0.80:
        yield item._replace(fields=fields)
    elif chance < 0.87 and item.end - item.start > 1 and draw.random() < 0.5:
        yield item._replace(start=item.start + 1, fields=fields)
    elif chance < 0.87:
        yield item._replace(end=item.end + 1, fields=fields)
    elif chance < 0.94:
        other = draw.choice([label for label in LABELS if label != item.label])
        yield item._replace(label=other, fields=fields)


def _fields(wanted: bool, draw: random.Random) -> dict[str, Value]:
    names = ("name", "owner", "kind", "amount", "day") if wanted else ()
    return {name: _value(name, draw) for name in names}


def _value(name: str, draw: random.Random) -> Value:
    match name:
        case "kind":
            return draw.choice(KINDS)
        case "amount":
            return draw.randrange(1, 100_000)
        case "day":
            return f"20{draw.randint(10, 24)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        case _:
            return " ".join(draw.choices(WORDS, k=2)).title()


def corpora(made: list[Sample]) -> tuple[Corpus, Corpus]:
    """Gold and predictions as the toolkit takes them."""
    gold: list[Document] = []
    predicted: list[Document] = []
    for sample in made:
        for items, side in ((sample.gold, gold), (sample.predicted, predicted)):
            places = zip(items, characters(sample, items), strict=True)
            mentions = tuple(
                Mention(f"m{n}", item.label, start, end, fields=item.fields)
                for n, (item, (start, end)) in enumerate(places)
            )
            side.append(Document(sample.name, mentions=mentions))
    return Corpus(gold), Corpus(predicted)


def characters(sample: Sample, items: list[Item]) -> list[tuple[int, int]]:
    """Where items stand in the text, tokens parted by one space."""
    starts = list(accumulate((len(token) + 1 for token in sample.tokens), initial=0))
    return [(starts[item.start], starts[item.end] - 1) for item in items]


def write(corpus: Corpus, path: Path) -> Path:
    """The documents as JSON Lines."""
    encode = msgspec.json.Encoder().encode
    path.write_bytes(b"".join(encode(document) + b"\n" for document in corpus))
    return path


def write_many(made: list[Sample], documents: int, folder: Path) -> tuple[Path, Path]:
    """As many documents as wanted, the given ones over and over under new names, as JSON Lines."""
    paths = []
    for corpus, side in zip(corpora(made), ("gold", "predicted"), strict=True):
        bodies = [msgspec.json.encode(document.mentions) for document in corpus]
        path = folder / f"{side}-{documents}.jsonl"
        with path.open("wb") as file:
            for n in range(documents):
                file.write(b'{"id":"d%07d","mentions":%b}\n' % (n, bodies[n % len(bodies)]))
        paths.append(path)
    return paths[0], paths[1]


def tangled(size: int, *, seed: int = 7) -> tuple[Corpus, Corpus]:
    """One document in which all mentions of both sides, of one label, overlap one another."""
    draw = random.Random(seed)

    def side() -> Corpus:
        mentions = [
            Mention(f"m{n}", "event", draw.randrange(size), size + 1 + draw.randrange(size))
            for n in range(size)
        ]
        return Corpus([Document("d", mentions=tuple(mentions))])

    return side(), side()


def long(size: int, *, seed: int = 7) -> tuple[Corpus, Corpus]:
    """One document of many mentions, each overlapping its neighbours at most."""
    draw = random.Random(seed)

    def side() -> Corpus:
        mentions = []
        for n in range(size):
            start = 10 * n + draw.randrange(5)
            mentions.append(
                Mention(f"m{n}", draw.choice(LABELS), start, start + draw.randint(4, 10))
            )
        return Corpus([Document("d", mentions=tuple(mentions))])

    return side(), side()


def parts(figures: int, documents: int, seed: int) -> Parts:
    """What a system has right, of the same gold whatever the seed: (figures, documents, 4)."""
    gold = np.random.default_rng(0).poisson(3, (figures, documents))
    draw = np.random.default_rng(seed)
    right = draw.binomial(gold, 0.8)
    return np.stack([right, gold, right, right + draw.poisson(0.6, gold.shape)], axis=-1)
