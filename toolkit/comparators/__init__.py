"""How two values of a field compare: `(gold, predicted) -> 0..1`, one file for each kind.

1 is correct, 0 incorrect, anything between partial. To add a kind, write a maker `(field, entities)
-> compare` and give it a line in `MAKERS`, or name any `package.module:function` of two values in
the schema's `compare`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, TypeAlias

from toolkit.comparators import choice, date, entity, exact, number, span, text
from toolkit.errors import Problem, SchemaError
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


def comparator(field: Field, entities: Entities) -> Compare:
    """The comparator of any field but a reference, which only an alignment can judge."""
    name = field.compare or COMPARATORS[field.type][0]
    if ":" in name:
        return _load(field, name)
    return MAKERS[name](field, entities)


def _load(field: Field, name: str) -> Compare:
    module, _, function = name.partition(":")
    try:
        found: Compare = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError) as error:
        problem = Problem(f"field {field.name}", f"cannot load comparator {name}: {error}")
        raise SchemaError(problem) from None
    return found
