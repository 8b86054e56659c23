"""Parquet files as rows, with the extra `parquet`."""

from __future__ import annotations

import io
import os
from typing import Any

from toolkit.errors import DataError, Problem
from toolkit.files import read_bytes, replacing
from toolkit.formats.extras import need

_MOST, _MOST_TIMES = 1_000_000, 50
"""Cells of 64 bytes that any file may have, and that it may have for each of its own bytes."""


def read_parquet(path: str | os.PathLike[str]) -> tuple[list[dict[str, Any]], dict[bytes, bytes]]:
    """The rows of a file, and what its writer noted beside the columns."""
    pyarrow, parquet = need("pyarrow", "parquet"), need("pyarrow.parquet", "parquet")
    data = read_bytes(path)
    try:
        found = parquet.read_metadata(io.BytesIO(data))
        cells = found.num_rows * found.num_columns
        size = sum(found.row_group(i).total_byte_size for i in range(found.num_row_groups))
        if max(cells, size // 64) > max(_MOST, _MOST_TIMES * len(data)):
            what = f"{len(data)} bytes that unpack to {size}, in {cells} cells"
            raise DataError(Problem(str(path), what, "no file of annotations is packed so tight"))
        table = parquet.read_table(io.BytesIO(data))
        return table.to_pylist(), table.schema.metadata or {}
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        what = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise DataError(Problem(str(path), f"is no Parquet file: {what}")) from None


def write_parquet(rows: list[dict[str, Any]], path: str | os.PathLike[str]) -> None:
    """Write rows, whole or not at all."""
    pyarrow, parquet = need("pyarrow", "parquet"), need("pyarrow.parquet", "parquet")
    with replacing(path) as file:
        parquet.write_table(pyarrow.Table.from_pylist(rows), file)


def holds_columns(path: str | os.PathLike[str], *names: str) -> bool:
    """Whether these words stand at the end of a file, where Parquet has its columns' names."""
    with open(path, "rb") as file:
        file.seek(max(0, os.path.getsize(path) - 20_000))
        end = file.read()
    return all(name.encode() in end for name in names)
