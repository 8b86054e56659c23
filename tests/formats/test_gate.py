"""GATE's bdocjs: sets, offsets, features."""

import json

import pytest
from valid import GATE, save

from toolkit.errors import DataError
from toolkit.formats import read


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def bdoc(**changes):
    with open("d.bdocjs", "w", encoding="utf-8") as file:
        json.dump(json.loads(GATE) | changes, file)
    return "d.bdocjs"


def one(**changes):
    return {"type": "x", "start": 0, "end": 3, "id": 0, "features": {}} | changes


def test_offsets_count_what_the_file_says(here):
    (document,) = read(save("gate", here), "gate")
    assert [document.text[m.start : m.end] for m in document.mentions] == ["Ana", "left"]
    points = {"": {"annotations": [one(start=4, end=5)]}}
    (document,) = read(bdoc(offset_type="p", annotation_sets=points), "gate")
    assert [document.text[m.start : m.end] for m in document.mentions] == ["🙂"]


def test_annotations_of_a_named_set_have_its_name_in_their_ids():
    sets = {"": {"annotations": [one()]}, "Key": {"annotations": [one()]}}
    (document,) = read(bdoc(annotation_sets=sets), "gate")
    assert [m.id for m in document.mentions] == ["0", "Key:0"]


def test_what_is_no_field_value_is_said():
    features = {"a": 1, "b": ["x", None], "c": {"d": 1}, "e": [[1]]}
    annotations = [one(features=features), one(id=1, start=2, end=2)]
    corpus = read(bdoc(annotation_sets={"": {"annotations": annotations}}), "gate")
    (mention,) = corpus["d"].mentions
    assert mention.fields == {"a": 1, "b": ["x", None]}
    assert corpus.notices == (
        "d.bdocjs: 2 features with values inside values are left out",
        "d.bdocjs: 1 annotations of no text are left out",
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"start": 5}, "annotation 0: no text lies between start 5 and end 3"),
        (
            {"end": 99},
            "no text lies between start 0 and end 99 (offset_type 'j' counts UTF-16 units)",
        ),
        ({"start": 5, "end": 6}, "no text lies between start 5 and end 6"),
        ({"type": ""}, "annotation 0: has no type"),
        ({"start": "0"}, "annotations[0].start: expected 'int', got 'str'"),
    ],
)
def test_what_cannot_be_is_refused(changes, said):
    path = bdoc(annotation_sets={"": {"annotations": [one(**changes)]}})
    with pytest.raises(DataError) as caught:
        read(path, "gate")
    assert said in str(caught.value)
    assert str(caught.value).startswith("d.bdocjs")
