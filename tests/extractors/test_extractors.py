"""Running an extractor of one's own: what it may return, and what is refused."""

import pytest

from toolkit.errors import DataError
from toolkit.extractors import extract
from toolkit.model import Document, Mention

TEXTS = [Document("d1", text="Ana Roke said no."), Document("d2", text="Who?")]


def refused(function, documents=TEXTS):
    with pytest.raises(DataError) as caught:
        list(extract(function, documents))
    return [str(problem) for problem in caught.value.problems]


def test_mentions_may_be_objects_or_dicts_returned_or_yielded():
    def objects(_text):
        return [Mention("a", "speaker", 0, 3)]

    def dicts(_text):
        yield {"id": "a", "label": "speaker", "start": 0, "end": 3}

    expected = [Document(one.id, mentions=(Mention("a", "speaker", 0, 3),)) for one in TEXTS]
    assert list(extract(objects, TEXTS)) == expected
    assert list(extract(dicts, TEXTS)) == expected


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"x": 1}, "d1: the extractor returned dict {'x': 1}, not mentions (a toolkit.Mention, "),
        (None, "d1: the extractor returned NoneType None, not mentions"),
        ("Ana", "d1: the extractor returned str 'Ana', not mentions"),
        (["Ana"], "d1: what it returned as mention 1 is none: got str 'Ana'"),
        ([{"label": "x"}], "is none: object missing required field 'id'"),
        ([{"id": "a", "label": "x", "begin": 0}], "object contains unknown field 'begin'"),
        ([Mention("a", "x", "0", 3)], "expected 'int | null', got 'str'"),
        ([Mention("a", "x", 0, 99)], "d1 a: end 99 is past the text's 17 characters"),
        ([Mention("a", "x", 3, 3)], "d1 a: nothing lies between start 3 and end 3"),
        ([Mention("a", "x", 0, 3, text="Bob")], "d1 a: its text is 'Bob' but 'Ana' stands there"),
        ([Mention("a", "x"), Mention("a", "x")], "d1 a: this mention id stands in the document"),
    ],
)
def test_what_cannot_be_mentions_of_the_text_is_refused(found, said):
    assert said in refused(lambda _text: found, TEXTS[:1])[0]


def test_the_problems_of_all_documents_are_told():
    said = refused(lambda _text: [Mention("a", "x", 0, 10), Mention("b", "x", 5, 2)])
    assert [one.partition(":")[0] for one in said] == ["d1 b", "d2 a", "d2 b"]


def test_an_extractor_that_is_no_function_is_refused():
    assert refused("os:name") == ["extractor 'os:name': is no function of a text"]
