"""`toolkit adjudicate` as a person meets it: answers typed, in a terminal and through a pipe."""

import json
import os
import pty
import select
import signal
import subprocess
import sys

import pytest
from annotated import SCHEMA, TEXT, document, speaker
from click.testing import CliRunner
from commands import ROOT

import toolkit
from toolkit.cli import cli
from toolkit.errors import ToolkitError

WORDS = ("adjudicate", "first.jsonl", "second.jsonl", "-o", "out", "--schema", "small.yaml")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Three mentions to decide and one agreed in two documents."""
    monkeypatch.chdir(tmp_path)
    agreed = speaker("s9", 41, 44)
    ours = [
        document(speaker("s1", kind="person"), speaker("s2", 18, 30), agreed),
        document(speaker("s1"), name="e"),
    ]
    theirs = [document(speaker("x1", kind="organisation"), agreed), document(name="e")]
    toolkit.write(ours, "first.jsonl")
    toolkit.write(theirs, "second.jsonl")
    (tmp_path / "small.yaml").write_text(SCHEMA)
    return tmp_path


def run(*typed, words=WORDS):
    text = "".join(f"{line}\n" for line in typed)
    return CliRunner().invoke(cli, list(words), input=text, catch_exceptions=False)


def decided(place):
    lines = (place / "out" / "adjudication.jsonl").read_text().splitlines()
    return [
        (line["mention"], line["chosen"], line.get("reason", "")) for line in map(json.loads, lines)
    ]


def gold(place):
    return {
        document.id: [mention.id for mention in document.mentions]
        for document in toolkit.read(place / "out" / "documents")
    }


def test_every_answer_is_kept_with_its_reason(place):
    done = run("b the ministry is no person", "a", "neither too vague")
    assert done.exit_code == 0
    assert "1 mention agreed and accepted, 3 to decide" in done.stdout
    assert decided(place) == [
        ("s1", "b", "the ministry is no person"),
        ("s2", "a", ""),
        ("s1", "neither", "too vague"),
    ]
    assert gold(place) == {"d": ["s1", "s2", "s9"], "e": []}


def test_the_text_is_shown_around_both_versions(place):
    done = run("quit")
    assert "«Ana Roke» said no." in done.stdout
    assert "≠ kind: person" in done.stdout
    assert "≠ kind: organisation" in done.stdout


def test_one_may_quit_and_go_on(place):
    done = run("a", "quit")
    assert "d: not written: 1 mention to decide" in done.stderr
    assert not (place / "out" / "documents").exists()
    done = run("a", "a")
    assert "1 of them decided before" in done.stdout
    assert gold(place) == {"d": ["s1", "s2", "s9"], "e": ["s1"]}


def test_the_end_of_input_is_as_quit(place):
    assert run("a").exit_code == 0
    assert len(decided(place)) == 1


def test_skip_leaves_open_and_back_decides_again(place):
    run("skip", "a", "back", "neither", "a")
    assert decided(place) == [("s2", "a", ""), ("s2", "neither", ""), ("s1", "a", "")]
    assert gold(place) == {"e": ["s1"]}


def test_back_leads_to_what_was_decided_in_an_earlier_sitting(place):
    run("a", "quit")
    run("back", "b", "quit")
    assert decided(place) == [("s1", "a", ""), ("s1", "b", "")]


def test_an_unknown_key_and_a_version_that_is_not_there_ask_again(place):
    done = run("what", "a", "b", "both", "quit")
    assert "there is only one version: that one, or neither" in done.stdout
    assert len(decided(place)) == 1


def test_both(place):
    run("both", "a", "a")
    assert gold(place)["d"] == ["s1", "x1", "s2", "s9"]


def test_edit_takes_what_the_editor_leaves(place, monkeypatch):
    bad, good = '{"id": 1}', '{"id": "s1", "label": "speaker", "start": 0, "end": 3}'
    left = iter([bad, good])
    monkeypatch.setattr("click.edit", lambda *_, **__: next(left))
    done = run("edit cut short", "y", "a", "a")
    assert "no mention:" in done.stdout
    assert decided(place)[0][2] == "cut short"
    (mention, *_) = toolkit.read(place / "out" / "documents")["d"].mentions
    assert (mention.start, mention.end) == (0, 3)


def test_an_edit_given_up_decides_nothing(place, monkeypatch):
    monkeypatch.setattr("click.edit", lambda *_, **__: None)
    done = run("edit", "quit")
    assert "nothing was changed" in done.stdout
    assert not (place / "out" / "adjudication.jsonl").exists()


def test_recorded_decisions_are_applied_without_asking(place):
    lines = [
        {"document": "d", "mention": "s1", "chosen": "b", "reason": "from a spreadsheet"},
        {"document": "d", "mention": "s2", "chosen": "a"},
        {"document": "e", "mention": "s1", "chosen": "neither"},
    ]
    (place / "decided.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    done = run(words=(*WORDS, "--decisions", "decided.jsonl"))
    assert done.stdout == ""
    assert "2 documents written to out" in done.stderr
    assert gold(place) == {"d": ["s1", "s2", "s9"], "e": []}
    before = (place / "out" / "adjudication.jsonl").read_bytes()
    run(words=(*WORDS, "--decisions", "decided.jsonl"))  # again: nothing is recorded twice
    assert (place / "out" / "adjudication.jsonl").read_bytes() == before


def test_documents_of_one_annotator_are_said(place):
    toolkit.write([document()], "second.jsonl")
    assert "done by first alone, left out: e" in run("quit").stderr


def test_three_annotators_are_refused(place):
    for name in "abc":
        toolkit.write([document()], place / "all" / name / "d.jsonl")
    with pytest.raises(ToolkitError, match="4 annotators: adjudication takes two"):
        run(words=("adjudicate", "all", "first.jsonl", "-o", "out"))


def test_hostile_words_do_not_drive_the_terminal(place):
    text = TEXT + "\x1b[2J[bold]x[/]"
    toolkit.write([document(speaker("s1", 41, len(text)), text=text)], "first.jsonl")
    toolkit.write([document(text=text)], "second.jsonl")
    done = run("quit")
    assert "\x1b[2J" not in done.stdout
    assert "[bold]x[/]" in done.stdout


def in_terminal(place, typed):
    """Run the command in a terminal of its own, type each line when it is asked for."""
    primary, secondary = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "toolkit", *WORDS],
        cwd=place,
        stdin=secondary,
        stdout=secondary,
        stderr=secondary,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(secondary)
    shown, left, interrupted = b"", list(typed), False
    try:
        while True:
            if interrupted and not select.select([primary], [], [], 2)[0]:
                os.killpg(child.pid, signal.SIGINT)  # the first came just before it began to read
            try:
                part = os.read(primary, 4096)
            except OSError:
                break
            if not part:
                break
            shown += part
            if left and shown.rstrip(b" ").endswith(b">"):
                word = left.pop(0)
                if word is signal.SIGINT:
                    interrupted = True
                    os.killpg(child.pid, signal.SIGINT)
                else:
                    os.write(primary, word.encode() + b"\n")
        return child.wait(timeout=60), shown.decode()
    finally:
        child.kill()
        child.wait()
        os.close(primary)


def test_in_a_terminal(place):
    code, shown = in_terminal(place, ["b", "a", "n"])
    assert code == 0
    assert "\x1b[1m" in shown  # bold
    assert gold(place) == {"d": ["s1", "s2", "s9"], "e": []}


def test_ctrl_c_in_a_terminal_keeps_what_was_decided(place):
    code, shown = in_terminal(place, ["b", signal.SIGINT])
    assert code == 0
    assert "Traceback" not in shown
    assert decided(place) == [("s1", "b", "")]
    in_terminal(place, ["a", "a"])
    assert gold(place)["d"] == ["s1", "s2", "s9"]
