"""How long documents took an extractor and what they cost, from the record beside predictions."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from toolkit.formats.jsonfile import decode_file
from toolkit.formats.native import RUN_RECORD


class Latency(msgspec.Struct, frozen=True):
    """Seconds that a document took, of those that did not fail."""

    mean: float
    median: float
    p95: float
    longest: float


class Timing(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of the runs that made some predictions; `cost` is the sum over `documents`, the
    `failed` ones among them.
    """

    extractors: tuple[str, ...]
    documents: int
    failed: int = 0
    latency: Latency | None = None
    cost: float | None = None


class _Document(msgspec.Struct):
    seconds: float
    error: str | None = None


class _Made(msgspec.Struct):
    extractor: str
    version: str | None = None


class _Run(msgspec.Struct):
    """As much of a run's record as is of use here."""

    made: _Made
    documents: tuple[_Document, ...]
    cost: float | None = None


def run_of(output: str | os.PathLike[str]) -> Path:
    """The record of the run that made a file of predictions."""
    return Path(f"{os.fspath(output)}{RUN_RECORD}")


def latency(seconds: Iterable[float]) -> Latency | None:
    """How long documents took, the 95 % by nearest rank; none where there are none."""
    known = sorted(seconds)
    if not known:
        return None
    p95 = known[-(-95 * len(known) // 100) - 1]
    found = (statistics.fmean(known), statistics.median(known), p95, known[-1])
    return Latency(*(round(value, 6) for value in found))


def timing(files: Sequence[str]) -> Timing | None:
    """The timing of the runs that made files of predictions; `None` unless each has its record.

    Raises `DataError` for a record that cannot be read.
    """
    records = [run_of(file) for file in files if "://" not in file]
    if not records or len(records) < len(files) or not all(map(Path.is_file, records)):
        return None
    runs = [decode_file(record, _Run) for record in records]
    documents = [document for run in runs for document in run.documents]
    costs = [run.cost for run in runs if run.cost is not None]
    return Timing(
        tuple(dict.fromkeys(f"{r.made.extractor} {r.made.version or ''}".strip() for r in runs)),
        len(documents),
        sum(document.error is not None for document in documents),
        latency(document.seconds for document in documents if document.error is None),
        sum(costs) if costs else None,
    )
