"""Files by path, pattern or URL, read piece by piece."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from typing import IO, Any, TypeAlias

from toolkit.errors import DataError, Problem
from toolkit.files import reason

Location: TypeAlias = "str | os.PathLike[str]"
"""A path, a pattern such as `gold-*.jsonl`, or a URL that fsspec knows (`s3://bucket/gold.jsonl`)."""


def expand(locations: Location | Iterable[Location]) -> list[str]:
    """The files at one or several locations, patterns resolved, in order."""
    if isinstance(locations, str | os.PathLike):
        locations = [locations]
    found: list[str] = []
    problems: list[Problem] = []
    for location in [os.fspath(each) for each in locations]:
        matches = _matches(location)
        if not matches:
            problems.append(Problem(location, "no file is at this pattern"))
        found += matches
    if problems:
        raise DataError(problems)
    return found


def open_binary(location: str) -> IO[bytes]:
    """A file to read bytes from, at any place in it; a `DataError` says why it cannot be had."""
    try:
        if "://" in location:
            opened: IO[bytes] = _fsspec(location).open(location, "rb")
            return opened
        return open(location, "rb")
    except FileNotFoundError:
        raise DataError(Problem(location, "no such file")) from None
    except (OSError, ValueError) as error:
        raise DataError(Problem(location, f"cannot be read: {reason(error)}")) from None


def blocks(location: str, size: int) -> Iterator[bytes]:
    """A file's bytes in blocks of whole lines, of about `size` bytes each."""
    with open_binary(location) as file:
        rest = b""
        while block := file.read(size):
            whole, end, rest_of_block = block.rpartition(b"\n")
            if end:
                yield rest + whole + end
                rest = rest_of_block
            else:
                rest += block
        if rest:
            yield rest


def _matches(location: str) -> list[str]:
    if not glob.has_magic(location):
        return [location]
    if "://" not in location:
        return sorted(glob.glob(location))
    system = _fsspec(location)
    return [system.unstrip_protocol(name) for name in sorted(system.glob(location))]


def _fsspec(location: str) -> Any:
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        hint = "pip install extraction-toolkit[cluster]"
        raise DataError(Problem(location, "reading URLs needs fsspec", hint)) from None
    return url_to_fs(location)[0]
