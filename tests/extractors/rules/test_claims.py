"""Claims and how they are presented."""

from __future__ import annotations

from typing import Any

import pytest
from extracted import all_words, found, only, span


def field(text: str, name: str) -> Any:
    return only(text, "claim").fields.get(name)


def test_statements_joined_by_and_are_two_claims() -> None:
    text = "“The dam is safe, and the lake is half full,” Mira Toll said."
    assert all_words(text, "claim") == ["The dam is safe", "the lake is half full"]
    assert {claim.fields["claimer"]["ref"] for claim in found(text, "claim")} == {"s1"}


def test_nouns_joined_by_and_are_one_claim() -> None:
    text = "Mira Toll said the dam and the lake were safe."
    assert all_words(text, "claim") == ["the dam and the lake were safe"]


def test_every_sentence_of_a_quote_is_a_claim_but_for_questions_and_exclamations() -> None:
    text = "“Is the dam safe? Never! The lake is too full,” Mira Toll said."
    assert all_words(text, "claim") == ["The lake is too full"]


def test_what_is_only_summarised_is_no_claim() -> None:
    assert found("Odo Falk criticised the new timetable.", "claim") == []


def test_the_author_claims_figures_and_causes() -> None:
    text = "Nine silos are empty in Marn. The ferry sank because of rain. The board met at noon."
    first, second = found(text, "claim")
    assert (first.fields["type"], second.fields["type"]) == (["numerical"], ["causal"])
    assert "claimer" not in first.fields


def test_years_and_dates_are_no_figures() -> None:
    assert found("The old board met in 2031 and on 3 May.", "claim") == []


@pytest.mark.parametrize(
    ("text", "stance", "certainty"),
    [
        ("Toll said the dam was safe.", "affirm", "certain"),
        ("Toll denied that the dam was safe.", "refute", "certain_not"),
        ("Toll would not say whether the dam was safe.", "affirm", "unknown"),
        ("It was said that the dam was safe.", "affirm", "unknown"),
        ("Toll said the dam might be safe.", "affirm", "possible"),
        ("Toll said the dam was probably safe.", "affirm", "probable"),
        ("Toll believes that the dam is safe.", "affirm", "probable"),
    ],
)
def test_stance_and_certainty(text: str, stance: str, certainty: str) -> None:
    assert (field(text, "stance"), field(text, "certainty")) == (stance, certainty)


@pytest.mark.parametrize(
    ("text", "types", "worth"),
    [
        ("Toll said the dam was closed.", ["event"], "check_worthy"),
        (
            "Toll said nine gates had failed because of rust.",
            ["numerical", "causal"],
            "check_worthy",
        ),
        ("Toll said the dam was a disgrace.", ["position"], "not_factual"),
        ("Toll demanded that the dam be closed.", ["position"], "not_factual"),
        ("“We will never close the dam,” Toll said.", ["position"], "not_factual"),
        ("Toll said the dam would be closed.", ["event"], "not_factual"),
    ],
)
def test_type_and_check_worthiness(text: str, types: list[str], worth: str) -> None:
    assert (field(text, "type"), field(text, "check_worthiness")) == (types, worth)


@pytest.mark.parametrize(
    ("text", "object_"),
    [
        ("Toll said the old dam was safe.", "the old dam"),
        ("Toll said the dam collapsed at noon.", "the dam"),
    ],
)
def test_the_object_is_the_subject_of_the_statement(text: str, object_: str) -> None:
    assert span(text, field(text, "object")) == object_


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Toll said prices and wages were too high.", "economy"),
        ("Toll said the embargo raised prices and wages.", "sanctions"),
        ("Toll said the dog was asleep.", "other"),
    ],
)
def test_topic(text: str, topic: str) -> None:
    assert field(text, "topic") == topic


def test_marks_and_stops_at_the_edges_are_left_out() -> None:
    text = "“• The dam is safe now! 🎉” Toll said."
    assert all_words(text, "claim") == ["The dam is safe now"]
