"""What is written for the editor is read back as it was."""

from collections import Counter

import msgspec
import pytest
from hard import hard_documents
from hypothesis import given
from hypothesis import strategies as st

from toolkit.checking.structure import structure_faults
from toolkit.labelstudio.bias import _mentions
from toolkit.labelstudio.controls import mention_id, region_id
from toolkit.labelstudio.reading import read_results
from toolkit.labelstudio.writing import results
from toolkit.model import Document, Mention


@pytest.mark.parametrize("document", hard_documents(), ids=lambda one: one.id)
def test_all_comes_back(document, kinds):
    lost = Counter()
    written = results(document, kinds, lost)
    sent = msgspec.json.decode(msgspec.json.encode(written))
    found = read_results(sent, kinds, len(document.text))
    assert found.mentions == document.mentions
    assert not found.left_out
    assert not found.notes
    assert not +lost


@pytest.mark.parametrize("document", hard_documents(), ids=lambda one: one.id)
def test_ids_of_regions_are_ones_that_the_editor_bears(document, kinds):
    ids = [
        one["id"] for one in results(document, kinds, Counter()) if one.get("from_name") == "label"
    ]
    assert len(set(ids)) == len(ids)
    assert all(name.replace("-", "a").replace("_", "a").isalnum() for name in ids)
    assert all(name.isascii() for name in ids)


@given(st.text(st.sampled_from("ab_x2e5f#%.é🙂-\U0010fffd\0"), max_size=12))
def test_ids_come_back(name):
    assert mention_id(region_id(name)) == name


def test_the_order_of_results_does_not_matter(kinds):
    for document in hard_documents():
        written = results(document, kinds, Counter())
        found = read_results(written[::-1], kinds, len(document.text))
        assert {one.id: one.place for one in found.mentions} == {
            one.id: one.place for one in document.mentions
        }
        assert not found.left_out


def test_what_cannot_be_shown_is_counted(kinds):
    mentions = (
        Mention("p1", "person", fields={"kind": "one"}),
        Mention("e1", "event", 0, 3, fields={"who": [{"ref": "p1"}]}, optional=True),
    )
    lost = Counter()
    results(Document("d", text="abc", mentions=mentions), kinds, lost)
    assert +lost == {
        "mentions without a place": 1,
        "references to mentions without a place": 1,
        "marks that a mention is optional": 1,
    }


def test_words_that_are_the_value_of_two_mentions_are_one_region(kinds):
    cue = {"cue": {"start": 4, "end": 7}}
    mentions = (Mention("a", "event", 0, 3, fields=cue), Mention("b", "event", 8, 9, fields=cue))
    written = results(Document("d", text="abc def g", mentions=mentions), kinds, Counter())
    assert [one["value"]["labels"] for one in written if one["type"] == "labels"] == [
        ["event"],
        ["event.cue"],
        ["event"],
    ]


WORDS = st.sampled_from(["a", "b", "_xd800_", "label", "person", "event", "event.cue", "fragment"])
VALUE = st.none() | st.integers(-3, 12) | WORDS | st.lists(WORDS, max_size=2) | st.lists(st.none())
KEYS = ("start", "end", "labels", "choices", "text", "number", "taxonomy")
RESULT = st.fixed_dictionaries(
    {"type": st.sampled_from(["labels", "choices", "textarea", "number", "relation"])},
    optional={
        "id": VALUE,
        "from_name": st.sampled_from(["label", "person.kind", "event.note", "event.count"]) | VALUE,
        "value": st.dictionaries(st.sampled_from(KEYS), VALUE) | VALUE,
        "from_id": WORDS,
        "to_id": WORDS,
        "labels": VALUE,
        "direction": VALUE,
    },
)
REGION = st.builds(
    lambda name, start, end, label: {
        "type": "labels",
        "id": name,
        "from_name": "label",
        "value": {"start": start, "end": end, "labels": [label]},
    },
    WORDS,
    st.integers(0, 4),
    st.integers(3, 9),
    WORDS,
)


@given(st.lists(REGION | RESULT | VALUE, max_size=8))
def test_whatever_a_server_says_makes_mentions_of_the_text_or_is_left_out(kinds, raw):
    text = "abc def g"
    found = read_results(raw, kinds, len(text))
    document = Document("d", text=text, mentions=found.mentions)
    assert not list(structure_faults(document, text))
    msgspec.json.encode(document)
    _mentions(raw, kinds)
