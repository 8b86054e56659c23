"""What must hold of every scorecard: cells that add up, no dependence on order, swapped sides."""

import random

import msgspec
import pytest
from dense import document_pairs, many
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import DataError, MismatchError
from toolkit.formats.native import write
from toolkit.model import Corpus, Document, Mention
from toolkit.scoring.score import score
from toolkit.scoring.views import MACRO, MICRO

CELLS = ("correct", "partial", "incorrect", "missing", "spurious", "gold", "predicted")


def corpora():
    return st.lists(document_pairs(most=5), max_size=3, unique_by=lambda pair: pair[0].id)


def sides(pairs):
    return [gold for gold, _ in pairs], [predicted for _, predicted in pairs]


def rows(card):
    return {(row.label, row.field, row.view): row for row in card.rows}


@many(200)
@given(corpora())
def test_cells_add_up(dense_schema, pairs):
    gold, predicted = sides(pairs)
    card = score(gold, predicted, dense_schema)
    for row in card.rows:
        if row.label == MACRO:
            continue
        assert row.correct + row.partial + row.incorrect + row.missing == row.gold
        assert min(row[3:10]) >= 0
        if row.label == MICRO or row.field is not None:
            assert row.correct + row.partial + row.incorrect + row.spurious == row.predicted
    counted = rows(card)[MICRO, None, "strict"] if card.rows else None
    assert counted.gold == sum(len(document.mentions) for document in gold)
    assert counted.predicted == sum(len(document.mentions) for document in predicted)


@many(150)
@given(corpora())
def test_labels_sum_to_the_whole(dense_schema, pairs):
    card = score(*sides(pairs), dense_schema)
    for view in ("strict", "exact", "partial", "type", "overlap", "iou>=0.5", "characters"):
        of_labels = [
            row
            for row in card.rows
            if row.field is None and row.view == view and row.label not in (MICRO, MACRO)
        ]
        whole = rows(card)[MICRO, None, view]
        for cell in CELLS:
            assert sum(getattr(row, cell) for row in of_labels) == getattr(whole, cell)


@many(400)
@given(corpora())
def test_swapping_the_sides_swaps_precision_and_recall(dense_schema, pairs):
    gold, predicted = sides(pairs)
    there, back = (
        rows(score(gold, predicted, dense_schema)),
        rows(score(predicted, gold, dense_schema)),
    )
    for key, row in there.items():
        if row.label != MACRO and row.field not in ("of", "(all)"):  # references go by gold entity
            assert (row.precision, row.recall) == (back[key].recall, back[key].precision)
            assert row.f1 == back[key].f1


@many(200)
@given(corpora(), st.randoms())
def test_the_order_of_documents_mentions_and_fields_moves_no_number(dense_schema, pairs, shuffler):
    def shuffled(document):
        found = [
            Mention(
                id=m.id,
                label=m.label,
                start=m.start,
                end=m.end,
                fragments=tuple(shuffler.sample(m.fragments, len(m.fragments))),
                fields={
                    name: shuffler.sample(value, len(value)) if isinstance(value, list) else value
                    for name, value in shuffler.sample(list(m.fields.items()), len(m.fields))
                },
            )
            for m in shuffler.sample(document.mentions, len(document.mentions))
        ]
        return Document(id=document.id, mentions=tuple(found))

    gold, predicted = sides(pairs)
    expected = score(gold, predicted, dense_schema)
    again = score(
        [shuffled(document) for document in shuffler.sample(gold, len(gold))],
        [shuffled(document) for document in shuffler.sample(predicted, len(predicted))],
        dense_schema,
    )
    assert again.rows == expected.rows
    assert again.confusion == expected.confusion


@many(200)
@given(corpora(), st.permutations(range(6)))
def test_the_ids_of_predictions_move_no_number(dense_schema, pairs, order):
    def renamed(document):
        name = {f"m{old}": f"x{new}" for old, new in enumerate(order)}
        return Document(
            id=document.id,
            mentions=tuple(
                msgspec.structs.replace(
                    m,
                    id=name[m.id],
                    fields={
                        field: {"ref": name[value["ref"]]} if field == "of" else value
                        for field, value in m.fields.items()
                    },
                )
                for m in document.mentions
            ),
        )

    gold, predicted = sides(pairs)
    again = score(gold, [renamed(document) for document in predicted], dense_schema)
    assert again.rows == score(gold, predicted, dense_schema).rows


@given(corpora())
def test_gold_against_itself_is_perfect_wherever_it_is_defined(dense_schema, pairs):
    gold, _ = sides(pairs)
    card = score(gold, gold, dense_schema)
    assert not card.verdicts
    for row in card.rows:
        assert {row.precision, row.recall, row.f1} <= {1.0, None}


@many(100)
@given(corpora())
def test_without_a_schema_the_same_invariants_hold(pairs):
    gold, predicted = sides(pairs)
    card = score(gold, predicted)
    backwards = score(
        [Document(id=d.id, mentions=d.mentions[::-1]) for d in gold],
        [Document(id=d.id, mentions=d.mentions[::-1]) for d in predicted],
    )
    assert card.rows == backwards.rows
    assert not score(gold, gold).verdicts


@many(200)
@given(corpora())
def test_given_a_match_is_part_of_end_to_end(dense_schema, pairs):
    found = rows(score(*sides(pairs), dense_schema))
    for (label, field, view), row in found.items():
        if view == "given_match" and label != MACRO:
            whole = found[label, field, "end_to_end"]
            assert (row.correct, row.partial, row.incorrect) == whole[3:6]
            assert row.missing <= whole.missing
            assert row.spurious <= whole.spurious


@many(200)
@given(corpora())
def test_every_error_is_told_once(dense_schema, pairs):
    card = score(*sides(pairs), dense_schema)
    strict = rows(card)[MICRO, None, "strict"]
    of_mentions = [verdict for verdict in card.verdicts if verdict.field is None]
    assert len(of_mentions) == strict.incorrect + strict.missing + strict.spurious
    if (MICRO, "(all)", "end_to_end") in rows(card):
        fields = rows(card)[MICRO, "(all)", "end_to_end"]
        wrong = fields.partial + fields.incorrect + fields.missing + fields.spurious
        assert len(card.verdicts) - len(of_mentions) == wrong


def one(start, end, **fields):
    return Mention(id="m", label="A", start=start, end=end, fields=fields)


def test_documents_that_stand_twice_are_refused():
    twice = [Document(id="d"), Document(id="d")]
    with pytest.raises(DataError, match="gold: d: the document id stands there twice"):
        score(twice, [])


def test_no_document_in_common_is_refused_with_an_example_of_each_side():
    with pytest.raises(MismatchError, match=r"gold has 'a\.txt', predictions have 'a'"):
        score([Document(id="a.txt")], [Document(id="a")])


def test_predictions_on_another_text_are_refused():
    gold = Document(id="d", text_sha256="1" * 64)
    with pytest.raises(MismatchError, match="d: made on another text"):
        score([gold], [Document(id="d", text_sha256="2" * 64)])


def test_predictions_past_the_gold_text_are_refused():
    gold = Document(id="d", text="short")
    with pytest.raises(MismatchError, match="end 9 is past the text's 5 characters"):
        score([gold], [Document(id="d", mentions=(one(3, 9),))])


def test_all_faults_of_both_sides_are_told():
    bad = [Document(id=name, mentions=(one(5, 5),)) for name in "abc"]
    with pytest.raises(DataError) as error:
        score(bad, [])
    assert len(error.value.problems) == 3


def test_gold_that_breaks_its_schema_is_refused(dense_schema):
    gold = Document(id="d", mentions=(Mention(id="m", label="C", start=0, end=1),))
    with pytest.raises(DataError, match="unknown label 'C'"):
        score([gold], [], dense_schema)


def test_the_same_fault_of_gold_is_told_once_with_its_first_place_and_count(dense_schema):
    def document(name, *labels):
        mentions = (Mention(f"m{k}", label, k, k + 1) for k, label in enumerate(labels))
        return Document(name, mentions=tuple(mentions))

    gold = [document("d", "A", "C", "C"), document("e", "C", "D")]
    with pytest.raises(DataError) as error:
        score(gold, [], dense_schema)
    assert [(problem.where, problem.what) for problem in error.value.problems] == [
        ("gold: d m1", "unknown label 'C', 3 times"),
        ("gold: e m1", "unknown label 'D'"),
    ]


def test_predictions_that_break_the_schema_are_counted_and_said(dense_schema):
    predicted = Document(id="d", mentions=(one(0, 1, whom="x", what=["w"]),))
    card = score([Document(id="d")], [predicted], dense_schema)
    assert dict(card.faults) == {"unknown field 'whom' of A": 1, "what: unknown value 'w'": 1}
    assert rows(card)["A", "what", "end_to_end"].spurious == 1


def test_a_stream_of_documents_scores_like_a_list(dense_schema):
    documents = [Document(id=str(i), mentions=(one(i, i + 2),)) for i in range(5)]
    assert score(iter(documents), iter(documents), dense_schema).rows == (
        score(documents, documents, dense_schema).rows
    )


def test_the_signature_names_what_a_score_depends_on(dense_schema):
    gold = [Document(id="d", mentions=(one(0, 2),))]
    signature = score(Corpus(gold), gold, dense_schema).signature
    assert signature.schema == "dense"
    assert signature.match == {"A": "overlap", "B": "iou 0.5", "R": "none"}
    changed = [Document(id="d", mentions=(one(0, 3),))]
    assert score(changed, gold, dense_schema).signature.gold != signature.gold


def test_many_records_are_scored_in_polynomial_time(dense_schema):
    """Trying every order of 40 records would never end."""
    names = [Mention(id=str(i), label="R", fields={"n": i, "who": "a"}) for i in range(40)]
    shuffled = random.Random(0).sample(names, 40)
    card = score(
        [Document(id="d", mentions=tuple(names))],
        [Document(id="d", mentions=tuple(shuffled))],
        dense_schema,
    )
    assert rows(card)["R", None, "strict"].correct == 40


def test_words_that_are_not_in_the_text_are_spurious(tmp_path):
    gold = [Document("d", mentions=(Mention("g", "speaker", 0, 3),))]
    found = Mention("p", "speaker", 0, 3, text="Ana", grounding="exact")
    gone = Mention("q", "speaker", text="Bo", grounding="none")
    predicted = [Document("d", mentions=(found, gone))]
    for name, documents in (("gold", gold), ("predicted", predicted)):
        write(documents, tmp_path / f"{name}.jsonl")
    files = (tmp_path / "gold.jsonl", tmp_path / "predicted.jsonl")
    for card in (score(gold, predicted), score(*files)):
        for view in ("strict", "exact", "partial", "type", "overlap", "iou>=0.5"):
            row = rows(card)["speaker", None, view]
            assert (row.correct, row.missing, row.spurious) == (1, 0, 1)
        assert [(error.kind, error.predicted_id) for error in card.errors()] == [
            ("hallucinated", "q")
        ]
