"""A JSON file decoded into a typed value, or refused with its place."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import msgspec

from toolkit.errors import DataError
from toolkit.files import read_bytes
from toolkit.formats.native import shape_problem, syntax_problem

T = TypeVar("T")


def decode_file(file: Path, type_: type[T]) -> T:
    """The file's content as `type_`; a `DataError` names the line of what is broken."""
    data = read_bytes(file).removeprefix(b"\xef\xbb\xbf")
    where = f"{file}:1"
    try:
        return msgspec.json.decode(data, type=type_)
    except msgspec.ValidationError as error:
        raise DataError(shape_problem(where, str(error))) from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise DataError(syntax_problem(where, data, error)) from None
