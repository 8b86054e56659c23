"""Files as other versions, settings and exports of the same tools write them."""

import json

import pytest
from valid import VARIANTS, needs_extra

from toolkit.errors import DataError
from toolkit.formats import read, recognise


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("name", "file", "content"), VARIANTS.values(), ids=VARIANTS)
def test_it_is_recognised_and_its_mention_read(here, name, file, content):
    needs_extra(name)
    (here / file).write_bytes(content.encode())
    assert recognise(file) == name
    found = [(d, m) for d in read(file) for m in d.mentions]
    assert [mention.label.rpartition(".")[2] for _, mention in found] == [
        "NamedEntity" if name == "webanno" else "p"
    ]
    ((document, mention),) = found
    if name == "webanno":
        assert mention.fields == {"value": "p"}
    if mention.start is None:
        assert mention.text == "Ana"
    else:
        assert (mention.start, mention.end) == (0, 3)
        assert document.text is None or document.text.startswith("Ana")


def test_of_several_views_the_first_with_a_text_is_read(here):
    needs_extra("cas-json")
    _, file, content = VARIANTS["two views"]
    (here / file).write_text(content)
    corpus = read(file)
    assert [document.text for document in corpus] == ["Ana left"]
    assert "a.json: 1 views after the first are left out" in corpus.notices


def test_controls_of_json_min_are_regions_or_values_of_the_text(here):
    row = json.loads(VARIANTS["JSON-MIN"][2])[0] | {"mood": "dark", "doc_id": "d"}
    (here / "a.json").write_text(json.dumps([row]))
    (document,) = read("a.json", annotator="1")
    assert (document.id, document.meta) == ("d", {"mood": "dark"})
    assert [mention.id for mention in document.mentions] == ["label-1"]
    with pytest.raises(DataError, match="holds no document"):
        read("a.json", annotator="2")


def test_tokens_are_placed_in_the_text_that_stands_beside_them(here):
    row = {"text": "(Ana) left.", "tokens": ["(", "Ana", ")", "left", "."]}
    row["ner_tags"] = ["O", "B-p", "O", "O", "B-q"]
    (here / "a.jsonl").write_text(json.dumps(row))
    (document,) = read("a.jsonl")
    assert [document.text[m.start : m.end] for m in document.mentions] == ["Ana", "."]
    row["tokens"][3] = "went"
    (here / "a.jsonl").write_text(json.dumps(row))
    with pytest.raises(DataError) as caught:
        read("a.jsonl")
    assert str(caught.value.problems[0]).startswith(
        "a.jsonl:1: token 4, 'went', does not follow the one before it in the text"
    )


def test_a_broken_native_file_may_be_one_of_another_format(here):
    (here / "a.jsonl").write_text('{"id": 1, "text": "Ana left", "sentiment": "dark"}\n')
    with pytest.raises(DataError) as caught:
        read("a.jsonl")
    assert [str(problem) for problem in caught.value.problems] == [
        "a.jsonl:1: id: expected 'str', got 'int' (if it is no native file, say so with --from)"
    ]


def test_a_folder_of_folders_is_told_as_one(here):
    (here / "project" / "first").mkdir(parents=True)
    with pytest.raises(DataError, match="name one of them, such as project/first"):
        read("project")
