"""Reading and writing files so that nothing is misread and nothing is left half-written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from toolkit.errors import DataError, Problem, WriteError

BOM = "\ufeff"


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

    On any exception, Ctrl-C included, the temporary file is removed and `path` is as it was.
    """
    target = Path(path)
    temporary: str | None = None
    try:
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
