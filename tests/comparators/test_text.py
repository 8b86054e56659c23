import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.comparators.text import normalised, tokens
from toolkit.folding import fold


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        ("did not approve", "did approve"),
        ("100,000 tonnes", "900,000 tonnes"),
        ("5 degrees", "-5 degrees"),
        ("−5 degrees", "5 degrees"),
        (".5 per cent", "5 per cent"),
        ("in 2014", "in 2015"),
        ("they don't know", "they do know"),
        ("never agreed", "agreed"),
        ("with no conditions", "with conditions"),
        ("on 2021-12-07", "on 2021-12-08"),
        ("rule 14(b)", "rule 15(b)"),
        ("words", ""),
        ("words", None),
        ("5", 5),
    ],
)
def test_another_number_or_negation_is_wrong_however_many_words_agree(gold, predicted):
    assert normalised(gold, predicted) == tokens(gold, predicted) == 0
    assert normalised(predicted, gold) == tokens(predicted, gold) == 0


@pytest.mark.parametrize(
    ("gold", "predicted"),
    [
        ("Harbour Master", "harbour  master"),
        ("“don’t”", '"don\'t"'),
        ("2019–2021", "2019-2021"),
        ("Café", "cafe\u0301"),
        ("did not approve", "Did NOT approve"),
        ("", ""),
        ("…", "…"),
    ],
)
def test_the_style_of_writing_does_not_count(gold, predicted):
    assert normalised(gold, predicted) == tokens(gold, predicted) == 1


def test_normalised_knows_no_half():
    assert normalised("head of the grain board", "head of the board") == 0


def test_tokens_gives_the_f1_of_shared_words():
    assert tokens("head of the grain board", "head of the board") == pytest.approx(8 / 9)
    assert tokens("head of the board", "a fisherman") == 0


def test_tokens_counts_a_repeated_word_as_often_as_it_stands():
    assert tokens("the the board", "the board") == pytest.approx(4 / 5)


def test_a_double_negation_is_not_a_single_one():
    assert tokens("not without reason", "without reason") == 0


def test_signs_without_words_compare_as_they_are():
    assert tokens("?", "!") == 0


@given(st.text("aAbé\u0301ﬁ1½ `'\u00ad", max_size=4), st.text("aAbé\u0301ﬁ1½ `'\u00ad", max_size=4))
def test_normalised_is_equality_of_what_is_folded(gold, predicted):
    assert normalised(gold, predicted) == (fold(gold) == fold(predicted))
