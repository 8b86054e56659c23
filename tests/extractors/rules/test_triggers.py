"""Words that name a measure, and how far it has come."""

from __future__ import annotations

import pytest
from extracted import all_words, found, only, words


@pytest.mark.parametrize(
    ("text", "trigger", "measure"),
    [
        ("France froze the assets of Orlo Bank.", "froze the assets", "asset_freeze"),
        ("The accounts of Orlo were frozen.", "accounts of Orlo were frozen", "asset_freeze"),
        ("The travel ban stands.", "travel ban", "travel_ban"),
        ("The wheat ban stands.", "wheat ban", "import_restrictions"),
        ("The ban on weapons stands.", "ban on weapons", "arms_embargo"),
        ("France blacklisted the yard.", "blacklisted", "unspecified"),
        ("France closed its ports to Orlo.", "closed its ports", "transportation_restrictions"),
    ],
)
def test_trigger_and_measure(text: str, trigger: str, measure: str) -> None:
    sanction = only(text, "sanction")
    assert words(text, sanction) == [trigger]
    assert sanction.fields["measure"] == [measure]


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("France lifted the embargo on Tuesday.", "lifted the embargo", "eased_lifted"),
        ("The embargo was lifted.", "embargo was lifted", "eased_lifted"),
        ("France refused to lift the embargo.", "lift the embargo", "refused_to_lift"),
        ("France will not lift the embargo.", "lift the embargo", "refused_to_lift"),
        ("The yard asked France to lift the embargo.", "lift the embargo", "in_force"),
        ("France extended the embargo.", "extended the embargo", "extended"),
        ("France denied that it had frozen the funds.", "frozen the funds", "denied_or_opposed"),
        ("France did not freeze the funds.", "freeze the funds", "denied_or_opposed"),
        ("France froze the funds of two banks.", "froze the funds", "imposed"),
        ("The senator called for sanctions on the yard.", "sanctions", "proposed_or_demanded"),
        ("France threatened the yard with sanctions.", "sanctions", "threatened"),
        ("A draft of the sanctions is in print.", "sanctions", "prepared"),
        ("The travel ban is still in force.", "travel ban", "in_force"),
    ],
)
def test_status(text: str, trigger: str, status: str) -> None:
    sanction = only(text, "sanction")
    assert words(text, sanction) == [trigger]
    assert sanction.fields["status"] == status


@pytest.mark.parametrize(
    "text",
    [
        "The head of the sanctions committee resigned.",
        "They froze in the rain.",
        "The measures were harsh.",
    ],
)
def test_what_names_no_measure(text: str) -> None:
    assert found(text, "sanction") == []


def test_the_measures_are_those_named_before() -> None:
    first, second = found("France froze the funds. The measures hurt.", "sanction")
    assert first.fields["measure"] == second.fields["measure"] == ["asset_freeze"]


def test_bare_sanctions_give_way_to_the_measures_named_with_them() -> None:
    text = "The sanctions hold a travel ban and an asset freeze."
    assert all_words(text, "sanction") == ["travel ban", "asset freeze"]
