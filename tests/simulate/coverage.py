"""How often an interval holds the truth: 95 % is promised."""

import numpy as np
from scipy.special import ndtri
from simulate.worlds import WORLDS, draw, truth

from toolkit.statistics.intervals import interval
from toolkit.statistics.means import distances, mean_interval, shares
from toolkit.statistics.metrics import METRICS, slope, value
from toolkit.statistics.parts import Moments, moments

DOCUMENTS = (30, 100, 500)
MIXED = ("common", "heavy tail", "near ceiling", "rare field")
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


def mean_coverage(documents, simulations, seed=1):
    """The same of the mean F1 over a label of each of `MIXED`, in the same documents."""
    rng = np.random.default_rng((seed, documents))
    worlds = [WORLDS[name] for name in MIXED]
    expected = np.mean([value(truth(world).astype(float), "f1") for world in worlds])
    hits = []
    for _ in range(simulations):
        parts = np.stack([draw(world, rng, (documents,))[:, 0] for world in worlds])
        whole = moments(parts)
        estimates = value(whole.sums, "f1")
        away = distances(estimates, interval(whole, "f1"))
        influences = np.einsum("kdp,kp->kd", parts, slope(whole.sums, "f1"))
        enlarged = np.sqrt(documents / (documents - 1))
        errors = np.sqrt(np.square(influences).sum(axis=1)) * enlarged
        shared = np.square(shares(away, errors) @ influences * enlarged).sum(axis=1)
        low, high = mean_interval(estimates, away, errors, shared)
        if not np.isnan(low):
            hits.append(low <= expected <= high)
    return float(np.mean(hits))


def table(simulations):
    """A row for each metric: its coverage in percent in each world, at each number of documents."""
    rows = {}
    for name, world in WORLDS.items():
        for documents in DOCUMENTS:
            for metric, share in coverage(world, documents, simulations).items():
                rows.setdefault(metric, {}).setdefault(name, []).append(f"{100 * share:.1f}")
    return rows
