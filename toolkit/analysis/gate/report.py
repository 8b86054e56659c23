"""What a gate leaves: every check, the status, and the exit code."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from toolkit.analysis.gate.broken import Blown, Broken, Pinned
from toolkit.analysis.gate.policy import Policy
from toolkit.analysis.gate.verdicts import Check, FloorCheck
from toolkit.scoring.signature import Signature

Status: TypeAlias = Literal["pass", "inconclusive", "regression", "incomplete"]

PASS, REGRESSION, NOT_COMPARABLE, INCONCLUSIVE = 0, 1, 3, 4
"""Exit codes; 2 is usage or bad input, as everywhere."""


class Change(NamedTuple):
    """How a figure moved since the baseline was accepted, in its parts: other predictions, another
    gold, another scorer or schema. They add up to `total`.
    """

    figure: str
    metric: str
    accepted: float
    now: float
    extractor: float
    gold: float
    scorer: float

    @property
    def total(self) -> float:
        """All of the change."""
        return self.now - self.accepted


class GateReport(NamedTuple):
    """A gate's judgement; `incomplete` says what is missing, `changes` is there when asked for."""

    signature: Signature
    policy: Policy
    documents: int
    runs: int
    baseline_runs: int
    checks: list[Check]
    floors: list[FloorCheck]
    pinned: list[Pinned]
    blown_up: list[Blown]
    broken: list[Broken]
    mended: list[Broken]
    incomplete: tuple[str, ...]
    notices: tuple[str, ...]
    changes: tuple[Change, ...] = ()

    @property
    def status(self) -> Status:
        """The judgement over all checks; what is incomplete is never a pass."""
        if self.incomplete:
            return "incomplete"
        verdicts = {check.verdict for check in self.checks}
        verdicts |= {floor.verdict for floor in self.floors}
        if "regression" in verdicts or self.blown_up or any(each.failed for each in self.pinned):
            return "regression"
        judged = verdicts & {"pass", "inconclusive"}
        return "inconclusive" if "inconclusive" in judged or not judged else "pass"

    def exit_code(self, *, require_evidence: bool = False) -> int:
        """0 passed, 1 regression, 3 incomplete; inconclusive is 4 where evidence is required and 0
        otherwise.
        """
        codes = {"pass": PASS, "regression": REGRESSION, "incomplete": NOT_COMPARABLE}
        return codes.get(self.status, INCONCLUSIVE if require_evidence else PASS)
