"""Made-up worlds: documents whose counts are drawn from known distributions.

A document has a size and, for each system, a quality of its own, so that items of one document
resemble each other, as they do in real outputs.
"""

from typing import NamedTuple

import numpy as np


class World(NamedTuple):
    """Gold items a document: `present` of them have any, 1 + a log-normal with `median` and `tail`.

    `recall` is the median chance of an item to be found and `spread` the standard deviation of its
    logit between documents; `noise` is the mean of spurious items for each gold item (and for a
    tenth of one more), gamma-distributed with the same spread.
    """

    median: float
    tail: float
    recall: float
    spread: float
    noise: float
    present: float = 1.0


WORLDS = {
    "common": World(median=6, tail=0.7, recall=0.8, spread=0.8, noise=0.2),
    "heavy tail": World(median=6, tail=1.0, recall=0.8, spread=1.0, noise=0.2),
    "very heavy tail": World(median=4, tail=1.6, recall=0.8, spread=1.0, noise=0.2),
    "near ceiling": World(median=12, tail=0.8, recall=0.982, spread=0.8, noise=0.025),
    "rare field": World(median=1.2, tail=0.6, recall=0.7, spread=0.8, noise=0.3, present=0.15),
}


def draw(world, rng, shape, systems=1):
    """Counts (*shape, systems, 4): credit and items of gold, credit and items of predictions.

    The last axis of `shape` is documents; the systems are equally good, independent given the gold.
    """
    size = np.floor(world.median * np.exp(world.tail * rng.standard_normal(shape))) + 1
    gold = np.where(rng.random(shape) < world.present, size, 0).astype(np.int64)[..., None]
    of_systems = (*shape, systems)
    logit = np.log(world.recall / (1 - world.recall))
    chance = 1 / (1 + np.exp(-logit - world.spread * rng.standard_normal(of_systems)))
    right = rng.binomial(gold, chance)
    rate = rng.gamma(1 / world.spread**2, world.spread**2, of_systems)
    spurious = rng.poisson(world.noise * (gold + 0.1) * rate)
    return np.stack(np.broadcast_arrays(right, gold, right, right + spurious), axis=-1)


def truth(world):
    """What F1, precision and recall are over infinitely many documents: sums of a large draw."""
    rng = np.random.default_rng(1)
    return sum(draw(world, rng, (1_000_000,)).sum(axis=0)[0] for _ in range(8))
