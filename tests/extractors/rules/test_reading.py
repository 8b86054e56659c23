"""Tokens and sentences."""

from __future__ import annotations

import pytest

from toolkit.extractors.rules.reading import Range, read, sentences


def parts(text: str) -> list[str]:
    reading = read(text)
    found = sentences(reading, reading.all, reading.marked(reading.all, 0))
    return [text[slice(*reading.place(one))] for one in found]


def test_tokens_keep_numbers_abbreviations_and_hyphens_whole() -> None:
    reading = read("U.S. co-owners’ 1,500.50 isn’t Toll’s.")
    assert reading.words[:-1] == ["u.s.", "co-owners", "'", "1,500.50", "isn't", "toll", "'s", "."]


def test_offsets_lead_to_tokens_and_back() -> None:
    reading = read("The dam is safe.")
    assert reading.tokens_in((4, 10)) == Range(1, 3)
    assert reading.place(Range(1, 3)) == (4, 10)
    assert reading.string(1, 4) == "dam is safe"


@pytest.mark.parametrize(
    "text",
    [
        "The dam is safe. | The lake is full.",
        "Is it safe? | It is!",
        "Mr. Falk left with Dr. Toll.",
        "“It is late. We go home,” he said. | He left.",
        "“It is late.” | He left.",
        "Done. | Headline without a stop\n| The dam is safe.",
        "The dam is safe.\n\n| it said",
        "A line as long as this one may have been wrapped by its editor\nand go on. | The end.",
    ],
)
def test_sentences(text: str) -> None:
    expected = [part.strip() for part in text.split("|")]
    assert parts(text.replace("| ", "").replace("|", "")) == expected


def test_a_sentence_without_end_is_cut() -> None:
    reading = read("word " * 1000)
    lengths = [one.last - one.first for one in sentences(reading, reading.all, [])]
    assert lengths == [200] * 5
