"""Runs the action of this repository as GitHub's runner does, as far as its shell steps go.

`python tests/composite.py gold=gold/news predictions=p.jsonl` runs all of them, in the current
folder, with RUNNER_TEMP for what it installs; it prints what they leave and exits as they do.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"] if "run" in step}


class Done(NamedTuple):
    """What a step left: its exit code, log, outputs and summary."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str


def run(step: str, inputs: dict[str, str], folder: Path, temporary: Path) -> Done:
    """Run a step of the action in `folder`, with files of the runner's own in `temporary`."""
    files = {name: temporary / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for file in files.values():
        file.write_text("")
    script = temporary / "step.sh"
    script.write_text(STEPS[step]["run"])
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script],
        cwd=folder,
        env={
            **os.environ,
            **{key: _value(text, inputs) for key, text in STEPS[step].get("env", {}).items()},
            **{key: str(file) for key, file in files.items()},
            "RUNNER_TEMP": str(temporary),
            "GITHUB_ACTION_PATH": str(ROOT),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    lines = files["GITHUB_OUTPUT"].read_text().splitlines()
    outputs = dict(line.split("=", 1) for line in lines)
    return Done(done.returncode, done.stdout, outputs, files["GITHUB_STEP_SUMMARY"].read_text())


def _value(text: str, inputs: dict[str, str]) -> str:
    """The value of `${{ inputs.name }}`, the input's default where none is given."""
    (name,) = re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", text).groups()
    return inputs.get(name, ACTION["inputs"][name].get("default", ""))


def main() -> int:
    """Run every step; what the first that fails exits with."""
    inputs = dict(word.split("=", 1) for word in sys.argv[1:])
    temporary = Path(os.environ.get("RUNNER_TEMP") or tempfile.mkdtemp())
    for step in STEPS:
        done = run(step, inputs, Path.cwd(), temporary)
        print(done.log, end="")
        if done.code:
            print(done.summary, end="", file=sys.stderr)
            return done.code
    return 0


if __name__ == "__main__":
    sys.exit(main())
