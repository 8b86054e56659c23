"""How much predictions steer annotators: what became of each, in the work that was pulled."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, TypeAlias

from toolkit.errors import DataError, Problem
from toolkit.labelstudio.pulled import Folder, person_number, standing_answers
from toolkit.labelstudio.reading import read_results
from toolkit.model import Mention
from toolkit.schema.nouns import LabelSchema

Fate: TypeAlias = Literal["kept", "changed", "removed", "added"]


class Row(NamedTuple):
    """What annotators did with predicted mentions of one label, and how many they added.

    `annotators` is `all`, or one person's folder.
    """

    annotator: str
    label: str
    kept: int
    changed: int
    removed: int
    added: int

    @property
    def touched(self) -> float | None:
        """The share of predicted mentions that were changed or removed; `None` of none."""
        predicted = self.kept + self.changed + self.removed
        return (self.changed + self.removed) / predicted if predicted else None


class Bias(NamedTuple):
    """Rows by annotator and label, the sum of all first; `answers` began from a prediction,
    `alone` did not.
    """

    rows: tuple[Row, ...]
    answers: int
    alone: int
    warnings: tuple[str, ...]


UNTOUCHED = 20
"""Predicted mentions that nobody ever changed before that is a warning."""


LONGEST = 10_000_000
"""Characters of a text up to which offsets are believed."""


def bias(folder: str | os.PathLike[str], schema: LabelSchema) -> Bias:
    """Follow each predicted mention into the answers that began from it, by its region's id.

    Kept is a mention with the same label, place and values; with another of these it is changed.
    Only answers that name the prediction they began from (`parent_prediction`) count.
    """
    place = Folder(folder)
    tasks = place.raw_tasks()
    if not tasks:
        hint = "toolkit labelstudio pull writes it"
        raise DataError(Problem(str(place.own), "holds no pulled task", hint))
    people = place.people()
    counts: dict[tuple[str, str, Fate], int] = {}
    answers = alone = 0
    for task in tasks:
        predictions = {one["id"]: one for one in task.get("predictions") or ()}
        for answer in standing_answers(task):
            began = predictions.get(answer.get("parent_prediction"))
            if began is None:
                alone += 1
                continue
            answers += 1
            who = people.get(person_number(answer), "unknown")
            for label, fate in _fates(began["result"] or [], answer["result"] or [], schema):
                for name in ("all", who):
                    counts[name, label, fate] = counts.get((name, label, fate), 0) + 1
    keys = dict.fromkeys((name, label) for name, label, _ in sorted(counts))
    order = sorted(keys, key=lambda key: (key[0] != "all", key[0], _position(schema, key[1])))
    rows = tuple(
        Row(
            *key, *(counts.get((*key, fate), 0) for fate in ("kept", "changed", "removed", "added"))
        )
        for key in order
    )
    return Bias(rows, answers, alone, tuple(_warnings(rows)))


def _position(schema: LabelSchema, label: str) -> tuple[int, str]:
    names = list(schema.labels)
    return (names.index(label) if label in names else len(names), label)


def _fates(
    began: list[dict[str, Any]], ended: list[dict[str, Any]], schema: LabelSchema
) -> Iterator[tuple[str, Fate]]:
    before, after = _mentions(began, schema), _mentions(ended, schema)
    for name, mention in before.items():
        now = after.get(name)
        if now is None:
            yield mention.label, "removed"
        else:
            yield mention.label, "kept" if now == mention else "changed"
    for name in after.keys() - before.keys():
        yield after[name].label, "added"


def _mentions(results: list[dict[str, Any]], schema: LabelSchema) -> dict[str, Mention]:
    found = read_results(results, schema, LONGEST)
    return {mention.id: mention for mention in found.mentions}


def _warnings(rows: tuple[Row, ...]) -> Iterator[str]:
    for name in dict.fromkeys(row.annotator for row in rows):
        own = [row for row in rows if row.annotator == name]
        predicted = sum(row.kept + row.changed + row.removed for row in own)
        if predicted >= UNTOUCHED and all(row.touched in (None, 0) for row in own):
            who = "nobody" if name == "all" else name
            never = "ever" if name == "all" else "never"
            yield (
                f"{who} {never} changed or removed a prediction, of {predicted}: are they read, or "
                "waved through? have some texts annotated without predictions, and compare"
            )
