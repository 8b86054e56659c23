"""The labelling interface that a schema makes."""

from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from toolkit.labelstudio.controls import controls
from toolkit.labelstudio.interface import instructions, label_config
from toolkit.schema.load import load_schema
from toolkit.schema.nouns import Choice

SCHEMAS = Path(__file__).parent.parent.parent / "schemas"


@pytest.fixture(params=["kinds", "news"])
def schema(request, kinds):
    return kinds if request.param == "kinds" else load_schema(SCHEMAS / "news.yaml")


def test_all_labels_are_of_one_control_with_colours_and_keys_of_their_own(schema):
    view = ElementTree.fromstring(label_config(schema))
    (labels,) = view.iter("Labels")
    names = [label.get("value") for label in labels]
    assert names[: len(schema.labels)] == list(schema.labels)
    keys = [label.get("hotkey") for label in labels if label.get("hotkey")]
    assert len(set(keys)) == len(keys) == min(10, len(names))
    colours = [label.get("background") for label in labels][: len(schema.labels)]
    assert len(set(colours)) == len(colours)


def test_a_field_shows_only_while_a_region_of_its_label_is_selected(schema):
    view = ElementTree.fromstring(label_config(schema))
    found = {each.get("name"): each for each in view.iter() if each.get("perRegion")}
    assert found.keys() == controls(schema).keys()
    for name, control in found.items():
        assert control.get("visibleWhen") == "region-selected"
        assert control.get("whenTagName") == "label"
        assert control.get("whenLabelValue") == name.partition(".")[0]


def test_every_value_can_be_chosen(schema):
    view = ElementTree.fromstring(label_config(schema))
    for name, control in controls(schema).items():
        (found,) = (each for each in view.iter() if each.get("name") == name)
        values = {choice.get("value") for choice in found.iter("Choice")}
        expected = {"yes", "no"} if control.field.type == "boolean" else set()
        assert values == expected | {value.name for value in control.field.values}
        assert (found.get("required") == "true") == control.field.required


def test_references_and_words_are_relations(kinds):
    view = ElementTree.fromstring(label_config(kinds))
    names = [relation.get("value") for relation in view.iter("Relation")]
    assert names == ["who", "within", "cue", "signs", "fragment"]


def test_offsets_are_by_character_and_words_are_not_copied(schema):
    (text,) = ElementTree.fromstring(label_config(schema)).iter("Text")
    assert (text.get("granularity"), text.get("saveTextResult")) == ("symbol", "no")


def test_descriptions_cannot_break_out(kinds):
    hostile = '"/><script>alert(1)</script>'
    person = kinds.labels["person"]
    kind = msgspec.structs.replace(person.fields["kind"], values=(Choice("one", hostile),))
    fields = person.fields | {"kind": kind}
    person = msgspec.structs.replace(person, description=hostile, guideline=hostile, fields=fields)
    schema = msgspec.structs.replace(kinds, labels=kinds.labels | {"person": person})
    view = ElementTree.fromstring(label_config(schema))
    assert not list(view.iter("script"))
    assert "<script" not in instructions(schema)


def test_guidelines_are_a_page(schema):
    page = instructions(schema)
    assert page.startswith(f"<h1>Annotation guidelines: {schema.name}")
    assert "<table>" in page
