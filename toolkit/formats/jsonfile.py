"""JSON decoded into a typed value, or refused with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import msgspec

from toolkit.errors import DataError, Problem
from toolkit.files import BOM_BYTES, read_bytes
from toolkit.formats.native import shape_problem, syntax_problem

T = TypeVar("T")


def decode(where: str, data: bytes, type_: type[T] | Any = Any) -> Any:
    """The bytes as JSON of a type, any at all if none is said."""
    try:
        return msgspec.json.decode(data, type=type_)
    except msgspec.ValidationError as error:
        raise DataError(shape_problem(where, str(error))) from None
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise DataError(syntax_problem(where, data, error)) from None


def convert(where: str, raw: Any, type_: type[T]) -> T:
    """Decoded JSON in the type that its format gives it."""
    try:
        return msgspec.convert(raw, type_)
    except msgspec.ValidationError as error:
        raise DataError(shape_problem(where, str(error))) from None
    except RecursionError:
        raise DataError(Problem(where, "not read: brackets are nested too deep")) from None


def decode_file(file: Path, type_: type[T]) -> T:
    """The file's content as `type_`; a `DataError` names the line of what is broken."""
    data = read_bytes(file).removeprefix(BOM_BYTES)
    found: T = decode(f"{file}:1", data, type_)
    return found
