"""What is written for the editor is read back as it was."""

from collections import Counter

import msgspec
import pytest
from hard import hard_documents
from hypothesis import given
from hypothesis import strategies as st

from toolkit.labelstudio.controls import mention_id, region_id
from toolkit.labelstudio.reading import read_results
from toolkit.labelstudio.writing import results
from toolkit.model import Document, Mention


@pytest.mark.parametrize("document", hard_documents(), ids=lambda one: one.id)
def test_all_comes_back(document, kinds):
    lost = Counter()
    written = results(document, kinds, lost)
    found = read_results(msgspec.json.decode(msgspec.json.encode(written)), kinds, document.text)
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


@given(st.text(st.sampled_from("ab_x2e5f#%.é🙂-"), max_size=12))
def test_ids_come_back(name):
    assert mention_id(region_id(name)) == name


def test_the_order_of_results_does_not_matter(kinds):
    for document in hard_documents():
        written = results(document, kinds, Counter())
        found = read_results(written[::-1], kinds, document.text)
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
