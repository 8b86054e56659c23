"""The cases of `cases.yaml`: what is quoted, how it is found, and where."""

import re
from pathlib import Path

import pytest
import yaml

from toolkit.grounding.ground import locate_mentions
from toolkit.model import Document, Mention

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


def marked(text, snippet):
    """The places that the brackets of a snippet mark in the text."""
    assert text.count(re.sub(r"[][]", "", snippet)) == 1, snippet
    before = text.index(re.sub(r"[][]", "", snippet))
    brackets = [found.start() - i for i, found in enumerate(re.finditer(r"[][]", snippet))]
    return tuple(
        (before + a, before + b) for a, b in zip(brackets[::2], brackets[1::2], strict=True)
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_words_are_found_where_they_stand(case):
    text, answer = case["text"], case["answer"]
    mentions = tuple(Mention(str(i), "x", text=words) for i, (words, *_) in enumerate(answer))
    document = locate_mentions(Document("d", mentions=mentions), text)
    found = [(m.text, m.grounding, m.place) for m in document.mentions]
    expected = []
    for words, how, *snippet in answer:
        place = marked(text, snippet[0]) if snippet else ()
        stands = " … ".join(text[a:b] for a, b in place) if place else words
        expected.append((stands, how, place))
    assert found == expected


def test_there_are_many_cases_with_names_of_their_own():
    assert len({case["case"] for case in CASES}) == len(CASES) >= 50
