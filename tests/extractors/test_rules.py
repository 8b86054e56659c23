"""The built-in rules: valid on any text, and what they make of the guidelines' cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.checking.rules import edge_faults, required_faults, rule_faults
from toolkit.checking.structure import structure_faults
from toolkit.extractors.rules import extract
from toolkit.model import Document, Mention
from toolkit.schema.load import load_schema

SCHEMA = load_schema(Path(__file__).parents[2] / "schemas" / "news.yaml")

VOCABULARY = (
    "Mira Toll the minister of Justice She it they said told denied that “ ” \" ' ‘ ’ , . ? ! : ; "
    "— ( ) if unless sanctions froze assets ban on imports lift the embargo according to was said "
    "2 April 2031 and but who declined comment would not 40 % report 's Veldania \n \n\n \r\n 😀 é "
    "U.S. called for accused decree"
)

NEWS_WORDS = st.sampled_from(VOCABULARY.split(" "))

AWKWARD = [
    '"' * 100_000,
    "“" * 100_000,
    "“‘«" * 33_000,
    "A" * 100_000,
    "Bank of " * 12_500,
    "said " * 20_000,
    "1," * 50_000,
    "“a\n\n" * 25_000,
    "if " * 33_000,
    "X." * 50_000,
    " \n" * 50_000,
]


def found(text: str, label: str) -> list[Mention]:
    return [mention for mention in extract(text) if mention.label == label]


def only(text: str, label: str) -> Mention:
    (mention,) = found(text, label)
    return mention


def words(text: str, mention: Mention) -> list[str]:
    return [text[start:end] for start, end in mention.place]


def span(text: str, value: Any) -> str:
    return text[value["start"] : value["end"]]


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


@pytest.mark.parametrize("text", AWKWARD, ids=lambda text: repr(text[:6]))
def test_awkward_text_of_100_kb_completes(text: str) -> None:
    assert isinstance(extract(text), tuple)


def test_empty_text_has_no_mentions() -> None:
    assert extract("") == ()


def test_ids_count_up_in_text_order() -> None:
    text = "Mira Toll said the silos were empty. Pavo Renk denied that he had sold grain."
    for label, letter in {"speaker": "s", "quote": "q", "claim": "c"}.items():
        mentions = found(text, label)
        assert [m.id for m in mentions] == [f"{letter}1", f"{letter}2"]
        assert sorted(mentions, key=lambda m: m.place) == mentions


def test_direct_quote_with_title() -> None:
    text = "“The gates will not hold,” said Harbour Master Pavo Renk."
    quote, speaker = only(text, "quote"), only(text, "speaker")
    assert words(text, quote) == ["“The gates will not hold,”"]
    assert quote.fields["type"] == "direct"
    assert span(text, quote.fields["cue"]) == "said"
    assert quote.fields["source"] == {"ref": speaker.id}
    assert words(text, speaker) == ["Harbour Master Pavo Renk"]
    assert speaker.fields["entity"] == "Pavo Renk"


@pytest.mark.parametrize(
    "marks", ["“”", '""', "«»", "»«", "„“", "„”", "‘’", "''"], ids=lambda marks: marks
)
def test_split_quote_has_two_fragments_in_any_style_of_marks(marks: str) -> None:
    one, other = f"{marks[0]}It is late,{marks[1]}", f"{marks[0]}We go home.{marks[1]}"
    text = f"{one} Odo Falk said. {other}"
    assert words(text, only(text, "quote")) == [one, other]


def test_quote_goes_on_after_its_cue() -> None:
    text = "“We signed,” Falk said, “and we will pay.”"
    assert words(text, only(text, "quote")) == ["“We signed,”", "“and we will pay.”"]


def test_indirect_quote_leaves_that_out() -> None:
    text = "Mira Toll warned that the silos were nearly empty."
    quote = only(text, "quote")
    assert words(text, quote) == ["the silos were nearly empty"]
    assert quote.fields["type"] == "indirect"


def test_attribution_in_the_middle_leaves_two_fragments() -> None:
    text = "The harvest, according to the grain board, would be poor."
    quote = only(text, "quote")
    assert words(text, quote) == ["The harvest", "would be poor"]
    assert span(text, quote.fields["cue"]) == "according to"


def test_some_words_in_marks_make_a_mixed_quote() -> None:
    text = "Odo Falk said the board had been “asleep at the wheel” for years."
    quote = only(text, "quote")
    assert words(text, quote) == ["the board had been “asleep at the wheel” for years"]
    assert quote.fields["type"] == "mixed"


def test_noun_phrase_makes_a_reported_quote() -> None:
    text = "Odo Falk criticised the new timetable."
    quote = only(text, "quote")
    assert words(text, quote) == ["the new timetable"]
    assert quote.fields["type"] == "reported"


def test_passive_without_agent_has_no_source() -> None:
    text = "It was said that the dam was safe."
    quote = only(text, "quote")
    assert "source" not in quote.fields
    assert span(text, quote.fields["cue"]) == "was said"
    assert found(text, "speaker") == []
    assert only(text, "claim").fields["certainty"] == "unknown"


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


def test_denial_is_refuted_and_not_negated() -> None:
    text = "The board has repeatedly denied that grain was sold."
    quote, claim = only(text, "quote"), only(text, "claim")
    assert span(text, quote.fields["cue"]) == "has repeatedly denied"
    assert "negated" not in quote.fields
    assert (claim.fields["stance"], claim.fields["certainty"]) == ("refute", "certain_not")


def test_what_a_source_would_not_say_is_negated() -> None:
    text = "Mira Toll would not say whether the silos were empty."
    quote = only(text, "quote")
    assert span(text, quote.fields["cue"]) == "would not say"
    assert quote.fields["negated"] is True


def test_statement_means_writing() -> None:
    text = "The board said in a statement that the dam was safe."
    quote = only(text, "quote")
    assert quote.fields["act"] == ["writing"]
    assert words(text, quote) == ["the dam was safe"]


def test_agent_of_a_report_is_the_speaker() -> None:
    text = "The president’s report said the dam was safe."
    speaker = only(text, "speaker")
    assert words(text, speaker) == ["The president"]
    assert speaker.fields["kind"] == "person"
    assert only(text, "quote").fields["act"] == ["writing"]


def test_pronoun_stands_for_the_last_named_person() -> None:
    text = "Mira Toll left early. She said there was nothing to add."
    speaker = only(text, "speaker")
    assert words(text, speaker) == ["She"]
    assert (speaker.fields["form"], speaker.fields["entity"]) == ("pronoun", "Mira Toll")


def test_statements_joined_by_and_are_two_claims() -> None:
    text = "“The dam is safe, and the lake is half full,” Mira Toll said."
    claims = found(text, "claim")
    assert [words(text, c) for c in claims] == [["The dam is safe"], ["the lake is half full"]]


def test_conditional_threat_is_one_record_with_its_condition() -> None:
    text = "France will freeze the accounts of Orlo Bank if the crew is not freed by Friday."
    sanction = only(text, "sanction")
    assert words(text, sanction) == ["freeze the accounts"]
    assert sanction.fields["status"] == "threatened"
    assert span(text, sanction.fields["condition"]) == "if the crew is not freed by Friday"
    assert sanction.fields["sender"] == ["France"]
    assert sanction.fields["target"] == ["Orlo Bank"]
    assert sanction.fields["measure"] == ["asset_freeze"]


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("France lifted the embargo on Tuesday.", "lifted the embargo", "eased_lifted"),
        ("France refused to lift the embargo.", "lift the embargo", "refused_to_lift"),
        ("France denied that it had frozen the funds.", "frozen the funds", "denied_or_opposed"),
        ("France froze the funds of two banks.", "froze the funds", "imposed"),
        ("The senator called for sanctions on the yard.", "sanctions", "proposed_or_demanded"),
        ("The travel ban is still in force.", "travel ban", "in_force"),
    ],
)
def test_status_of_a_measure(text: str, trigger: str, status: str) -> None:
    sanction = only(text, "sanction")
    assert words(text, sanction) == [trigger]
    assert sanction.fields["status"] == status


def test_committees_and_laws_named_after_sanctions_are_no_measures() -> None:
    assert found("The head of the sanctions committee resigned.", "sanction") == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("France froze the assets of Orlo Bank on 2 April 2031.", "2031-04-02"),
        ("France froze the assets of Orlo Bank on April 2, 2031.", "2031-04-02"),
        ("France froze the assets of Orlo Bank in April 2031.", "2031-04"),
        ("The asset freeze has stood since 2029.", "2029"),
        ("France froze the assets of Orlo Bank on 31 April 2031.", None),
    ],
)
def test_explicit_dates_are_iso(text: str, date: str | None) -> None:
    assert only(text, "sanction").fields.get("date") == date


def test_source_of_a_measure_is_the_speaker_of_its_quote() -> None:
    text = "Two officials said France had closed its ports to Orlo."
    sanction, speaker = only(text, "sanction"), only(text, "speaker")
    assert words(text, speaker) == ["Two officials"]
    assert sanction.fields["attribution"] == {"ref": speaker.id}


def test_offsets_count_code_points_after_emoji_and_accents() -> None:
    text = "🎉 Café e\u0301té 👩‍👩‍👧. “It is late,” said Mira Toll. 👍"
    assert words(text, only(text, "quote")) == ["“It is late,”"]
    assert words(text, only(text, "speaker")) == ["Mira Toll"]


def test_windows_line_ends_change_offsets_only() -> None:
    text = "Mira Toll said the silos were empty.\n\n“It is late,” said Pavo Renk."
    windows = text.replace("\n", "\r\n")
    assert [words(text, m) for m in extract(text)] == [words(windows, m) for m in extract(windows)]
    assert len(found(windows, "quote")) == 2
