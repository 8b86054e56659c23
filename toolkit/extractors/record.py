"""What is known of a finished run: `PRED.run.json`, beside the predictions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from toolkit.errors import DataError, Problem
from toolkit.extractors.journal import Made
from toolkit.extractors.running import Outcome
from toolkit.files import read_bytes, write_text
from toolkit.scoring.timing import Latency


class Row(msgspec.Struct, frozen=True, omit_defaults=True):
    """One document of a run. One with an `error` failed and has no line in the predictions."""

    id: str
    seconds: float
    error: str | None = None
    attempts: int = 1
    meta: dict[str, Any] = {}


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """A run of an extractor over documents.

    `cost` and `tokens` are sums over what the answers said in their `meta`, those of failed
    documents included; `None` and empty where they said nothing. `seconds` is the time on the clock
    since the run began or was last resumed.
    """

    made: Made
    toolkit: str
    started: str
    seconds: float
    jobs: int
    resumed: int
    latency: Latency | None
    cost: float | None
    tokens: dict[str, int]
    documents: tuple[Row, ...]

    @property
    def failed(self) -> tuple[Row, ...]:
        """The documents that have no prediction, each with its error."""
        return tuple(row for row in self.documents if row.error is not None)

    @property
    def summary(self) -> str:
        """A line for a person: how many failed, how long documents took, what they cost."""
        said = [f"{len(self.failed)} of {len(self.documents)} documents failed"]
        if self.resumed:
            said.append(f"{self.resumed} answered by an earlier run")
        if self.latency:
            one = self.latency
            said.append(
                f"seconds a document: median {one.median:.3g}, 95 % {one.p95:.3g}, "
                f"longest {one.longest:.3g}"
            )
        said += [f"{number} {kind} tokens" for kind, number in self.tokens.items()]
        if self.cost is not None:
            said.append(f"cost {self.cost:.6g}")
        return "; ".join(said)


def rows(outcomes: Sequence[Outcome]) -> tuple[Row, ...]:
    """Outcomes without the mentions."""
    return tuple(
        Row(one.id, round(one.seconds, 6), one.error, one.attempts, one.meta) for one in outcomes
    )


def cost(outcomes: Sequence[Outcome]) -> float | None:
    """The sum of what documents cost, in the money that the extractor counts in."""
    costs = [one.meta["cost"] for one in outcomes if _is_number(one.meta.get("cost"))]
    return round(sum(costs), 9) if costs else None


def tokens(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """Tokens of each kind."""
    found: Counter[str] = Counter()
    for one in outcomes:
        counts = one.meta.get("tokens")
        if isinstance(counts, dict):
            found.update({kind: n for kind, n in counts.items() if type(n) is int})
    return dict(found)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def write_run(run: Run, path: Path) -> None:
    """Write the record, a document a line."""
    head = msgspec.to_builtins(run)
    lines = ",\n".join("    " + msgspec.json.encode(row).decode() for row in head.pop("documents"))
    start = "".join(f'  "{key}": {msgspec.json.encode(v).decode()},\n' for key, v in head.items())
    write_text(path, f'{{\n{start}  "documents": [\n{lines}\n  ]\n}}\n')


def read_run(path: Path) -> Run:
    """The record of an earlier run."""
    try:
        return msgspec.json.decode(read_bytes(path), type=Run)
    except msgspec.DecodeError as error:
        raise DataError(Problem(str(path), f"is no record of a run: {error}")) from None
