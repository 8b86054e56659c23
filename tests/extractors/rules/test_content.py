"""Which words an attribution gives to its source."""

from __future__ import annotations

import pytest
from extracted import all_words, found, only


@pytest.mark.parametrize(
    ("text", "content", "type_"),
    [
        ("Toll warned that the silos were empty.", "the silos were empty", "indirect"),
        ("Toll said the silos were empty.", "the silos were empty", "indirect"),
        ("Toll told the board that it was late.", "it was late", "indirect"),
        ("Toll said on Tuesday that it was late.", "it was late", "indirect"),
        ("Toll asked whether the dam was safe.", "whether the dam was safe", "indirect"),
        ("The silos were empty, Toll said.", "The silos were empty", "indirect"),
        ("The silos were empty, said Toll on Monday.", "The silos were empty", "indirect"),
        ("According to Toll, the silos were empty.", "the silos were empty", "indirect"),
        ("The silos were empty, according to Toll.", "The silos were empty", "indirect"),
        ("The silos, according to Toll, were empty.", "The silos + were empty", "indirect"),
        ("The silos, Toll said, were empty.", "The silos + were empty", "indirect"),
        ("Toll criticised the new timetable.", "the new timetable", "reported"),
        ("Toll called for a truce after the vote.", "a truce", "reported"),
        (
            "Toll said the board had been “asleep” again.",
            "the board had been “asleep” again",
            "mixed",
        ),
    ],
)
def test_the_content_of_an_attribution(text: str, content: str, type_: str) -> None:
    assert all_words(text, "quote") == [content]
    assert only(text, "quote").fields["type"] == type_


@pytest.mark.parametrize("text", ["Toll found a wallet.", "Toll said.", "Said Toll."])
def test_no_content_no_quote(text: str) -> None:
    assert found(text, "quote") == []


def test_content_ends_where_another_source_begins() -> None:
    text = "Toll said the dam was safe, but Renk denied that the lake was full."
    assert all_words(text, "quote") == ["the dam was safe", "the lake was full"]
