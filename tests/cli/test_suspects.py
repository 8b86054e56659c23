"""`toolkit suspects` as a person meets it."""

import json

import msgspec
import pytest
from commands import run
from gates import corpus

import toolkit


@pytest.fixture
def place(tmp_path):
    gold = [msgspec.structs.replace(document, text="word " * 400) for document in corpus(5)]
    toolkit.write(gold, tmp_path / "gold.jsonl")
    for name in "abc":
        toolkit.write(corpus(5, extra={3: 1}, wrong={2}), tmp_path / f"{name}.jsonl")
    return tmp_path


FILES = ("gold.jsonl", "a.jsonl", "b.jsonl", "c.jsonl")


def test_what_all_say_against_the_gold_is_listed_and_nothing_is_changed(place):
    before = (place / "gold.jsonl").read_bytes()
    found = json.loads(run("suspects", *FILES, "--format", "json", cwd=place).stdout)
    assert sorted((each["document"], each["kind"]) for each in found["suspects"]) == [
        ("d002", "value"),
        ("d003", "missing in gold"),
    ]
    assert all(each["all"] == 1.0 for each in found["bounds"])
    assert (place / "gold.jsonl").read_bytes() == before


def test_tasks_to_review_are_label_studios(place):
    done = run("suspects", *FILES, "--agree", "3", "--tasks", "review.json", cwd=place)
    assert done.returncode == 0
    assert "LIKELY GOLD ERRORS" in done.stdout
    tasks = json.loads((place / "review.json").read_text())
    assert {task["data"]["doc_id"] for task in tasks} == {"d002", "d003"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("gold.jsonl", "a.jsonl"), "1 cannot agree 2 to one"),
        ((*FILES, "--agree", "4"), "3 cannot agree 4 to one"),
        (("gold.jsonl", "a.jsonl", "no.jsonl"), "no.jsonl: no such file"),
    ],
)
def test_what_cannot_agree_is_one_clear_message(place, words, said):
    done = run("suspects", *words, cwd=place)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
