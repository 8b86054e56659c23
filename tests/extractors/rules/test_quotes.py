"""Quotations in marks, and the fields of all quotations."""

from __future__ import annotations

import pytest
from extracted import all_words, found, only, span, words


def test_a_direct_quote_with_its_cue_and_source() -> None:
    text = "“The gates will not hold,” said Harbour Master Pavo Renk."
    quote, speaker = only(text, "quote"), only(text, "speaker")
    assert words(text, quote) == ["“The gates will not hold,”"]
    assert quote.fields["type"] == "direct"
    assert span(text, quote.fields["cue"]) == "said"
    assert quote.fields["source"] == {"ref": speaker.id}


@pytest.mark.parametrize(
    "marks", ["“”", '""', "«»", "»«", "„“", "„”", "‘’", "''"], ids=lambda marks: marks
)
def test_a_split_quote_has_two_fragments_in_any_style_of_marks(marks: str) -> None:
    one, other = f"{marks[0]}It is late,{marks[1]}", f"{marks[0]}We go home.{marks[1]}"
    text = f"{one} Odo Falk said. {other}"
    assert words(text, only(text, "quote")) == [one, other]


def test_a_quote_goes_on_after_its_cue() -> None:
    text = "“We signed,” Falk said, “and we will pay.”"
    assert words(text, only(text, "quote")) == ["“We signed,”", "“and we will pay.”"]


def test_a_quote_after_its_cue() -> None:
    for text in ("Falk told the board: “We will pay.”", "Falk said, “We will pay.”"):
        assert words(text, only(text, "quote")) == ["“We will pay.”"]


def test_a_paragraph_without_a_cue_is_the_last_speaker_s() -> None:
    text = "“It is late,” Falk said.\n\n“We go home.”"
    first, second = found(text, "quote")
    assert "cue" not in second.fields
    assert second.fields["source"] == first.fields["source"]


def test_marks_without_any_speaker_are_no_quote() -> None:
    assert found("“It is late.”", "quote") == []


def test_an_attribution_inside_a_quote_is_nested() -> None:
    text = "“The minister told me, ‘Go home,’ and I went,” Falk said."
    outer, inner = found(text, "quote")
    assert inner.fields["nested_in"] == {"ref": outer.id}
    assert words(text, inner) == ["‘Go home,’"]


def test_an_attribution_inside_told_words_is_nested() -> None:
    text = "Falk said that the minister had promised that the dam was safe."
    outer, inner = found(text, "quote")
    assert inner.fields["nested_in"] == {"ref": outer.id}
    assert words(text, inner) == ["the dam was safe"]


def test_i_think_inside_a_quote_is_no_other_source() -> None:
    assert len(found("“I think the dam is safe,” Falk said.", "quote")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “ghost fleet” left at night.",
        "Jaro “the Eel” Vint was arrested.",
        "The board met at noon.",
    ],
)
def test_scare_quotes_and_nicknames_are_no_quotes(text: str) -> None:
    assert found(text, "quote") == []


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Toll said the dam was safe.", "speech"),
        ("Toll said in a statement that the dam was safe.", "writing"),
        ("Toll wrote that the dam was safe.", "writing"),
        ("The report said the dam was safe.", "writing"),
        ("Toll hopes that the dam is safe.", "thought"),
    ],
)
def test_the_act(text: str, act: str) -> None:
    assert only(text, "quote").fields["act"] == [act]


def test_what_a_source_would_not_say_is_negated() -> None:
    text = "Mira Toll would not say whether the silos were empty."
    quote = only(text, "quote")
    assert span(text, quote.fields["cue"]) == "would not say"
    assert quote.fields["negated"] is True


def test_a_denial_is_not_negated() -> None:
    text = "The board has repeatedly denied that grain was sold."
    quote = only(text, "quote")
    assert span(text, quote.fields["cue"]) == "has repeatedly denied"
    assert "negated" not in quote.fields


def test_quotes_do_not_depend_on_the_order_of_all_words() -> None:
    text = "“Yes,” Falk said. Toll denied that the dam was safe."
    assert all_words(text, "quote") == ["“Yes,”", "the dam was safe"]
