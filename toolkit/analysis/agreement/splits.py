"""Which decisions people take differently, with places to look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from toolkit.analysis.agreement.report import Example, Split, SplitKind
from toolkit.analysis.agreement.units import NOTHING
from toolkit.checking.structure import words
from toolkit.model import Document, Mention
from toolkit.scoring.alignment import Tier
from toolkit.scoring.references import is_reference
from toolkit.scoring.twins import Twins
from toolkit.spans import describe, value_place

EXAMPLES, LONGEST = 3, 80
"""How many places are kept of each split, and how many characters of each."""

_Key: TypeAlias = tuple[SplitKind, str, str | None, str, str]


def splits(
    pairs: Mapping[tuple[str, str], Mapping[str, Sequence[Twins]]],
    documents: Mapping[str, Mapping[str, Document]],
) -> list[Split]:
    """All decisions that two annotators took differently, the most frequent first."""
    found: dict[_Key, list[Example]] = {}
    for annotators, by_document in pairs.items():
        for name, twins in by_document.items():
            text = documents[name][annotators[0]].text
            for pair in twins:
                for key, turned in _differences(pair):
                    shown = [_words(pair.one, text), _words(pair.other, text)]
                    who = annotators[::-1] if turned else annotators
                    one, other = shown[::-1] if turned else shown
                    found.setdefault(key, []).append(Example(name, who, one, other))
    rows = [Split(*key, len(every), tuple(_spread(every))) for key, every in found.items()]
    return sorted(
        rows, key=lambda row: (-row.times, row.label, row.field or "", row.one, row.other)
    )


def _differences(pair: Twins) -> Iterator[tuple[_Key, bool]]:
    """What kind of difference each is, and whether its sides were turned to be in order."""
    one, other = pair.one, pair.other
    if one is None or other is None:
        label = (one or other).label  # type: ignore[union-attr]
        yield ("presence", label, None, "marked", "not marked"), one is None
        return
    if pair.tier == Tier.RELABELLED:
        labels = sorted((one.label, other.label))
        yield ("label", labels[0], None, labels[0], labels[1]), one.label != labels[0]
        return
    if pair.tier != Tier.EXACT:
        shorter = one.length > other.length
        yield ("boundary", one.label, None, "shorter", "longer"), shorter
    for field, judgement in pair.differing:
        values = [_value(judgement.gold), _value(judgement.predicted)]
        ordered = sorted(values)
        yield ("value", one.label, field, ordered[0], ordered[1]), values != ordered


def _value(value: Any) -> str:
    if value is None:
        return NOTHING
    if is_reference(value):
        return "(one reference)"
    return "(one place)" if value_place(value) is not None else str(value)


def _words(mention: Mention | None, text: str | None) -> str:
    if mention is None:
        return ""
    found = words(mention.place, text) if text is not None else describe(mention.place)
    found = " ".join(found.split())
    return found if len(found) <= LONGEST else found[: LONGEST - 1] + "…"


def _spread(every: list[Example]) -> list[Example]:
    """A few, from different documents where there are any."""
    firsts = {example.document: example for example in reversed(every)}
    return sorted(every, key=lambda one: firsts[one.document] is not one)[:EXAMPLES]
