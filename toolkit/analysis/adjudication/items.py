"""What there is to decide between two annotators, document by document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from toolkit.errors import MismatchError, Problem
from toolkit.model import Document, Entities, Mention
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.plan import Plan
from toolkit.scoring.twins import Twins, twins


class Item(NamedTuple):
    """One mention that either annotator made, or both.

    `mention` is its id in the gold: that of `a`, else that of `b` where it is free in the document,
    else that with `~b` behind it. `second` is the id that `b` gets where both versions are kept.
    """

    document: str
    mention: str
    twins: Twins
    second: str

    @property
    def a(self) -> Mention | None:
        """The first annotator's version, none where there is none."""
        return self.twins.one

    @property
    def b(self) -> Mention | None:
        """The second annotator's version, none where there is none."""
        return self.twins.other

    @property
    def agreed(self) -> bool:
        """Whether nothing is to decide: label, place and all values are the same."""
        return self.twins.agree


class Case(NamedTuple):
    """A document that two people annotated, with all of its items in the text's order."""

    a: Document
    b: Document
    items: tuple[Item, ...]

    @property
    def text(self) -> str | None:
        """The document's text, where either side knows it."""
        return self.a.text if self.a.text is not None else self.b.text

    @property
    def agreed(self) -> tuple[Item, ...]:
        """The items that both annotators have alike."""
        return tuple(item for item in self.items if item.agreed)

    @property
    def disagreed(self) -> tuple[Item, ...]:
        """The items that somebody has to decide."""
        return tuple(item for item in self.items if not item.agreed)


class Both(NamedTuple):
    """What stands on both sides, and the ids of documents that only one annotator did."""

    cases: tuple[Case, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]


def compare_annotators(
    a: Iterable[Document],
    b: Iterable[Document],
    schema: LabelSchema | None = None,
    entities: Entities | None = None,
) -> Both:
    """Every document that both did, by id, with what they agree and disagree on.

    Raises `MismatchError` where a document's two versions stand on different texts.
    """
    ours, theirs = ({document.id: document for document in side} for side in (a, b))
    problems = [
        Problem(name, "the two annotators had different texts", "text_sha256 differs")
        for name in sorted(ours.keys() & theirs.keys())
        if _other_text(ours[name], theirs[name])
    ]
    if problems:
        raise MismatchError(problems)
    plan = Plan(schema, entities or Entities({}))
    cases = []
    for name in sorted(ours.keys() & theirs.keys()):
        one, other = ours[name], theirs[name]
        cases.append(Case(one, other, tuple(_items(one, other, plan))))
    return Both(
        tuple(cases),
        tuple(sorted(ours.keys() - theirs.keys())),
        tuple(sorted(theirs.keys() - ours.keys())),
    )


def _other_text(one: Document, other: Document) -> bool:
    pairs = ((one.text_sha256, other.text_sha256), (one.text, other.text))
    return any(None not in pair and pair[0] != pair[1] for pair in pairs)


def _items(one: Document, other: Document, plan: Plan) -> Iterator[Item]:
    taken = {mention.id for mention in one.mentions}
    names = {}
    for mention in other.mentions:
        name = mention.id
        while name in taken:
            name += "~b"
        taken.add(name)
        names[mention.id] = name
    for pair in twins(one, other, plan):
        second = names[pair.other.id] if pair.other else ""
        yield Item(one.id, pair.one.id if pair.one else second, pair, second)
