"""What is done of a run, on disk as soon as it is done: `PRED.journal`.

Its first line says which run it is, each further line is an outcome. It becomes the file of
predictions when the run has ended, and `--resume` goes on from it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import IO, Any

import msgspec

from toolkit.errors import DataError, MismatchError, Problem, WriteError
from toolkit.extractors.running import Outcome, Record
from toolkit.files import read_bytes, reason

try:
    import fcntl
except ImportError:  # there is none on Windows
    fcntl = None  # type: ignore[assignment]


class Made(msgspec.Struct, frozen=True, omit_defaults=True):
    """What made predictions: two runs of the same can be put together."""

    extractor: str
    version: str | None = None
    schema: str | None = None
    options: dict[str, Any] = {}


def journal_of(output: str | os.PathLike[str]) -> Path:
    """The journal of a file of predictions."""
    return Path(f"{os.fspath(output)}.journal")


@contextmanager
def writing(path: Path, made: Made, kept: list[Outcome], *, resume: bool) -> Iterator[Record]:
    """Records outcomes after those `kept`, each on disk before the next document is asked about.

    A journal that is there is never overwritten: it holds what was perhaps paid for. One in which
    nothing is recorded is removed.
    """
    lock, recorded = Lock(), len(kept)

    def record(outcome: Outcome) -> None:
        nonlocal recorded
        with lock:
            _append(file, path, outcome)
            recorded += 1

    with _opened(path, resume=resume) as file:
        try:
            if not _cut_to_whole_lines(file):
                _append(file, path, made)
                for outcome in kept:
                    _append(file, path, outcome)
            yield record
        finally:
            if not recorded:
                path.unlink(missing_ok=True)


def _opened(path: Path, *, resume: bool) -> IO[bytes]:
    """The journal, new or to go on with, for this run alone."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b" if resume else "x+b", buffering=0)
    except FileExistsError:
        what = "a run that was stopped, or is under way, left here what it had done"
        hint = "--resume goes on from it; delete it to begin again"
        raise DataError(Problem(str(path), what, hint)) from None
    except OSError as error:
        raise WriteError(Problem(str(path), f"cannot be written: {reason(error)}")) from None
    if fcntl:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            raise DataError(Problem(str(path), "another run is writing it")) from None
    return file


def _cut_to_whole_lines(file: IO[bytes]) -> int:
    """Cut off a line that was not written to its end; the length that is left."""
    file.seek(0)
    whole = file.read().rfind(b"\n") + 1
    file.truncate(whole)
    file.seek(whole)
    return whole


def _append(file: IO[bytes], path: Path, line: Made | Outcome) -> None:
    """Write one line whole, or nothing of it."""
    data, before = msgspec.json.encode(line) + b"\n", file.tell()
    try:
        if file.write(data) != len(data):
            raise OSError(0, "the disk is full")
    except OSError as error:
        file.truncate(before)
        raise WriteError(Problem(str(path), f"cannot be written: {reason(error)}")) from None


def read_journal(path: Path) -> tuple[Made, list[Outcome]]:
    """Which run it is and what it had done; lines that a crash left broken are left out."""
    first, *lines = read_bytes(path).split(b"\n")
    try:
        made = msgspec.json.decode(first, type=Made)
    except msgspec.DecodeError as error:
        what = f"is no journal of a run: {error}"
        raise DataError(Problem(str(path), what, "delete it to begin again")) from None
    return made, [outcome for line in lines if (outcome := _outcome(line))]


def _outcome(line: bytes) -> Outcome | None:
    try:
        return msgspec.json.decode(line, type=Outcome)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def check_same(path: Path, before: Made, now: Made) -> None:
    """Refuse to put together what two different extractors answered."""
    problems = [
        Problem(str(path), f"was made with {name} {old!r}, not {new!r}", "run without --resume")
        for name in Made.__struct_fields__
        if (old := getattr(before, name)) != (new := getattr(now, name))
    ]
    if problems:
        raise MismatchError(problems)
