"""Annotations stand at the line of the gold file, ten at most, and say what they leave out."""

import json
import re
from pathlib import Path

import pytest
from gates import corpus

import toolkit
from toolkit.analysis.gate.judging import gate
from toolkit.analysis.gate.policy import Policy
from toolkit.formats.native import read
from toolkit.model import Corpus, Document, Mention
from toolkit.rendering import render
from toolkit.rendering.github import MOST

ROOT = Path(__file__).parent.parent.parent
GOLD = corpus()


def commands(report):
    return render(report, "annotations").splitlines()


def test_ten_errors_at_most_and_a_notice_of_the_rest():
    said = commands(gate(GOLD, corpus(lost=range(20)), GOLD))
    assert all(each.startswith("::error title=speaker::d0") for each in said[:MOST])
    assert said[MOST:] == ["::notice title=gate::10 more are in the report"]
    assert len(commands(gate(GOLD, corpus(lost=range(10)), GOLD))) == MOST


def test_long_values_are_cut():
    text = "x" * 500
    gold = Corpus([Document("d", text=text, mentions=(Mention("m", "speaker", 0, 400),))])
    said = commands(gate(gold, Corpus([Document("d")]), gold))[-1]
    assert said.endswith(f"newly missed: {'x' * 100}… → –")


def test_warnings_where_the_gate_is_open():
    first, second = commands(gate(GOLD, corpus(lost={1}), GOLD))
    assert first.startswith("::warning title=inconclusive::")
    assert first.endswith(" could be shown: speaker R")
    assert second == "::warning title=speaker::d001: newly missed: 0-5 → –"


def test_where_nothing_was_judged_that_is_a_warning():
    (said,) = commands(gate(GOLD, GOLD, GOLD, policy=Policy(least_values=1000)))
    assert said.startswith("::warning title=inconclusive::")
    assert said.endswith(": nothing was judged")


def test_nothing_is_said_where_nothing_broke():
    assert commands(gate(GOLD, GOLD, GOLD)) == []


def test_what_no_line_can_show_stands_first():
    policy = Policy(floors={"speaker": {"recall": 0.99, "precision": 0.1}})
    said = commands(gate(GOLD, corpus(lost=range(30), extra={3: 40}), GOLD, policy=policy))
    assert said[:2] == [
        "::error title=blow-up::1 document with more than 5 times the baseline's mentions: d003",
        "::error title=floors::below the floor: speaker R",
    ]


def test_of_missing_documents_no_mention_is_called_broken():
    assert commands(gate(GOLD, Corpus(list(GOLD)[1:]), GOLD)) == [
        "::error title=incomplete::predictions: no prediction for d000"
    ]


def without_half(documents):
    return [Document(each.id, mentions=each.mentions[::2]) for each in documents]


def lines_named(report):
    """The file and line of each annotation, with every mention that is newly wrong."""
    placed = [said for said in commands(report) if " file=" in said]
    assert bool(placed) == bool(report.broken)
    for each, said in zip(report.broken, placed, strict=False):
        file, line = re.match(r"::\w+ file=(.*?),line=(\d+),", said).groups()
        yield each, Path(file).read_text(encoding="utf-8").splitlines()[int(line) - 1]


@pytest.mark.parametrize("label", ["speaker", "quote", "claim", "sanction"])
def test_annotations_point_at_the_line_of_each_mention_in_a_gold_folder(label, monkeypatch):
    monkeypatch.chdir(ROOT)
    gold = toolkit.read_gold("gold/news")
    every = {each.id for each in gold}
    for kept in sorted(every):  # the ten that are shown come from another document each time
        missing = tuple(every - {kept})
        worse = Corpus(
            [
                Document(each.id, mentions=tuple(m for m in each.mentions if m.label != label))
                for each in gold
            ]
        )
        policy = Policy(missing=missing, least_documents=1)
        found = list(lines_named(gate(gold, worse, gold, policy=policy)))
        for broken, line in found:
            assert broken.document == kept
            assert line.strip().startswith(f'{{"id": "{broken.mention}", "label": "{broken.label}"')


@pytest.mark.parametrize("indent", [None, 1])
def test_annotations_point_at_lines_of_json_written_any_way(tmp_path, indent):
    file = tmp_path / "gold.json"
    documents = [
        {
            "id": each.id,
            "mentions": [
                {"id": m.id, "label": m.label, "start": m.start, "end": m.end}
                for m in each.mentions
            ],
        }
        for each in GOLD
    ]
    file.write_text(json.dumps(documents, indent=indent))
    gold = read(file)
    report = gate(gold, without_half(gold), gold)
    for broken, line in lines_named(report):
        if indent is None:
            assert json.loads(line) == documents  # one line holds all
        else:
            assert line.strip() == "{"  # the mention's own bracket
            place = int(broken.where.rpartition(":")[2])
            assert file.read_text().splitlines()[place].strip() == f'"id": "{broken.mention}",'
