"""A project made once, and brought up to a schema that changes."""

import msgspec
import pytest
from hard import hard_documents

from toolkit import MismatchError
from toolkit.labelstudio.projects import make_project
from toolkit.labelstudio.push import push


def without(schema, field):
    """The schema without a field of events."""
    event = schema.labels["event"]
    fields = {name: one for name, one in event.fields.items() if name != field}
    labels = schema.labels | {"event": msgspec.structs.replace(event, fields=fields)}
    return msgspec.structs.replace(schema, labels=labels)


def accept_all(studio, schema):
    documents = hard_documents()
    push(studio, "p", documents, schema, predictions=documents)
    studio.accept()


def test_a_project_is_made_once(studio, kinds):
    assert make_project(studio, "q", kinds).done == "made"
    assert make_project(studio, "q", kinds).done == "unchanged"
    assert [one["title"] for one in studio.made] == ["p", "q"]


def test_the_description_holds_the_schemas_fingerprint(studio, kinds):
    assert kinds.fingerprint in studio.project("p")["description"]


def test_what_an_interrupted_call_left_is_cleared_away(studio, kinds):
    twin = {key: value for key, value in studio.project("p").items() if key != "id"}
    studio.create_project(**twin)
    accept_all_in = studio.made[1]["id"]
    studio.import_tasks(accept_all_in, [{"data": {"text": "a"}, "predictions": []}])
    assert make_project(studio, "p", kinds).id == accept_all_in
    assert [one["id"] for one in studio.made] == [accept_all_in]


@pytest.mark.parametrize(
    ("field", "what"),
    [
        ("note", "the field 'event.note' is used 1 times"),
        ("signs", "the label 'event.signs' is used 2 times"),
        ("who", "the relation 'who' is used 204 times"),
    ],
)
def test_what_would_orphan_work_is_refused_and_nothing_changes(field, what, studio, kinds):
    accept_all(studio, kinds)
    before, writes = studio.project("p"), studio.writes
    with pytest.raises(MismatchError, match=what):
        make_project(studio, "p", without(kinds, field))
    assert (studio.project("p"), studio.writes) == (before, writes)


def test_a_draft_is_work_too(studio, kinds):
    documents = hard_documents()
    push(studio, "p", documents, kinds, predictions=documents)
    (task,) = studio.of("line-ends")
    task["drafts"].append({"id": 1, "result": task["predictions"][0]["result"]})
    with pytest.raises(MismatchError, match=r"line-ends: the field 'event\.note'"):
        make_project(studio, "p", without(kinds, "note"))


def test_what_nobody_used_may_go(studio, kinds):
    assert make_project(studio, "p", without(kinds, "who")).done == "updated"
