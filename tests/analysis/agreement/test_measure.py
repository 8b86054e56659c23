"""Agreement of annotators: the same whoever is named first, and undefined where it is."""

import json

import pytest
from annotated import annotators, document, schema, speaker
from hypothesis import given, settings

import toolkit
from toolkit.analysis.agreement.report import encode, load_agreement
from toolkit.errors import DataError, MismatchError
from toolkit.model import Mention


@pytest.fixture(scope="module")
def rules(tmp_path_factory):
    return schema(tmp_path_factory.mktemp("schema"))


def rows(found, measure, who=None):
    return {
        (row.label, row.field): row
        for row in found.rows
        if row.measure == measure and row.annotators == (who or found.annotators)
    }


@settings(max_examples=40, deadline=None)
@given(annotators())
def test_every_measure_is_the_same_whoever_is_named_first(rules, sets):
    one = toolkit.agreement(sets, rules)
    other = toolkit.agreement({"z": sets["a"], "y": sets["b"]}, rules)
    for left, right in zip(one.rows, other.rows, strict=True):
        assert (left.label, left.field, left.measure) == (right.label, right.field, right.measure)
        assert left.value == pytest.approx(right.value)
        assert (left.low, left.high) == (pytest.approx(right.low), pytest.approx(right.high))
    assert [(s.kind, s.times) for s in one.splits] == [(s.kind, s.times) for s in other.splits]


@settings(max_examples=25, deadline=None)
@given(annotators(count=3))
def test_nothing_that_is_written_is_no_number(rules, sets):
    """Undefined figures are null with a reason, and values within their bounds."""

    def refuse(word):
        raise AssertionError(word)

    found = toolkit.agreement(sets, rules)
    json.loads(encode(found), parse_constant=refuse)
    for row in found.rows:
        assert (row.value is None) == bool(row.note), row
        if row.low is not None:
            assert row.low - 1e-9 <= row.value <= row.high + 1e-9


@settings(max_examples=25, deadline=None)
@given(annotators(count=1))
def test_with_oneself_one_agrees_in_full(rules, sets):
    found = toolkit.agreement({"a": sets["a"], "b": sets["a"]}, rules)
    assert {row.value for row in found.rows} <= {1.0, None}
    assert found.splits == ()


def test_f1_is_the_scorers(rules):
    ours = [document(speaker("1", kind="person"), speaker("2", 18, 30))]
    theirs = [document(speaker("x", kind="organisation"), speaker("y", 22, 30))]
    found = toolkit.agreement({"a": ours, "b": theirs}, rules)
    assert rows(found, "f1_strict")["speaker", None].value == 0.5
    assert rows(found, "f1_overlap")["speaker", None].value == 1.0
    assert rows(found, "f1_given_match")["speaker", "kind"].value == 0.0


def test_kappa_is_of_values_on_matched_mentions_and_no_value_is_one(rules):
    ours = [document(speaker("1", kind="person"), speaker("2", 18, 30), speaker("3", 41, 44))]
    theirs = [document(speaker("1", kind="person"), speaker("2", 18, 30, kind="person"))]
    kappa = rows(toolkit.agreement({"a": ours, "b": theirs}, rules), "cohen_kappa")
    assert kappa["speaker", "kind"].items == 2
    assert kappa["speaker", "kind"].value == 0.0  # person/person, none/person: as by chance


def test_one_value_alone_leaves_kappa_undefined_and_says_so(rules):
    ours = [document(speaker("1", kind="person"))]
    found = toolkit.agreement({"a": ours, "b": ours}, rules)
    for measure in ("cohen_kappa", "fleiss_kappa", "krippendorff_alpha"):
        row = rows(found, measure)["speaker", "kind"]
        assert (row.value, row.note) == (None, "everybody gave one value")


def test_alpha_of_characters_by_hand(rules):
    """Ten characters; a marks 0-4, b 2-6: 1/1 twice, 1/0 four times, 0/0 four times. Coincidences
    o11 4, o10 = o01 4, o00 8: alpha = 1 - 19 * 8 / (2 * 8 * 12).
    """
    text = "0123456789"
    ours, theirs = (
        [document(speaker("1", 0, 4), text=text)],
        [document(speaker("1", 2, 6), text=text)],
    )
    row = rows(toolkit.agreement({"a": ours, "b": theirs}, rules), "character_alpha")
    assert row["speaker", None].value == pytest.approx(1 - 19 * 8 / 192)
    assert row["speaker", None].items == 10


def test_a_document_in_which_one_marked_nothing_counts(rules):
    found = toolkit.agreement({"a": [document(speaker("1"))], "b": [document()]}, rules)
    assert rows(found, "f1_strict")["speaker", None].value == 0.0
    assert [(split.kind, split.times) for split in found.splits] == [("presence", 1)]


def test_documents_that_one_did_alone_are_said_and_not_counted(rules):
    ours = [document(speaker("1")), document(speaker("1"), name="e")]
    found = toolkit.agreement({"a": ours, "b": [document(speaker("1"))]}, rules)
    assert found.documents == 1
    assert found.notices == ("done by a alone, not counted: e",)
    assert rows(found, "f1_strict")["speaker", None].items == 1


def test_of_three_annotators_each_document_counts_once(rules):
    """a and b agree, c has nothing: F1 1, 0 and 0, pooled 2 * (1/3) / ((2 + 2) / 3 / 2 * 2)."""
    same = [document(speaker("1", kind="person"))]
    found = toolkit.agreement({"a": same, "b": same, "c": [document()]}, rules)
    assert rows(found, "f1_strict", ("a", "b"))["speaker", None].value == 1.0
    assert rows(found, "f1_strict", ("a", "c"))["speaker", None].value == 0.0
    assert rows(found, "f1_strict")["speaker", None].value == pytest.approx(0.5)
    fleiss = rows(found, "fleiss_kappa")["speaker", "kind"]
    assert (fleiss.value, fleiss.note) == (None, "no mention that all have")


def test_splits_name_the_values_and_show_where(rules):
    ours, theirs = (
        [document(speaker("1", kind="person"))],
        [document(speaker("1", kind="organisation"))],
    )
    (split,) = toolkit.agreement({"a": ours, "b": theirs}, rules).splits
    assert (split.label, split.field, split.one, split.other) == (
        "speaker",
        "kind",
        "organisation",
        "person",
    )
    assert split.examples[0].annotators == ("b", "a")
    assert split.examples[0].one == "Ana Roke"


def test_what_others_published_stands_beside(rules):
    same = [document(speaker("1"))]
    found = toolkit.agreement({"a": same, "b": same}, rules)
    assert found.published == {"speaker.kind": "kappa .60 (published)"}
    assert "kappa .60 (published)" in toolkit.render(found, "markdown")


def test_one_annotator_or_no_common_document_is_refused(rules):
    with pytest.raises(DataError, match="1 annotator: agreement takes two"):
        toolkit.agreement({"a": [document()]}, rules)
    with pytest.raises(MismatchError, match="no document was done by two"):
        toolkit.agreement({"a": [document()], "b": [document(name="e")]}, rules)
    with pytest.raises(MismatchError, match="different texts"):
        toolkit.agreement({"a": [document()], "b": [document(text="Other.")]}, rules)


def test_it_is_read_back_as_it_was_written(rules, tmp_path):
    found = toolkit.agreement({"a": [document(speaker("1"))], "b": [document()]}, rules)
    found.save(tmp_path / "agreement.json")
    assert load_agreement(tmp_path / "agreement.json") == found
    (tmp_path / "bad.json").write_text("[]")
    with pytest.raises(DataError, match="no agreement"):
        load_agreement(tmp_path / "bad.json")


def test_the_ceiling_stands_beside_the_extractor(rules):
    gold = [document(speaker("1", kind="person"))]
    people = toolkit.agreement({"a": gold, "b": [document()]}, rules)
    card = toolkit.score(gold, gold, rules)
    (strict,) = [
        one
        for one in toolkit.ceilings(card, people)
        if (one.label, one.field, one.view) == ("speaker", None, "strict")
    ]
    assert (strict.f1, strict.human) == (1.0, 0.0)
    shown = toolkit.render(card, "markdown", ceiling=people)
    assert "## Human ceiling" in shown
    with pytest.raises(DataError, match="terminal, markdown and html"):
        toolkit.render(card, "csv", ceiling=people)


def test_progress_is_told_label_by_label(rules):
    told = []
    same = [document(speaker("1"), Mention("q", "quote", 9, 13))]
    toolkit.agreement({"a": same, "b": same}, rules, progress=lambda *step: told.append(step))
    assert told == [(0, 2), (1, 2)]
