"""Evidence from scorecards alone: the errors they keep, without texts and without what is right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from toolkit.analysis.errors import HALLUCINATED
from toolkit.rendering.html.evidence import ADDED, HALF, MISSED, OUTCOMES
from toolkit.rendering.html.plain import Mentions, plain, same
from toolkit.scoring.alignment import Tier
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.verdicts import Verdict
from toolkit.spans import Place, iou

_CODES = {
    "label": int(Tier.RELABELLED),
    "label+boundary": int(Tier.CROSSED),
    "missed": MISSED,
    "spurious": ADDED,
    HALLUCINATED: ADDED,
}


class VerdictEvidence:
    """What scorecards tell of their errors; the same to look at as `Evidence`."""

    def __init__(self, cards: Mapping[str, Scorecard]) -> None:
        self.mentions = Mentions()
        self._cards = list(cards.values())
        self._found: dict[str, list[list[Verdict]]] = {}
        for k, card in enumerate(self._cards):
            for verdict in card.verdicts:
                empty: list[list[Verdict]] = [[] for _ in self._cards]
                self._found.setdefault(verdict.document, empty)[k].append(verdict)
        self.names = sorted(self._found)

    def documents(self, names: Sequence[str]) -> Iterator[dict[str, Any]]:
        """Each of the documents named, with the mentions that are not right."""
        for name in names:
            gold: dict[str, list[Any]] = {}
            predicted: list[dict[str, list[Any]]] = []
            items = []
            for card, verdicts in zip(self._cards, self._found[name], strict=True):
                predicted.append({})
                items.append(self._items(card, verdicts, gold, predicted[-1]))
            yield {
                "text": None,
                "meta": {},
                "gold": list(gold.values()),
                "predicted": [list(mentions.values()) for mentions in predicted],
                "items": items,
            }

    def _items(
        self,
        card: Scorecard,
        verdicts: list[Verdict],
        gold: dict[str, list[Any]],
        predicted: dict[str, list[Any]],
    ) -> list[list[Any]]:
        found: dict[tuple[str | None, str | None], list[Any]] = {}
        crossed: dict[str | None, list[Any]] = {}
        for verdict in sorted(verdicts, key=lambda verdict: verdict.field is not None):
            ends = (verdict.gold_id, verdict.predicted_id)
            other = verdict.predicted_label or verdict.label
            item = found.get(ends)
            if item is None and None in ends:
                item = crossed.get(ends[0] or f"\0{ends[1]}")
            if item is None:
                sides = (
                    (gold, ends[0], verdict.label, verdict.gold_place, verdict.gold),
                    (predicted, ends[1], other, verdict.predicted_place, verdict.predicted),
                )
                at = [self._position(*side, verdict) for side in sides]
                item = found[ends] = [*at, _code(verdict, card), []]
                crossed.setdefault(ends[0], item)
                crossed.setdefault(f"\0{ends[1]}", item)
            if verdict.field is not None:
                said = (plain(verdict.gold, same), plain(verdict.predicted, same))
                outcome = OUTCOMES.index(verdict.outcome)
                unmatched = int(verdict.kind == "unmatched")
                field = self.mentions.fields(verdict.field)
                item[3].append([field, outcome, unmatched, *said])
        return list(found.values())

    def _position(
        self,
        mentions: dict[str, list[Any]],
        name: str | None,
        label: str,
        place: Place,
        words: Any,
        verdict: Verdict,
    ) -> int:
        if name is None:
            return -1
        if name not in mentions:
            more = {}
            if verdict.field is None and words is not None:
                more["words"] = str(words)
            if verdict.kind == HALLUCINATED:
                more["grounding"] = "none"
            offsets = [offset for fragment in place for offset in fragment]
            mentions[name] = [self.mentions.label(label), offsets, name, {}, more]
        return list(mentions).index(name)


def _code(verdict: Verdict, card: Scorecard) -> int:
    """A value that is wrong stands in mentions that match, exactly so if no verdict says else."""
    if verdict.field is not None:
        return Tier.EXACT + HALF
    if verdict.kind in _CODES:
        return _CODES[verdict.kind]
    overlap = iou(verdict.gold_place, verdict.predicted_place)
    rule = card.signature.match.get(verdict.label, "overlap")
    least = 1.0 if rule == "exact" else float(rule.partition(" ")[2] or 0)
    return (Tier.MATCHED if overlap >= least else Tier.OVERLAPPING) + HALF * (overlap >= 0.5)
