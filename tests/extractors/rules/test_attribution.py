"""Which words name the source beside a cue."""

from __future__ import annotations

import pytest
from extracted import all_words, found, only


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Mira Toll said the dam was safe.", "Mira Toll"),
        ("On Tuesday the grain board said the dam was safe.", "the grain board"),
        ("In Brask the grain board said the dam was safe.", "the grain board"),
        ("However, the grain board said the dam was safe.", "the grain board"),
        ("Yesterday Toll said the dam was safe.", "Toll"),
        ("Mira Toll, head of the board, said the dam was safe.", "Mira Toll, head of the board"),
        ("Mira Toll, who had flown in, said the dam was safe.", "Mira Toll"),
        ("Mira Toll (Мира Толл) said the dam was safe.", "Mira Toll"),
        ("France and Germany said the dam was safe.", "France and Germany"),
        ("“The dam is safe,” said Mira Toll, head of the board.", "Mira Toll, head of the board"),
        ("“The dam is safe,” said Mira Toll on Tuesday.", "Mira Toll"),
        ("“The dam is safe,” said Mira Toll, who had flown in.", "Mira Toll"),
        ("The dam was safe, according to two officials.", "two officials"),
        ("A nurse who said the dam was safe left.", "A nurse"),
    ],
)
def test_the_speaker_beside_a_cue(text: str, speaker: str) -> None:
    assert all_words(text, "speaker") == [speaker]


def test_two_cues_share_one_subject() -> None:
    text = "Mira Toll said the silos were empty and warned of a hard winter."
    assert all_words(text, "speaker") == ["Mira Toll"]
    assert all_words(text, "quote") == ["the silos were empty", "a hard winter"]
    assert {quote.fields["source"]["ref"] for quote in found(text, "quote")} == {"s1"}


def test_a_gerund_shares_the_subject() -> None:
    text = "Mira Toll said the silos were empty, adding that winter would be hard."
    assert all_words(text, "quote") == ["the silos were empty", "winter would be hard"]


def test_a_passive_has_no_source() -> None:
    text = "It was said that the dam was safe."
    assert "source" not in only(text, "quote").fields
    assert found(text, "speaker") == []


def test_a_verb_without_a_source_attributes_nothing() -> None:
    assert found("Said to be late, trains ran on time.", "speaker") == []
