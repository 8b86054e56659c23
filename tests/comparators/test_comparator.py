import datetime
import sys
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.comparators import comparator, text
from toolkit.errors import SchemaError
from toolkit.model import Entities
from toolkit.schema.nouns import COMPARATORS, Choice, Field, FieldType, Match

ENTITIES = Entities({"us_gov": ("the White House", "Washington"), "russia": ("Moscow",)})

VALUES = (Choice("trade"), Choice("import_ban", parent="trade"), Choice("travel"))

FIELDS = (
    Field("f", "choice", values=VALUES),
    Field("f", "choice", values=VALUES, partial="parent"),
    Field("f", "text"),
    Field("f", "text", compare="exact"),
    Field("f", "text", compare="tokens"),
    Field("f", "entity"),
    Field("f", "number"),
    Field("f", "number", parameters={"absolute": 2.0}),
    Field("f", "date"),
    Field("f", "date", granularity="year"),
    Field("f", "boolean"),
    Field("f", "span"),
    Field("f", "span", match=Match("exact")),
    Field("f", "span", match=Match("iou", 0.5)),
)

spans = st.tuples(st.integers(0, 20), st.integers(1, 9)).map(
    lambda pair: {"start": pair[0], "end": sum(pair)}
)
dates = st.dates(datetime.date(2000, 1, 1)).flatmap(
    lambda day: st.sampled_from([day.isoformat()[:size] for size in (4, 7, 10)])
)
RIGHT = {
    "choice": st.sampled_from([value.name for value in VALUES]),
    "text": st.text(max_size=12),
    "entity": st.sampled_from(["Moscow", "Washington", "us_gov"]) | st.text(max_size=8),
    "number": st.integers(-9, 9) | st.floats(allow_nan=False, allow_infinity=False),
    "date": dates | st.tuples(dates, dates).map(lambda pair: "/".join(sorted(pair))),
    "boolean": st.booleans(),
    "span": spans,
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda one: st.lists(one, max_size=2) | st.dictionaries(st.text(max_size=5), one, max_size=2),
    max_leaves=4,
)


def of(field):
    """A comparator under each kind of field, and values of its type."""
    return comparator(field, ENTITIES), RIGHT[field.type]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.compare or field.type)
@given(data=st.data())
def test_an_equal_value_is_right(field, data):
    compare, right = of(field)
    value = data.draw(right)
    assert compare(value, value) == 1


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.compare or field.type)
@given(data=st.data())
def test_the_sides_can_be_swapped(field, data):
    compare, right = of(field)
    one, other = data.draw(right), data.draw(right)
    assert compare(one, other) == compare(other, one)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.compare or field.type)
@given(data=st.data())
def test_whatever_is_answered_gets_0_to_1(field, data):
    compare, right = of(field)
    assert 0 <= compare(data.draw(right), data.draw(ANYTHING)) <= 1
    assert 0 <= compare(data.draw(ANYTHING), data.draw(right)) <= 1


def test_every_type_but_a_reference_has_a_comparator_by_default():
    assert set(COMPARATORS) == set(get_args(FieldType))
    for kind in set(COMPARATORS) - {"ref"}:
        assert callable(comparator(Field("f", kind), ENTITIES))


def test_a_schema_may_name_any_function():
    field = Field("f", "text", compare="operator:eq")
    assert comparator(field, ENTITIES)("a", "a") == 1


@pytest.mark.parametrize("name", ["no_such_package:compare", "operator:no_such_function"])
def test_a_function_that_is_not_there_is_named(name):
    with pytest.raises(SchemaError, match=f"field role: cannot load comparator {name}"):
        comparator(Field("role", "text", compare=name), ENTITIES)


def named(function):
    """A text field of `speaker` under a comparator that its schema names."""
    named.function = function
    field = Field("title", "text", compare=f"{named.__module__}:theirs")
    return comparator(field, ENTITIES, "speaker")


def theirs(gold, predicted):
    return named.function(gold, predicted)


@pytest.fixture(autouse=True)
def importable(monkeypatch):
    monkeypatch.setitem(sys.modules, named.__module__, sys.modules[__name__])


@pytest.mark.parametrize("found", [7, -0.1, float("nan"), None, "1", 1j, [1]])
def test_a_result_of_a_named_function_outside_0_to_1_is_refused(found):
    with pytest.raises(SchemaError) as refused:
        named(lambda *_: found)("Mr", "Ms")
    (problem,) = refused.value.problems
    assert problem.where == "speaker.title"
    assert f"returned {found!r} for gold 'Mr' and predicted 'Ms'" in problem.what


def test_a_named_function_that_raises_is_one_message():
    with pytest.raises(SchemaError) as refused:
        named(lambda *_: 1 / 0)("Mr", "Ms")
    (problem,) = refused.value.problems
    assert "raised ZeroDivisionError: division by zero for gold 'Mr'" in problem.what


@pytest.mark.parametrize("found", [0, 1, True, 0.25, np.float32(0.5), np.True_])
def test_a_named_function_may_return_any_number_from_0_to_1(found):
    assert named(lambda *_: found)("Mr", "Ms") == float(found)


def test_built_in_comparators_are_not_wrapped():
    assert comparator(Field("f", "text"), ENTITIES) is text.normalised
