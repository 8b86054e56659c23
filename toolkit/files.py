"""Reading and writing files so that nothing is misread and nothing is left half-written."""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from toolkit.errors import DataError, Problem, WriteError

BOM = "\ufeff"
BOM_BYTES = BOM.encode()

KEPT_IN_MEMORY = 16_000_000
"""Bytes bound for a stream that are kept in memory; more wait in a temporary file."""

_NAMED = {"-": 1, "/dev/stdout": 1, "/dev/stderr": 2}


def read_text(path: str | os.PathLike[str]) -> str:
    """The file's text in code points, line ends and byte-order mark kept as they are."""
    return decode_utf8(read_bytes(path), str(path))


def read_bytes(path: str | os.PathLike[str]) -> bytes:
    """The file's bytes; a `DataError` says why they cannot be had."""
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise DataError(Problem(str(path), "no such file")) from None
    except IsADirectoryError:
        raise DataError(Problem(str(path), "is a folder, a file is needed")) from None
    except (OSError, ValueError) as error:
        raise DataError(Problem(str(path), f"cannot be read: {reason(error)}")) from None


def read_head(path: str | os.PathLike[str], size: int = 65536) -> bytes:
    """How the file begins; a `DataError` says why it cannot be had."""
    try:
        with open(path, "rb") as file:
            return file.read(size)
    except FileNotFoundError:
        raise DataError(Problem(str(path), "no such file or folder")) from None
    except (OSError, ValueError) as error:
        raise DataError(Problem(str(path), f"cannot be read: {reason(error)}")) from None


def decode_utf8(data: bytes, path: str) -> str:
    """`data` as text; a `DataError` names the line of the first byte that is not UTF-8."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(
            Problem(
                f"{path}:{line}",
                f"not UTF-8: byte 0x{data[error.start]:02x} at position {error.start}",
                "save the file as UTF-8",
            )
        ) from None


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[IO[bytes]]:
    """A file to write that takes the place of `path` only when the block ends well.

    On any exception, Ctrl-C included, the temporary file is removed and `path` is as it was. A link
    stays, and the file that it leads to is replaced. A device, a pipe or `-`, standard output, gets
    all that was written when the block ends well, else nothing.
    """
    if _is_stream(path):
        with tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY) as file:
            yield cast("IO[bytes]", file)
            file.seek(0)
            _pour(cast("IO[bytes]", file), path)
        return
    temporary: str | None = None
    try:
        target = Path(os.path.realpath(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.is_dir():
            raise IsADirectoryError(0, "is a folder")
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
        temporary = None
    except OSError as error:
        raise WriteError(
            Problem(str(path), f"cannot be written: {reason(error)}", "nothing was changed")
        ) from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def _is_stream(path: str | os.PathLike[str]) -> bool:
    """Whether there is no file to replace: standard output, a descriptor, a device, a pipe."""
    if _descriptor(path) is not None:
        return True
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _descriptor(path: str | os.PathLike[str]) -> int | None:
    """The open descriptor that a path names. It is never opened anew, which would cut off what a
    redirection has written before.
    """
    name = os.fspath(path)
    if name in _NAMED:
        return _NAMED[name]
    found = re.fullmatch(r"/(?:dev|proc/self)/fd/(\d+)", name)
    return int(found[1]) if found else None


def _pour(file: IO[bytes], path: str | os.PathLike[str]) -> None:
    descriptor = _descriptor(path)
    try:
        if descriptor == 1 and sys.stdout is not None:
            sys.stdout.flush()
        with open(path, "wb") if descriptor is None else os.fdopen(os.dup(descriptor), "wb") as out:
            shutil.copyfileobj(file, out)
    except OSError as error:
        if descriptor == 1 and isinstance(error, BrokenPipeError):
            raise  # whoever reads has seen enough
        raise WriteError(Problem(str(path), f"cannot be written: {reason(error)}")) from None


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write `text` as UTF-8, whole or not at all."""
    with replacing(path) as file:
        file.write(text.encode("utf-8"))


def reason(error: Exception) -> str:
    """The operating system's reason alone, without number and path."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def _mode(target: Path) -> int:
    """The permissions of the file replaced, or those that a new file would get."""
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
