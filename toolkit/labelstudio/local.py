"""A Label Studio server of one's own, for a small team or a trial.

It is installed into an environment of its own, never into the toolkit's.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from toolkit.errors import DataError, Problem

VERSION = "1.23.2"
"""The release of Label Studio that the toolkit is tested with."""

USER = "annotator@localhost.localdomain"

STARTING = 300
"""Seconds that a server has to come up; a new database takes about one minute."""


NEVER_ASKED = (
    *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12"),
    *("192.168.0.0/16", "224.0.0.0/3", "::/128", "fc00::/7", "fe80::/10", "ff00::/8"),
)
"""Networks that the server asks nothing of, whatever its users type. The loopback address is not
among them, unlike in the server's own list: there an extractor answers, as `serve` does.
"""


class Local(NamedTuple):
    """A running server: its address, and where its password and access token are kept."""

    url: str
    user: str
    password: Path
    token: Path
    process: subprocess.Popen[bytes]


def environment() -> Path:
    """Where the server is installed: `TOOLKIT_LABEL_STUDIO`, or below the user's data folder."""
    given = os.environ.get("TOOLKIT_LABEL_STUDIO")
    if given:
        return Path(given)
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(data) / "extraction-toolkit" / f"label-studio-{VERSION}"


def program(folder: Path) -> Path:
    """The server's program in its environment."""
    return folder / ("Scripts/label-studio.exe" if os.name == "nt" else "bin/label-studio")


def install(folder: Path) -> None:
    """Install the server into an environment of its own, about 1 GB: by `uv` where it is there, and
    by pip, whose settings `uv` does not read, where it is not or fails.
    """
    python = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    ways = [
        (
            [sys.executable, "-m", "venv", str(folder)],
            [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"],
        )
    ]
    if uv := shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent)):
        make = [uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(folder)]
        ways.insert(0, (make, [uv, "pip", "install", "--quiet", "--python", python]))
    for make, get in ways:
        try:
            for step in (make, [*get, f"label-studio=={VERSION}"]):
                subprocess.run(step, check=True, stdout=sys.stderr)  # noqa: S603
        except (OSError, subprocess.CalledProcessError) as error:
            what = f"Label Studio could not be installed: {error}"
            failed = DataError(Problem(str(folder), what, "what failed stands above"))
        else:
            return
    raise failed


@contextmanager
def running(data: str | os.PathLike[str], *, folder: Path, port: int = 8080) -> Iterator[Local]:
    """A server on this machine's loopback alone, with no telemetry, until the block ends.

    It is the one that is installed in `folder`. Its database, password and access token are kept in
    `data`, the latter readable by their owner alone.
    """
    place = Path(data)
    place.mkdir(parents=True, exist_ok=True)
    if not _free(port):
        what = f"port {port} is in use"
        raise DataError(Problem("labelstudio start", what, "choose another with --port"))
    password = _secret(place / "password", lambda: secrets.token_urlsafe(12))
    token = _secret(place / "token", lambda: secrets.token_hex(20))
    log = place / "server.log"
    command = [
        str(program(folder)),
        "start",
        "--no-browser",
        *("--internal-host", "127.0.0.1", "--port", str(port)),
        *("--username", USER),
        "--enable-legacy-api-token",
    ]
    with open(log, "ab") as out:
        process = subprocess.Popen(  # noqa: S603
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=_surroundings(place, password.read_text(), token.read_text()),
            start_new_session=True,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(process, url, log)
            yield Local(url, USER, password, token, process)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _surroundings(data: Path, password: str, token: str) -> dict[str, str]:
    """The server's environment: no telemetry, and none of the bare names that it would read."""
    names = ("HOST", "PORT", "USERNAME", "PASSWORD", "DEBUG", "CI", "PYTHONPATH")
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return kept | {
        "LABEL_STUDIO_BASE_DATA_DIR": str(data.resolve()),
        "LABEL_STUDIO_COLLECT_ANALYTICS": "false",
        "LABEL_STUDIO_LATEST_VERSION_CHECK": "false",
        "LABEL_STUDIO_SENTRY_DSN": "",
        "LABEL_STUDIO_FRONTEND_SENTRY_DSN": "",
        "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "false",
        "USE_DEFAULT_BANNED_SUBNETS": "false",
        "USER_ADDITIONAL_BANNED_SUBNETS": ",".join(NEVER_ASKED),
        "LABEL_STUDIO_PASSWORD": password,
        "LABEL_STUDIO_USER_TOKEN": token,
    }


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Until the server answers, or has ended."""
    until = time.monotonic() + STARTING
    while time.monotonic() < until:
        if process.poll() is not None:
            what = f"Label Studio ended with {process.returncode} as it started"
            raise DataError(Problem(str(log), what, "the log says why"))
        try:
            with urllib.request.urlopen(f"{url}/health/", timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except (OSError, urllib.error.URLError):
            time.sleep(0.3)
    raise DataError(Problem(str(log), f"Label Studio did not come up in {STARTING} s"))


def _free(port: int) -> bool:
    """Whether the port is free; the server would take the next one without a word."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _secret(file: Path, make: Callable[[], str]) -> Path:
    """A secret that is made once, in a file for its owner's eyes."""
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(make())
    return file
