"""The command line run as a person runs it, and a small project to run it on."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

SCHEMA = """
schema: small
version: 1.0.0
labels:
  speaker:
    description: Who speaks.
    fields:
      kind: {type: choice, values: [person, organisation]}
      of: {type: ref, to: speaker}
"""

TEXT = "Ana Roke said no. The ministry said yes.\n"


def run(*words, cwd, **kwargs):
    """Run the installed command in a process of its own; nothing it prints may be a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", *map(str, words)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "COLUMNS": "100", "PYTHONUTF8": "1"},
        **kwargs,
    )
    assert "Traceback" not in done.stderr
    return done


def mention(**changes):
    return {"id": "s1", "label": "speaker", "start": 0, "end": 8, **changes}


def line(*mentions, **changes):
    return json.dumps({"id": "d", "mentions": list(mentions), **changes}) + "\n"


def project(folder):
    """A project of one text with gold and predictions that are good."""
    (folder / "schemas").mkdir()
    (folder / "schemas" / "small.yaml").write_text(SCHEMA)
    (folder / "seeds").mkdir()
    (folder / "seeds" / "d.txt").write_text(TEXT)
    gold = folder / "gold" / "small"
    (gold / "documents").mkdir(parents=True)
    (gold / "dataset.yaml").write_text(
        "name: small\nversion: 1.0.0\nschema: ../../schemas/small.yaml\ntexts: ../../seeds\n"
    )
    (gold / "documents" / "d.json").write_text(line(mention(fields={"kind": "person"})))
    (folder / "pred.jsonl").write_text(line(mention(fields={"kind": "organisation"})))
    return folder
