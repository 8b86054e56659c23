"""The action, the workflow examples and the hook: valid, and their commands run."""

import json
import os
import re
import shlex
import subprocess
import sys

import click
import composite
import pytest
import yaml
from composite import ACTION, ROOT, STEPS
from gates import corpus

import toolkit
from toolkit.cli import cli

EXAMPLES = sorted((ROOT / "docs" / "ci").iterdir())
FILES = [ROOT / "action.yml", ROOT / ".pre-commit-hooks.yaml", *EXAMPLES]


@pytest.fixture
def place(tmp_path):
    """A repository's folder with gold, a baseline and predictions, and a runner with a toolkit."""
    tool = tmp_path / "runner" / "toolkit" / "bin"
    tool.mkdir(parents=True)
    os.symlink(sys.executable, tool / "python")
    (tool / "toolkit").write_text(
        f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m toolkit "$@"\n'
    )
    (tool / "toolkit").chmod(0o755)
    folder = tmp_path / "a repository"
    folder.mkdir()
    for name, documents in {
        "gold.jsonl": corpus(),
        "old.jsonl": corpus(),
        "worse run.jsonl": corpus(lost=range(20)),
        "bit.jsonl": corpus(lost={1}),
        "short.jsonl": list(corpus())[1:],
    }.items():
        toolkit.write(documents, folder / name)
    return folder


def gate(place, **inputs):
    given = {"gold": "gold.jsonl", "baseline": "old.jsonl", **inputs}
    return composite.run("Gate", given, place, place.parent / "runner")


class TestTheGate:
    def test_a_pass(self, place):
        done = gate(place, predictions="old.jsonl")
        assert (done.code, done.log) == (0, "verdict: pass\n")
        assert done.outputs == {"verdict": "pass", "exit-code": "0"}
        assert done.summary.startswith("# Gate\n\n- `PASS`\n")
        left = {file.name for file in (place / "gate-report").iterdir()}
        assert left == {"gate.json", "gate.xml", "gate.md", "gate.log"}

    def test_a_regression(self, place):
        done = gate(place, predictions="worse run.jsonl", report="out put")
        assert done.code == 1
        assert done.outputs == {"verdict": "regression", "exit-code": "1"}
        assert "`REGRESSION`" in done.summary
        lines = done.log.splitlines()
        assert lines[0].startswith("::error file=gold.jsonl,line=1,title=speaker::d000: newly")
        assert lines[10:] == [
            "::notice title=gate::10 more are in the report",
            "verdict: regression",
        ]
        assert json.loads((place / "out put" / "gate.json").read_text())["exit_code"] == 1
        assert "<failure" in (place / "out put" / "gate.xml").read_text()

    @pytest.mark.parametrize(
        ("inputs", "code", "verdict", "said"),
        [
            (
                {"predictions": "bit.jsonl"},
                0,
                "inconclusive",
                "\n::warning file=gold.jsonl,line=2,",
            ),
            (
                {"predictions": "bit.jsonl", "args": "--require-evidence\n  --explain"},
                2,
                "error",
                "::error title=gate::error: baseline: a bare file",
            ),
            (
                {"predictions": "bit.jsonl", "args": " --require-evidence "},
                4,
                "inconclusive",
                "::warning ",
            ),
            ({"predictions": "short.jsonl"}, 3, "incomplete", "no prediction for d000"),
            ({"predictions": "\nold.jsonl\nold.jsonl\n"}, 0, "pass", ""),
            ({"predictions": ""}, 2, "error", "Missing argument 'PRED...'"),
            ({"predictions": "none.jsonl"}, 2, "error", "error: none.jsonl: no such file"),
            ({"predictions": "other.jsonl"}, 3, "not comparable", "::error title=gate::not comp"),
            ({"predictions": "old.jsonl", "policy": "none.yaml"}, 2, "error", "none.yaml: no such"),
            ({"predictions": "old.jsonl", "args": "--self-test"}, 2, "error", "nothing was judged"),
            ({"predictions": "--help"}, 2, "error", "error: --help: no such file"),
        ],
    )
    def test_every_end_fails_closed_and_says_why(self, place, inputs, code, verdict, said):
        (place / "gate-report").mkdir()
        (place / "gate-report" / "gate.md").write_text("an old run's")
        toolkit.write([toolkit.Document("x")], place / "other.jsonl")
        done = gate(place, **inputs)
        assert done.outputs == {"verdict": verdict, "exit-code": str(code)}
        assert done.code == code
        assert said in done.log
        assert done.summary.startswith("# Gate\n")
        assert "an old run's" not in done.summary

    @pytest.mark.parametrize("name", sorted(ACTION["inputs"].keys() - {"python-version"}))
    def test_inputs_are_data_and_never_run(self, place, name):
        hostile = "x\"; touch ran; $(touch ran) `touch ran` '; touch ran; '\n; touch ran"
        gate(place, **{"predictions": "old.jsonl", name: hostile})
        assert not [*place.rglob("ran"), *place.parent.rglob("ran")]

    def test_no_script_holds_an_expression(self):
        assert all("${{" not in step["run"] for step in STEPS.values())
        env = STEPS["Gate"]["env"]
        given = {re.fullmatch(r"\$\{\{ inputs\.(.*) \}\}", text)[1] for text in env.values()}
        assert given == ACTION["inputs"].keys() - {"python-version"}

    def test_the_toolkit_comes_from_the_actions_own_checkout(self):
        assert STEPS["Install the toolkit"]["run"].rstrip().endswith('"$GITHUB_ACTION_PATH"')


SCHEMAS = {
    "action.yml": "github-actions",
    "docs/ci/github.yml": "github-workflows",
    "docs/ci/gitlab.yml": "gitlab-ci",
}


@pytest.mark.parametrize("file", SCHEMAS)
def test_the_file_is_what_its_host_reads(file):
    schema = f"vendor.{SCHEMAS[file]}"
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / file)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_actions_of_others_are_named_by_commit():
    used = [
        use
        for file in FILES
        for use in re.findall(r"uses: (\S+)(.*)", file.read_text())
        if not use[0].startswith("OWNER/")
    ]
    assert len(used) >= 4
    for name, comment in used:
        assert re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}", name)
        assert re.fullmatch(r" # v\d+\.\d+\.\d+", comment)


def commands(text):
    """The toolkit's commands in a file, those that a continuation splits put together."""
    for line in re.sub(r"\n\s+--", " --", text).splitlines():
        if found := re.match(r"\s*(?:- |entry: )?(toolkit .*)", line):
            yield found[1]


def test_every_command_exists_with_these_flags():
    pages = [*FILES, ROOT / "docs" / "ci.md"]
    found = [command for file in pages for command in commands(file.read_text(encoding="utf-8"))]
    assert len(found) >= 8
    for line in found:
        command, words = cli, shlex.split(line, comments=True)[1:]
        while isinstance(command, click.Group):
            name, command, words = command.resolve_command(click.Context(command), words)
        command.make_context(name, words)


def test_the_workflow_gives_the_action_inputs_that_it_has():
    workflow = yaml.safe_load((ROOT / "docs" / "ci" / "github.yml").read_text())
    (given,) = (
        step["with"]
        for step in workflow["jobs"]["gate"]["steps"]
        if step.get("uses", "").startswith("OWNER/")
    )
    required = {name for name, one in ACTION["inputs"].items() if one.get("required")}
    assert required <= given.keys() <= ACTION["inputs"].keys()


def test_the_hook_is_one_and_the_example_names_it(tmp_path):
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert {"id", "name", "entry", "language", "files"} <= hook.keys()
    (repository,) = yaml.safe_load((ROOT / "docs/ci/pre-commit-config.yaml").read_text())["repos"]
    assert [each["id"] for each in repository["hooks"]] == [hook["id"]]
    for name in ("schemas/a.yaml", "gold/a/documents/d.json", "gold/a/d.jsonl", "seeds/d.txt"):
        assert re.search(hook["files"], name)
    assert not re.search(hook["files"], "toolkit/model.py")
