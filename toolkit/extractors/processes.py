"""Extractors in processes of their own: a question a line on standard input, its answer a line on
standard output.

Only a process can be stopped when its time is up, or crash without taking the run with it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Timer
from typing import IO, Any

from toolkit.errors import DataError, Problem
from toolkit.extractors.answers import Answer, Ask, Failed, excerpt, question, read_answers
from toolkit.files import reason
from toolkit.model import Document

_GRACE = 2.0
"""Seconds in which a process may end by itself when there is nothing more to ask."""


def worker_command(name: str, options: dict[str, Any]) -> list[str]:
    """The command that runs a Python function as a process; see `toolkit.extractors.worker`."""
    worker = [sys.executable, "-m", "toolkit.extractors.worker"]
    return [*worker, name, json.dumps(options), json.dumps(sys.path)]


@contextmanager
def asking(
    command: Sequence[str], *, timeout: float | None, batched: bool, greets: bool = False
) -> Iterator[Ask]:
    """Asks a command, which is started again after it died or was stopped.

    One that `greets` says a line when it is ready, so that getting ready is no document's time.
    """
    with tempfile.TemporaryFile() as errors:
        running = [_start(command, errors, greets=greets)]

        def ask(documents: Sequence[Document]) -> list[Answer]:
            if not running:
                running.append(_start(command, errors, greets=greets))
            try:
                line = _exchange(running[0], question(documents, batched=batched), timeout, errors)
            except BaseException:
                _kill(running.pop())
                raise
            return read_answers(line, documents, batched=batched)

        try:
            yield ask
        finally:
            for process in running:
                _end(process)


def _start(command: Sequence[str], errors: IO[bytes], *, greets: bool) -> subprocess.Popen[bytes]:
    """A process in a session of its own, which Ctrl-C in the terminal does not reach."""
    # Python holds back what it prints into a pipe; an answer held back is waited for in vain.
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    try:
        process = subprocess.Popen(  # noqa: S603 - the user's own command, without a shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        what = f"cannot be started: {reason(error)}"
        raise DataError(Problem(f"command {command[0]!r}", what)) from None
    if greets and process.stdout and not process.stdout.readline():
        _kill(process)
        raise DataError(Problem("extractor", f"cannot be loaded: {_last_line(errors)}"))
    return process


def _exchange(
    process: subprocess.Popen[bytes], line: bytes, timeout: float | None, errors: IO[bytes]
) -> bytes:
    """The line answered to a line; stopping the process is what ends a wait that is too long."""
    late = Event()

    def stop() -> None:
        late.set()
        _stop(process)

    timer = Timer(timeout, stop) if timeout else None
    if timer:
        timer.daemon = True
        timer.start()
    answer = b""
    try:
        if process.stdin and process.stdout:
            process.stdin.write(line)
            process.stdin.flush()
            answer = process.stdout.readline()
    except OSError:
        pass  # it closed its input: how it ended is said below
    finally:
        if timer:
            timer.cancel()
    if late.is_set():
        raise Failed(f"no answer within {timeout:g} seconds")
    if not answer.endswith(b"\n"):
        said = f": {last}" if (last := _last_line(errors)) else ""
        raise Failed(f"the extractor's process ended ({_how(process)}){said}")
    return answer


def _how(process: subprocess.Popen[bytes]) -> str:
    try:
        code = process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        return "it closed its output"
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name


def _last_line(errors: IO[bytes]) -> str:
    """The last line of what was said on standard error."""
    end = errors.seek(0, os.SEEK_END)
    errors.seek(max(0, end - 4096))
    return excerpt((errors.read().strip().splitlines() or [b""])[-1], 300)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let a process end by itself, for a little while."""
    try:
        if process.stdin:
            process.stdin.close()
        process.wait(_GRACE)
    except (OSError, subprocess.TimeoutExpired):
        pass
    _kill(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a process and all that it started; whoever waits for its answer sees the end of it."""
    try:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    except OSError:
        pass  # nothing of it is left


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Stop a process and clear up after it."""
    _stop(process)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        try:
            if pipe:
                pipe.close()
        except OSError:
            pass  # what was not yet written has no reader
