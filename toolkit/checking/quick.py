"""A quick look at many documents that tells in which of them something may break their schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from toolkit.columns import Columns, Mask, Values, grouped
from toolkit.comparators.date import parse as parse_date
from toolkit.schema.nouns import Field, LabelSchema


def doubtful(columns: Columns, schema: LabelSchema, *, required: bool) -> list[int]:
    """The positions of documents that the rules themselves must be asked about; the others surely
    keep to the schema, and with `required` have all fields that it needs.
    """
    clear = columns.start >= 0
    odd = np.flatnonzero(columns.odd).tolist()
    clear[[k for k in odd if columns.mentions[k].alternatives]] = False
    known = np.zeros(len(clear), np.int64)
    for name, positions in zip(
        columns.labels, grouped(columns.label, len(columns.labels)), strict=True
    ):
        label = schema.labels.get(name)
        if label is None:
            clear[positions] = False
            continue
        for field in label.fields.values():
            if field.name in columns.values:
                said = columns.values[field.name].at(positions)
                known[positions] += said.there
                clear[positions[said.there]] &= _right(field, said)
                if required and field.required:
                    clear[positions[~said.there]] = False
            elif required and field.required:
                clear[positions] = False
    # A field that the label does not have, or that holds null, is among a mention's own alone.
    clear &= known == np.array([len(mention.fields) for mention in columns.mentions], np.int64)
    return list(map(int, np.unique(columns.document[~clear])))


def _right(field: Field, said: Values) -> Mask | bool:
    """Of the values that are there, whether each is surely right."""
    types = _TYPES.get(field.type)
    if types is None:
        return False
    wrong = _wrong(field)
    all_fit = said.types <= types
    if all_fit and wrong is None:
        return True
    found = said.value[said.there].tolist()
    if all_fit and wrong and not any(map(wrong, set(found))):
        return True
    fits = types.__contains__

    def right(value: Any) -> bool:
        return fits(value.__class__) and not (wrong and wrong(value))

    def all_right(values: Iterable[Any]) -> bool:
        return all(map(right, values)) if values.__class__ is list else right(values)

    return np.array(list(map(all_right if field.many else right, found)), dtype=bool)


def _wrong(field: Field) -> Callable[[Any], bool] | None:
    """Tells of values of the right type which are wrong; nothing if none can be."""
    names = frozenset(choice.name for choice in field.values)
    checks: dict[str, Callable[[Any], bool]] = {
        "choice": lambda value: value not in names,
        "entity": lambda value: value == "",
        "date": lambda value: parse_date(value) is None,
    }
    return checks.get(field.type)


_TYPES: dict[str, frozenset[type]] = {
    "choice": frozenset({str}),
    "text": frozenset({str}),
    "entity": frozenset({str}),
    "date": frozenset({str}),
    "number": frozenset({int, float}),
    "boolean": frozenset({bool}),
}
"""Types of values whose look says whether they are right; spans and references need more."""
