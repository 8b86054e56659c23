"""How often two equally good systems are told apart, and two unequal ones."""

from functools import partial

import numpy as np
from simulate.worlds import WORLDS, draw

from toolkit.statistics.intervals import student
from toolkit.statistics.metrics import value
from toolkit.statistics.paired import active_documents, compare_parts, difference_error
from toolkit.statistics.power import documents_needed

DOCUMENTS = (30, 100, 300)
BATCH = 100


def same(world, rng, simulations, documents):
    """Two systems that are equally good, document by document in the same distribution."""
    parts = draw(world, rng, (simulations, documents), systems=2)
    return parts[..., 0, :], parts[..., 1, :]


def few_differ(world, rng, simulations, documents):
    """Two systems that answer alike in all but 5 % of documents."""
    one, other = same(world, rng, simulations, documents)
    alike = rng.random((simulations, documents)) > 0.05
    return one, np.where(alike[..., None], one, other)


def worse(world, rng, simulations, documents, loss=0.05):
    """The second system is as good, but a share of what it found is lost."""
    one, other = same(world, rng, simulations, documents)
    other = other.copy()
    lost = rng.binomial(other[..., 0], loss)
    for part in (0, 2, 3):
        other[..., part] -= lost
    return one, other


def told_apart(pairs, world, documents, simulations, *, drop=False, seed=1, level=0.05):
    """The share of pairs of systems that the test tells apart in F1, two-sided or as a drop."""
    rng = np.random.default_rng((seed, documents))
    found = []
    for start in range(0, simulations, BATCH):
        pair = pairs(world, rng, min(BATCH, simulations - start), documents)
        for (each,) in compare_parts(*pair, ("f1",)):
            found.append((each.p_drop if drop else each.p) <= level)
    return float(np.mean(found))


def holds(pairs, world, documents, simulations, seed=1):
    """The share of intervals of the difference in F1 that hold its truth, which is none."""
    rng = np.random.default_rng((seed, documents))
    found = []
    for one, other in zip(*pairs(world, rng, simulations, documents), strict=True):
        change = value(other.sum(axis=0), "f1") - value(one.sum(axis=0), "f1")
        error = difference_error(one, other, "f1")
        if not np.isnan(change):
            half = student(active_documents(one, other)) * error
            found.append(abs(change) <= half)
    return float(np.mean(found))


def planned(world, loss):
    """The drop of F1 that such a loss is, and how many documents are planned to find it."""
    one, other = worse(world, np.random.default_rng(9), 1, 200_000, loss)
    change = value(other[0].sum(axis=0), "f1") - value(one[0].sum(axis=0), "f1")
    error = difference_error(one[0], other[0], "f1")
    return -float(change), documents_needed(error, len(one[0]), -change)


PAIRS = {
    "equally good, common": (same, WORLDS["common"]),
    "equally good, heavy tail": (same, WORLDS["heavy tail"]),
    "equally good, near ceiling": (same, WORLDS["near ceiling"]),
    "equally good, rare field": (same, WORLDS["rare field"]),
    "equally good, 5 % of documents differ": (few_differ, WORLDS["heavy tail"]),
}

LOSSES = (0.1, 0.05)


def table(simulations):
    """Rows of pairs: how often they are told apart, and how often the interval of the difference
    holds the truth, in percent.
    """
    rows = []
    for name, of in PAIRS.items():
        shares = ([share(*of, n, simulations) for n in DOCUMENTS] for share in (told_apart, holds))
        rows.append((name, *([f"{100 * each:.1f}" for each in cell] for cell in shares)))
    return rows


def plans(simulations):
    """For losses in the common world: the drop, the documents planned for 80 % power, the power."""
    rows = []
    for loss in LOSSES:
        drop, documents = planned(WORLDS["common"], loss)
        pairs = partial(worse, loss=loss)
        power = told_apart(pairs, WORLDS["common"], documents, simulations, drop=True)
        rows.append((f"{100 * drop:.1f}", str(documents), f"{100 * power:.0f}"))
    return rows
