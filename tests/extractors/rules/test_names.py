"""Proper names and what they name."""

from __future__ import annotations

import pytest

from toolkit.extractors.rules.names import Names, names
from toolkit.extractors.rules.reading import read


def named(text: str) -> Names:
    return names(read(text))


def kinds(text: str) -> dict[str, str]:
    return {name.text: name.kind for name in named(text).all}


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Then Mira Toll left.", "Mira Toll", "person"),
        ("Then Captain Toll left.", "Toll", "person"),
        ("Then the Ministry of Works fell silent.", "Ministry of Works", "organisation"),
        ("Then Toll & Sons closed.", "Toll & Sons", "organisation"),
        ("Then the lender Brask paid.", "Brask", "organisation"),
        ("Then NKRA paid.", "NKRA", "organisation"),
        ("Then France paid.", "France", "country"),
        ("Then Ostland paid.", "Ostland", "country"),
        ("Then the White House paid.", "White House", "metonym"),
        ("Then Order 14 fell.", "Order 14", "document"),
        ("Then the Foreign Funds Act fell.", "Foreign Funds Act", "document"),
        ("Then the ship left the Gulf of Marn.", "Gulf of Marn", "place"),
    ],
)
def test_what_a_name_names(text: str, name: str, kind: str) -> None:
    assert kinds(text)[name] == kind


def test_titles_stand_before_the_bare_name() -> None:
    (name,) = named("Yesterday Foreign Minister Sir Odo Falk resigned.").all
    assert (name.first, name.bare, name.last) == (1, 4, 6)


def test_common_words_at_the_head_of_a_sentence_are_no_names() -> None:
    assert kinds("Officials left. Walking home, they sang. But the rain came. Two stayed.") == {}


def test_people_do_not_take_of() -> None:
    assert set(kinds("Then Mira Toll of Brask left.")) == {"Mira Toll", "Brask"}


def test_a_surname_stands_for_the_full_name() -> None:
    found = named("Mira Toll came, and Toll left.")
    assert [found.entity(name) for name in found.all] == ["Mira Toll", "Mira Toll"]
    assert found.all[1].kind == "person"


def test_an_adjective_stands_for_its_country() -> None:
    french, veldanian, _ = (found := named("A French ship met a Veldanian ship off Veldania.")).all
    assert (found.entity(french), found.entity(veldanian)) == ("France", "Veldania")


def test_names_before_a_token_come_nearest_first() -> None:
    found = named("Mira Toll met Odo Falk at noon.")
    assert [name.text for name in found.before(6)] == ["Odo Falk", "Mira Toll"]
    assert [name.text for name in found.within(3, 6)] == ["Odo Falk"]
