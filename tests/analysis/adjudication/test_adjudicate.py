"""Two annotators' versions made into gold: nothing lost, and references whole."""

import hashlib
import json

import pytest
from annotated import TEXT, annotators, document, schema, speaker
from hypothesis import given, settings
from hypothesis import strategies as st

import toolkit
from toolkit.analysis.adjudication.decisions import append_decision, decide, read_decisions
from toolkit.analysis.adjudication.session import Session
from toolkit.errors import DataError, MismatchError
from toolkit.model import Mention


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    return schema(tmp_path_factory.mktemp("schema"))


def quote(name, source, start=9, end=13):
    return Mention(name, "quote", start, end, fields={"source": {"ref": source}})


def made(a, b, rules, choose):
    both = toolkit.compare_annotators([a], [b], rules)
    decisions = {
        (item.document, item.mention): decide(item, choose(item))
        for case in both.cases
        for item in case.disagreed
    }
    return toolkit.adjudicate(both.cases, decisions)


@settings(max_examples=60, deadline=None)
@given(annotators(names=("d",)), st.data())
def test_whatever_is_chosen_every_reference_leads_somewhere(rules, sets, data):
    (a,), (b,) = sets["a"], sets["b"]

    def choose(item):
        there = [side for side in "ab" if getattr(item, side)]
        both = ["both"] if len(there) == 2 else []
        return data.draw(st.sampled_from([*there, *both, "neither"]))

    found = made(a, b, rules, choose)
    (gold,) = found.documents
    ids = [mention.id for mention in gold.mentions]
    assert len(ids) == len(set(ids))
    for mention in gold.mentions:
        if "of" in mention.fields:
            assert mention.fields["of"]["ref"] in ids


@settings(max_examples=60, deadline=None)
@given(annotators(names=("d",)))
def test_every_mention_of_either_stands_in_one_item(rules, sets):
    both = toolkit.compare_annotators(sets["a"], sets["b"], rules)
    (case,) = both.cases
    for side in "ab":
        ours = sorted(getattr(item, side).id for item in case.items if getattr(item, side))
        assert ours == sorted(mention.id for mention in getattr(case, side).mentions)
    assert len({item.mention for item in case.items}) == len(case.items)
    assert sorted(case.agreed + case.disagreed) == sorted(case.items)


@settings(max_examples=60, deadline=None)
@given(annotators(names=("d",)))
def test_choosing_a_all_along_gives_a(rules, sets):
    found = made(sets["a"][0], sets["b"][0], rules, lambda item: "a" if item.a else "neither")
    (gold,) = found.documents
    assert sorted(gold.mentions, key=str) == sorted(sets["a"][0].mentions, key=str)


def test_a_reference_to_a_twin_that_was_dropped_goes_to_the_one_kept(rules):
    a = document(speaker("s1", kind="person"))
    b = document(speaker("x9", kind="organisation"), quote("q", "x9"))
    found = made(a, b, rules, lambda item: "a" if item.a else "b")
    (gold,) = found.documents
    assert [(m.id, m.fields) for m in gold.mentions] == [
        ("s1", {"kind": "person"}),
        ("q", {"source": {"ref": "s1"}}),
    ]
    assert found.notices == ()


def test_a_reference_to_nothing_is_taken_out_and_said(rules):
    a = document(speaker("s1", kind="person"), quote("q", "s1"))
    b = document(speaker("s1", kind="organisation"), quote("q", "s1"))
    found = made(a, b, rules, lambda item: "neither")
    (gold,) = found.documents
    assert [(m.id, m.fields) for m in gold.mentions] == [("q", {})]
    (notice,) = found.notices
    assert notice == "d q: source led to s1, which was dropped; the reference was taken out"


def test_both_are_kept_under_two_ids(rules):
    a, b = document(speaker("s1", kind="person")), document(speaker("s1", kind="organisation"))
    (gold,) = made(a, b, rules, lambda item: "both").documents
    assert [m.id for m in gold.mentions] == ["s1", "s1~b"]


def test_another_mention_may_be_given_whole(rules):
    a, b = document(speaker("s1", kind="person")), document(speaker("s1", kind="organisation"))
    (gold,) = made(a, b, rules, lambda item: speaker("any", 0, 3)).documents
    assert gold.mentions == (speaker("s1", 0, 3),)


def test_references_to_twins_and_names_of_one_entity_are_agreed(rules):
    a = document(speaker("s1"), quote("q1", "s1"))
    b = document(speaker("t1"), quote("q2", "t1"))
    (case,) = toolkit.compare_annotators([a], [b], rules).cases
    assert case.disagreed == ()
    assert [item.mention for item in case.agreed] == ["s1", "q1"]


def test_two_labels_on_one_place_are_one_item_and_on_overlapping_places_two(rules):
    a = document(speaker("s1", 0, 8))
    same, other = (document(Mention("q", "quote", 0, end)) for end in (8, 6))
    assert len(toolkit.compare_annotators([a], [same], rules).cases[0].items) == 1
    assert len(toolkit.compare_annotators([a], [other], rules).cases[0].items) == 2


def test_a_document_with_something_left_to_decide_is_not_gold(rules):
    both = toolkit.compare_annotators([document(speaker("s1"))], [document()], rules)
    found = toolkit.adjudicate(both.cases, {})
    assert (found.documents, found.open) == ((), {"d": 1})


def test_gold_is_tied_to_its_text_and_does_not_hold_it(rules):
    (gold,) = made(document(), document(), rules, None).documents
    assert gold.text is None
    assert gold.text_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_an_edit_past_the_text_leaves_the_document_open(rules):
    a, b = document(speaker("s1", kind="person")), document()
    found = made(a, b, rules, lambda item: speaker("s1", 0, 999))
    assert found.open == {"d": 1}
    assert "end 999 is past the text" in found.notices[0]


def test_documents_of_one_are_named_and_other_texts_refused(rules):
    both = toolkit.compare_annotators([document(), document(name="e")], [document()], rules)
    assert (both.only_a, both.only_b) == (("e",), ())
    with pytest.raises(MismatchError, match="different texts"):
        toolkit.compare_annotators([document()], [document(text="Other.")], rules)


def cases(rules):
    a = document(speaker("s1", kind="person"), quote("q", "s1"))
    b = document(speaker("x", kind="organisation"))
    return toolkit.compare_annotators([a], [b], rules).cases


def test_decisions_are_read_back_and_the_last_of_an_item_counts(rules, tmp_path):
    item = cases(rules)[0].disagreed[0]
    path = tmp_path / "adjudication.jsonl"
    append_decision(path, decide(item, "a", "first thought"))
    append_decision(path, decide(item, "b", "second thought"))
    (decision,) = read_decisions(path).decisions.values()
    assert decision == decide(item, "b", "second thought")
    keys = {"document", "mention", "a", "b", "chosen", "reason"}
    assert json.loads(path.read_text().splitlines()[0]).keys() == keys


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_a_line_cut_off_while_it_was_written_costs_that_decision_alone(rules, tmp_path, cut):
    found = cases(rules)
    session = Session(found, tmp_path)
    first, second = session.items
    session.keep(decide(first, "a"))
    session.keep(decide(second, "a"))
    whole = session.journal.read_bytes()
    session.journal.write_bytes(whole[:-cut])
    again = Session(found, tmp_path)
    assert (first.document, first.mention) in again.decisions
    if (second.document, second.mention) not in again.decisions:
        again.keep(decide(second, "a"))
    assert Session(found, tmp_path).journal.read_bytes() == whole


def test_a_decision_on_what_has_changed_since_is_refused(rules, tmp_path):
    session = Session(cases(rules), tmp_path)
    session.keep(decide(session.items[0], "b"))
    a = document(speaker("s1", kind="person"))
    b = document(speaker("x", kind="organisation", when="2031"))
    with pytest.raises(DataError, match="version b is not what was decided on"):
        Session(toolkit.compare_annotators([a], [b], rules).cases, tmp_path)


def test_decisions_from_elsewhere_are_applied_all_or_none(rules, tmp_path):
    session = Session(cases(rules), tmp_path)
    good = toolkit.Decision("d", "s1", chosen="b")
    bad = [
        toolkit.Decision("e", "s1", chosen="a"),
        toolkit.Decision("d", "s2", chosen="a"),
        toolkit.Decision("d", "q", chosen="b"),
    ]
    with pytest.raises(DataError) as refused:
        session.apply([good, *bad], "file")
    assert len(refused.value.problems) == 3
    assert session.decisions == {}
    assert not session.journal.exists()
    session.apply([good, toolkit.Decision("d", "q", chosen="a")], "file")
    assert [m.id for m in session.write().documents[0].mentions] == ["s1", "q"]
    assert [m.id for m in toolkit.read(tmp_path / "documents").documents[0].mentions] == ["s1", "q"]


def test_faults_of_a_decision_file_are_told_by_line(tmp_path):
    path = tmp_path / "d.jsonl"
    lines = [
        '{"document": "d", "mention": "m", "chosen": "c"}',
        '{"document": "d"}',
        '{"document": "d", "mention": "m", "chosen": {"start": 1}}',
        "nothing",
    ]
    path.write_text("\n".join(lines) + "\n")
    with pytest.raises(DataError) as refused:
        read_decisions(path)
    assert [p.where for p in refused.value.problems] == [f"{path}:{n}" for n in (1, 2, 3, 4)]


def test_a_folder_of_gold_made_otherwise_is_left_alone(rules, tmp_path):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "d.json").write_text("{}")
    with pytest.raises(DataError, match="no adjudication made them"):
        Session(cases(rules), tmp_path)


def test_an_id_that_would_leave_the_folder_is_refused(rules, tmp_path):
    same = [document(name="../d")]
    with pytest.raises(DataError, match="cannot be a file name"):
        Session(toolkit.compare_annotators(same, same, rules).cases, tmp_path)
