"""Any text gives valid mentions, in order, with the same ids every time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from extracted import found, only, words
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.checking.rules import edge_faults, required_faults, rule_faults
from toolkit.checking.structure import structure_faults
from toolkit.extractors.rules import extract
from toolkit.model import Document
from toolkit.schema.load import load_schema

SCHEMA = load_schema(Path(__file__).parents[3] / "schemas" / "news.yaml")

VOCABULARY = (
    "Mira Toll the minister of Justice She it they said told denied that “ ” \" ' ‘ ’ , . ? ! : ; "
    "— ( ) if unless sanctions froze assets ban on imports lift the embargo according to was said "
    "2 April 2031 and but who declined comment would not 40 % report 's Veldania \n \n\n \r\n 😀 é "
    "U.S. called for accused decree to because In Tuesday hopes & of"
)

NEWS_WORDS = st.sampled_from(VOCABULARY.split(" "))

HOSTILE = [
    *("a", "A", "1", '"', "“", "”", "'", ",", ".", " ", "\n", "(", ")", "😀", "\u0301"),
    *("“‘«", "“a\n\n", "A, ", "A (", "1,", "X.", " \n", "a\r", "a\u2028", "a-", "a'"),
    *("Bank of ", "Mr. ", "and ", "to ", "not ", "if ", "'s ", "May 2031 ", "the minister, "),
]


def faults(text: str) -> list[Any]:
    document = Document(id="d", text=text, mentions=extract(text))
    checks = (
        structure_faults(document),
        rule_faults(document, SCHEMA),
        required_faults(document, SCHEMA),
        edge_faults(document),
    )
    return [fault for check in checks for fault in check]


@given(st.text(max_size=300) | st.lists(NEWS_WORDS, max_size=60).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_valid_mentions_and_always_the_same(text: str) -> None:
    assert faults(text) == []
    assert extract(text) == extract(text)


@pytest.mark.parametrize("unit", HOSTILE, ids=repr)
def test_200_kb_of_the_same_signs_give_no_mention(unit: str) -> None:
    assert extract(unit * (200_000 // len(unit))) == ()


@pytest.mark.parametrize(
    "unit", ["“Yes,” he said. ", "ban ", "froze the assets of ", "he said she said "]
)
def test_mentions_without_end_are_found_and_valid(unit: str) -> None:
    once, often = len(extract(unit * 100)), len(extract(unit * 2000))
    assert often >= 15 * once > 0


def test_empty_text_has_no_mentions() -> None:
    assert extract("") == ()


def test_ids_count_up_in_text_order() -> None:
    text = "Mira Toll said the silos were empty. Pavo Renk denied that he had sold grain."
    for label, letter in {"speaker": "s", "quote": "q", "claim": "c"}.items():
        mentions = found(text, label)
        assert [m.id for m in mentions] == [f"{letter}1", f"{letter}2"]
        assert sorted(mentions, key=lambda m: m.place) == mentions


def test_fields_without_a_value_are_left_out() -> None:
    text = "The travel ban is still in force."
    fields = only(text, "sanction").fields
    assert fields == {"measure": ["travel_ban"], "status": "in_force"}


def test_offsets_count_code_points_after_emoji_and_accents() -> None:
    text = "🎉 Café e\u0301té 👩‍👩‍👧. “It is late,” said Mira Toll. 👍"
    assert words(text, only(text, "quote")) == ["“It is late,”"]
    assert words(text, only(text, "speaker")) == ["Mira Toll"]


def test_windows_line_ends_change_offsets_only() -> None:
    text = "Mira Toll said the silos were empty.\n\n“It is late,” said Pavo Renk."
    windows = text.replace("\n", "\r\n")
    assert [words(text, m) for m in extract(text)] == [words(windows, m) for m in extract(windows)]
    assert len(found(windows, "quote")) == 2
