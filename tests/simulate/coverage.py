"""How often an interval holds the truth: 95 % is promised."""

import numpy as np
from scipy.special import ndtri
from simulate.worlds import WORLDS, draw, truth

from toolkit.statistics.intervals import interval
from toolkit.statistics.metrics import METRICS, value
from toolkit.statistics.parts import Moments, moments

DOCUMENTS = (30, 100, 500)
BATCH = 250


def coverage(world, documents, simulations, seed=1):
    """Of each metric the share of intervals that hold the truth, where there is one, and the same
    of Wilson's interval that takes items for independent.
    """
    rng = np.random.default_rng((seed, documents))
    true_sums = truth(world).astype(float)
    found = [
        moments(draw(world, rng, (min(BATCH, simulations - start), documents))[:, :, 0])
        for start in range(0, simulations, BATCH)
    ]
    sums = np.concatenate([each.sums for each in found])
    whole = Moments(documents, sums, np.concatenate([each.products for each in found]))
    shares = {}
    for metric in METRICS:
        expected = value(true_sums, metric)
        low, high = interval(whole, metric)
        told = ~np.isnan(low)
        shares[metric] = float(((low <= expected) & (expected <= high))[told].mean())
    low, high = _pooled(whole.sums)
    expected = value(true_sums, "recall")
    told = ~np.isnan(low)
    shares["recall, items taken as independent"] = float(
        ((low <= expected) & (expected <= high))[told].mean()
    )
    return shares


def _pooled(sums):
    """Wilson's interval of recall on the number of items."""
    z = ndtri(0.975)
    n = np.where(sums[:, 1] > 0, sums[:, 1], np.nan)
    share = sums[:, 0] / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2))
    return middle - half, middle + half


def table(simulations):
    """A row for each metric: its coverage in percent in each world, at each number of documents."""
    rows = {}
    for name, world in WORLDS.items():
        for documents in DOCUMENTS:
            for metric, share in coverage(world, documents, simulations).items():
                rows.setdefault(metric, {}).setdefault(name, []).append(f"{100 * share:.1f}")
    return rows
