"""Verb forms and tables of phrases."""

from __future__ import annotations

import pytest

from toolkit.extractors.rules.lexicon import LEXICON, phrase_at, phrases, verb_forms


@pytest.mark.parametrize(
    ("line", "forms"),
    [
        ("warn", "warn warns warned warning"),
        ("deny", "deny denies denied denying"),
        ("say said said", "say says said saying"),
        ("argue", "argue argues argued arguing"),
        ("agree", "agree agrees agreed agreeing"),
        ("admit admitted", "admit admits admitted admitting"),
        ("stress", "stress stresses stressed stressing"),
        ("speak spoke spoken", "speak speaks spoke spoken speaking"),
    ],
)
def test_forms_of_a_verb(line: str, forms: str) -> None:
    assert set(verb_forms([line])) == set(forms.split())


def test_a_form_knows_its_lemma_and_kinds() -> None:
    forms = verb_forms(["read read read", "speak spoke spoken"])
    assert forms["read"].kinds == {"base", "past", "participle"}
    assert forms["spoken"] == ("speak", {"participle"})


def test_the_longest_phrase_wins() -> None:
    table = phrases(["ban", "ban on", "ban on imports"])
    assert phrase_at(table, ["a", "ban", "on", "imports"], 1) == 3
    assert phrase_at(table, ["a", "ban", "on", "sugar"], 1) == 2
    assert phrase_at(table, ["a", "ban", "on", "sugar"], 0) == 0


def test_word_lists_are_lower_case_as_the_words_of_a_text_are() -> None:
    listed = [*LEXICON.roles, *LEXICON.organisations, *LEXICON.causal, *LEXICON.noun_cues]
    assert [word for word in listed if word != word.lower()] == []
