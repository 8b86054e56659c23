"""The scorecard's file: columns of counts, so that it stays small and loads fast."""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import msgspec

from toolkit.errors import DataError, Problem
from toolkit.files import read_bytes
from toolkit.scoring.cells import FIELD_CELLS, MENTION_CELLS, Outcome
from toolkit.scoring.counts import Column, Counts, Moments, Table
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.signature import Signature
from toolkit.scoring.timing import Timing
from toolkit.scoring.verdicts import Verdict, Verdicts

FORMAT = 2
"""The version of the file format."""


class _Column(msgspec.Struct, frozen=True, omit_defaults=True):
    """One label's or field's cells: positions of documents, and a row of cells for each."""

    key: tuple[str, ...]
    documents: list[int] = []
    cells: list[int] = []
    folded: Moments | None = None


class _Saved(msgspec.Struct, frozen=True, omit_defaults=True):
    format: int
    mention_cells: tuple[str, ...]
    field_cells: tuple[str, ...]
    signature: Signature
    documents: list[str]
    mentions: list[_Column]
    fields: list[_Column]
    pooled_mentions: Moments | None = None
    pooled_fields: Moments | None = None
    verdicts: list[Verdict] = []
    verdicts_most: int | None = None
    verdicts_total: int = 0
    taken: list[tuple[str, str, str, str, int]] = []
    groundings: list[tuple[str, str, Outcome, int]] = []
    not_predicted: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    faults: dict[str, int] = {}
    optional: int = 0
    timing: Timing | None = None
    folded: int = 0


def encode(card: Scorecard) -> bytes:
    """The scorecard as one line of JSON."""
    counts = card.counts
    saved = _Saved(
        format=FORMAT,
        mention_cells=MENTION_CELLS,
        field_cells=FIELD_CELLS,
        signature=card.signature,
        documents=counts.names,
        mentions=_columns(counts.mentions),
        fields=_columns(counts.fields),
        pooled_mentions=counts.mentions.pooled,
        pooled_fields=counts.fields.pooled,
        verdicts=list(card.verdicts),
        verdicts_most=card.verdicts_most,
        verdicts_total=card.verdicts_total,
        taken=sorted((*pair, count) for pair, count in card.taken.items()),
        groundings=sorted((*one, count) for one, count in card.groundings.items()),
        not_predicted=card.not_predicted,
        unknown=card.unknown,
        faults=card.faults,
        optional=card.optional,
        timing=card.timing,
        folded=counts.folded,
    )
    return msgspec.json.encode(saved) + b"\n"


def load_card(path: str | os.PathLike[str]) -> Scorecard:
    """A scorecard that `Scorecard.save` wrote."""
    data = read_bytes(path)
    try:
        version = msgspec.json.decode(data, type=_Version)
        if version.format == FORMAT:
            return _card(msgspec.json.decode(data, type=_Saved))
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        hint = "give a file that `toolkit score -o` wrote"
        raise DataError(Problem(str(path), f"is no scorecard: {error}", hint)) from None
    what = f"is a scorecard of format {version.format} from toolkit {version.signature.toolkit}"
    raise DataError(Problem(str(path), what, "score the predictions again"))


class _Toolkit(msgspec.Struct):
    toolkit: str


class _Version(msgspec.Struct):
    format: int
    signature: _Toolkit


def _card(saved: _Saved) -> Scorecard:
    counts = Counts()
    counts.names, counts.folded = saved.documents, saved.folded
    for column in saved.mentions:
        _restore(counts.mentions, column.key[0], column)
    for column in saved.fields:
        _restore(counts.fields, (column.key[0], column.key[1]), column)
    counts.mentions.pooled, counts.fields.pooled = saved.pooled_mentions, saved.pooled_fields
    verdicts = Verdicts(
        saved.verdicts_most,
        saved.verdicts,
        saved.verdicts_total,
        groundings=Counter({row[:3]: row[3] for row in saved.groundings}),
    )
    return Scorecard(
        saved.signature,
        counts,
        verdicts,
        Counter({row[:4]: row[4] for row in saved.taken}),
        not_predicted=saved.not_predicted,
        unknown=saved.unknown,
        faults=saved.faults,
        optional=saved.optional,
        timing=saved.timing,
    )


def _columns(table: Table[Any]) -> list[_Column]:
    columns = []
    for key in sorted({*table.columns, *table.folded}):
        column = table.columns.get(key, Column())
        columns.append(
            _Column(
                (key,) if isinstance(key, str) else key,
                column.documents.tolist(),
                column.cells.tolist(),
                table.folded.get(key),
            )
        )
    return columns


def _restore(table: Table[Any], key: Any, saved: _Column) -> None:
    if saved.documents:
        table.columns[key] = Column(saved.documents, saved.cells)
    if saved.folded:
        table.folded[key] = saved.folded
