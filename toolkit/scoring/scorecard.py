"""What scoring leaves: counts for each document, the verdicts that are not correct, and a
signature.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from toolkit.errors import DataError, MismatchError, Problem, did_you_mean
from toolkit.files import replacing
from toolkit.scoring.cells import EXACT, MATCHED, MISSING, OVERLAPPING, SPURIOUS, Confusion
from toolkit.scoring.counts import Counts, Totals
from toolkit.scoring.groundings import Groundings
from toolkit.scoring.signature import Signature, combine_fingerprints
from toolkit.scoring.timing import Timing
from toolkit.scoring.verdicts import Verdict, Verdicts
from toolkit.scoring.views import MICRO, Row, table

if TYPE_CHECKING:
    import pandas as pd


class Scorecard:
    """Everything that a report, an interval or a test needs; nothing after it scores again.

    `counts` holds the cells of each document. `not_predicted` are gold documents that had no
    prediction and count as empty; `unknown` are predicted documents that the gold does not have,
    which are not counted. `faults` says how often predictions break the schema: a value that it
    does not know is counted as wrong, a field that it does not know is not counted. `optional` is
    the number of optional gold mentions that were not found, which are not counted either.
    `timing` is how long the predictions took to make, where the record of that stands beside them;
    scorecards that are added up do not keep it.
    """

    def __init__(
        self,
        signature: Signature,
        counts: Counts,
        verdicts: Verdicts,
        taken: Confusion,
        *,
        not_predicted: Iterable[str] = (),
        unknown: Iterable[str] = (),
        faults: dict[str, int] | None = None,
        optional: int = 0,
        timing: Timing | None = None,
    ) -> None:
        self.signature = signature
        self.counts = counts
        self.taken = taken
        self.not_predicted = tuple(sorted(not_predicted))
        self.unknown = tuple(sorted(unknown))
        self.faults = dict(sorted((faults or {}).items()))
        self.optional = optional
        self.timing = timing
        self._verdicts = verdicts

    def __add__(self, other: Scorecard) -> Scorecard:
        """The scorecard of both sets of documents; the order of adding does not matter."""
        return add_up([self, other])

    def __eq__(self, other: object) -> bool:
        from toolkit.scoring.saved import encode

        return isinstance(other, Scorecard) and encode(self) == encode(other)

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        from toolkit.rendering.terminal import render_tables

        return render_tables(self)

    def __repr__(self) -> str:
        totals = self.totals()
        shown = [row for row in table(totals) if (row.label, row.view) == (MICRO, "overlap")]
        f1 = f"{100 * shown[0].f1:.1f}" if shown and shown[0].f1 is not None else "undefined"
        labels = ", ".join(totals.mentions) or "none"
        return f"<Scorecard: documents {self.documents}, labels {labels}, micro overlap F1 {f1}>"

    @property
    def documents(self) -> int:
        """How many documents were scored."""
        return len(self.counts)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What is not correct, by document and place; a sample where documents are not kept."""
        return tuple(self._verdicts.rows())

    @property
    def verdicts_most(self) -> int | None:
        """How many verdicts are kept, where not all are."""
        return self._verdicts.most

    @property
    def verdicts_total(self) -> int:
        """How many verdicts there are, whether or not all are kept."""
        self._verdicts.rows()
        return self._verdicts.total

    @property
    def groundings(self) -> Groundings:
        """How many predicted mentions, by label, by how their words were found in the text
        (`Mention.grounding`) and by what they are; empty where predictions came with offsets.
        """
        return self._verdicts.groundings()

    @property
    def confusion(self) -> list[tuple[str, str, str, str, int]]:
        """Label, field, gold, predicted and count: of labels (`field` is empty, an empty name is no
        mention) and of choice values, right ones included.
        """
        counts = self.taken.copy()
        for label, cells in self.totals().mentions.items():
            counts["", "", label, label] += cells[EXACT] + cells[MATCHED] + cells[OVERLAPPING]
            counts["", "", label, ""] += cells[MISSING]
            counts["", "", "", label] += cells[SPURIOUS]
        return sorted((*pair, count) for pair, count in counts.items() if count)

    @property
    def rows(self) -> list[Row]:
        """The table: a row for each label, field and view, then micro and macro."""
        return table(self.totals())

    def errors(self, label: str | None = None, field: str | None = None) -> Iterator[Verdict]:
        """Verdicts that are not correct: all, those of a label, or those of one field.

        Raises `DataError` for a label that neither the schema nor the documents have, and for a
        field of which no value was scored.
        """
        totals = self.totals()
        labels = totals.mentions.keys() | self.signature.match.keys()
        if label is not None and label not in labels:
            hint = did_you_mean(label, labels)
            raise DataError(Problem("errors", f"no label {label!r} was scored", hint))
        fields = {name for owner, name in totals.fields if label in (None, owner)}
        empty = label is not None and label not in totals.mentions
        if field is not None and field not in fields and not empty:
            of = f" of {label}" if label else ""
            hint = did_you_mean(field, fields)
            raise DataError(Problem("errors", f"no field {field!r}{of} was scored", hint))
        return (
            verdict
            for verdict in self.verdicts
            if label in (None, verdict.label) and field in (None, verdict.field)
        )

    def let_go(self) -> None:
        """Hold none of the documents that were scored in memory."""
        self._verdicts.let_go()

    def totals(self) -> Totals:
        """The counts of all documents added up."""
        return self.counts.totals()

    def to_frame(self) -> pd.DataFrame:
        """The table with its intervals as a pandas data frame, a row for each label, field and
        view.
        """
        import pandas as pd

        from toolkit.analysis.figures import figures

        return pd.DataFrame([figure.columns() for figure in figures(self)])

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the scorecard as JSON, whole or not at all."""
        from toolkit.scoring.saved import encode

        with replacing(path) as file:
            file.write(encode(self))


def add_up(cards: Iterable[Scorecard]) -> Scorecard:
    """The scorecard of the documents of all; the order does not matter.

    Raises `MismatchError` for cards of different schemas or versions, and for documents that stand
    in two of them; folded documents have no name by which to tell.
    """
    cards = list(cards)
    first = cards[0].signature
    counts, verdicts = Counts(), Verdicts(cards[0]._verdicts.most)
    taken: Confusion = Counter()
    faults: Counter[str] = Counter()
    gold = "0"
    for card in cards:
        if msgspec.structs.replace(card.signature, gold=first.gold) != first:
            what = f"signatures differ: {first} and {card.signature}"
            raise MismatchError(
                Problem("scorecards", what, "score both with one schema and version")
            )
        gold = combine_fingerprints(gold, card.signature.gold)
        counts.extend(card.counts)
        verdicts.extend(card._verdicts)
        taken.update(card.taken)
        faults.update(card.faults)
    twice = sorted(name for name, times in Counter(counts.names).items() if times > 1)
    if twice:
        what = "documents scored in both: " + ", ".join(twice)
        raise MismatchError(Problem("scorecards", what, "add up scorecards of disjoint documents"))
    return Scorecard(
        msgspec.structs.replace(first, gold=gold),
        counts.in_order(),
        verdicts,
        taken,
        not_predicted={name for card in cards for name in card.not_predicted},
        unknown={name for card in cards for name in card.unknown},
        faults=faults,
        optional=sum(card.optional for card in cards),
    )
