"""UIMA CAS, as XMI and as JSON: features of all kinds, and files that mean harm."""

import json
import time

import pytest
from valid import CAS_JSON, TYPES, XMI, needs_extra

from toolkit.errors import DataError
from toolkit.formats import find_writer, read
from toolkit.model import Document, Mention

BOMB = '<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    needs_extra("xmi")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def xmi(content=XMI, types=TYPES):
    for name, text in (("d.xmi", content), ("TypeSystem.xml", types)):
        if text is not None:
            with open(name, "wb") as file:
                file.write(text.encode())


def cas(**changes):
    content = json.loads(CAS_JSON) | changes
    with open("d.json", "w", encoding="utf-8") as file:
        json.dump(content, file)
    return content


def refused(path, name):
    with pytest.raises(DataError) as caught:
        read(path, name)
    (problem,) = caught.value.problems
    return str(problem)


def test_a_cas_is_read_with_offsets_in_code_points_and_references():
    cas()
    (document,) = read("d.json", "cas-json")
    assert [(m.id, m.label, m.start, m.end, m.fields) for m in document.mentions] == [
        ("2", "a.Person", 0, 3, {"kind": "x"}),
        ("3", "a.Person", 6, 10, {"who": {"ref": "2"}}),
    ]


def test_values_of_all_kinds_are_written_with_their_types():
    fields = {
        "n": 1,
        "x": 0.1,
        "sure": False,
        "type": ["a", "b c"],
        "by": [{"ref": "2"}, {"ref": "7"}],
    }
    document = Document(
        "d", text="🙂 a", mentions=(Mention("7", "p", 2, 3, fields=fields), Mention("2", "p", 0, 1))
    )
    for name, path in (("xmi", "d.xmi"), ("cas-json", "d.json")):
        assert find_writer(name)([document], path) == []
        (found,) = read(path, name)
        assert sorted(found.mentions, key=lambda m: -int(m.id)) == list(document.mentions)


def test_mixed_values_are_written_as_text_and_counted():
    mentions = (
        Mention("2", "p", 0, 1, fields={"n": 1}),
        Mention("3", "p", 0, 1, fields={"n": "x"}),
    )
    lost = find_writer("cas-json")([Document("d", text="a", mentions=mentions)], "d.json")
    assert lost == [("numbers and booleans beside texts, written as text", 1)]
    assert [m.fields["n"] for m in read("d.json", "cas-json")["d"].mentions] == ["1", "x"]


def test_names_that_java_or_python_do_not_allow_are_spelled_otherwise():
    mention = Mention("2", "a person!", 0, 1, fields={"class": "x", "größe": "y", "sofa": "z"})
    lost = find_writer("xmi")([Document("d", text="a", mentions=(mention,))], "d.xmi")
    assert lost == [("labels and field names, spelled as Java allows", 3)]
    (found,) = read("d.xmi", "xmi")["d"].mentions
    assert (found.label, found.fields) == ("a_person_", {"class_": "x", "größe": "y", "sofa_": "z"})


def test_characters_that_xml_cannot_hold_are_refused_before_anything_is_written(here):
    with pytest.raises(
        DataError, match=r"d: holds '\\x01', which XML cannot hold \(write cas_json"
    ):
        find_writer("xmi")([Document("d", text="a\x01")], "out")
    assert list(here.iterdir()) == []


@pytest.mark.parametrize("where", ["d.xmi", "TypeSystem.xml"])
def test_entities_that_grow_without_end_are_refused_at_once(where):
    bomb = XMI if where == "d.xmi" else TYPES
    bomb = (
        bomb.replace("?>\n", f"?>\n{BOMB}]>\n", 1).replace("Ana", "&j;").replace("a.Person", "&j;")
    )
    xmi(*((bomb, TYPES) if where == "d.xmi" else (XMI, bomb)))
    began = time.monotonic()
    assert refused("d.xmi", "xmi").startswith(f"{where}:1: has a document type")
    assert time.monotonic() - began < 2


def test_no_outside_file_is_read(here):
    (here / "secret").write_text("secret")
    xmi(XMI.replace("?>\n", '?>\n<!DOCTYPE a [<!ENTITY s SYSTEM "secret">]>\n', 1))
    assert "has a document type" in refused("d.xmi", "xmi")


@pytest.mark.parametrize(
    "name", ["x=print() or None", "class", "", "a b", "x\nimport os", "__a__()"]
)
def test_names_that_would_be_compiled_as_code_are_refused(name, capsys):
    types = {"a.B": {"%NAME": "a.B", "%SUPER_TYPE": "uima.tcas.Annotation", name: {"%RANGE": "x"}}}
    cas(**{"%TYPES": types})
    assert "cannot be the name of a type or a feature" in refused("d.json", "cas-json")
    xmi(types=TYPES.replace(">kind<", f">{name}<"))
    assert "cannot be the name of a type or a feature" in refused("d.xmi", "xmi")


def test_an_offset_outside_the_text_or_within_a_character_is_refused():
    for end in (99, 5):
        content = cas()
        content["%FEATURE_STRUCTURES"][1]["end"] = end
        cas(**content)
        assert f"offset [{end}] which is not valid" in refused("d.json", "cas-json")


def test_xmi_needs_its_types_beside_it(here):
    xmi(types=None)
    assert "has 0 files of types beside it" in refused("d.xmi", "xmi")
    (here / "d-types.xml").write_text(TYPES)
    (here / "other.xml").write_text(TYPES)
    assert len(read("d.xmi", "xmi")["d"].mentions) == 2
    (here / "d-types.xml").unlink()
    (here / "third.xml").write_text(TYPES)
    assert "has 2 files of types beside it" in refused("d.xmi", "xmi")


def test_tokens_and_sentences_are_no_mentions_and_a_reference_to_one_is_its_place():
    token = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token"
    content = json.loads(CAS_JSON)
    content["%TYPES"][token] = {"%NAME": token, "%SUPER_TYPE": "uima.tcas.Annotation"}
    content["%FEATURE_STRUCTURES"][1]["%TYPE"] = token
    del content["%FEATURE_STRUCTURES"][1]["kind"]
    cas(**content)
    corpus = read("d.json", "cas-json")
    assert [m.fields for m in corpus["d"].mentions] == [{"who": {"start": 0, "end": 3}}]
    assert corpus.notices == ("d.json: 1 Token annotations are no mentions",)
