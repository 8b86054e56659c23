"""`toolkit gate` as whoever sets up CI meets it: what is wrong is said, and what to do about it."""

import sys
from pathlib import Path

import pytest
from gates import corpus

import toolkit
from toolkit.cli import main
from toolkit.model import Document


@pytest.fixture
def gate(tmp_path, monkeypatch, capsys):
    """Runs the command in a folder with gold and predictions; its exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    toolkit.write(corpus(), "gold.jsonl")
    toolkit.write(corpus(), "new.jsonl")

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["toolkit", *words])
        with pytest.raises(SystemExit) as done:
            main()
        return done.value.code, *capsys.readouterr()

    accept = ("accept", "new.jsonl", "--gold", "gold.jsonl", "--why", "first", "--who", "A")
    assert run("baseline", *accept)[0] == 0
    return lambda *words: run("gate", "gold.jsonl", *words)


def test_a_baseline_that_was_accepted_is_found_without_being_named(gate):
    code, out, err = gate("new.jsonl")
    assert (code, err) == (0, "")
    assert out.startswith("PASS\n")
    assert " by A: first\n" in out


@pytest.mark.parametrize("base", ["nowhere", "nowhere/baseline.json"])
def test_without_a_baseline_it_says_how_to_make_one(gate, base):
    assert gate("new.jsonl", "--baseline", base) == (
        2,
        "",
        f"error: {base}: no baseline here (`toolkit baseline accept` makes one)\n",
    )


def test_the_record_of_a_baseline_names_it_too(gate):
    assert gate("new.jsonl", "--baseline", "reports/baseline/baseline.json")[0] == 0


def test_an_empty_file_is_not_an_extractor_that_found_nothing(gate):
    Path("empty.jsonl").write_text("")
    what = "the file is empty (if it is no native file, say so with --from)"
    assert gate("empty.jsonl") == (2, "", f"error: empty.jsonl: {what}\n")
    toolkit.write([Document(each.id) for each in corpus()], "nothing.jsonl")
    assert gate("nothing.jsonl")[0] == 1


@pytest.mark.parametrize(
    ("documents", "said"),
    [
        (list(corpus())[2:], "predictions: no prediction for d000, d001\n"),
        (corpus(meta={7: {"error": "timeout"}}), "predictions: extraction failed for d007\n"),
    ],
    ids=["missing", "failed"],
)
def test_what_is_incomplete_leaves_every_report_and_exits_with_3(gate, documents, said):
    toolkit.write(documents, "some.jsonl")
    code, out, _ = gate("some.jsonl", "--json", "g.json", "--junit", "g.xml", "--markdown", "g.md")
    assert code == 3
    assert said in out
    assert all(Path(name).stat().st_size for name in ("g.json", "g.xml", "g.md"))


def test_a_baseline_of_other_documents_is_named_as_the_side_at_fault(gate):
    toolkit.write([Document("x")], "other.jsonl")
    code, out, err = gate("new.jsonl", "--baseline", "other.jsonl")
    assert (code, out) == (3, "")
    assert err.startswith("not comparable: baseline: none of the 1 predicted documents is among")
    assert err.endswith("(accept another: `toolkit baseline accept`)\n")
    assert gate("other.jsonl")[2].startswith("not comparable: predictions: none of the 1 ")


def test_every_fault_of_a_policy_is_told_at_its_line(gate):
    Path("gate.yaml").write_text("tolerence: 3\nview: strct\nfloors: {speaker: {recall: 300}}\n")
    code, out, err = gate("new.jsonl", "--policy", "gate.yaml")
    assert (code, out) == (2, "")
    assert [line.partition(": ")[2].partition(" ")[0] for line in err.splitlines()] == [
        "gate.yaml:1:",
        "gate.yaml:2:",
        "gate.yaml:3:",
    ]
