"""`toolkit labelstudio`, with a server in memory."""

import os
import signal
import socket
import subprocess
import sys

import pytest
from click.testing import CliRunner
from commands import ROOT
from fake_studio import FakeServer
from hard import SCHEMA, hard_documents, write_texts
from ports import free_port

import toolkit
from toolkit.cli import cli
from toolkit.labelstudio import local


@pytest.fixture
def studio(monkeypatch):
    server = FakeServer()
    monkeypatch.setattr("toolkit.labelstudio.server.connect", lambda url, token_file: server)
    return server


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with a schema, texts and predictions, as the current one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kinds.yaml").write_text(SCHEMA)
    write_texts(tmp_path / "texts")
    toolkit.write(hard_documents(), tmp_path / "found.jsonl")
    return tmp_path


def said(*words):
    found = CliRunner().invoke(cli, ["labelstudio", *words])
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


PUSH = ("push", "p", "texts", "--schema", "kinds.yaml", "--predictions", "found.jsonl")
PULL = ("pull", "p", "-o", "gold", "--schema", "kinds.yaml", "--texts", "texts")


def test_from_a_schema_to_files(studio, place):
    made = said("init", "kinds.yaml", "--project", "p")
    assert made.stdout == "project p made: http://studio.example/projects/1/data\n"
    pushed = said(*PUSH)
    assert pushed.stdout.startswith("6 tasks made, 0 unchanged; annotators see found ")
    studio.accept()
    pulled = said(*PULL)
    assert pulled.stdout == "6 of 6 tasks fetched: 6 files new, 0 changed, in gold/annotators\n"
    assert pulled.stderr == ""
    assert said("pull", "p", "-o", "gold").stdout.startswith("0 of 6 tasks fetched")
    dataset = (place / "gold" / "dataset.yaml").read_text()
    assert dataset == "name: gold\nversion: 0.1.0\nschema: ../kinds.yaml\ntexts: ../texts\n"
    table = said("bias", "gold")
    assert table.stdout.splitlines()[:3] == [
        "annotator  label   kept  changed  removed  added  touched",
        "all        person   106        0        0      0       0%",
        "all        event    108        0        0      0       0%",
    ]
    assert "warning: nobody ever changed" in table.stderr


def test_two_annotators_become_gold(studio, place):
    said("init", "kinds.yaml", "--project", "p")
    said(*PUSH)
    studio.accept(completed_by=1)
    studio.accept(lambda result: [], completed_by=4)
    found = said("adjudicate", "p", "-o", "gold", "--schema", "kinds.yaml", "--texts", "texts")
    assert found.stdout.splitlines() == [
        "ana and ben: 1 document agreed, 0 decided, 5 open",
        f"decide at http://studio.example/projects/{studio.made[-1]['id']}/data",
        "1 document in gold/documents; 1 ground truth written",
    ]
    assert "open: emoji: not decided yet" in found.stderr.splitlines()
    again = said("adjudicate", "p", "-o", "gold", "--between", "ben", "ana")
    assert again.stdout.startswith("ana and ben: 1 document agreed, 0 decided, 5 open\n")


def test_what_is_left_out_is_listed_and_the_exit_code_says_so(studio, place):
    said("init", "kinds.yaml", "--project", "p")
    said(*PUSH)
    value = {"start": 0, "end": 9999, "labels": ["person"]}
    result = [
        {"id": f"r\x1b{k}", "from_name": "label", "type": "labels", "value": value}
        for k in range(25)
    ]
    studio.annotate(studio.of("emoji")[0]["id"], result)
    found = said(*PULL)
    assert found.exit_code == 1
    lines = found.stderr.splitlines()
    assert lines[0] == (
        r"left out: emoji: ana: region r\x1b0: offsets 0-9999 are no place in "
        f"{len(hard_documents()[0].text)} characters"
    )
    assert lines[-1] == "left out: and 5 more"
    assert len(lines) == 21


def test_a_folder_that_does_not_say_what_it_is_needs_schema_and_texts(studio, place):
    found = CliRunner().invoke(cli, ["labelstudio", "pull", "p", "-o", "gold"])
    (problem,) = found.exception.problems
    assert problem.hint == "give --schema and --texts once"
    assert not (place / "gold").exists()


def test_start_asks_before_it_installs(place, monkeypatch):
    monkeypatch.setenv("TOOLKIT_LABEL_STUDIO", str(place / "environment"))
    monkeypatch.setattr(
        "toolkit.labelstudio.local.install", lambda folder: pytest.fail("installed")
    )
    found = CliRunner().invoke(cli, ["labelstudio", "start"], input="n\n")
    assert found.exit_code == 1
    assert "(about 1 GB)? [y/N]" in found.output


SERVER = """#!{python}
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()

port = int(sys.argv[sys.argv.index("--port") + 1])
HTTPServer(("127.0.0.1", port), Handler).serve_forever()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_server_ends_with_the_command(place, number):
    program = local.program(place / "environment")
    program.parent.mkdir(parents=True)
    program.write_text(SERVER.format(python=sys.executable))
    program.chmod(0o755)
    port = free_port()
    words = [sys.executable, "-m", "toolkit", "labelstudio", "start", "--port", str(port)]
    own = {"TOOLKIT_LABEL_STUDIO": str(place / "environment"), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=os.environ | own) as run:
        assert run.stdout.readline() == f"Label Studio is at http://127.0.0.1:{port}\n"
        run.send_signal(number)
        assert run.wait(60) in (130, 143)
    with socket.socket() as again, pytest.raises(ConnectionRefusedError):
        again.connect(("127.0.0.1", port))


def test_a_token_in_no_place_is_told(place, monkeypatch):
    monkeypatch.delenv("LABEL_STUDIO_API_KEY", raising=False)
    found = CliRunner().invoke(cli, ["labelstudio", "init", "kinds.yaml", "--project", "p"])
    assert "LABEL_STUDIO_API_KEY: holds no access token" in str(found.exception)
