"""Each text once, whatever happened before."""

import msgspec
import pytest
from hard import document, hard_documents

from toolkit import DataError, Document, Mention, MismatchError
from toolkit.labelstudio.push import push

TEXTS = hard_documents()


def state(server):
    return {
        head.document: (head.text_sha256, head.versions, head.worked_on)
        for head in server.heads(server.project("p")["id"])
    }


def test_a_push_again_writes_nothing(studio, kinds):
    first = push(studio, "p", TEXTS, kinds, predictions=TEXTS)
    assert (first.new, first.unchanged, first.predicted) == (6, 0, 0)
    before, writes = state(studio), studio.writes
    again = push(studio, "p", TEXTS, kinds, predictions=TEXTS)
    assert (again.new, again.unchanged, again.predicted) == (0, 6, 0)
    assert (state(studio), studio.writes) == (before, writes)


def test_annotators_see_the_latest_predictions(studio, kinds):
    push(studio, "p", TEXTS, kinds)
    assert studio.project("p")["model_version"] == ""
    one = push(studio, "p", TEXTS, kinds, predictions=TEXTS, model="a, b")
    fewer = [msgspec.structs.replace(each, mentions=()) for each in TEXTS]
    other = push(studio, "p", TEXTS, kinds, predictions=fewer)
    assert (one.predicted, other.predicted) == (6, 6)
    assert one.version.startswith("a  b ")
    assert studio.project("p")["model_version"] == other.version
    assert {versions for _, versions, _ in state(studio).values()} == {(one.version, other.version)}


def test_what_an_interrupted_push_left_twice_is_once_again(studio, kinds):
    push(studio, "p", TEXTS, kinds, predictions=TEXTS)
    push_again = [dict(task) for task in studio.held.values()]
    studio.import_tasks(studio.project("p")["id"], push_again)
    (first, second) = studio.of("emoji")
    studio.annotate(second["id"], [])
    twin = first["predictions"][0] | {"task": studio.of("nested")[0]["id"]}
    studio.import_predictions(1, [twin])
    push(studio, "p", TEXTS, kinds, predictions=TEXTS)
    heads = studio.heads(studio.project("p")["id"])
    assert sorted(head.document for head in heads) == sorted(one.id for one in TEXTS)
    assert studio.of("emoji") == [second]
    assert all(len(head.versions) == 1 for head in heads)


def test_work_in_two_tasks_of_one_text_is_left_alone_and_told(studio, kinds):
    push(studio, "p", TEXTS[:1], kinds)
    studio.import_tasks(1, [dict(task, predictions=[]) for task in list(studio.held.values())])
    for task in studio.of("emoji"):
        studio.annotate(task["id"], [])
    found = push(studio, "p", TEXTS[:1], kinds)
    assert len(studio.of("emoji")) == 2
    assert found.notices == ("annotated in two tasks, both left alone: emoji",)


def test_a_changed_text_takes_the_old_ones_place(studio, kinds):
    push(studio, "p", TEXTS, kinds)
    changed = document("emoji", "New.", [])
    found = push(studio, "p", [changed, *TEXTS[1:]], kinds)
    assert (found.new, found.replaced, found.unchanged) == (1, 1, 5)
    assert [task["data"]["text"] for task in studio.of("emoji")] == ["New."]


@pytest.mark.parametrize("work", ["annotations", "drafts"])
def test_a_text_that_changed_under_work_is_refused_before_anything_is_written(work, studio, kinds):
    push(studio, "p", TEXTS[:2], kinds)
    for task in studio.held.values():
        task[work].append({"id": 99})
    before, writes = state(studio), studio.writes
    changed = [document(one.id, "New.", []) for one in TEXTS[:2]]
    with pytest.raises(MismatchError) as refused:
        push(studio, "p", [*changed, *TEXTS[2:]], kinds)
    assert [problem.where for problem in refused.value.problems] == ["emoji", "line-ends"]
    assert (state(studio), studio.writes) == (before, writes)


def test_predictions_that_cannot_be_are_refused_all_at_once(studio, kinds):
    wrong = Document(
        "emoji",
        mentions=(Mention("a", "person", 0, 999), Mention("b", "thing", 0, 1)),
    )
    other = Document("nested", text_sha256="0" * 64)
    with pytest.raises(DataError) as refused:
        push(studio, "p", TEXTS, kinds, predictions=[wrong, other])
    assert [problem.where for problem in refused.value.problems] == ["emoji a", "emoji b", "nested"]
    assert studio.held == {}


def test_what_does_not_fit_together_is_told(studio, kinds):
    push(studio, "p", TEXTS, kinds)
    unknown = Document("unknown")
    nowhere = Document("emoji", mentions=(Mention("a", "person", fields={"kind": "one"}),))
    found = push(studio, "p", TEXTS[:2], kinds, predictions=[unknown, nowhere])
    assert found.notices == (
        "predictions without a text, left out: unknown",
        "texts without predictions: 1 of 2",
        "tasks of other texts, left alone: 4",
        "mentions without a place are not shown: 1",
    )


def test_predictions_of_no_text_of_ours_are_no_version(studio, kinds):
    found = push(studio, "p", TEXTS[:1], kinds, predictions=[Document("unknown")])
    assert (found.new, found.version) == (1, None)


def test_another_schema_is_refused(studio, kinds):
    other = msgspec.structs.replace(kinds, labels={"person": kinds.labels["person"]})
    with pytest.raises(MismatchError, match=r"made from \[label schema kinds 1\.0\.0"):
        push(studio, "p", TEXTS, other)
