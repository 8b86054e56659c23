"""The schemas in `schemas/` are the measure of the project: what they must hold."""

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from toolkit.schema.guidelines import guidelines
from toolkit.schema.json_schema import json_schema
from toolkit.schema.load import lint_schema, load_schema

SCHEMAS = Path(__file__).parents[2] / "schemas"

NEWS = load_schema(SCHEMAS / "news.yaml")

LABELS = list(NEWS.labels.values())

FIELDS = [(label, field) for label in LABELS for field in label.fields.values()]


SEEDS = sorted((SCHEMAS.parent / "seeds").glob("*.txt"))


def ids(value):
    return getattr(value, "name", None)


def sentences(label):
    """All examples of a label, of its fields and of its hard cases."""
    examples = [label.examples, *(field.examples for field in label.fields.values())]
    shown = [text for one in examples for text in one.good + one.bad]
    return shown + [text for one in label.decisions for text in (one.good, one.bad)]


@pytest.mark.parametrize("name", ["speakers", "claims", "sanctions", "news"])
def test_a_shipped_schema_has_no_fault(name):
    assert lint_schema(SCHEMAS / f"{name}.yaml")[1] == []


def test_every_schema_file_is_tested():
    assert {path.stem for path in SCHEMAS.iterdir()} == {"speakers", "claims", "sanctions", "news"}


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("speakers", ["speaker", "quote"]),
        ("claims", ["speaker", "claim"]),
        ("sanctions", ["speaker", "sanction"]),
        ("news", ["speaker", "quote", "claim", "sanction"]),
    ],
)
def test_each_task_has_its_labels(name, labels):
    assert list(load_schema(SCHEMAS / f"{name}.yaml").labels) == labels


@pytest.mark.parametrize(
    ("label", "fields"),
    [
        ("speaker", "entity role kind form"),
        ("quote", "source cue type act negated nested_in"),
        ("claim", "normalised claimer object stance certainty type check_worthiness topic"),
        (
            "sanction",
            "sender target target_kind measure status condition objective date legal_instrument "
            "attribution",
        ),
    ],
)
def test_each_label_has_the_fields_of_its_task(label, fields):
    assert list(NEWS.labels[label].fields) == fields.split()


@pytest.mark.parametrize("label", LABELS, ids=ids)
def test_a_label_tells_what_it_is_and_shows_it(label):
    assert label.description
    assert label.guideline
    assert label.decisions
    assert len(label.examples.good) >= 3
    assert len(label.examples.bad) >= 2


@pytest.mark.parametrize(("label", "field"), FIELDS, ids=ids)
def test_a_field_tells_what_it_is_and_shows_how_to_fill_it(label, field):
    assert field.description
    assert field.guideline
    assert len(field.examples.good) >= 3
    assert len(field.examples.bad) >= 2


@pytest.mark.parametrize("label", LABELS, ids=ids)
def test_no_example_gives_away_a_text(label):
    seeds = [path.read_text(encoding="utf-8").lower() for path in SEEDS]
    for sentence in sentences(label):
        marked = re.search(r"\[([^\[\]]{25,})\]", sentence)
        words = re.sub(r"[\[\]]", "", sentence.partition("  — ")[0]).lower().strip()
        assert not any(words in seed for seed in seeds), sentence
        assert not marked or not any(marked[1].lower() in seed for seed in seeds), sentence


@pytest.mark.parametrize("label", LABELS, ids=ids)
def test_a_hard_case_is_shown_done_well_and_badly(label):
    for decision in label.decisions:
        assert decision.good, decision.when
        assert decision.bad, decision.when


@pytest.mark.parametrize("label", LABELS, ids=ids)
def test_an_example_has_marked_words_and_a_reason(label):
    for sentence in sentences(label):
        marked, dash, reason = sentence.partition("  — ")
        assert re.search(r"\[[^\[\]]+\]", marked), sentence
        assert dash, sentence
        assert reason, sentence


@pytest.mark.parametrize(("label", "field"), FIELDS, ids=ids)
def test_every_value_is_named_once_and_leaves_are_described(label, field):
    names = [value.name for value in field.values]
    assert len(names) == len(set(names))
    parents = set(field.parents.values())
    for value in field.values:
        assert value.description or value.name in parents, value.name


@pytest.mark.parametrize(
    ("label", "decided"),
    [
        ("speaker", "title or an appositive"),
        ("speaker", "only adds something by the way"),
        ("speaker", "source is a pronoun"),
        ("speaker", "stands for a government or body"),
        ("speaker", "the agent wins"),
        ("speaker", "no agent is named with it"),
        ("speaker", "passive has no agent"),
        ("speaker", "document or mere evidence"),
        ("speaker", "calls by its name is an organisation"),
        ("speaker", "a country, its government, its capital and its palace are one entity"),
        ("quote", "a transcript gives turns"),
        ("quote", "cue splits the quotation"),
        ("quote", "one quote per cue|one mention per cue"),
        ("quote", "one source has two cues"),
        ("quote", "whole verb group with auxiliaries, negation"),
        ("quote", "quotation inside a quotation|quotation stands inside a quotation"),
        ("quote", "nested_in points to the outer"),
        ("quote", "scare quotes"),
        ("quote", "titles of works"),
        ("quote", "the source denies something"),
        ("quote", "the source declines to say something"),
        ("quote", "passive has no agent"),
        ("quote", "words come from an artefact"),
        ("claim", "claimer denies something"),
        ("claim", "the statement itself holds a “not”"),
        ("claim", "truth is not annotated here"),
        ("claim", "claimer and author are not equally sure"),
        ("claim", "the author states something without a source"),
        ("claim", "opinion, a wish, a threat or a promise"),
        ("claim", "passive has no agent"),
        ("claim", "the full stop or comma at the end"),
        ("claim", "a quotation mark never stands without its partner"),
        ("sanction", "asks to lift or ease it"),
        ("sanction", "a demand to drop a measure not yet taken"),
        ("sanction", "the day of the effect if the text tells it"),
        ("sanction", "not its spokesman"),
        ("sanction", "threatened on a condition"),
        ("sanction", "one record: status threatened"),
        ("sanction", "“could”, “would”, “may”"),
        ("sanction", "two readings fit"),
        ("sanction", "who gives and who gets"),
        ("sanction", "sender or target is not named at the trigger"),
        ("sanction", "is lifted, eased or suspended"),
        ("sanction", "will not lift it"),
        ("sanction", "denied, ruled out, vetoed or spoken against"),
        ("speaker", "several people or bodies speak as one"),
        ("quote", "author’s statement has a cue"),
        ("claim", "refute, possible_not"),
        ("sanction", "only by its area"),
        ("sanction", "a list adds names"),
        ("sanction", "the measure is past"),
        ("sanction", "one measure has several senders or targets"),
    ],
)
def test_the_guidelines_decide_where_sources_disagree(label, decided):
    page = guidelines(NEWS)
    section = page[page.index(f"\n## {label}\n") :].partition("\n## ")[2].partition("\n## ")[0]
    assert re.search(decided, " ".join(section.lower().split()))


def test_measures_are_credited_by_half_for_their_parent():
    measure = NEWS.labels["sanction"].fields["measure"]
    assert measure.partial == "parent"
    assert measure.parents["asset_freeze"] == "financial"


def test_certainty_has_both_polarities_and_unknown():
    assert {value.name for value in NEWS.labels["claim"].fields["certainty"].values} == {
        "certain",
        "certain_not",
        "probable",
        "probable_not",
        "possible",
        "possible_not",
        "unknown",
    }


@pytest.mark.parametrize("name", ["speakers", "claims", "sanctions", "news"])
def test_an_answer_schema_follows_from_each(name):
    derived = json_schema(load_schema(SCHEMAS / f"{name}.yaml"))
    Draft202012Validator.check_schema(derived)
    assert Draft202012Validator(derived).is_valid({"mentions": []})
