"""What became of predictions, counted by hand."""

import pytest
from hard import document, hard_documents

from toolkit import DataError, Mention
from toolkit.labelstudio.bias import bias
from toolkit.labelstudio.pull import pull
from toolkit.labelstudio.push import push


def pulled(studio, kinds, folder, documents, change):
    push(studio, "p", documents, kinds, predictions=documents)
    studio.accept(change)
    pull(studio, "p", folder, documents, kinds)
    return bias(folder, kinds)


def test_kept_changed_removed_and_added_are_told_apart(studio, kinds, tmp_path):
    mentions = [Mention(f"p{k}", "person", k, k + 1, fields={"kind": "one"}) for k in range(4)]

    def change(result):
        result[0]["value"]["end"] = 2  # p0 is longer
        result[3]["value"]["choices"] = ["group"]  # p1 is a group
        added = {"id": "new", "from_name": "label", "type": "labels"}
        value = {"start": 7, "end": 8, "labels": ["event"]}
        return [one for one in result if one["id"] != "p2"] + [added | {"value": value}]

    found = pulled(studio, kinds, tmp_path, [document("d", "abcdefgh", mentions)], change)
    assert found.rows == (
        ("all", "person", 1, 2, 1, 0),
        ("all", "event", 0, 0, 0, 1),
        ("ana", "person", 1, 2, 1, 0),
        ("ana", "event", 0, 0, 0, 1),
    )
    assert [row.touched for row in found.rows[:2]] == [0.75, None]
    assert (found.answers, found.alone, found.warnings) == (1, 0, ())


def test_it_is_a_warning_when_nobody_ever_changes_anything(studio, kinds, tmp_path):
    found = pulled(studio, kinds, tmp_path, hard_documents(), lambda result: result)
    assert [warning.partition(":")[0] for warning in found.warnings] == [
        "nobody ever changed or removed a prediction, of 214",
        "ana never changed or removed a prediction, of 214",
    ]


def test_answers_that_began_from_nothing_are_counted_apart(studio, kinds, tmp_path):
    documents = hard_documents()
    push(studio, "p", documents, kinds, predictions=documents)
    for task in list(studio.held.values()):
        studio.annotate(task["id"], [])
    pull(studio, "p", tmp_path, documents, kinds)
    found = bias(tmp_path, kinds)
    assert (found.rows, found.answers, found.alone) == ((), 0, 6)


def test_a_folder_without_pulled_tasks_is_refused(kinds, tmp_path):
    with pytest.raises(DataError, match="holds no pulled task"):
        bias(tmp_path, kinds)
