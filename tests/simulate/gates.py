"""How often the gate, and naive ones, are red: where nothing changed, and where something did."""

import numpy as np
from simulate.pairs import same, worse
from simulate.worlds import WORLDS

from toolkit.analysis.gate.policy import Policy
from toolkit.analysis.gate.verdicts import judge
from toolkit.analysis.parts import Name

DOCUMENTS = (30, 100, 300)
FIGURES = [Name("label", f"field {k}", "end_to_end") for k in range(8)]
STRICT = Policy(tolerance=0.0)


def reds(pairs, world, documents, simulations, policy, seed=1):
    """The share of gates over eight fields, in three metrics each, that are red; and what shares of
    naive ones are: any test uncorrected, any drop over two points.
    """
    rng = np.random.default_rng((seed, documents))
    red = np.zeros(3)
    for _ in range(simulations):
        one, other = pairs(world, rng, len(FIGURES), documents)
        checks = judge(FIGURES, one, other, policy)
        red += (
            any(check.verdict == "regression" for check in checks),
            any((check.p or 1) <= 0.05 for check in checks),
            any((check.difference or 0) < -0.02 for check in checks),
        )
    return red / simulations


def one_field_worse(world, rng, fields, documents):
    """One field of all loses a tenth of what was found, about five points of F1."""
    one, other = same(world, rng, fields, documents)
    one[0], other[0] = (each[0] for each in worse(world, rng, 1, documents, loss=0.1))
    return one, other


def table(simulations):
    """Rows of percentages: the gate without tolerance, with the default one, and naive gates."""
    rows = {}
    for name in ("common", "heavy tail", "rare field"):
        for documents in DOCUMENTS:
            strict = reds(same, WORLDS[name], documents, simulations, STRICT)
            usual = reds(same, WORLDS[name], documents, simulations, Policy())
            for row, share in zip(
                ("the gate, tolerance 0", "any test, uncorrected", "any drop over 2 points"),
                strict,
                strict=True,
            ):
                rows.setdefault(row, {}).setdefault(name, []).append(_percent(share))
            rows.setdefault("the gate, tolerance 2", {}).setdefault(name, []).append(
                _percent(usual[0])
            )
    return rows


def power(simulations):
    """How often the gate is red where one field of eight lost five points."""
    world = WORLDS["common"]
    found = (reds(one_field_worse, world, n, simulations, Policy())[0] for n in DOCUMENTS)
    return [_percent(share) for share in found]


def _percent(share):
    return f"{100 * share:.1f}"
