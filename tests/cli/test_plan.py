"""`toolkit plan` as a person meets it."""

import csv
import json

import pytest
from commands import run
from gates import corpus

import toolkit

ALIKE = {"gold": {}, "old": {"lost": range(0, 20, 2)}, "new": {"lost": range(1, 24, 3)}}


@pytest.fixture
def place(tmp_path):
    for name, changes in ALIKE.items():
        toolkit.write(corpus(40, **changes), tmp_path / f"{name}.jsonl")
    return tmp_path


@pytest.mark.parametrize(
    "words", [("--pilot", "old.jsonl", "new.jsonl"), ("old.jsonl", "new.jsonl"), ("old.jsonl",)]
)
def test_a_pilot_can_be_said_in_several_ways(place, words):
    done = run("plan", "gold.jsonl", *words, "--detect", "3", cwd=place)
    assert done.returncode == 0
    assert "for a drop of 3 points, found in 80 % of cases" in done.stdout
    assert "speaker" in done.stdout


def test_a_policy_says_what_is_planned(place):
    (place / "gate.yaml").write_text("metrics: [f1]\ngated: [speaker]\n")
    words = ("--pilot", "old.jsonl", "new.jsonl", "--policy", "gate.yaml", "--format", "csv")
    done = run("plan", "gold.jsonl", *words, cwd=place)
    (row,) = csv.DictReader(done.stdout.splitlines())
    assert (row["figure"], row["metric"]) == ("speaker", "f1")
    assert int(row["needed"]) > 2


def test_what_comes_next_is_written_for_label_studio_and_as_documents(place):
    (place / "texts").mkdir()
    for name in ("d001", "d002", "d100"):
        (place / "texts" / f"{name}.txt").write_text("word " * 30)
    toolkit.write(corpus(1), place / "done.jsonl")
    toolkit.write(corpus(3), place / "one.jsonl")
    toolkit.write(corpus(3, lost={2}), place / "two.jsonl")
    words = ("done.jsonl", "one.jsonl", "two.jsonl", "--next", "2", "--texts", "texts")
    shown = run("plan", *words, cwd=place)
    assert [line.split()[-1] for line in shown.stdout.splitlines()[1:]] == ["d002", "d001"]
    assert run("plan", *words, "-o", "tasks.json", cwd=place).returncode == 0
    tasks = json.loads((place / "tasks.json").read_text())
    assert [task["data"]["doc_id"] for task in tasks] == ["d002", "d001"]
    assert tasks[0]["data"]["text"].startswith("word")
    assert tasks[0]["predictions"][0]["model_version"] == "one"
    assert run("plan", *words, "-o", "next.jsonl", cwd=place).returncode == 0
    assert [each.id for each in toolkit.read(place / "next.jsonl")] == ["d002", "d001"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "No pilot: name predictions"),
        (("old.jsonl", "--detect", "0"), "0 points is no drop"),
        (("old.jsonl", "new.jsonl", "third=new.jsonl"), "a pilot is one or two"),
        (("old.jsonl", "--next", "3"), "one system without scores"),
        (("old.jsonl", "new.jsonl", "--next", "3", "-o", "next.csv"), "-o must end in .json"),
    ],
)
def test_what_is_no_plan_is_one_clear_message(place, words, said):
    done = run("plan", "gold.jsonl", *words, cwd=place)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
