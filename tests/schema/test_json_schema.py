import copy
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from toolkit.schema.json_schema import json_schema
from toolkit.schema.nouns import Choice, Field, FieldType, Label, LabelSchema

ACCEPTED = {
    "$schema",
    "title",
    "description",
    "type",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "anyOf",
    "enum",
}
"""The keywords that structured-output interfaces of language models take."""

FIELDS = (
    Field(
        "kind", "choice", "What kind.", values=(Choice("x", "An X."), Choice("y")), required=True
    ),
    Field("acts", "choice", many=True, values=(Choice("x"), Choice("y", parent="x"))),
    Field("role", "text"),
    Field("who", "entity"),
    Field("amount", "number"),
    Field("day", "date"),
    Field("negated", "boolean"),
    Field("cue", "span"),
    Field("source", "ref", "Who says it.", to="speaker"),
    Field("sources", "ref", to="speaker", many=True),
)

SCHEMA = LabelSchema(
    "news",
    "1",
    "News.",
    {
        "quote": Label("quote", "A quote.", fields={field.name: field for field in FIELDS}),
        "speaker": Label("speaker", "A speaker."),
    },
)

ANSWER = {
    "mentions": [
        {"id": "s", "label": "speaker", "text": ["Renk"], "fields": {}},
        {
            "id": "q",
            "label": "quote",
            "text": ["“It is late,”", "“We go home.”"],
            "fields": {
                "kind": "x",
                "acts": ["x", "y"],
                "role": None,
                "who": "Renk",
                "amount": 1.5,
                "day": "2021-12",
                "negated": False,
                "cue": ["said"],
                "source": "s",
                "sources": [],
            },
        },
    ]
}


def valid(answer, schema=SCHEMA):
    return Draft202012Validator(json_schema(schema)).is_valid(answer)


def changed(**values):
    answer = copy.deepcopy(ANSWER)
    answer["mentions"][1]["fields"] |= values
    return answer


def nodes(schema):
    """Every schema in the schema."""
    yield schema
    below = [*schema.get("properties", {}).values(), *schema.get("anyOf", ())]
    for one in [*below, *([schema["items"]] if "items" in schema else [])]:
        yield from nodes(one)


def test_the_schema_is_valid_and_says_its_dialect():
    derived = json_schema(SCHEMA)
    Draft202012Validator.check_schema(derived)
    assert derived["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_a_right_answer_is_valid():
    assert valid(ANSWER)


def test_an_answer_without_mentions_is_valid():
    assert valid({"mentions": []})


@pytest.mark.parametrize("answer", [{}, [], None, {"mentions": None}, {"mentions": [], "more": 1}])
def test_an_answer_is_an_object_of_mentions_alone(answer):
    assert not valid(answer)


@pytest.mark.parametrize("key", ["id", "label", "text", "fields"])
def test_every_key_of_a_mention_is_required(key):
    answer = copy.deepcopy(ANSWER)
    del answer["mentions"][0][key]
    assert not valid(answer)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_field_is_required(field):
    answer = copy.deepcopy(ANSWER)
    del answer["mentions"][1]["fields"][field.name]
    assert not valid(answer)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_absence_is_null_but_for_required_and_many_valued_fields(field):
    assert valid(changed(**{field.name: None})) != (field.required or field.many)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "z"),
        ("kind", ["x"]),
        ("acts", "x"),
        ("acts", ["z"]),
        ("role", 1),
        ("who", ["Renk"]),
        ("amount", "1"),
        ("day", 2021),
        ("negated", "no"),
        ("cue", "said"),
        ("cue", {"start": 1, "end": 2}),
        ("source", {"ref": "s"}),
        ("sources", [None]),
        ("unknown", "x"),
    ],
)
def test_a_value_of_another_form_is_invalid(name, value):
    assert not valid(changed(**{name: value}))


@pytest.mark.parametrize("label", ["claim", "", None])
def test_an_unknown_label_is_invalid(label):
    answer = copy.deepcopy(ANSWER)
    answer["mentions"][0]["label"] = label
    assert not valid(answer)


def test_the_fields_of_another_label_are_invalid():
    answer = copy.deepcopy(ANSWER)
    answer["mentions"][0]["fields"] = answer["mentions"][1]["fields"]
    assert not valid(answer)


def test_a_description_names_what_each_value_means():
    one, _ = json_schema(SCHEMA)["properties"]["mentions"]["items"]["anyOf"]
    assert one["properties"]["fields"]["properties"]["kind"]["description"] == (
        "What kind.\nx: An X."
    )


def test_a_reference_says_what_it_points_to():
    one, _ = json_schema(SCHEMA)["properties"]["mentions"]["items"]["anyOf"]
    assert one["properties"]["fields"]["properties"]["source"]["description"] == (
        "Who says it. The id of a speaker mention in this answer."
    )


names = st.from_regex(r"[A-Za-z][A-Za-z0-9_-]{0,6}", fullmatch=True)


@st.composite
def fields(draw):
    kind = draw(st.sampled_from(get_args(FieldType)))
    values = draw(st.lists(names, unique=True, min_size=1, max_size=3)) if kind == "choice" else []
    return Field(
        draw(names),
        kind,
        draw(st.text(max_size=5)),
        many=draw(st.booleans()),
        required=draw(st.booleans()),
        values=tuple(map(Choice, values)),
        to="a" if kind == "ref" else None,
    )


def by_name(items):
    return {item.name: item for item in items}


labels = st.builds(
    Label, names, st.text(max_size=5), fields=st.lists(fields(), max_size=4).map(by_name)
)
schemas = st.builds(
    LabelSchema, names, st.just("1"), labels=st.lists(labels, min_size=1, max_size=3).map(by_name)
)


@given(schemas)
def test_any_schema_keeps_to_what_structured_outputs_accept(schema):
    derived = json_schema(schema)
    Draft202012Validator.check_schema(derived)
    for node in nodes(derived):
        assert node.keys() <= ACCEPTED
        if node.get("type") == "object":
            assert node["required"] == list(node["properties"])
            assert node["additionalProperties"] is False
    assert "anyOf" not in derived


def example(field):
    one = {
        "choice": field.values[0].name if field.values else None,
        "number": 1,
        "boolean": True,
        "span": ["word"],
    }.get(field.type, "word")
    return [one] if field.many else one


@given(schemas)
def test_any_schema_takes_an_answer_in_its_own_words(schema):
    mentions = [
        {
            "id": label.name,
            "label": label.name,
            "text": ["word"],
            "fields": {field.name: example(field) for field in label.fields.values()},
        }
        for label in schema.labels.values()
    ]
    assert valid({"mentions": mentions}, schema)
    assert not valid({"mentions": [{**mentions[0], "label": "no such label"}]}, schema)
