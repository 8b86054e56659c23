"""Annotators as the sides of a score."""

import pytest

import toolkit
from toolkit import Document, Entities, Mention

MARKED = Mention("a", "speaker", 0, 3)


def test_the_first_named_stands_for_gold_with_what_all_did():
    sets = {
        "zoe": [Document("d2"), Document("d1", mentions=(MARKED,)), Document("d3")],
        "ann": [Document("d1", text="Ana said."), Document("d2")],
    }
    entities = Entities({"ana": ("Ana",)})
    first, gold, others = toolkit.first_as_gold(sets, entities=entities)
    assert first == "zoe"
    assert [document.id for document in gold] == ["d2", "d1"]
    assert gold["d1"].mentions == (MARKED,)
    assert gold["d1"].text == "Ana said."  # one of them has it
    assert list(others) == ["ann"]
    assert [document.id for document in others["ann"]] == ["d2", "d1"]
    assert gold.entities is entities


def test_without_a_document_that_all_did_there_is_none_to_show():
    sets = {"a": [Document("d1")], "b": [Document("d1"), Document("d2")], "c": [Document("d2")]}
    with pytest.raises(toolkit.MismatchError, match="no document was done by all of a, b, c"):
        toolkit.first_as_gold(sets)
