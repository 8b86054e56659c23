"""Condition, objective, legal instrument and date of a measure."""

from __future__ import annotations

import pytest
from extracted import only, span


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        (
            "France will freeze the accounts of Orlo Bank if the crew is not freed by Friday.",
            "if the crew is not freed by Friday",
        ),
        ("Unless the shelling stops, France will close its ports.", "Unless the shelling stops"),
        ("The embargo stays until the crew is free.", "until the crew is free"),
        ("Should the talks fail, France will freeze the funds.", "Should the talks fail"),
    ],
)
def test_condition(text: str, condition: str) -> None:
    sanction = only(text, "sanction")
    assert span(text, sanction.fields["condition"]) == condition


def test_should_inside_a_sentence_is_no_condition() -> None:
    assert "condition" not in only("France should freeze the funds.", "sanction").fields


def test_a_threat_with_its_condition_is_one_record() -> None:
    fields = only("France will freeze the funds of Orlo Bank if it is sold.", "sanction").fields
    assert (fields["status"], fields["target"]) == ("threatened", ["Orlo Bank"])


def test_a_deadline_is_no_date() -> None:
    text = "France will freeze the funds if nothing is paid by 2 April 2031."
    assert "date" not in only(text, "sanction").fields


def test_objective() -> None:
    text = "France closed its ports to force a truce, officials said."
    assert span(text, only(text, "sanction").fields["objective"]) == "to force a truce"


@pytest.mark.parametrize(
    ("text", "instrument"),
    [
        ("Under Order 14 France froze the funds.", "Order 14"),
        (
            "Under the Foreign Funds Act of 2030 France froze the funds.",
            "Foreign Funds Act of 2030",
        ),
        ("Under the 2030 Foreign Funds Act they froze the funds.", "2030 Foreign Funds Act"),
    ],
)
def test_legal_instrument(text: str, instrument: str) -> None:
    assert span(text, only(text, "sanction").fields["legal_instrument"]) == instrument


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("France froze the assets of Orlo Bank on 2 April 2031.", "2031-04-02"),
        ("France froze the assets of Orlo Bank on April 2, 2031.", "2031-04-02"),
        ("France froze the assets of Orlo Bank in April 2031.", "2031-04"),
        ("The asset freeze has stood since 2029.", "2029"),
        ("France froze the assets of Orlo Bank on 31 April 2031.", None),
        ("France froze the assets of Orlo Bank on 2 April.", None),
    ],
)
def test_dates_are_iso(text: str, date: str | None) -> None:
    assert only(text, "sanction").fields.get("date") == date
