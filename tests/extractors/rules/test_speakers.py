"""Kind, form, role and entity of a speaker."""

from __future__ import annotations

import pytest
from extracted import all_words, found, only


@pytest.mark.parametrize(
    ("source", "kind", "form"),
    [
        ("Mira Toll", "person", "named"),
        ("the minister", "person", "nominal"),
        ("an official at the bank", "person", "nominal"),
        ("France", "metonym", "named"),
        ("the White House", "metonym", "named"),
        ("the Ministry of Works", "organisation", "named"),
        ("the ministry", "organisation", "nominal"),
        ("two officials", "group_unnamed", "nominal"),
        ("French officials", "group_unnamed", "nominal"),
        ("farmers", "group_unnamed", "nominal"),
        ("they", "group_unnamed", "pronoun"),
        ("the audit", "document", "nominal"),
        ("counsel for Brask", "person", "nominal"),
    ],
)
def test_kind_and_form(source: str, kind: str, form: str) -> None:
    speaker = only(f"The dam was safe, according to {source}.", "speaker")
    assert (speaker.fields["kind"], speaker.fields["form"]) == (kind, form)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Harbour Master Pavo Renk said no gate was safe.", "Harbour Master"),
        ("The minister said no gate was safe.", "minister"),
        ("Mira Toll, the head of the board, said no gate was safe.", "head of the board"),
        ("Mr Pavo Renk said no gate was safe.", None),
        ("Pavo Renk said no gate was safe.", None),
        ("She said no gate was safe.", None),
    ],
)
def test_the_role_is_the_office_in_the_words_of_the_text(text: str, role: str | None) -> None:
    assert only(text, "speaker").fields.get("role") == role


def test_a_pronoun_stands_for_the_last_named_person() -> None:
    text = "Mira Toll left Brask early. She said there was nothing to add."
    speaker = only(text, "speaker")
    assert all_words(text, "speaker") == ["She"]
    assert (speaker.fields["form"], speaker.fields["entity"]) == ("pronoun", "Mira Toll")


def test_a_thing_stands_for_the_last_named_body() -> None:
    text = "Mira Toll leads the Grain Board. It said there was nothing to add."
    assert only(text, "speaker").fields["entity"] == "Grain Board"


def test_the_owner_of_a_report_is_the_speaker_and_its_act_is_writing() -> None:
    text = "The president’s report said the dam was safe."
    assert all_words(text, "speaker") == ["The president"]
    assert only(text, "speaker").fields["kind"] == "person"
    assert only(text, "quote").fields["act"] == ["writing"]


def test_groups_have_no_entity() -> None:
    (speaker,) = found("Two officials said the dam was safe.", "speaker")
    assert "entity" not in speaker.fields
