"""Scorecards add up, are saved and read back, and give their errors and a data frame."""

import msgspec
import pytest
from dense import document_pairs, many
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import DataError, MismatchError
from toolkit.model import Document, Mention
from toolkit.scoring.saved import load_card
from toolkit.scoring.score import score


@many(150)
@given(st.lists(document_pairs(most=4), min_size=3, max_size=3, unique_by=lambda p: p[0].id))
def test_cards_of_parts_add_up_to_the_card_of_the_whole(dense_schema, pairs):
    one, two, three = (score([gold], [predicted], dense_schema) for gold, predicted in pairs)
    whole = score(*zip(*pairs, strict=True), dense_schema)
    assert one + two + three == whole
    assert one + (two + three) == whole
    assert three + one + two == whole


def test_cards_of_one_document_do_not_add_up(dense_schema):
    card = score([Document(id="d")], [Document(id="d")], dense_schema)
    with pytest.raises(MismatchError, match="documents scored in both: d"):
        card + card


def test_cards_of_two_schemas_do_not_add_up(dense_schema):
    with_schema = score([Document(id="a")], [Document(id="a")], dense_schema)
    without = score([Document(id="b")], [Document(id="b")])
    with pytest.raises(MismatchError, match="signatures differ"):
        with_schema + without


@many(50)
@given(document_pairs())
def test_a_saved_card_reads_back_the_same(dense_schema, tmp_path, pair):
    gold, predicted = pair
    card = score([gold], [predicted], dense_schema)
    card.save(tmp_path / "card.json")
    assert load_card(tmp_path / "card.json") == card


def example():
    def document(status, end):
        fields = {"status": status, "who": "x"}
        mention = Mention(id="m", label="A", start=0, end=end, fields=fields)
        return Document(id="d", text="abcdefghij", mentions=(mention,))

    return score([document("on", 5)], [document("off", 6)])


def test_errors_are_those_of_a_label_or_a_field():
    card = example()
    (verdict,) = card.errors("A", "status")
    assert (verdict.outcome, verdict.gold, verdict.predicted) == ("incorrect", "on", "off")
    assert {verdict.field for verdict in card.errors("A")} == {None, "status"}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (("B",), r"no label 'B' was scored \(known: A\)"),
        (("A", "stats"), r"no field 'stats' of A was scored \(did you mean 'status'\?\)"),
        ((None, "nope"), r"no field 'nope' was scored \(known: status, who\)"),
    ],
)
def test_errors_of_a_label_or_field_that_was_not_scored_are_refused(asked, message):
    with pytest.raises(DataError, match=message):
        example().errors(*asked)


def test_a_label_and_a_field_without_errors_have_none():
    assert list(example().errors("A", "who")) == []


def test_a_label_and_a_field_of_the_schema_without_mentions_have_no_errors(dense_schema):
    card = score([Document(id="d")], [Document(id="d")], dense_schema)
    for label in dense_schema.labels.values():
        assert list(card.errors(label.name)) == []
        for field in label.fields:
            assert list(card.errors(label.name, field)) == []


def test_a_card_is_shown_in_short_by_documents_labels_and_f1():
    assert repr(example()) == "<Scorecard: documents 1, labels A, micro overlap F1 100.0>"
    assert (
        repr(score([], [])) == "<Scorecard: documents 0, labels none, micro overlap F1 undefined>"
    )


def test_a_verdict_has_the_words_and_their_context():
    verdict = next(v for v in example().errors("A") if v.field is None)
    assert (verdict.kind, verdict.gold, verdict.predicted) == ("boundary", "abcde", "abcdef")
    assert verdict.context == "«abcde»fghij"


def test_the_data_frame_has_a_row_for_each_row_of_the_table():
    card = example()
    frame = card.to_frame()
    assert len(frame) == len(card.rows)
    strict = frame[(frame.label == "A") & frame.field.isna() & (frame["view"] == "strict")]
    assert strict.f1.item() == 0.0


def test_printing_a_card_shows_its_tables():
    assert "MENTIONS" in str(example())
    assert "FIELDS" in str(example())


@pytest.mark.parametrize("content", ["", "{", "[]", '{"id": "d"}', "[" * 100_000])
def test_what_is_no_scorecard_is_refused(tmp_path, content):
    file = tmp_path / "card.json"
    file.write_text(content)
    with pytest.raises(DataError, match="is no scorecard"):
        load_card(file)


def test_a_card_of_another_format_is_refused(tmp_path):
    example().save(tmp_path / "card.json")
    saved = msgspec.json.decode((tmp_path / "card.json").read_bytes())
    (tmp_path / "card.json").write_bytes(msgspec.json.encode(saved | {"format": 99}))
    with pytest.raises(DataError, match="format 99"):
        load_card(tmp_path / "card.json")
