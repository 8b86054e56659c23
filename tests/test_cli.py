"""The command line as a person meets it: results, messages, exit codes, bad input of every sort."""

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time

import click
import pytest
from commands import ROOT, SCHEMA, line, mention, run

import toolkit
from toolkit.cli import cli


class TestTheMainJob:
    def test_from_texts_to_a_report(self, place):
        assert run("check", cwd=place).returncode == 0
        assert run("extract", "rules", "seeds", "-o", "out/pred.jsonl", cwd=place).returncode == 0
        done = run("score", "gold/small", "out/pred.jsonl", "-o", "out/card.json", cwd=place)
        assert done.returncode == 0
        assert "MENTIONS" in done.stdout
        done = run(
            "show", "out/card.json", "--format", "markdown", "-o", "out/report.md", cwd=place
        )
        assert (done.returncode, done.stdout) == (0, "")
        assert "## Mentions" in (place / "out" / "report.md").read_text()

    def test_the_table_for_programs(self, place):
        done = run("score", "gold/small", "pred.jsonl", "--format", "json", cwd=place)
        report = json.loads(done.stdout)
        assert set(report) >= {"signature", "documents", "rows"}
        assert report["documents"] == 1
        row = next(r for r in report["rows"] if r["field"] == "kind" and r["view"] == "end_to_end")
        assert (row["label"], row["incorrect"], row["f1"]) == ("speaker", 1, 0.0)

    def test_csv_has_the_rows_of_json(self, place):
        run("score", "gold/small", "pred.jsonl", "-o", "card.json", cwd=place)
        csv = run("show", "card.json", "--format", "csv", cwd=place).stdout.splitlines()
        rows = json.loads(run("show", "card.json", "--format", "json", cwd=place).stdout)["rows"]
        assert len(csv) == len(rows) + 1
        assert csv[0].startswith("label,field,view,correct,partial,incorrect,missing,spurious")

    def test_native_files_score_without_folders_or_schema(self, place):
        done = run("score", "pred.jsonl", "pred.jsonl", cwd=place)
        assert done.returncode == 0
        assert "schema:none" in done.stdout

    def test_a_schema_given_applies(self, place):
        words = ("score", "pred.jsonl", "pred.jsonl", "--schema", "schemas/small.yaml")
        assert "schema:small@1.0.0" in run(*words, cwd=place).stdout

    def test_json_schema_and_guidelines(self, place):
        done = run("schema", "json-schema", "schemas/small.yaml", cwd=place)
        assert json.loads(done.stdout)["title"] == "small"
        done = run("schema", "guidelines", "schemas/small.yaml", "-o", "guide.md", cwd=place)
        assert (place / "guide.md").read_text().startswith("# Annotation guidelines: small")

    def test_an_extractor_of_ones_own(self, place):
        (place / "mine.py").write_text(
            "from toolkit import Mention\n"
            "def names(text):\n"
            "    yield Mention(id='s1', label='speaker', start=0, end=text.index(' '))\n"
        )
        done = run("extract", "mine:names", "seeds", "-o", "own.jsonl", cwd=place)
        assert done.returncode == 0
        (found,) = toolkit.read(place / "own.jsonl")["d"].mentions
        assert (found.start, found.end) == (0, 3)

    def test_a_text_that_is_missing_is_said_and_scored_by_offsets(self, place):
        (place / "seeds" / "d.txt").rename(place / "seeds" / "other.txt")
        done = run("score", "gold/small", "pred.jsonl", cwd=place)
        assert done.returncode == 0
        assert re.search(r"note: .*1 of 1 texts .*seeds: d", done.stderr)


class TestCompare:
    @pytest.fixture
    def systems(self, place):
        (place / "other.jsonl").write_text(line(mention(fields={"kind": "person"})))
        return place

    def test_two_files_are_compared_by_their_names(self, systems):
        done = run("compare", "gold/small", "pred.jsonl", "new=other.jsonl", cwd=systems)
        assert done.returncode == 0
        assert "new − pred" in done.stdout

    @pytest.mark.parametrize("format_", ["markdown", "csv", "latex", "json"])
    def test_other_formats(self, systems, format_):
        words = (
            "pred.jsonl",
            "other.jsonl",
            "--format",
            format_,
            "-o",
            "out",
            "--metric",
            "recall",
        )
        done = run("compare", "gold/small", *words, cwd=systems)
        assert (done.returncode, done.stdout) == (0, "")
        text = (systems / "out").read_text()
        assert "speaker" in text
        if format_ == "json":
            assert {row["metric"] for row in json.loads(text)["differences"]} == {"recall"}

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("pred.jsonl",), "two are needed to compare"),
            (("pred.jsonl", "pred.jsonl"), "Two systems are named 'pred'"),
            (("pred.jsonl", "no.jsonl"), "no.jsonl: no such file"),
            (("pred.jsonl", "other.jsonl", "--by", "meta.x"), "no gold document has this key"),
        ],
    )
    def test_what_cannot_be_compared_is_one_clear_message(self, systems, words, said):
        done = run("compare", "gold/small", *words, cwd=systems)
        assert done.returncode == 2
        assert said in done.stderr
        assert done.stdout == ""


class TestGate:
    @pytest.fixture
    def many(self, tmp_path):
        """Gold of twenty documents, predictions like it, and worse ones."""

        def write(name, *, lost=0, drop=()):
            path = tmp_path / name
            lines = [
                line(
                    *(mention(id=f"s{n}", start=10 * n, end=10 * n + 5) for n in range(3)),
                    id=f"d{k}",
                )
                if k >= lost
                else line(id=f"d{k}")
                for k in range(20)
                if k not in drop
            ]
            path.write_text("".join(lines))

        write("gold.jsonl")
        write("old.jsonl")
        write("worse.jsonl", lost=12)
        write("bit.jsonl", lost=2)
        write("short.jsonl", drop=(3,))
        return tmp_path

    @pytest.mark.parametrize(
        ("words", "code", "said"),
        [
            (("old.jsonl",), 0, "PASS"),
            (("worse.jsonl",), 1, "REGRESSION"),
            (("bit.jsonl",), 0, "INCONCLUSIVE"),
            (("bit.jsonl", "--require-evidence"), 4, "INCONCLUSIVE"),
            (("old.jsonl", "old.jsonl", "--require-evidence"), 0, "runs: 2 against 1"),
            (("short.jsonl",), 3, "INCOMPLETE"),
            (("pred.jsonl",), 2, ""),
            ((), 2, ""),
        ],
    )
    def test_exit_codes(self, many, words, code, said):
        done = run("gate", "gold.jsonl", *words, "--baseline", "old.jsonl", cwd=many)
        assert done.returncode == code
        assert said in done.stdout
        assert bool(done.stderr) == (code == 2)

    def test_what_is_not_comparable_is_said(self, many):
        (many / "other.jsonl").write_text(line(id="x"))
        done = run("gate", "gold.jsonl", "other.jsonl", "--baseline", "old.jsonl", cwd=many)
        assert done.returncode == 3
        assert done.stderr.startswith("not comparable: ")

    def test_all_outputs_in_one_run(self, many):
        files = ("--json", "g.json", "--junit", "g.xml", "--markdown", "g.md")
        done = run(
            *("gate", "gold.jsonl", "worse.jsonl", "--baseline", "old.jsonl"),
            *("--format", "annotations", *files),
            cwd=many,
        )
        assert done.returncode == 1
        first = done.stdout.splitlines()[0]
        assert first == ("::error file=gold.jsonl,line=1,title=speaker::d0: newly missed: 0-5 → –")
        assert done.stdout.splitlines()[10:] == ["::notice title=gate::26 more are in the report"]
        report = json.loads((many / "g.json").read_text())
        assert (report["status"], report["exit_code"]) == ("regression", 1)
        assert "## Checks" in (many / "g.md").read_text()
        assert "<failure" in (many / "g.xml").read_text()

    def test_a_policy_is_written_and_read(self, many):
        assert run("gate", "--init", "-o", "gate.yaml", cwd=many).returncode == 0
        words = ("gate", "gold.jsonl", "old.jsonl", "--baseline", "old.jsonl", "--policy")
        assert run(*words, "gate.yaml", cwd=many).returncode == 0
        (many / "gate.yaml").write_text("tolerence: 3\n")
        done = run(*words, "gate.yaml", cwd=many)
        assert (done.returncode, done.stdout) == (2, "")
        assert "gate.yaml:1: tolerence: unknown key" in done.stderr

    def test_a_baseline_is_accepted_and_explained(self, many):
        words = ("baseline", "accept", "old.jsonl", "--why", "first", "--who", "Ana")
        done = run(*words, cwd=many)
        assert done.returncode == 2  # on what gold is not known yet
        assert run(*words, "--gold", "gold.jsonl", cwd=many).returncode == 0
        assert run("baseline", "accept", "bit.jsonl", "--why", "cheaper", cwd=many).returncode == 0
        done = run("baseline", "history", cwd=many)
        assert re.search(r"by Ana: first .*\n.*: cheaper \(20 documents\)", done.stdout)
        done = run("gate", "gold.jsonl", "worse.jsonl", "--explain", cwd=many)
        assert done.returncode == 1
        assert "WHERE CHANGES COME FROM" in done.stdout
        done = run("gate", "gold.jsonl", "worse.jsonl", "--self-test", cwd=many)
        assert done.returncode == 0
        assert "the baseline against itself: 0 false alarms in 1 (0.0 %)" in done.stdout

    def test_a_baseline_needs_a_reason(self, many):
        done = run("baseline", "accept", "old.jsonl", "--gold", "gold.jsonl", cwd=many)
        assert done.returncode == 2
        assert "--why" in done.stderr


class TestHelp:
    def commands(self, group, names=()):
        for name, command in group.commands.items():
            yield (*names, name), command
            if isinstance(command, click.Group):
                yield from self.commands(command, (*names, name))

    def test_every_command_is_explained_with_an_example(self):
        for names, command in self.commands(cli):
            assert command.help, names
            if not isinstance(command, click.Group):
                assert f"toolkit {' '.join(names)}" in command.help, names

    def test_every_option_is_explained(self):
        for names, command in self.commands(cli):
            for parameter in command.params:
                if isinstance(parameter, click.Option):
                    assert parameter.help or parameter.name == "format_", (names, parameter.name)

    def test_version(self, tmp_path):
        done = run("--version", cwd=tmp_path)
        assert re.fullmatch(r"toolkit, version \d+\.\d+\.\d+\n", done.stdout)

    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_completion(self, shell, tmp_path):
        assert "_TOOLKIT_COMPLETE" in run("completion", shell, cwd=tmp_path).stdout

    def test_completion_completes_commands(self, tmp_path):
        asked = {
            "COMP_WORDS": "toolkit sc",
            "COMP_CWORD": "1",
            "_TOOLKIT_COMPLETE": "bash_complete",
        }
        done = subprocess.run(
            [sys.executable, "-c", "from toolkit.cli import main; main()"],
            env={**os.environ, **asked},
            capture_output=True,
            text=True,
            check=False,
        )
        assert {"plain,schema", "plain,score"} <= set(done.stdout.split())

    def test_help_loads_nothing_heavy(self):
        code = (
            "import sys, toolkit.cli\n"
            "try: toolkit.cli.cli(['--help'])\n"
            "except SystemExit: pass\n"
            "heavy = {'pandas', 'numpy', 'scipy', 'rich', 'yaml', 'msgspec'} & set(sys.modules)\n"
            "sys.exit(f'loaded {heavy}' if heavy else 0)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


BAD_PREDICTIONS = {
    "missing file": (None, "pred.jsonl: no such file"),
    "empty file": (b"", "pred.jsonl: the file is empty"),
    "not UTF-8": (b'{"id": "\xff", "mentions": []}\n', "pred.jsonl:1: not UTF-8"),
    "truncated": (line(mention())[:40], "pred.jsonl:1: not JSON"),
    "an array": ("[]\n", "pred.jsonl:1: expected 'object', got 'array'"),
    "wrong type": (line(mention(label=3)), "mentions[0].label: expected 'str', got 'int'"),
    "unknown key": (line(mention(begin=3)), "unknown field 'begin'"),
    "float offsets": (line(mention(start=0.5)), "mentions[0].start: expected 'int"),
    "NaN score": (line(mention(score=float("nan"))), "pred.jsonl:1: not JSON"),
    "negative offset": (line(mention(start=-1)), "d s1: start -1 is negative"),
    "reversed": (line(mention(start=8, end=3)), "the range is reversed"),
    "nothing": (line(mention(start=8)), "nothing lies between start 8 and end 8"),
    "past the text": (line(mention(end=99)), "end 99 is past the text's 41 characters"),
    "half a place": (
        line({"id": "a", "label": "speaker", "start": 3}),
        "only one of start and end",
    ),
    "mention twice": (line(mention(), mention()), "this mention id stands in the document twice"),
    "document twice": (line() + line(), "document id 'd' already stands at pred.jsonl:1"),
    "deep brackets": ("[" * 100_000, "pred.jsonl:1:"),
    "other text": (line(text_sha256="0" * 64), "made on another text than the gold's"),
    "other words": (line(mention(text="Ana Rock")), "its text is 'Ana Rock' but 'Ana Roke' stands"),
    "no common id": (
        line(id="other"),
        "none of the 1 predicted documents is among the 1 of the gold",
    ),
}


class TestBadPredictions:
    @pytest.mark.parametrize(("content", "said"), BAD_PREDICTIONS.values(), ids=BAD_PREDICTIONS)
    def test_one_clear_message_and_no_number(self, place, content, said):
        file = place / "pred.jsonl"
        if content is None:
            file.unlink()
        else:
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        done = run("score", "gold/small", "pred.jsonl", "-o", "card.json", cwd=place)
        assert done.returncode == 2
        assert said in done.stderr
        assert done.stdout == ""
        assert not (place / "card.json").exists()

    @pytest.mark.parametrize("prefix", [b"\xef\xbb\xbf", b""], ids=["BOM", "no BOM"])
    @pytest.mark.parametrize("end", ["\r\n", "\n"], ids=["CRLF", "LF"])
    def test_byte_order_marks_and_line_ends_do_no_harm(self, place, prefix, end):
        (place / "pred.jsonl").write_bytes(prefix + line(mention()).replace("\n", end).encode())
        assert run("score", "gold/small", "pred.jsonl", cwd=place).returncode == 0

    def test_a_line_of_ten_megabytes_is_read(self, place):
        (place / "pred.jsonl").write_text(line(mention(), meta={"note": "x" * 10_000_000}))
        assert run("score", "gold/small", "pred.jsonl", cwd=place).returncode == 0

    def test_on_error_list_tells_every_line(self, place):
        (place / "pred.jsonl").write_text("{\n" + line(mention(start=9, end=3)) + "}\n")
        stop = run("score", "gold/small", "pred.jsonl", cwd=place)
        every = run("score", "gold/small", "pred.jsonl", "--on-error", "list", cwd=place)
        assert stop.stderr.count("error:") == 1
        assert [n for n in "123" if f"pred.jsonl:{n}:" in every.stderr] == ["1", "2", "3"]

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"label": "speeker"}, "speaker strict"),
            ({"fields": {"kinds": "person"}}, "unknown field 'kinds' of speaker"),
            ({"fields": {"kind": "persn"}}, "unknown value 'persn'"),
            ({"fields": {"of": {"ref": "s9"}}}, "refers to 's9', which is not in the document"),
            ({"fields": {"of": {"ref": "s1"}}}, "refers to itself"),
        ],
    )
    def test_what_breaks_the_schema_is_scored_as_wrong_and_said(self, place, changes, said):
        (place / "pred.jsonl").write_text(line(mention(**changes)))
        done = run("score", "gold/small", "pred.jsonl", cwd=place)
        assert done.returncode == 0
        assert "predictions break the schema" in done.stdout
        found = run("check", "pred.jsonl", "--schema", "schemas/small.yaml", cwd=place)
        assert found.returncode == 1
        if said != "speaker strict":
            assert said in done.stdout
            assert said in found.stdout

    def test_check_suggests_what_was_meant(self, place):
        (place / "pred.jsonl").write_text(line(mention(label="speeker")))
        done = run("check", "pred.jsonl", "--schema", "schemas/small.yaml", cwd=place)
        assert "pred.jsonl:1: s1: unknown label 'speeker' (did you mean 'speaker'?)" in done.stdout


class TestExtract:
    """Runs in which something goes wrong."""

    @pytest.fixture
    def two(self, place):
        (place / "seeds" / "e.txt").write_text("Nobody spoke.\n")
        (place / "mine.py").write_text(
            "def some(text):\n"
            "    if 'Nobody' in text:\n"
            "        raise ValueError('\x1b[2Jno one')\n"
            "    return []\n"
        )
        return place

    def test_one_that_fails_is_said_and_the_others_are_written(self, two):
        done = run("extract", "mine:some", "seeds", "-o", "x.jsonl", cwd=two)
        assert done.returncode == 1
        assert "failed: e: the extractor failed: ValueError: \\x1b[2Jno one" in done.stderr
        assert "1 documents written to x.jsonl" in done.stderr
        assert "1 of 2 documents failed" in done.stderr
        assert [document.id for document in toolkit.read(two / "x.jsonl")] == ["d"]
        done = run("extract", "mine:some", "seeds", "-o", "x.jsonl", "--resume", cwd=two)
        assert "1 answered by an earlier run" in done.stderr

    def test_a_command(self, two):
        (two / "answer.py").write_text("import sys\nfor line in sys.stdin: print('{}')\n")
        command = f"{sys.executable} answer.py"
        done = run("extract", "--command", command, "seeds", "-o", "x.jsonl", cwd=two)
        assert (done.returncode, done.stdout) == (0, "")
        assert len(toolkit.read(two / "x.jsonl")) == 2

    def test_nothing_but_messages_where_no_person_watches(self, two):
        done = run("extract", "rules", "seeds", "-o", "x.jsonl", cwd=two)
        assert len(done.stderr.splitlines()) == 2
        assert "\x1b" not in done.stderr

    def test_an_interrupt_keeps_what_is_done(self, two):
        (two / "slow.py").write_text(
            "import os, pathlib, signal\n"
            "def slow(text):\n"
            "    if 'Nobody' in text and not pathlib.Path('again').exists():\n"
            "        os.kill(os.getpid(), signal.SIGINT)\n"
            "    return []\n"
        )
        done = run("extract", "slow:slow", "seeds", "-o", "x.jsonl", cwd=two)
        assert done.returncode == 130
        assert "x.jsonl.journal keeps what was done; --resume goes on from it" in done.stderr
        (two / "again").touch()
        done = run("extract", "slow:slow", "seeds", "-o", "x.jsonl", cwd=two)
        assert done.returncode == 2
        assert "delete it to begin again" in done.stderr
        done = run("extract", "slow:slow", "seeds", "-o", "x.jsonl", "--resume", cwd=two)
        assert "1 answered by an earlier run" in done.stderr

    def test_one_interrupt_waits_for_what_is_under_way_and_two_do_not(self, two):
        (two / "slow.py").write_text(
            "import sys, time\n"
            "for line in sys.stdin:\n"
            "    print(line, file=open('asked', 'a'))\n"
            "    time.sleep(1 if 'Nobody' not in line else 60)\n"
            "    print('{}')\n"
        )
        command = [sys.executable, "-m", "toolkit", "extract", "--jobs", "2", "--command"]
        process = subprocess.Popen(
            [*command, f"{sys.executable} slow.py", "seeds", "-o", "x.jsonl"],
            cwd=two,
            stderr=subprocess.PIPE,
            text=True,
        )
        while not (two / "asked").exists() or (two / "asked").read_text().count("text") < 2:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        journal = two / "x.jsonl.journal"
        while b'"id":"d"' not in journal.read_bytes():
            time.sleep(0.02)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=20)[1]
        assert process.returncode == 130
        assert "Traceback" not in said
        assert "keeps what was done" in said
        assert journal.read_bytes().count(b"\n") == 2


BOTH = "Ana B-a I-a\nRoke I-a I-a\nleft O O\nPort B-b B-b\nSele I-b O\n"


class TestColumnFiles:
    """`--from conll`."""

    @pytest.fixture
    def strict(self, place):
        def score(*words):
            done = run("score", *words, "--from", "conll", "--format", "json", cwd=place)
            assert done.returncode == 0, done.stderr
            rows = json.loads(done.stdout)["rows"]
            (row,) = (r for r in rows if (r["label"], r["view"]) == ("(micro)", "strict"))
            return (row["gold"], row["predicted"], row["correct"]), done.stderr

        return score

    def test_one_file_holds_gold_and_predictions(self, place, strict):
        (place / "both.conll").write_text(BOTH)
        counts, said = strict("both.conll", "--malformed", "keep")
        assert counts == (2, 2, 1)
        assert said.startswith(
            "note: both.conll: column -1: 1 of 2 mentions break IOB2 and are kept"
        )
        assert strict("both.conll", "--malformed", "drop")[0] == (2, 1, 0)
        assert strict("both.conll", "--scheme", "iob2", "--predicted-column", "2")[0] == (2, 2, 2)
        assert strict("both.conll", "both.conll", "--column", "2")[0] == (2, 2, 2)

    def test_malformed_mentions_are_refused_at_their_lines(self, place):
        (place / "both.conll").write_text(BOTH)
        done = run("score", "both.conll", "--from", "conll", cwd=place)
        assert done.returncode == 2
        assert done.stdout == ""
        assert "error: both.conll:1: predictions: Ana/I-a Roke/I-a breaks IOB2" in done.stderr
        assert "--malformed keep" in done.stderr

    def test_two_files_must_have_the_same_tokens(self, place, strict):
        (place / "g.conll").write_text("a O\n( B-a\n")
        (place / "p.conll").write_bytes(b"a\tO\r\n-LRB-\tB-a\r\n")
        done = run("score", "g.conll", "p.conll", "--from", "conll", cwd=place)
        assert done.returncode == 2
        assert "error: p.conll:2: '-LRB-' where the gold has '(' (g.conll:2)" in done.stderr
        counts, said = strict("g.conll", "p.conll", "--gold-tokens")
        assert counts == (1, 1, 1)
        assert "1 tokens are spelled otherwise than the gold's" in said

    def test_check_names_the_line_of_what_breaks_the_schema(self, place):
        (place / "p.conll").write_text("a O\n\nb O\nc B-speeker\n")
        words = ("check", "p.conll", "--from", "conll", "--schema", "schemas/small.yaml")
        done = run(*words, cwd=place)
        assert done.returncode == 1
        assert "p.conll:4: 4: unknown label 'speeker' (did you mean 'speaker'?)" in done.stdout

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("pred.jsonl",), "Missing argument 'PRED'"),
            (("g.conll", "--from", "conll"), "column -2 is that of the tokens"),
            (
                ("pred.jsonl", "pred.jsonl", "--column", "3"),
                "format native: has no option 'column'",
            ),
            (
                ("gold/small", "pred.jsonl", "--column", "3"),
                "format native: has no option 'column'",
            ),
            (("g.conll", "g.conll", "--from", "conl"), "did you mean 'conll'?"),
            (("g.conll", "g.conll", "--from", "conll", "--texts", "seeds"), "a text of its own"),
            (("g.conll", "g.conll", "--from", "conll", "--predicted-column", "0"), "count from 1"),
        ],
    )
    def test_what_does_not_fit_is_one_clear_message(self, place, words, said):
        (place / "g.conll").write_text("# newdoc id = d\na B-a\n")
        done = run("score", *words, cwd=place)
        assert done.returncode == 2
        assert said in done.stderr
        assert done.stdout == ""


class TestBadGold:
    def test_a_folder_without_a_dataset(self, place):
        (place / "gold" / "small" / "dataset.yaml").unlink()
        done = run("score", "gold/small", "pred.jsonl", cwd=place)
        assert done.returncode == 2
        assert "dataset.yaml: no such file (a gold folder says its name" in done.stderr

    def test_a_text_that_changed_since_it_was_annotated(self, place):
        file = place / "gold" / "small" / "documents" / "d.json"
        file.write_text(line(mention(), text_sha256="0" * 64))
        for words in (("score", "gold/small", "pred.jsonl"), ("check", "gold/small")):
            done = run(*words, cwd=place)
            assert done.returncode == (2 if words[0] == "score" else 1)
            assert "the text of 'd' changed since it was annotated" in done.stdout + done.stderr

    def test_references_in_a_circle(self, place):
        file = place / "gold" / "small" / "documents" / "d.json"
        first = mention(fields={"of": {"ref": "s2"}})
        second = mention(id="s2", start=9, end=12, fields={"of": {"ref": "s1"}})
        file.write_text(line(first, second))
        done = run("check", "gold/small", cwd=place)
        assert done.returncode == 1
        assert re.search(r"refers in a circle: s(\d) -> s\d -> s\1", done.stdout)

    def test_white_space_at_the_edge(self, place):
        file = place / "gold" / "small" / "documents" / "d.json"
        file.write_text(line(mention(end=9)))
        done = run("check", cwd=place)
        assert "d.json:1: s1: white space at the edge of 'Ana Roke '" in done.stdout

    def test_all_faults_at_once_at_their_lines(self, place):
        file = place / "gold" / "small" / "documents" / "d.json"
        faults = [mention(id=f"s{i}", label="nobody") for i in range(3)]
        lines = ",\n".join(json.dumps(fault) for fault in faults)
        file.write_text('{"id": "d",\n"mentions": [\n' + lines + "]}\n")
        done = run("check", "gold/small", "--format", "json", cwd=place)
        problems = json.loads(done.stdout)["problems"]
        assert [problem["where"].rpartition(":")[2] for problem in problems] == ["3", "4", "5"]


BAD_SCHEMAS = {
    "tabs": ("schema: x\n\tversion: 1\n", ":2: not YAML"),
    "a key twice": (SCHEMA + "labels: {}\n", ":10: the key 'labels' stands here a second time"),
    "an alias bomb": (
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(
            f"{n}: &{n} [{','.join(['*' + p] * 9)}]\n"
            for p, n in zip("abcdefg", "bcdefgh", strict=True)
        ),
        "expands without end",
    ),
    "a typing error": (SCHEMA.replace("type: choice", "type: choise"), "did you mean 'choice'?"),
    "nothing": ("", ":1: the file is empty"),
}


class TestBadSchemas:
    @pytest.mark.parametrize(("content", "said"), BAD_SCHEMAS.values(), ids=BAD_SCHEMAS)
    def test_check_judges_and_score_refuses(self, place, content, said):
        (place / "schemas" / "small.yaml").write_text(content)
        done = run("check", "schemas/small.yaml", cwd=place)
        assert done.returncode == 1
        assert said in done.stdout
        done = run("score", "gold/small", "pred.jsonl", cwd=place)
        assert done.returncode == 2
        assert said in done.stderr


class TestUsage:
    def test_an_unknown_command(self, tmp_path):
        done = run("scores", cwd=tmp_path)
        assert done.returncode == 2
        assert "No such command 'scores'" in done.stderr

    def test_checking_what_is_not_there_is_bad_input(self, place):
        done = run("check", "nope", "pred.jsonl", cwd=place)
        assert done.returncode == 2
        assert "nope: no such file" in done.stdout
        assert "pred.jsonl: 1 documents" in done.stdout

    def test_gold_and_predictions_in_the_wrong_order(self, place):
        done = run("score", "pred.jsonl", "gold/small", cwd=place)
        assert done.returncode == 2
        assert done.stderr == (
            "error: gold/small: holds no .json or .jsonl file "
            "(it is a gold folder: is the order GOLD PRED? in Python: read_gold)\n"
        )

    def test_what_is_wrong_with_both_sides_is_listed_or_the_first_alone(self, place):
        (place / "gold.json").write_text('{"id": 1}')
        words = ("gold.json", "bad.json", "--on-error")
        (place / "bad.json").write_text('{"id": 2}')
        for command in ("score", "compare"):
            done = run(command, *words, "list", cwd=place)
            assert [one.split(":")[1] for one in done.stderr.splitlines()] == [
                " gold.json",
                " bad.json",
            ]
            assert run(command, *words, "stop", cwd=place).stderr.count("error: ") == 1

    def test_where_one_file_holds_both_sides_they_are_told_apart(self, place):
        (place / "both.conll").write_text("Ana I-x B-x\nsaid B-x I-y\n")
        done = run("score", "both.conll", "--from", "conll", "--scheme", "IOB2", cwd=place)
        assert done.returncode == 2
        assert "error: both.conll:1: gold: " in done.stderr
        assert "error: both.conll:2: predictions: " in done.stderr
        assert done.stderr.count(": gold: ") == done.stderr.count(": predictions: ")

    def test_a_module_in_the_current_folder_is_found_by_the_installed_command(self, place):
        (place / "mine.py").write_text(
            "def names(text): return [{'id': 'a', 'label': 'speaker', 'start': 0, 'end': 8}]\n"
        )
        script = "import sys; sys.path.remove(''); from toolkit.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", script, "extract", "mine:names", "seeds", "-o", "x.jsonl"],
            cwd=place,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert done.returncode == 0, done.stderr
        assert json.loads((place / "x.jsonl").read_text())["mentions"][0]["end"] == 8

    def test_examples_in_help_keep_their_lines(self):
        def commands(group):
            for command in group.commands.values():
                yield from commands(command) if isinstance(command, click.Group) else [command]

        for command in commands(cli):
            shown = command.get_help(click.Context(command)).splitlines()
            assert [one.strip() for one in shown if "Example" in one] in (
                [],
                ["Example:"],
                ["Examples:"],
            )

    def test_an_unknown_extractor(self, place):
        done = run("extract", "rule", "seeds", "-o", "x.jsonl", cwd=place)
        assert done.returncode == 2
        assert "did you mean 'rules'?" in done.stderr

    def test_nothing_to_check(self, tmp_path):
        done = run("check", cwd=tmp_path)
        assert done.returncode == 2
        assert "name the files or folders to check" in done.stderr

    def test_predictions_go_to_a_file_for_what_ran_stands_beside_it(self, place):
        done = run("extract", "rules", "seeds", "-o", "-", cwd=place)
        assert done.returncode == 2
        assert "name a file" in done.stderr
        assert not (place / "-.journal").exists()

    def test_an_extractor_that_always_fails_names_the_documents(self, place):
        (place / "mine.py").write_text("def fail(text):\n    raise ValueError('no such thing')\n")
        done = run("extract", "mine:fail", "seeds", "-o", "x.jsonl", cwd=place)
        assert done.returncode == 2
        assert "d: the extractor failed: ValueError: no such thing" in done.stderr
        assert not list(place.glob("x.jsonl*"))


class TestOutput:
    def test_a_place_that_cannot_be_written(self, place):
        (place / "file").write_text("in the way")
        done = run("score", "gold/small", "pred.jsonl", "-o", "file/card.json", cwd=place)
        assert done.returncode == 2
        assert "file/card.json: cannot be written" in done.stderr

    def test_a_full_disk_leaves_the_old_file_whole(self, place):
        (place / "card.json").write_text("old")

        def small_disk():
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

        done = run(
            "score", "gold/small", "pred.jsonl", "-o", "card.json", cwd=place, preexec_fn=small_disk
        )
        assert done.returncode == 2
        assert "card.json: cannot be written: file too large (nothing was changed)" in done.stderr
        assert (place / "card.json").read_text() == "old"
        assert sorted(p.name for p in place.iterdir() if "card" in p.name) == ["card.json"]

    def test_an_interrupt_leaves_no_half_written_file(self, place):
        (place / "slow.py").write_text(
            "import os, signal\n"
            "def slow(text):\n"
            "    os.kill(os.getpid(), signal.SIGINT)\n"
            "    return []\n"
        )
        (place / "out.jsonl").write_text("old")
        done = run("extract", "slow:slow", "seeds", "-o", "out.jsonl", cwd=place)
        assert done.returncode == 130
        assert "interrupted" in done.stderr
        assert (place / "out.jsonl").read_text() == "old"
        assert not list(place.glob(".out*"))

    def test_a_dash_is_standard_output(self, place):
        done = run("score", "gold/small", "pred.jsonl", "-o", "-", cwd=place)
        assert done.returncode == 0
        assert json.loads(done.stdout)
        assert not (place / "-").exists()

    def test_a_closed_pipe_is_no_error(self, place):
        words = f"{sys.executable} -m toolkit score gold/small pred.jsonl | head -n 1"
        done = subprocess.run(
            ["bash", "-o", "pipefail", "-c", words],
            cwd=place,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr
        assert done.stdout.startswith("documents: 1")

    def test_hostile_names_cannot_drive_the_terminal(self, place):
        (place / "pred.jsonl").write_text(line(mention(label="\x1b[2Jgone\u202e")))
        done = run("score", "gold/small", "pred.jsonl", cwd=place)
        assert "\x1b" not in done.stdout
        assert "\u202e" not in done.stdout
        assert "\\x1b[2Jgone\\u202e" in done.stdout


def test_check_is_clean_on_this_project():
    done = run("check", cwd=ROOT)
    assert done.returncode == 0, done.stdout
