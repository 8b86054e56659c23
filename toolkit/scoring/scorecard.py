"""What scoring leaves: counts for each document, the verdicts that are not correct, and a
signature.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from toolkit.errors import DataError, MismatchError, Problem
from toolkit.files import read_bytes, replacing
from toolkit.scoring.counts import FIELD_CELLS, MENTION_CELLS, DocumentCounts, Outcome, total
from toolkit.scoring.views import Row, table
from toolkit.spans import Place

if TYPE_CHECKING:
    import pandas as pd

FORMAT = 1
"""The version of the scorecard's file format."""

Kind = Literal["", "label", "boundary", "label+boundary", "missed", "spurious", "unmatched"]
"""Which error of a mention it is; each is counted once. `unmatched` marks a field value whose
mention has no match.
"""


class Verdict(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One mention or field value that is not correct.

    `label` is the gold label (the predicted one for what is spurious), `field` is `None` for the
    mention itself. `gold` and `predicted` are field values, or a mention's words where the text is
    known. `context` is the text around it.
    """

    document: str
    label: str
    field: str | None
    outcome: Outcome
    kind: Kind = ""
    gold: Any = None
    predicted: Any = None
    gold_id: str | None = None
    predicted_id: str | None = None
    gold_place: Place = ()
    predicted_place: Place = ()
    predicted_label: str | None = None
    context: str = ""


class Signature(msgspec.Struct, frozen=True):
    """What a score depends on. Two scorecards with one signature but for `gold` can be added up.

    `gold` is a fingerprint of the gold documents scored; those of disjoint sets combine into that
    of their union.
    """

    toolkit: str
    schema: str
    schema_version: str
    schema_fingerprint: str
    gold: str
    match: dict[str, str]
    partial_credit: float = 0.5
    averaging: str = "micro over documents; macro over labels with support"

    def __str__(self) -> str:
        match = ",".join(f"{label}={rule}" for label, rule in sorted(self.match.items()))
        schema = f"{self.schema}@{self.schema_version}#{self.schema_fingerprint}"
        return f"toolkit:{self.toolkit}|schema:{schema}|gold:{self.gold}|match:{match or 'overlap'}"


class Scorecard(msgspec.Struct, frozen=True, omit_defaults=True):
    """Everything that a report, an interval or a test needs; nothing after it scores again.

    `documents` holds counts by document id. `confusion` counts pairs of labels (`field` empty) and
    of choice values, right ones included. `not_predicted` are gold documents that had no prediction
    and count as empty; `unknown` are predicted documents that the gold does not have, which are not
    counted. `faults` says how often predictions break the schema: a value that it does not know is
    counted as wrong, a field that it does not know is not counted.
    """

    signature: Signature
    documents: dict[str, DocumentCounts]
    verdicts: tuple[Verdict, ...] = ()
    confusion: tuple[tuple[str, str, str, str, int], ...] = ()
    not_predicted: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    faults: tuple[tuple[str, int], ...] = ()
    format: int = FORMAT
    mention_cells: tuple[str, ...] = MENTION_CELLS
    field_cells: tuple[str, ...] = FIELD_CELLS

    def __add__(self, other: Scorecard) -> Scorecard:
        """The scorecard of both sets of documents; the order of adding does not matter."""
        mine = msgspec.structs.replace(self.signature, gold="")
        if mine != msgspec.structs.replace(other.signature, gold=""):
            what = f"signatures differ: {self.signature} and {other.signature}"
            raise MismatchError(
                Problem("scorecards", what, "score both with one schema and version")
            )
        twice = sorted(self.documents.keys() & other.documents.keys())
        if twice:
            what = "documents scored in both: " + ", ".join(twice)
            raise MismatchError(
                Problem("scorecards", what, "add up scorecards of disjoint documents")
            )
        gold = combine_fingerprints(self.signature.gold, other.signature.gold)
        confusion = Counter({tuple(row[:4]): row[4] for row in self.confusion})
        confusion.update({tuple(row[:4]): row[4] for row in other.confusion})
        return Scorecard(
            signature=msgspec.structs.replace(self.signature, gold=gold),
            documents=dict(sorted((self.documents | other.documents).items())),
            verdicts=tuple(sorted((*self.verdicts, *other.verdicts), key=verdict_order)),
            confusion=confusion_rows(confusion),
            not_predicted=tuple(sorted({*self.not_predicted, *other.not_predicted})),
            unknown=tuple(sorted({*self.unknown, *other.unknown})),
            faults=tuple(
                sorted((Counter(dict(self.faults)) + Counter(dict(other.faults))).items())
            ),
        )

    def __str__(self) -> str:
        from toolkit.rendering.terminal import render_tables

        return render_tables(self)

    @property
    def rows(self) -> list[Row]:
        """The table: a row for each label, field and view, then micro and macro."""
        return table(self.totals())

    def errors(self, label: str | None = None, field: str | None = None) -> Iterator[Verdict]:
        """Verdicts that are not correct: all, those of a label, or those of one field."""
        for verdict in self.verdicts:
            if label in (None, verdict.label) and field in (None, verdict.field):
                yield verdict

    def totals(self) -> DocumentCounts:
        """The counts of all documents added up."""
        return total(self.documents.values())

    def to_frame(self) -> pd.DataFrame:
        """The table as a pandas data frame, a row for each label, field and view."""
        import pandas as pd

        return pd.DataFrame([row._asdict() for row in self.rows])

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the scorecard as JSON, whole or not at all."""
        with replacing(path) as file:
            file.write(msgspec.json.encode(self) + b"\n")


def load_card(path: str | os.PathLike[str]) -> Scorecard:
    """A scorecard that `Scorecard.save` wrote."""
    data = read_bytes(path)
    try:
        card = msgspec.json.decode(data, type=Scorecard)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        hint = "give a file that `toolkit score -o` wrote"
        raise DataError(Problem(str(path), f"is no scorecard: {error}", hint)) from None
    if (card.format, card.mention_cells, card.field_cells) != (FORMAT, MENTION_CELLS, FIELD_CELLS):
        what = f"is a scorecard of format {card.format} from toolkit {card.signature.toolkit}"
        raise DataError(Problem(str(path), what, "score the predictions again"))
    return card


def combine_fingerprints(one: str, other: str) -> str:
    """The fingerprint of two disjoint sets of documents; the order does not matter."""
    return f"{(int(one, 16) + int(other, 16)) % 2**64:016x}"


def confusion_rows(counts: Counter[Any]) -> tuple[tuple[str, str, str, str, int], ...]:
    """Label, field (empty for labels), gold, predicted and count, in order."""
    return tuple(sorted((*pair, count) for pair, count in counts.items()))


def verdict_order(verdict: Verdict) -> tuple[object, ...]:
    """Orders verdicts by document and place, whatever the order they were found in."""
    return (
        verdict.document,
        verdict.gold_place or verdict.predicted_place,
        verdict.label,
        verdict.field or "",
        verdict.outcome,
        repr(verdict.gold),
        repr(verdict.predicted),
        verdict.gold_id or "",
        verdict.predicted_id or "",
    )
