"""A quick look that tells of most documents that nothing in them can break their schema."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit.comparators.date import parse as parse_date
from toolkit.model import Document
from toolkit.schema.nouns import Field, LabelSchema


def quick_check(schema: LabelSchema, *, required: bool) -> Callable[[Document], bool]:
    """Tells of a document whether it surely keeps to the schema, and with `required` whether it has
    all fields that it needs; where it cannot tell, the rules themselves must be asked.
    """
    checks = {
        label.name: (
            {field.name: _check(field) for field in label.fields.values()},
            {field.name for field in label.fields.values() if required and field.required},
        )
        for label in schema.labels.values()
    }

    def keeps(document: Document) -> bool:
        for mention in document.mentions:
            fields = mention.fields
            known = checks.get(mention.label)
            if known is None or mention.start is None or mention.alternatives:
                return False
            of_field, needed = known
            for name, value in fields.items():
                check = of_field.get(name)
                if check is None or not check(value):
                    return False
            if not needed <= fields.keys():
                return False
        return True

    return keeps


def _check(field: Field) -> Callable[[Any], bool]:
    names = frozenset(choice.name for choice in field.values)
    checks: dict[str, Callable[[Any], bool]] = {
        "choice": lambda value: value.__class__ is str and value in names,
        "text": lambda value: value.__class__ is str,
        "entity": lambda value: value.__class__ is str and value != "",
        "number": lambda value: value.__class__ in (int, float),
        "boolean": lambda value: value.__class__ is bool,
        "date": lambda value: parse_date(value) is not None,
    }
    one = checks.get(field.type, lambda _: False)
    if not field.many:
        return one
    return lambda value: all(map(one, value)) if value.__class__ is list else one(value)
