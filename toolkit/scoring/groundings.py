"""How the words of predicted mentions were found in the text, and what became of the mentions."""

from __future__ import annotations

from collections import Counter
from typing import TypeAlias

import numpy as np

from toolkit.model import Mention
from toolkit.scoring.alignment import Alignment, Tier
from toolkit.scoring.cells import Outcome

Groundings: TypeAlias = Counter[tuple[str, str, Outcome]]
"""How many predicted mentions by label, grounding and what they are, strictly."""

_OUTCOMES: dict[int, Outcome] = {
    Tier.EXACT: "correct",
    Tier.MATCHED: "partial",
    Tier.OVERLAPPING: "partial",
    Tier.RELABELLED: "incorrect",
    Tier.CROSSED: "incorrect",
}


def is_hallucinated(mention: Mention) -> bool:
    """Whether the mention says words that are not in the text."""
    return mention.grounding == "none"


def count_groundings(alignment: Alignment) -> Groundings:
    """The groundings of a batch; nothing where no mention has one."""
    mentions = alignment.predicted.mentions
    odd = np.flatnonzero(alignment.predicted.odd).tolist()
    grounded = [j for j in odd if mentions[j].grounding is not None]
    if not grounded:
        return Counter()
    pairs = alignment.pairs
    tiers = dict(zip(pairs.columns.tolist(), pairs.tier.tolist(), strict=True))
    return Counter(
        (mentions[j].label, str(mentions[j].grounding), _OUTCOMES.get(tiers.get(j, 0), "spurious"))
        for j in grounded
    )
