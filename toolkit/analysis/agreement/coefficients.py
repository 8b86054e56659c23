"""Agreement beyond chance: of values on matched mentions, and of marked characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeAlias

import numpy as np

from toolkit.analysis.agreement.report import Measure, Row
from toolkit.model import Document
from toolkit.statistics.agreement import (
    Bounds,
    cohen_kappa,
    coincidences,
    fleiss_kappa,
    krippendorff_alpha,
    stacked,
    summed,
)
from toolkit.statistics.parts import Floats

Statistic: TypeAlias = Callable[[Sequence[Floats]], tuple[float | None, Bounds]]
"""A coefficient with its interval, from what each document has."""

COHEN: Statistic = partial(summed, cohen_kappa)
FLEISS: Statistic = partial(stacked, fleiss_kappa)
ALPHA: Statistic = partial(summed, krippendorff_alpha)

Rated = Mapping[str, Sequence[Mapping[str, str]]]
"""For each document its units: the category that each annotator gave."""


def value_rows(group: tuple[str, ...], label: str, field: str, rated: Rated) -> Iterator[Row]:
    """Cohen's kappa (of two), Fleiss' kappa and Krippendorff's alpha of a field's values.

    Units are mentions that two or more of the group have in one place; Cohen's and Fleiss' take
    those that all have.
    """
    parts = [
        [{who: unit[who] for who in group if who in unit} for unit in units]
        for units in rated.values()
    ]
    shared = [kept for units in parts if (kept := [unit for unit in units if len(unit) > 1])]
    whole = [kept for units in parts if (kept := [u for u in units if len(u) == len(group)])]
    names = sorted({value for units in shared for unit in units for value in unit.values()})
    number = {name: position for position, name in enumerate(names)}
    counted = [_counts(units, number) for units in shared]
    complete = [_counts(units, number) for units in whole]
    one = "everybody gave one value" if names else "no mention in one place"
    if len(group) == 2:
        tables = [_table(units, group, number) for units in whole]
        yield _row(group, label, field, "cohen_kappa", COHEN, tables, _units(whole), one)
    why = one if complete else "no mention that all have"
    yield _row(group, label, field, "fleiss_kappa", FLEISS, complete, _units(whole), why)
    met = [coincidences(counts) for counts in counted]
    measure: Measure = "krippendorff_alpha"
    yield _row(group, label, field, measure, ALPHA, met, _units(shared), one)


def character_row(
    group: tuple[str, ...], label: str, documents: Sequence[Mapping[str, Document]]
) -> Row:
    """Krippendorff's nominal alpha over the characters of each text that two or more of the group
    did: is a character within a mention of this label, or not?

    It stands for the alpha of unitizing (Krippendorff 2004, ch. 11), which also sees where one
    mention ends and the next begins; this does not. Texts that are not known are left out.
    """
    tables, characters = [], 0
    for document in documents:
        versions = [document[who] for who in group if who in document]
        text = next((one.text for one in versions if one.text is not None), None)
        if len(versions) > 1 and text:
            marked = np.zeros(len(text))
            for version in versions:
                own = np.zeros(len(text))
                for mention in version.mentions:
                    if mention.label == label:
                        for start, end in mention.place:
                            own[start:end] = 1
                marked += own
            tables.append(coincidences(np.column_stack((len(versions) - marked, marked))))
            characters += len(text)
    why = "nobody marked a character" if tables else "no text is known"
    return _row(group, label, None, "character_alpha", ALPHA, tables, characters, why)


def _row(
    group: tuple[str, ...],
    label: str,
    field: str | None,
    measure: Measure,
    statistic: Statistic,
    documents: Sequence[Floats],
    items: int,
    why: str,
) -> Row:
    value, (low, high) = statistic(documents) if documents else (None, (None, None))
    return Row(group, label, field, measure, value, low, high, items, why if value is None else "")


def _units(documents: Sequence[Sequence[object]]) -> int:
    return sum(map(len, documents))


def _counts(units: Sequence[Mapping[str, str]], number: Mapping[str, int]) -> Floats:
    found = np.zeros((len(units), len(number)))
    for row, unit in enumerate(units):
        for value in unit.values():
            found[row, number[value]] += 1
    return found


def _table(
    units: Sequence[Mapping[str, str]], group: tuple[str, ...], number: Mapping[str, int]
) -> Floats:
    found = np.zeros((len(number), len(number)))
    for unit in units:
        found[number[unit[group[0]]], number[unit[group[1]]]] += 1
    return found
