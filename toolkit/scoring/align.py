"""One alignment of a document's gold and predicted mentions; every number is read off it.

One to one and globally optimal by this order of objectives: most pairs of tier 1, then of tier 2,
and so on, then the greatest overlap within tier 2 (IoU in millionths), then within tier 3, and so
on, then the most agreeing field values. Remaining ties go by content, so no result depends on the
order of the input, on ids, or on which side is called gold.

Records, which have no place or whose label says `match: none`, pair with records of their own label
by their fields: those that agree in full first (EXACT), then the most agreeing values (MATCHED). A
gold mention with alternatives is taken at whichever of its places serves the objectives best.

What has the same label and place is paired here, by hashing; `tangle` pairs the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter, itemgetter
from typing import TypeAlias

from toolkit.model import Mention
from toolkit.scoring.alignment import Alignment, Tier
from toolkit.scoring.plan import Plan
from toolkit.scoring.tangle import Sides, pair_copies, untangle

Key: TypeAlias = tuple[str, int | None, int | None]

_key = attrgetter("label", "start", "end")
_start = itemgetter(1)
_alternatives = attrgetter("alternatives")


def align(gold: Sequence[Mention], predicted: Sequence[Mention], plan: Plan) -> Alignment:
    """Align one document's mentions by the rules of `plan`."""
    sides = Sides(gold, predicted, plan)
    keys, their_keys = list(map(_key, gold)), list(map(_key, predicted))
    ours: dict[Key, Mention] = dict(zip(keys, gold, strict=True))
    copied = len(ours) < len(gold) or len(set(their_keys)) < len(predicted)
    if copied or plan.records or None in map(_start, keys) or any(map(_alternatives, gold)):
        exact, missing, spurious = _exact_copies(sides)
    else:
        exact, spurious = [], []
        for key, mention in zip(their_keys, predicted, strict=True):
            same = ours.pop(key, None)
            if same is None:
                spurious.append(mention)
            else:
                exact.append((same, mention))
        missing = list(ours.values())
    if not (missing and spurious):
        return Alignment(exact, [], missing, spurious)
    found = untangle(missing, spurious, sides)
    return Alignment(
        exact + [(pair.gold, pair.predicted) for pair in found if pair.tier == Tier.EXACT],
        [pair for pair in found if pair.tier != Tier.EXACT],
        _without(missing, [pair.gold for pair in found]),
        _without(spurious, [pair.predicted for pair in found]),
    )


def _exact_copies(
    sides: Sides,
) -> tuple[list[tuple[Mention, Mention]], list[Mention], list[Mention]]:
    """Exact pairs, and what is left of either side, where a key does not decide alone.

    As many mentions of one key on each side all pair; copies that differ in number, and places that
    are also somebody's alternative, are for the rest of the document to decide.
    """
    ours, theirs = _by_key(sides.gold), _by_key(sides.predicted)
    open_ = {
        (mention.label, *bounds)
        for mention in sides.gold
        if mention.alternatives
        for bounds in (
            (mention.start, mention.end),
            *((a.start, a.end) for a in mention.alternatives),
        )
    }
    exact: list[tuple[Mention, Mention]] = []
    for key in ours.keys() & theirs.keys():
        if _has_place(key, sides.plan) and len(ours[key]) == len(theirs[key]) and key not in open_:
            exact += pair_copies(ours.pop(key), theirs.pop(key), sides)
    return exact, list(chain(*ours.values())), list(chain(*theirs.values()))


def _has_place(key: Key, plan: Plan) -> bool:
    """Whether mentions of this key are paired by place: continuous ones of a label with places."""
    return key[1] is not None and key[0] not in plan.records


def _by_key(mentions: Sequence[Mention]) -> dict[Key, list[Mention]]:
    found: dict[Key, list[Mention]] = {}
    for mention in mentions:
        found.setdefault(_key(mention), []).append(mention)
    return found


def _without(mentions: list[Mention], taken: list[Mention]) -> list[Mention]:
    """The mentions that are not among those taken, as objects: equal ones are different ones."""
    gone = set(map(id, taken))
    return [mention for mention in mentions if id(mention) not in gone]
