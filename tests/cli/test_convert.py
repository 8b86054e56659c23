"""`toolkit convert`, and how every command comes to the format of a file."""

import json
import os
import subprocess
import sys

from commands import ROOT, run


def test_gold_is_converted_and_scored_in_another_format(place):
    done = run("convert", "gold/small", "project", "--to", "brat", cwd=place)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "1 documents with 1 mentions, written to project as brat\n"
    done = run("score", "project", "project", cwd=place)
    assert done.returncode == 0
    assert done.stderr.count("note: project: read as brat, which its content shows") == 2
    assert run("check", "project", "--from", "brat", cwd=place).returncode == 0


def test_losses_are_said_with_their_numbers(place):
    words = ("convert", "gold/small", "out.conll", "--to", "conll", "--to-scheme", "bioes")
    done = run(*words, cwd=place)
    assert done.returncode == 0
    assert "lost: field values: 1\n" in done.stderr
    assert "Roke\tE-speaker" in (place / "out.conll").read_text()


def test_texts_are_those_of_the_folder_that_is_named(place):
    words = ("convert", "pred.jsonl", "out", "--to", "webanno")
    done = run(*words, cwd=place)
    assert done.returncode == 2
    assert "d: has no text, and WebAnno TSV holds mentions with their text" in done.stderr
    assert run(*words, "--texts", "seeds", cwd=place).returncode == 0
    assert (place / "out" / "d.tsv").is_file()


def test_a_file_of_no_format_and_a_broken_one_are_refused(place):
    (place / "odd.txt").write_text("just words\n")
    (place / "bad.ann").write_text("T1\tx 0 3\tAna\nT2\tx 9\n")
    done = run("score", "odd.txt", "pred.jsonl", cwd=place)
    assert done.returncode == 2
    assert done.stderr.startswith("error: odd.txt: no format that is known shows in its content")
    done = run("convert", "bad.ann", "out.jsonl", cwd=place)
    assert done.returncode == 2
    assert done.stderr.startswith("error: bad.ann:2: 'x 9' is no label with a start and an end")
    assert not (place / "out.jsonl").exists()


def test_each_side_is_read_as_what_its_content_shows(place):
    row = '{"id": "d", "text": null, "label": [[0, 8, "speaker"]]}\n'
    (place / "rows.jsonl").write_text(row)
    done = run("score", "gold/small", "rows.jsonl", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "note: rows.jsonl: read as doccano, which its content shows" in done.stderr


def test_the_help_has_the_options_of_each_format_by_themselves():
    words = run("score", "--help", cwd=ROOT).stdout
    head, *sections = words.split("\nOnly with --from ")
    assert [one.partition(":")[0] for one in sections] == [
        "conll",
        "doccano",
        "huggingface",
        "label-studio",
        "table",
    ]
    assert "--jobs" in head
    assert "--scheme" not in head
    assert "--scheme" in sections[0]


def test_what_baseline_and_gate_read_is_recognised_too(place):
    assert (
        run("convert", "pred.jsonl", "p", "--to", "brat", "--texts", "seeds", cwd=place).returncode
        == 0
    )
    words = ("baseline", "accept", "p", "--gold", "gold/small", "--why", "first", "--from", "brat")
    assert run(*words, cwd=place).returncode == 0
    done = run("gate", "gold/small", "p", cwd=place)
    assert done.returncode == 0, done.stderr
    assert "note: p: read as brat, which its content shows" in done.stderr


def test_what_may_be_of_several_formats_is_refused_with_their_names(place):
    (place / "both.txt").write_text('{"id": "d", "answer": "x", "_input_hash": 1}\n')
    done = run("score", "gold/small", "both.txt", cwd=place)
    assert done.returncode == 2
    assert (
        "error: both.txt: may be llm or prodigy (say which with --from: llm, prodigy)"
        in done.stderr
    )


def test_labels_and_fields_get_other_names_and_the_rest_is_listed(place):
    (place / "map.yaml").write_text("labels: {speaker: person}\nfields: {person: {of: whose}}\n")
    done = run("convert", "pred.jsonl", "out.jsonl", "--map", "map.yaml", cwd=place)
    assert done.returncode == 0
    assert "note: field person.kind not mapped, kept: 1" in done.stderr
    assert json.loads((place / "out.jsonl").read_text())["mentions"][0]["label"] == "person"


def test_a_pipe_is_read_as_native(place):
    command = f"{sys.executable} -m toolkit score gold/small <(cat pred.jsonl)"
    env = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=place, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
