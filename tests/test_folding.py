import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.folding import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The White House", "the  white\thouse "),
        ("don’t", "don't"),
        ("“Yes”", '"Yes"'),
        ("«Yes»", '"yes"'),
        ("2019–2021", "2019-2021"),
        ("−5", "-5"),
        ("co\u00adoperate", "cooperate"),
        ("a\u00a0b", "a b"),
        ("ﬁve", "five"),
        ("Café", "cafe\u0301"),
        ("STRASSE", "straße"),
        ("Κόσμος", "ΚΌΣΜΟΣ"),
        ("１２", "12"),
        ("`a`", "'a'"),
    ],
)
def test_what_a_reader_calls_the_same_words_folds_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("100000", "900000"), ("cafe", "café"), ("-5", "5"), ("a b", "ab"), ("", "a")],
)
def test_different_words_stay_different(one, other):
    assert fold(one) != fold(other)


@given(st.text())
@example("ß\u0307")
@example("\u0130\u05a4")
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folded_text_has_single_spaces_and_no_edges(text):
    assert fold(text) == " ".join(fold(text).split())


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_ascii_folds_as_it_does_beside_other_characters(text):
    assert fold(text + " é") == (fold(text) + " é").strip()
