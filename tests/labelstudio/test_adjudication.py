"""Two annotators' work to gold, with a server in memory."""

from collections import Counter

import msgspec
import pytest
from hard import document, hard_documents

import toolkit
from toolkit import DataError
from toolkit.labelstudio.adjudication import adjudicate
from toolkit.labelstudio.bias import bias
from toolkit.labelstudio.disputes import BEGIN
from toolkit.labelstudio.projects import make_project
from toolkit.labelstudio.pull import pull
from toolkit.labelstudio.push import push
from toolkit.labelstudio.reading import read_results
from toolkit.labelstudio.writing import results
from toolkit.model import Mention

TEXT = "Ana left. Bo stayed."

ANA, BEN = 1, 4


def person(name, start, end, **fields):
    return Mention(name, "person", start, end, fields={"kind": "one", **fields})


AGREED = document("agreed", "Ana again.", [person("p1", 0, 3)])

OURS = document(
    "dispute",
    TEXT,
    [
        person("p1", 0, 3),
        person("p2", 10, 12),
        Mention("e1", "event", 4, 8, fields={"who": [{"ref": "p1"}], "sure": True}),
    ],
)

THEIRS = document(
    "dispute",
    TEXT,
    [
        person("x1", 0, 3),
        Mention("x2", "event", 4, 8, fields={"who": [{"ref": "x1"}], "sure": False}),
        Mention("x3", "event", 13, 19, fields={"within": {"ref": "x2"}}),
    ],
)


@pytest.fixture
def annotated(studio, kinds, tmp_path):
    """Two people's answers to the texts of their documents, and a way to adjudicate them."""
    push(studio, "p", [AGREED, OURS], kinds)
    for who, documents in ((ANA, (AGREED, OURS)), (BEN, (AGREED, THEIRS))):
        for one in documents:
            answer(studio, kinds, one, completed_by=who)

    def again(**how):
        return adjudicate(studio, ["p"], tmp_path, [AGREED, OURS], kinds, **how)

    return again


def answer(studio, kinds, one, **settings):
    """Somebody's answer to a document's first task."""
    task = studio.of(one.id)[0]
    return studio.annotate(task["id"], results(one, kinds, Counter()), **settings)


def decide(studio, change=lambda results: results):
    """Submit what the page opens in the adjudication's task, changed."""
    (task,) = [one for one in studio.held.values() if len(one["predictions"]) == 3]
    (begun,) = [one["result"] for one in task["predictions"] if one["model_version"] == BEGIN]
    return studio.annotate(task["id"], change(begun), parent_prediction=None)


def without(*gone):
    return lambda results: [
        one
        for one in results
        if not {one.get("id"), one.get("from_id"), one.get("to_id")} & {*gone}
    ]


def gold(folder):
    return {one.id: one for one in toolkit.read(str(folder / "documents"))}


def test_both_versions_stand_beside_one_that_holds_all(studio, kinds, annotated):
    found = annotated()
    assert [one.id for one in found.agreed] == ["agreed"]
    assert found.open == {"dispute": "not decided yet"}
    (task,) = [one for one in studio.held.values() if len(one["predictions"]) == 3]
    by_name = {
        one["model_version"].split(" ")[0]: read_results(one["result"], kinds, len(TEXT))
        for one in task["predictions"]
    }
    assert by_name["ana"].mentions == OURS.mentions
    assert by_name["ben"].mentions == THEIRS.mentions
    begun = {one.id: one for one in by_name["to"].mentions}
    assert sorted(begun) == ["e1", "p1", "p2", "x2", "x3"]
    assert begun["x2"].fields["who"] == [{"ref": "p1"}]
    assert begun["x3"].fields["within"] == {"ref": "x2"}


def test_what_is_in_dispute_is_noted_on_its_region(studio, annotated):
    annotated()
    (task,) = [one for one in studio.held.values() if len(one["predictions"]) == 3]
    (begun,) = [one["result"] for one in task["predictions"] if one["model_version"] == BEGIN]
    notes = {one["id"]: one["meta"]["text"][0] for one in begun if "meta" in one}
    assert notes == {
        "e1": "ana's version; ben's has another sure",
        "x2": "ben's version; ana's has another sure",
        "p2": "only ana",
        "x3": "only ben",
    }
    assert task["data"]["to_decide"].splitlines() == [
        "3 mentions to decide:",
        "event “left”: ben has another sure than ana",
        "person “Bo”: only ana",
        "event “stayed”: only ben",
    ]
    scores = {one["id"]: one["score"] for one in begun if "score" in one}
    assert scores == {"p1": 1.0, "e1": 0.5, "x2": 0.5, "p2": 0.5, "x3": 0.5}


def test_what_is_decided_becomes_gold_and_ground_truth(studio, kinds, annotated, tmp_path):
    annotated()
    decide(studio, without("e1", "p2"))
    found = annotated()
    assert ([one.id for one in found.decided], found.open) == (["dispute"], {})
    documents = gold(tmp_path)
    assert sorted(documents) == ["agreed", "dispute"]
    assert documents["agreed"].mentions == AGREED.mentions
    assert documents["dispute"].text_sha256 == OURS.text_sha256
    kept = {one.id: one.fields for one in documents["dispute"].mentions}
    assert kept == {
        "p1": {"kind": "one"},
        "x2": {"who": [{"ref": "p1"}], "sure": False},
        "x3": {"within": {"ref": "x2"}},
    }
    truth = [one for one in studio.of("dispute")[0]["annotations"] if one.get("ground_truth")]
    (only,) = truth
    told = read_results(only["result"], kinds, len(TEXT))
    assert told.mentions == documents["dispute"].mentions


def test_again_changes_nothing(studio, annotated):
    annotated()
    decide(studio, without("e1", "p2"))
    annotated()
    annotated()
    before = studio.writes
    found = annotated()
    assert found.truths == 0
    assert studio.writes == before


def test_a_decision_that_changes_changes_the_ground_truth(studio, annotated, tmp_path):
    annotated()
    decide(studio, without("e1", "p2"))
    annotated()
    decide(studio, without("x2", "x3"))
    found = annotated()
    assert found.truths == 1
    assert [one.id for one in gold(tmp_path)["dispute"].mentions] == ["p1", "e1", "p2"]
    annotations = studio.of("dispute")[0]["annotations"]
    assert sum(bool(one.get("ground_truth")) for one in annotations) == 1


def test_both_versions_left_are_no_decision(studio, annotated, tmp_path):
    annotated()
    decide(studio)
    found = annotated()
    assert found.open == {"dispute": "both versions of e1 still stand"}
    assert sorted(gold(tmp_path)) == ["agreed"]


def test_what_breaks_the_schema_or_stands_nowhere_is_no_gold(studio, annotated):
    annotated()
    far = {"start": 3, "end": 999, "labels": ["person"]}
    more = [{"id": "f", "from_name": "label", "type": "labels", "value": far}]
    bare = {"from_name": "person.kind", "id": "p1"}
    kept = without("e1")
    decide(
        studio, lambda all_: [one for one in kept(all_) if not bare.items() <= one.items()] + more
    )
    assert annotated().open == {
        "dispute": "region f: offsets 3-999 are no place in 20 characters; p1: kind is missing"
    }


def test_gold_that_comes_to_be_disputed_stays_and_is_told(studio, kinds, annotated, tmp_path):
    annotated()
    answer(studio, kinds, msgspec.structs.replace(AGREED, mentions=()), completed_by=ANA)
    assert annotated().open["agreed"] == "not decided yet; its gold from before stays"
    assert gold(tmp_path)["agreed"].mentions == AGREED.mentions


def test_ground_truth_is_nobodys_work(studio, kinds, annotated, tmp_path):
    annotated()
    decide(studio, without("e1", "p2"))
    annotated()
    found = pull(studio, "p", tmp_path, [AGREED, OURS], kinds, everything=True)
    assert found.events == ()
    assert sorted(one.name for one in (tmp_path / "annotators").iterdir()) == ["ana", "ben"]
    assert bias(tmp_path, kinds).alone == 4


def test_an_annotator_who_changes_an_answer_is_decided_anew(studio, kinds, annotated):
    annotated()
    changed = msgspec.structs.replace(OURS, mentions=OURS.mentions[:1])
    answer(studio, kinds, changed, completed_by=ANA)
    found = annotated()
    tasks = [one for one in studio.held.values() if len(one["predictions"]) == 3]
    assert len(tasks) == 1
    assert found.notices == ()
    decide(studio, without("x3"))
    answer(studio, kinds, OURS, completed_by=ANA)
    assert annotated().notices == ("dispute: changed by an annotator since it was being decided",)


def test_a_document_that_comes_to_be_agreed_on_is_taken_out(studio, kinds, annotated):
    annotated()
    answer(studio, kinds, OURS, completed_by=BEN)
    found = annotated()
    assert sorted(one.id for one in found.agreed) == ["agreed", "dispute"]
    assert [one for one in studio.held.values() if len(one["predictions"]) == 3] == []


def test_tasks_that_a_cut_connection_made_twice_are_one_again(studio, annotated):
    annotated()
    (task,) = [one for one in studio.held.values() if len(one["predictions"]) == 3]
    studio.import_tasks(task["project"], [task])
    annotated()
    assert len([one for one in studio.held.values() if len(one["predictions"]) == 3]) == 1


def test_each_annotator_may_have_a_project(studio, kinds, tmp_path):
    for name, who, documents in (("a", ANA, (AGREED, OURS)), ("b", BEN, (AGREED, THEIRS))):
        project = make_project(studio, name, kinds).id
        push(studio, name, [AGREED, OURS], kinds)
        for one in documents:
            (task,) = (task for task in studio.of(one.id) if task["project"] == project)
            studio.annotate(task["id"], results(one, kinds, Counter()), completed_by=who)
    found = adjudicate(studio, ["a", "b"], tmp_path, [AGREED, OURS], kinds)
    assert [one.id for one in found.agreed] == ["agreed"]
    assert found.open == {"dispute": "not decided yet"}
    truths = [
        one for task in studio.of("agreed") for one in task["annotations"] if "import_id" in one
    ]
    assert len({one["import_id"] for one in truths}) == found.truths == 2
    before = studio.writes
    assert adjudicate(studio, ["a", "b"], tmp_path, [AGREED, OURS], kinds).truths == 0
    assert studio.writes == before


def test_two_annotators_are_needed_and_named_where_there_are_more(studio, kinds, annotated):
    answer(studio, kinds, OURS, completed_by=2)
    with pytest.raises(DataError, match=r"ana, ana-2, ben \(name two with --between\)"):
        annotated()
    assert annotated(between=("ana-2", "ana")).annotators == ("ana", "ana-2")
    with pytest.raises(DataError, match="no annotator is called 'anna'"):
        annotated(between=("anna", "ana"))


def test_one_annotator_is_not_enough(studio, kinds, tmp_path):
    push(studio, "p", [AGREED], kinds)
    answer(studio, kinds, AGREED, completed_by=ANA)
    with pytest.raises(DataError, match=r"by ana \(two people.s work is needed\)"):
        adjudicate(studio, ["p"], tmp_path, [AGREED], kinds)


def test_gold_that_was_made_elsewhere_is_left_alone(studio, annotated, tmp_path):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "dispute.json").write_text('{"id": "dispute", "mentions": []}')
    before = studio.writes
    with pytest.raises(DataError, match="were not adjudicated in Label Studio"):
        annotated()
    assert studio.writes == before


def test_hard_documents_come_through_unchanged_where_both_agree(studio, kinds, tmp_path):
    documents = hard_documents()
    push(studio, "p", documents, kinds)
    for who in (ANA, BEN):
        for one in documents:
            answer(studio, kinds, one, completed_by=who)
    found = adjudicate(studio, ["p"], tmp_path, documents, kinds)
    assert (len(found.agreed), found.open) == (len(documents), {})
    made = gold(tmp_path)
    for one in documents:
        assert sorted(made[one.id].mentions, key=lambda each: each.id) == sorted(
            one.mentions, key=lambda each: each.id
        )
