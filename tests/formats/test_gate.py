"""GATE's bdocjs: sets, offsets, features."""

import json

import pytest
from valid import GATE, save

from toolkit.errors import DataError
from toolkit.formats import read, recognise


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


GATE_XML = """<?xml version='1.0' encoding='UTF-8'?>
<GateDocument version="3"><GateDocumentFeatures>
<Feature><Name className="java.lang.String">source</Name>
<Value className="java.lang.String">x</Value></Feature></GateDocumentFeatures>
<TextWithNodes><Node id="0"/>Ana<Node id="3"/> 🙂 &amp; <Node
id="9"/>left<Node id="13"/></TextWithNodes>
<AnnotationSet><Annotation Id="1" Type="person" StartNode="0" EndNode="3">
<Feature><Name className="java.lang.String">n</Name>
<Value className="java.lang.Integer">2</Value></Feature>
<Feature><Name className="java.lang.String">deep</Name>
<Value className="gate.corpora.ObjectWrapper">...</Value></Feature>
</Annotation></AnnotationSet>
<AnnotationSet Name="Key"><Annotation Id="1" Type="act" StartNode="9" EndNode="13"/></AnnotationSet>
</GateDocument>
"""


def xml(*changes):
    text = GATE_XML
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    with open("d.xml", "w", encoding="utf-8") as file:
        file.write(text)
    return "d.xml"


def test_xml_has_its_places_at_the_nodes():
    assert recognise(xml()) == "gate"
    corpus = read("d.xml", "gate")
    (document,) = corpus
    assert document.text == "Ana 🙂 & left"
    assert [(m.id, m.label, document.text[m.start : m.end]) for m in document.mentions] == [
        ("1", "person", "Ana"),
        ("Key:1", "act", "left"),
    ]
    assert document.mentions[0].fields == {"n": 2}
    assert document.meta == {"source": "x"}
    assert corpus.notices == ("d.xml: 1 features with values inside values are left out",)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('EndNode="3"', 'EndNode="4"'), "d.xml: annotation '1': has no number, or no nodes"),
        (('Id="1" Type="act"', 'Id="a" Type="act"'), "d.xml: annotation 'a': has no number"),
        (("</AnnotationSet>\n</Gate", "</Gate"), "d.xml:13: not XML"),
        (("TextWithNodes", "Other"), "d.xml:1: no GateDocument with a TextWithNodes"),
        (
            ("<GateDocument v", '<!DOCTYPE a [<!ENTITY b "c">]><GateDocument v'),
            "d.xml:2: has a document type",
        ),
        (("encoding='UTF-8'", "encoding='KLINGON'"), "d.xml:1: not XML"),
    ],
)
def test_broken_xml_is_refused_with_its_place(change, said):
    with pytest.raises(DataError) as caught:
        read(xml(change), "gate")
    assert str(caught.value.problems[0]).startswith(said)


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
