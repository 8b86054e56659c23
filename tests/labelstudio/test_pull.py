"""People's work as files: what is written, kept, told and refused."""

import json
from collections import Counter

import pytest
from hard import hard_documents

import toolkit
from toolkit.labelstudio.projects import make_project
from toolkit.labelstudio.pull import pull
from toolkit.labelstudio.push import push
from toolkit.labelstudio.writing import results

TEXTS = hard_documents()


@pytest.fixture
def annotated(studio, kinds):
    """Every text accepted as it was predicted, by person 1."""
    push(studio, "p", TEXTS, kinds, predictions=TEXTS)
    studio.accept()
    return studio


@pytest.fixture
def fetch(kinds, tmp_path):
    return lambda server, **how: pull(server, "p", tmp_path, TEXTS, kinds, **how)


def kinds_of(found):
    return Counter(event.kind for event in found.events)


def test_only_what_changed_is_fetched(annotated, fetch, tmp_path):
    assert fetch(annotated).looked_at == 6
    assert fetch(annotated).looked_at == 0
    annotated.annotate(annotated.of("empty")[0]["id"], [], completed_by=2)
    found = fetch(annotated)
    assert (found.looked_at, kinds_of(found)) == (1, {"new": 1})
    assert (tmp_path / "annotators" / "ana-2" / "empty.json").exists()
    assert fetch(annotated, everything=True).looked_at == 6


def test_people_of_one_name_have_folders_of_their_own(annotated, fetch, tmp_path):
    for who in (2, 3, 77):
        annotated.annotate(annotated.of("empty")[0]["id"], [], completed_by=who)
    fetch(annotated)
    names = {folder.name for folder in (tmp_path / "annotators").iterdir()}
    assert names == {"ana", "ana-2", "_b_é", "user-77"}


def test_what_was_pulled_stays_when_the_server_loses_it(annotated, fetch, tmp_path):
    fetch(annotated)
    before = {file: file.read_bytes() for file in tmp_path.glob("annotators/*/*.json")}
    (gone,) = annotated.of("nested")
    annotated.delete_task(gone["id"])
    (empty,) = annotated.of("empty")
    lost = empty["annotations"].pop()
    empty["updated_at"] = annotated.now()
    found = fetch(annotated)
    told = [(event.kind, event.document) for event in found.events]
    assert told == [("deleted", "nested"), ("deleted", "empty")]
    assert {file: file.read_bytes() for file in before} == before
    raw = json.loads((tmp_path / "labelstudio" / "tasks" / f"{empty['id']}.json").read_text())
    assert raw["annotations"] == [lost | {"deleted": True}]
    assert fetch(annotated).events == ()


def test_a_text_that_is_not_ours_gives_no_offsets(annotated, fetch, tmp_path):
    annotated.of("emoji")[0]["data"]["text"] += "!"
    annotated.of("markup")[0]["data"]["doc_id"] = "../../escape"
    found = fetch(annotated)
    assert kinds_of(found) == {"new": 4, "refused": 2}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["annotators", "labelstudio"]
    assert fetch(annotated).looked_at == 2, "refused tasks are looked at again"


def test_what_cannot_be_taken_over_is_told_and_stands_in_the_raw_task(annotated, fetch, kinds):
    (task,) = annotated.of("emoji")
    result = results(TEXTS[0], kinds, Counter())
    place = {"start": 0, "end": 1}
    result += [
        _region("far", {"start": 3, "end": 999, "labels": ["person"]}),
        _region("back", {"start": 3, "end": 2, "labels": ["person"]}),
        _region("bare", place),
        _region("word", place | {"labels": ["event.cue"]}),
        {"id": "p1", "from_name": "event.note", "type": "textarea", "value": {"text": ["x"]}},
        {"type": "relation", "from_id": "p1", "to_id": "p2", "direction": "right"},
        {"type": "relation", "from_id": "p1", "to_id": "nowhere", "labels": ["who"]},
        {"type": "labels", "id": 7},
    ]
    annotated.annotate(task["id"], result)
    found = fetch(annotated)
    assert kinds_of(found) == {"new": 6, "done twice": 1, "left out": 8}
    assert all(event.document == "emoji" for event in found.events if event.kind == "left out")


@pytest.mark.parametrize("direction", ["right", "left", "bi"])
def test_a_relation_without_a_label_is_the_one_field_it_can_be(
    direction, annotated, fetch, tmp_path
):
    (task,) = annotated.of("empty")
    ends = {"from_id": "e", "to_id": "p"}
    if direction == "left":
        ends = {"from_id": "p", "to_id": "e"}
    result = [
        _region("e", {"start": 0, "end": 7, "labels": ["event"]}),
        _region("p", {"start": 8, "end": 12, "labels": ["person"]}),
        {"type": "relation", "direction": direction, **ends},
    ]
    annotated.annotate(task["id"], result)
    found = fetch(annotated)
    assert kinds_of(found)["understood"] == 1
    assert kinds_of(found)["incomplete"] == 1  # the person's kind
    (document,) = toolkit.read(str(tmp_path / "annotators" / "ana" / "empty.json"))
    assert document.mentions[0].fields == {"who": [{"ref": "p"}]}


def test_skipped_and_drafted_work_is_told(annotated, fetch):
    annotated.of("empty")[0]["annotations"][0]["was_cancelled"] = True
    annotated.of("nested")[0]["drafts"].append({"id": 1, "user": "ana@one.example", "result": []})
    assert kinds_of(fetch(annotated)) == {"new": 5, "skipped": 1, "draft": 1}
    assert kinds_of(fetch(annotated)) == {"draft": 1}


def test_a_folder_takes_several_projects_and_of_one_answer_in_each_the_later(
    annotated, fetch, kinds, tmp_path
):
    fetch(annotated)
    make_project(annotated, "q", kinds)
    push(annotated, "q", TEXTS[:2], kinds)
    for text in TEXTS[:2]:
        (task,) = annotated.of(text.id)[1:]
        annotated.annotate(task["id"], [], completed_by=1)
    annotated.of(TEXTS[0].id)[1]["annotations"][0]["updated_at"] = "2030-01-01T00:00:00Z"
    found = pull(annotated, "q", tmp_path, TEXTS, kinds)
    assert kinds_of(found) == {"done twice": 2, "changed": 1}
    left = {one.id: len(one.mentions) for one in toolkit.read(str(tmp_path / "annotators" / "ana"))}
    assert left[TEXTS[0].id] == len(TEXTS[0].mentions)
    assert left[TEXTS[1].id] == 0
    assert fetch(annotated).events == ()


def test_a_folder_is_of_one_server(annotated, fetch):
    fetch(annotated)
    annotated.url = "http://elsewhere.example"
    with pytest.raises(toolkit.MismatchError, match="holds work of http://studio"):
        fetch(annotated)


def _region(name, value):
    return {"id": name, "from_name": "label", "type": "labels", "value": value}
