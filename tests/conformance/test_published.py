"""Published figures, reproduced: from published files by the command line, where these are there,
and from published examples written out here.

Where the files come from and where they are looked for: see README.md beside this file.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.formats import read
from toolkit.model import Document, Mention
from toolkit.scoring.score import score

ROOT = Path(__file__).parent.parent.parent
FILES = Path(os.environ.get("TOOLKIT_CONFORMANCE", ROOT.parent / "shared" / "conformance"))

CONLLEVAL = FILES / "conlleval" / "ground_truth.txt"
WNUT = FILES / "wnut17"


def needs(path):
    reason = (
        "set TOOLKIT_CONFORMANCE to a folder with the published files "
        "(see tests/conformance/README.md)"
    )
    return pytest.mark.skipif(not path.exists(), reason=reason)


def printed(*words):
    """What the command line prints as JSON, and what else it says."""
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", *map(str, words), "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout), done.stderr


def strict(*words):
    """The strict rows of `toolkit score` by label, from the command line."""
    found, said = printed("score", *words)
    return {row["label"]: row for row in found["rows"] if row["view"] == "strict"}, said


def percent(row):
    return tuple(round(100 * row[name], 2) for name in ("precision", "recall", "f1"))


CHUNKS = {
    "NP": ((262, 317, 206), (64.98, 78.63, 71.16)),
    "PP": ((90, 107, 89), (83.18, 98.89, 90.36)),
    "VP": ((87, 100, 69), (69.00, 79.31, 73.80)),
    "ADVP": ((8, 11, 5), (45.45, 62.50, 52.63)),
    "SBAR": ((6, 3, 2), (66.67, 33.33, 44.44)),
    "ADJP": ((6, 1, 0), (0, 0, 0)),
}
"""The sample output of conlleval: gold, found and correct chunks; precision, recall and F1."""


def test_figures_of_conlleval_from_its_counts():
    def chunks(correct, others, odd):
        places = [*range(correct), *(2 * n + odd for n in range(1000, 1000 + others))]
        return [(place, place + 1) for place in places]

    gold, predicted = [], []
    for label, ((wanted, found, correct), _) in CHUNKS.items():
        for side, total, odd in ((gold, wanted, 0), (predicted, found, 1)):
            mentions = [
                Mention(f"{n}", label, start, end)
                for n, (start, end) in enumerate(chunks(correct, total - correct, odd))
            ]
            side.append(Document(label, mentions=tuple(mentions)))
    rows = {row.label: row._asdict() for row in score(gold, predicted).rows if row.view == "strict"}
    assert {label: percent(rows[label]) for label in CHUNKS} == {
        label: figures for label, (_, figures) in CHUNKS.items()
    }
    assert percent(rows["(micro)"]) == (68.83, 80.83, 74.35)


@needs(CONLLEVAL)
class TestConlleval:
    """The sample output of conlleval for CoNLL-2000."""

    def test_figures_of_conlleval(self):
        rows, said = strict(CONLLEVAL, "--from", "conll", "--malformed", "keep")
        whole = rows["(micro)"]
        assert (whole["gold"], whole["predicted"], whole["correct"]) == (459, 539, 371)
        assert percent(whole) == (68.83, 80.83, 74.35)
        for label, (_, figures) in CHUNKS.items():
            assert percent(rows[label]) == figures
        assert "84 of 539 mentions break IOB2 and are kept" in said

    def test_figures_of_seqevals_strict_mode(self):
        rows, said = strict(CONLLEVAL, "--from", "conll", "--malformed", "drop")
        assert percent(rows["(micro)"]) == (70.77, 70.15, 70.46)
        assert "84 of 539 mentions break IOB2 and are dropped" in said

    def test_tokens(self):
        corpus = read(CONLLEVAL, "conll", column=-2)
        assert sum(len(document.text.split()) for document in corpus) == 961

    def test_columns_named(self):
        words = (CONLLEVAL, CONLLEVAL, "--from", "conll", "--malformed", "keep")
        rows, _ = strict(*words, "--column", 3, "--predicted-column", 4)
        assert percent(rows["(micro)"]) == (68.83, 80.83, 74.35)


@needs(WNUT)
class TestWnut17:
    """The shared task on emerging entities: gold between tabs, submissions between tabs or spaces
    with CR LF."""

    @pytest.mark.parametrize(
        ("submission", "options", "f1"),
        [
            ("arcada", (), 39.98),
            ("flytxt", (), 38.35),
            ("spinningbytes.txt", ("--malformed", "keep"), 40.78),
        ],
    )
    def test_entity_f1(self, submission, options, f1):
        gold = WNUT / "emerging.test.annotated"
        rows, _ = strict(gold, WNUT / submission, "--from", "conll", *options)
        assert rows["(micro)"]["gold"] == 1079
        assert percent(rows["(micro)"])[2] == f1

    def test_three_systems_are_compared_by_one_command(self):
        files = [WNUT / name for name in ("arcada", "flytxt", "spinningbytes.txt")]
        words = ("--from", "conll", "--malformed", "keep")
        found, _ = printed("compare", WNUT / "emerging.test.annotated", *files, *words)
        assert (found["documents"], found["tests"]) == (1287, 7 * 3)
        whole = {
            row["system"]: round(100 * row["value"], 2)
            for row in found["ratings"]
            if (row["label"], row["metric"]) == ("(micro)", "f1")
        }
        assert whole == {"arcada": 39.98, "flytxt": 38.35, "spinningbytes": 40.78}
        for row in found["differences"]:
            assert row["low"] <= row["difference"] <= row["high"]
            assert row["p"] <= row["p_holm"]
