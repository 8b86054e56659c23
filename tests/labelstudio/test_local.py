"""A server of one's own: what it is started with, and how its secrets are kept."""

import socket
import stat

import pytest
from ports import free_port

from toolkit import DataError
from toolkit.labelstudio import local

PROGRAM = """#!/bin/sh
echo "$@" >&2
env >&2
exit 3
"""


@pytest.fixture
def failing(tmp_path):
    """An environment whose server says what it was given, and ends."""
    program = local.program(tmp_path / "environment")
    program.parent.mkdir(parents=True)
    program.write_text(PROGRAM)
    program.chmod(0o755)
    return tmp_path / "environment"


def test_it_listens_on_the_loopback_alone_and_sends_nothing(failing, tmp_path, monkeypatch):
    monkeypatch.setenv("HOST", "0.0.0.0")
    monkeypatch.setenv("PASSWORD", "somebody else's")
    data = tmp_path / "data"
    with (
        pytest.raises(DataError, match="Label Studio ended with 3"),
        local.running(data, port=free_port(), folder=failing),
    ):
        pass
    command, *rest = (data / "server.log").read_text().splitlines()
    said = dict(line.split("=", 1) for line in rest if "=" in line)
    assert "--internal-host 127.0.0.1" in command
    assert said["LABEL_STUDIO_COLLECT_ANALYTICS"] == "false"
    assert said["LABEL_STUDIO_SENTRY_DSN"] == ""
    assert "169.254.0.0/16" in said["USER_ADDITIONAL_BANNED_SUBNETS"]
    assert not {"HOST", "PASSWORD"} & said.keys()
    secrets = [(data / name).read_text() for name in ("password", "token")]
    assert not any(secret in command for secret in secrets)
    assert said["LABEL_STUDIO_USER_TOKEN"] == secrets[1]


def test_secrets_are_made_once_and_are_their_owners_alone(failing, tmp_path):
    kept = []
    for _ in range(2):
        with pytest.raises(DataError), local.running(tmp_path, port=free_port(), folder=failing):
            pass
        kept.append([(tmp_path / name).read_text() for name in ("password", "token")])
    assert kept[0] == kept[1]
    for name in ("password", "token"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600


def test_a_port_in_use_is_refused(failing, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            pytest.raises(DataError, match=f"port {port} is in use"),
            local.running(tmp_path, port=port, folder=failing),
        ):
            pass


def test_where_it_is_installed_can_be_said(tmp_path, monkeypatch):
    monkeypatch.setenv("TOOLKIT_LABEL_STUDIO", str(tmp_path))
    assert local.environment() == tmp_path
    monkeypatch.delenv("TOOLKIT_LABEL_STUDIO")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert local.environment().parent == tmp_path / "extraction-toolkit"
