"""`toolkit thresholds` as a person meets it."""

import json
from pathlib import Path

import pytest
from commands import run

import toolkit

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def place(tmp_path):
    """Predictions on the shipped gold: the gold's own, and a wrong one with a low score each."""
    gold = toolkit.read_gold(ROOT / "gold" / "news")
    found = []
    for document in gold:
        right = tuple(
            toolkit.Mention(m.id, m.label, fragments=m.place, score=0.9) for m in document.mentions
        )
        wrong = toolkit.Mention("wrong", "claim", 0, 1, score=0.2)
        found.append(toolkit.Document(document.id, mentions=(*right, wrong)))
    toolkit.write(found, tmp_path / "pred.jsonl")
    return tmp_path


def test_the_golds_own_split_can_be_chosen_on(place):
    words = (ROOT / "gold" / "news", "pred.jsonl", "--choose-on", "dev", "--format", "json")
    found = json.loads(run("thresholds", *words, cwd=place).stdout)
    assert (found["chosen_on"], found["reported_on"]) == (36, 24)
    (claim,) = [each for each in found["thresholds"] if each["label"] == "claim"]
    assert (claim["threshold"], claim["f1"]) == (0.9, 1.0)
    assert claim["f1_all"] < 1
    assert claim["curve"]["threshold"] == [0.2, 0.9]


def test_without_a_split_halves_are_taken(place):
    done = run("thresholds", ROOT / "gold" / "news", "pred.jsonl", cwd=place)
    assert done.returncode == 0
    assert "RELIABILITY" in done.stdout


@pytest.mark.parametrize(
    ("gold", "words", "said"),
    [
        (ROOT / "gold" / "news", ("--choose-on", "deu"), "no split 'deu' (did you mean 'dev'?"),
        ("pred.jsonl", ("--choose-on", "dev"), "only a gold folder has splits"),
    ],
)
def test_a_split_that_is_not_there_is_one_clear_message(place, gold, words, said):
    done = run("thresholds", gold, "pred.jsonl", *words, cwd=place)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
