"""How often the gate, and naive ones, are red: where nothing changed, and where something did."""

import numpy as np
from simulate.pairs import planned, same, worse
from simulate.worlds import WORLDS

from toolkit.analysis.gate.policy import Policy
from toolkit.analysis.gate.verdicts import judge
from toolkit.analysis.parts import Name

DOCUMENTS = (30, 100, 300)
FIGURES = [Name("label", f"field {k}", "end_to_end") for k in range(8)]
STRICT = Policy(tolerance=0.0)


def reds(pairs, world, documents, simulations, seed=1):
    """The share of gates over eight fields, in three metrics each, that are red: without tolerance,
    with the default one; and of naive ones: any test uncorrected, any drop over two points.
    """
    rng = np.random.default_rng((seed, documents))
    red = np.zeros(4)
    for _ in range(simulations):
        checks = judge(FIGURES, *pairs(world, rng, len(FIGURES), documents), STRICT)
        found = [check for check in checks if check.verdict == "regression"]
        red += (
            bool(found),
            any(check.difference <= -Policy().tolerance for check in found),
            any((check.p or 1) <= 0.05 for check in checks),
            any((check.difference or 0) < -0.02 for check in checks),
        )
    return red / simulations


def one_field_worse(world, rng, fields, documents):
    """One field of all loses a tenth of what was found, about five points of F1."""
    one, other = same(world, rng, fields, documents)
    one[0], other[0] = (each[0] for each in worse(world, rng, 1, documents, loss=0.1))
    return one, other


GATES = (
    "the gate, tolerance 0",
    "the gate, tolerance 2 (default)",
    "any test, uncorrected",
    "any drop over 2 points",
)


def table(simulations):
    """A row for each gate: how often it is red with no real change, in percent."""
    rows = {gate: {} for gate in GATES}
    for name in ("common", "heavy tail", "rare field"):
        for documents in DOCUMENTS:
            shares = reds(same, WORLDS[name], documents, simulations)
            for gate, share in zip(GATES, shares, strict=True):
                rows[gate].setdefault(name, []).append(f"{100 * share:.1f}")
    return rows


def power(simulations):
    """How often the gate is red where one field of eight lost five points, in percent."""
    found = (reds(one_field_worse, WORLDS["common"], n, simulations)[1] for n in DOCUMENTS)
    return [f"{100 * share:.1f}" for share in found]


def planned_power(simulations):
    """The documents planned for the gate over all its figures to find the field that lost five
    points, with Holm's first step, and how often it then does, in percent.
    """
    _, documents = planned(WORLDS["common"], 0.1, tests=len(FIGURES) * len(STRICT.metrics))
    share = reds(one_field_worse, WORLDS["common"], documents, simulations)[1]
    return documents, f"{100 * share:.0f}"
