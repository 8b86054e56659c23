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
    "found",
    [
        {"x": 1},
        None,
        "Ana",
        ["Ana"],
        [{"label": "x"}],
        [{"id": "a", "label": "x", "begin": 0}],
        [Mention("a", "x", 0, 99)],
        [Mention("a", "x", 3, 3)],
        [Mention("a", "x", 0, 3), Mention("a", "x", 4, 8)],
    ],
)
def test_what_cannot_be_mentions_of_the_text_is_refused(found):
    assert refused(lambda _text: found, TEXTS[:1])[0].startswith("d1: ")


def test_an_extractor_that_is_no_function_is_refused():
    assert refused("os:name") == ["extractor 'os:name': is no function of a text"]
