"""How two values of a field compare: `(gold, predicted) -> 0..1`, one file for each kind.

1 is correct, 0 incorrect, anything between partial. To add a kind, write a maker `(field, entities)
-> compare` and give it a line in `MAKERS`, or name any `package.module:function` of two values in
the schema's `compare`.
"""

from __future__ import annotations

from collections.abc import Callable
from numbers import Real
from typing import Any, TypeAlias

from toolkit.comparators import choice, date, entity, exact, number, span, text
from toolkit.errors import Problem, SchemaError
from toolkit.loading import locate
from toolkit.model import Entities
from toolkit.schema.nouns import COMPARATORS, Field

Compare: TypeAlias = Callable[[Any, Any], float]

MAKERS: dict[str, Callable[[Field, Entities], Compare]] = {
    "exact": lambda field, _: choice.comparator(field.parents) if field.partial else exact.compare,
    "normalised": lambda *_: text.normalised,
    "tokens": lambda *_: text.tokens,
    "entity": lambda _, entities: entity.comparator(entities),
    "number": lambda field, _: number.comparator(**field.parameters),
    "date": lambda field, _: date.comparator(field.granularity),
    "span": lambda field, _: span.comparator(field.match),
}


def comparator(field: Field, entities: Entities, label: str = "") -> Compare:
    """The comparator of any field but a reference, which only an alignment can judge.

    `label` is the field's, for messages.
    """
    name = field.compare or COMPARATORS[field.type][0]
    if ":" in name:
        where = f"{label}.{field.name}" if label else f"field {field.name}"
        return _guarded(_load(where, name), where, name)
    return MAKERS[name](field, entities)


def _load(where: str, name: str) -> Compare:
    try:
        found: Compare = locate(name)
    except (ImportError, AttributeError) as error:
        problem = Problem(where, f"cannot load comparator {name}: {error}")
        raise SchemaError(problem) from None
    return found


def _guarded(compare: Compare, where: str, name: str) -> Compare:
    """Somebody's comparator, held to a number of 0 to 1; one that breaks is a fault of the schema
    that names it.
    """

    import numpy as np  # only for somebody's own, so that checking files loads none of it

    def guarded(gold: Any, predicted: Any) -> float:
        try:
            found = compare(gold, predicted)
        except Exception as error:
            what = f"raised {type(error).__name__}: {error}"
        else:
            if isinstance(found, Real | np.bool_) and 0 <= found <= 1:
                return float(found)
            what = f"returned {found!r}"
        what = f"comparator {name} {what} for gold {gold!r} and predicted {predicted!r}"
        raise SchemaError(Problem(where, what, "it must return a number from 0 to 1"))

    return guarded
