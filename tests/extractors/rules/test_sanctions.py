"""Who restricts whom, and who says so."""

from __future__ import annotations

import pytest
from extracted import found, only, words


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("France froze the assets of Orlo Bank.", "France"),
        ("French sanctions hit Orlo Bank.", "France"),
        ("The Trade Ministry banned imports of Ruritanian wine.", "Trade Ministry"),
    ],
)
def test_sender(text: str, sender: str) -> None:
    assert only(text, "sanction").fields["sender"] == [sender]


@pytest.mark.parametrize(
    ("text", "target", "kind"),
    [
        ("France froze the assets of Orlo Bank.", "Orlo Bank", "company"),
        ("France froze the assets of Mira Toll.", "Mira Toll", "person"),
        ("France banned imports from Germany.", "Germany", "country"),
        ("France froze the assets of the Navy of Marn.", "Navy of Marn", "government_body"),
    ],
)
def test_target_and_its_kind(text: str, target: str, kind: str) -> None:
    fields = only(text, "sanction").fields
    assert (fields["target"], fields["target_kind"]) == ([target], [kind])


def test_a_name_behind_the_trigger_is_a_target_only_after_a_preposition() -> None:
    assert "target" not in only("Sanctions, Germany feared, were near.", "sanction").fields


def test_sectors_and_ships_are_kinds_of_targets() -> None:
    text = "France closed its ports to the tanker and banned oil imports."
    ports, oil = found(text, "sanction")
    assert ports.fields["target_kind"] == ["vessel", "sector"]
    assert "sector" in oil.fields["target_kind"]


def test_parties_left_out_are_those_of_the_other_mentions() -> None:
    text = "France froze the assets of Orlo Bank. The asset freeze will stay."
    first, second = found(text, "sanction")
    assert second.fields["sender"] == first.fields["sender"] == ["France"]
    assert second.fields["target"] == first.fields["target"] == ["Orlo Bank"]


def test_the_source_of_a_measure_is_the_speaker_of_its_quote() -> None:
    text = "Two officials said France had closed its ports to Orlo."
    sanction, speaker = only(text, "sanction"), only(text, "speaker")
    assert words(text, speaker) == ["Two officials"]
    assert sanction.fields["attribution"] == {"ref": speaker.id}


def test_a_measure_outside_all_quotes_has_no_attribution() -> None:
    assert "attribution" not in only("France closed its ports to Orlo.", "sanction").fields
