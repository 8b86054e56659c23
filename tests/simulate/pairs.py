"""How often two equally good systems are told apart, and two unequal ones."""

from functools import partial

import numpy as np
from simulate.worlds import WORLDS, draw

from toolkit.statistics.intervals import student
from toolkit.statistics.metrics import value
from toolkit.statistics.paired import (
    active_documents,
    compare_parts,
    difference_error,
    influences,
)
from toolkit.statistics.power import documents_needed, needed_range

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


def planned(world, loss, tests=1):
    """The drop of F1 that such a loss is, and how many documents are planned to find it."""
    one, other = worse(world, np.random.default_rng(9), 1, 200_000, loss)
    change = value(other[0].sum(axis=0), "f1") - value(one[0].sum(axis=0), "f1")
    error = difference_error(one[0], other[0], "f1")
    return -float(change), documents_needed(error, len(one[0]), -change, tests)


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


def from_pilot(world, documents, simulations, *, alone=False, loss=0.1, seed=1):
    """Plans made from pilots of so many documents, each then carried out once: the median of the
    documents planned, the share of drops found, and of ranges that hold what is truly needed.

    A pilot is the two versions themselves, or the first one `alone`.
    """
    rng = np.random.default_rng((seed, documents))
    drop, truly = planned(world, loss)
    plans, found, held = [], [], []
    for _ in range(simulations):
        one, other = (side[0] for side in worse(world, rng, 1, documents, loss))
        if alone:  # as `toolkit plan` reckons it: an equal that errs independently
            one, other = np.zeros_like(one), one
        error = (1 + alone) ** 0.5 * difference_error(one, other, "f1")
        plans.append(documents_needed(error, documents, drop))
        low, high = needed_range(plans[-1], influences(one, other, "f1"))
        held.append(low <= truly <= high)
        pair = worse(world, rng, 1, plans[-1], loss)
        found.append(compare_parts(*pair, ("f1",))[0][0].p_drop <= 0.05)
    return int(np.median(plans)), float(np.mean(found)), float(np.mean(held))


def pilot_table(simulations):
    """Rows of pilots: documents planned in the middle, the power of the plans, how often the range
    holds, in percent.
    """
    rows = []
    for world in ("common", "heavy tail"):
        for documents in DOCUMENTS[:2]:
            for alone, pilot in ((False, "both versions"), (True, "one alone")):
                median, power, held = from_pilot(WORLDS[world], documents, simulations, alone=alone)
                name = f"{world}, {documents} documents, {pilot}"
                held_shown = "–" if alone else f"{100 * held:.0f}"
                rows.append((name, str(median), f"{100 * power:.0f}", held_shown))
    return rows
