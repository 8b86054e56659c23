"""Error kinds, confusions, worst documents and examples, from a scorecard alone."""

from dense import document_pairs, many
from hypothesis import given
from hypothesis import strategies as st

from toolkit.analysis.errors import (
    KINDS,
    confusions,
    examples,
    few_examples,
    taxonomy,
    worst_documents,
)
from toolkit.model import Document, Mention
from toolkit.scoring.score import score
from toolkit.scoring.views import MICRO


def document(name, *places, status="on"):
    return Document(
        id=name,
        mentions=tuple(
            Mention(id=str(i), label=label, start=start, end=end, fields={"status": status})
            for i, (label, start, end) in enumerate(places)
        ),
    )


def card():
    gold = document("d", ("A", 0, 5), ("A", 10, 15), ("A", 20, 25), ("A", 30, 35), ("A", 40, 45))
    found = document("d", ("A", 0, 5), ("A", 10, 14), ("B", 20, 25), ("B", 30, 34), ("A", 90, 95))
    return score([gold, document("e")], [found, document("e", ("B", 0, 1))])


def test_each_error_has_one_kind():
    assert taxonomy(card())["A"] == {
        "boundary": 1,
        "label": 1,
        "label+boundary": 1,
        "missed": 1,
        "spurious": 1,
    }
    assert taxonomy(card())["B"] == dict.fromkeys(KINDS, 0) | {"spurious": 1}


@many(100)
@given(document_pairs())
def test_the_kinds_add_up_to_all_that_is_not_exact(dense_schema, pair):
    found = score([pair[0]], [pair[1]], dense_schema)
    counts = taxonomy(found)
    assert all(set(of_label) <= set(KINDS) for of_label in counts.values())
    strict = next(row for row in found.rows if row.label == MICRO and row.view == "strict")
    wrong = strict.incorrect + strict.missing + strict.spurious
    assert sum(sum(of_label.values()) for of_label in counts.values()) == wrong


def test_labels_taken_for_one_another_are_counted():
    assert [(row.gold, row.predicted, row.times) for row in confusions(card())] == [("A", "B", 2)]


def test_values_taken_for_one_another_are_counted(dense_schema):
    gold = Mention(id="m", label="A", start=0, end=1, fields={"what": ["x"], "when": "2021"})
    other = Mention(id="m", label="A", start=0, end=1, fields={"what": ["p"], "when": "2022"})
    found = score(
        [Document(id="d", mentions=(gold,))], [Document(id="d", mentions=(other,))], dense_schema
    )
    assert [row[:4] for row in confusions(found)] == [("A", "what", "x", "p")]


def test_the_worst_documents_come_first():
    rows = worst_documents(card())
    assert [(row.document, row.mentions, row.total) for row in rows] == [("d", 5, 5), ("e", 1, 1)]
    assert len(worst_documents(card(), most=1)) == 1


def test_examples_show_each_kind_from_different_documents():
    gold = [document(name, ("A", 0, 5), ("A", 10, 15)) for name in "abc"]
    shown = list(examples(score(gold, [document(name) for name in "abc"]), each=2))
    assert [(v.kind, v.document) for v in shown] == [("missed", "a"), ("missed", "b")]


@many(50)
@given(st.lists(document_pairs(), max_size=3, unique_by=lambda pair: pair[0].id))
def test_examples_are_verdicts_of_the_card(dense_schema, pairs):
    found = score([gold for gold, _ in pairs], [other for _, other in pairs], dense_schema)
    shown = list(examples(found))
    assert all(verdict in found.verdicts for verdict in shown)
    wanted = {(v.label, v.field, v.kind) for v in found.verdicts if v.kind != "unmatched"}
    assert {(v.label, v.field, v.kind) for v in shown} == wanted


def test_few_examples_give_every_kind_one_before_any_has_two():
    gold = [document(name, ("A", 0, 5), ("B", 10, 15)) for name in "abc"]
    found = score(gold, [document(name, ("C", 20, 25)) for name in "abc"])
    shown = few_examples(found, most=4)
    assert [(v.label, v.document) for v in shown] == [
        ("A", "a"),
        ("A", "b"),
        ("B", "a"),
        ("C", "a"),
    ]
    assert len(few_examples(found)) == 6
