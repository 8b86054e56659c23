"""Verb groups and phrases that attribute words."""

from __future__ import annotations

import pytest

from toolkit.extractors.rules.cues import Cue, cues
from toolkit.extractors.rules.reading import read


def found(text: str) -> list[tuple[str, Cue]]:
    reading = read(text)
    return [(reading.string(*one.place), one) for one in cues(reading, reading.all, set())]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Toll said the dam was safe.", "said"),
        ("Toll has repeatedly denied it.", "has repeatedly denied"),
        ("Toll didn’t say why.", "didn’t say"),
        ("Toll declined to say why.", "declined to say"),
        ("Toll called for a truce.", "called for"),
        ("Toll spoke of a hard winter.", "spoke of"),
        ("The officials say no.", "say"),
        ("It was believed that the dam was safe.", "was believed"),
        ("The harvest, according to Toll, was poor.", "according to"),
        ("In the words of Toll, it was late.", "In the words of"),
        ("Toll left, adding that it was late.", "adding"),
    ],
)
def test_the_whole_verb_group_is_the_cue(text: str, cue: str) -> None:
    assert [words for words, _ in found(text)] == [cue]


@pytest.mark.parametrize(
    "text",
    [
        "Toll spoke for an hour.",
        "Toll’s promised aid never came.",
        "The report was long.",
        "A well-known ferry sank.",
    ],
)
def test_what_attributes_nothing_is_no_cue(text: str) -> None:
    assert found(text) == []


def test_how_a_cue_is_used() -> None:
    ((_, negated),) = found("Toll would not say why.")
    ((_, passive),) = found("The dam was said to be safe.")
    ((_, gerund),) = found("Toll left, adding nothing.")
    ((_, preposition),) = found("Toll warned of rain.")
    assert (negated.negated, negated.passive) == (True, False)
    assert (passive.negated, passive.passive) == (False, True)
    assert (gerund.gerund, gerund.lemma) == (True, "add")
    assert (preposition.preposition, preposition.lemma) == (True, "warn")


def test_masked_tokens_hold_no_cue() -> None:
    reading = read("Toll said he said no.")
    assert [one.place.first for one in cues(reading, reading.all, {3})] == [1]
