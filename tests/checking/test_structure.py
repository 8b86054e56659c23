import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.checking.structure import structure_faults, words
from toolkit.model import Document, Mention
from toolkit.spans import Span

TEXT = "“Nein 🙂,” sagte sie."


def faults(*mentions, text=TEXT):
    found = structure_faults(Document("d", mentions=mentions, text=text))
    return [f"{fault.mention}: {fault.what}" for fault in found]


def mention(*place, **more):
    return Mention("m", "quote", *place, **more)


@pytest.mark.parametrize(
    "right",
    [
        mention(0, 9),
        mention(0, len(TEXT)),
        mention(),
        mention(fragments=(Span(0, 3), Span(5, 7))),
        mention(fragments=(Span(5, 7), Span(0, 3))),
        mention(1, 7, text="Nein 🙂"),
        mention(fragments=(Span(1, 5), Span(16, 19)), text="Nein … sie"),
        mention(0, 9, score=0.0),
        mention(0, 9, score=-3.5),
    ],
)
def test_a_right_mention_has_no_fault(right):
    assert faults(right) == []


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (mention(-1, 3), "start -1 is negative"),
        (mention(3, 3), "nothing lies between start 3 and end 3"),
        (mention(0, 0), "nothing lies between start 0 and end 0"),
        (mention(5, 3), "the range is reversed between start 5 and end 3"),
        (mention(0, 21), "end 21 is past the text's 20 characters"),
        (mention(3), "has only one of start and end"),
        (mention(None, 3), "has only one of start and end"),
        (mention(0, 3, fragments=(Span(5, 7),)), "has start and end and also fragments"),
        (mention(fragments=(Span(0, 3), Span(3, 5))), "its fragments touch or overlap"),
        (mention(fragments=(Span(0, 3), Span(2, 5))), "its fragments touch or overlap"),
        (mention(fragments=(Span(0, 3), Span(0, 3))), "its fragments touch or overlap"),
        (mention(fragments=(Span(0, 3), Span(5, 30))), "end 30 is past the text's 20 characters"),
        (mention(fragments=(Span(0, 3), Span(7, 7))), "nothing lies between start 7 and end 7"),
        (mention(1, 7, text="Nein"), "its text is 'Nein' but 'Nein 🙂' stands there"),
        (mention(0, 3, score=float("nan")), "the score is nan"),
        (mention(0, 3, score=float("-inf")), "the score is -inf"),
        (Mention("m", "", 0, 3), "a mention needs an id and a label"),
    ],
)
def test_a_wrong_mention_has_one_fault(wrong, what):
    assert faults(wrong) == [f"m: {what}"]


def test_a_mention_needs_an_id():
    assert faults(Mention("", "quote", 0, 3)) == [": a mention needs an id and a label"]


def test_a_document_needs_an_id():
    found = list(structure_faults(Document("")))
    assert [(fault.mention, fault.what) for fault in found] == [
        (None, "the document's id is empty")
    ]


def test_a_mention_id_stands_once_in_a_document():
    assert faults(mention(0, 3), Mention("n", "quote"), mention(5, 7)) == [
        "m: this mention id stands in the document twice"
    ]


def test_every_faulty_mention_is_told():
    assert len(faults(Mention("a", "x", -1, 3), Mention("b", "x", 3), Mention("c", "x", 5, 3))) == 3


def test_offsets_count_code_points_not_bytes_or_utf16_units():
    hints = [
        fault.hint
        for fault in structure_faults(
            Document("d", text="🙂🙂", mentions=(Mention("a", "x", 0, 2), Mention("b", "x", 0, 4)))
        )
    ]
    assert hints == ["offsets count Unicode code points, not bytes or UTF-16 units"]


def test_without_a_text_offsets_have_no_upper_bound():
    assert faults(mention(0, 10**9, text="x"), text=None) == []


def test_a_text_from_another_file_counts_instead_of_the_documents_own():
    document = Document("d", text="short", mentions=(mention(0, 9),))
    assert list(structure_faults(document, TEXT)) == []


def test_quoted_text_may_have_its_line_ends_made_spaces():
    assert faults(mention(0, 7, text="one two"), text="one\ntwo") == []
    assert faults(mention(0, 8, text="one\r\ntwo"), text="one\r\ntwo") == []


@given(st.text(min_size=1), st.data())
def test_the_words_of_any_place_are_right_words(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert faults(mention(start, end, text=text[start:end]), text=text) == []


def test_the_words_of_fragments_are_parted_by_an_ellipsis():
    assert words((Span(0, 5), Span(9, 14)), TEXT) == "“Nein …  sagt"
