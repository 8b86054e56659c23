"""The rows that say what is not correct, with the words of the text where it is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple
from zlib import crc32

import msgspec
import numpy as np

from toolkit.checking.structure import words
from toolkit.model import Mention
from toolkit.scoring.alignment import Alignment, Tier
from toolkit.scoring.cells import Outcome
from toolkit.scoring.compare import Judgement
from toolkit.scoring.count_fields import Judged, judge_unmatched
from toolkit.scoring.groundings import Groundings, count_groundings, is_hallucinated
from toolkit.scoring.plan import Plan
from toolkit.spans import Place, describe

CONTEXT = 60
"""Characters of text kept on each side of a mention."""

Kind = Literal[
    "", "label", "boundary", "label+boundary", "missed", "spurious", "hallucinated", "unmatched"
]
"""Which error of a mention it is; each is counted once. What is `hallucinated` is spurious, and its
words are not in the text. `unmatched` marks a field value whose mention has no match.
"""

_NOWHERE: tuple[None, Place, None] = (None, (), None)


class Verdict(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One mention or field value that is not correct.

    `label` is the gold label (the predicted one for what is spurious), `field` is `None` for the
    mention itself. `gold` and `predicted` are field values, or a mention's words where the text is
    known. `context` is the text around it.
    """

    document: str
    label: str
    field: str | None
    outcome: Outcome
    kind: Kind = ""
    gold: Any = None
    predicted: Any = None
    gold_id: str | None = None
    predicted_id: str | None = None
    gold_place: Place = ()
    predicted_place: Place = ()
    predicted_label: str | None = None
    context: str = ""


class Verdicts:
    """Verdicts on many documents, made when they are first asked for.

    With `most`, only so many are kept: those of the documents whose ids have the lowest checksums,
    the same sample in whatever order documents come.
    """

    def __init__(
        self,
        most: int | None = None,
        made: Iterable[Verdict] = (),
        total: int = 0,
        encoded: Iterable[bytes] = (),
        groundings: Groundings | None = None,
    ) -> None:
        self.most = most
        self.total = total
        self._groundings: Groundings = Counter(groundings)
        self._made = list(made)
        self._encoded = list(encoded)
        self._waiting: list[tuple[Alignment, Judged, Plan]] = []
        self._packed: list[tuple[bytes, Plan]] = []
        self._in_order = False

    def add(self, alignment: Alignment, values: Judged, plan: Plan) -> None:
        """Take what is not correct in a batch of documents."""
        self._waiting.append((alignment, values, plan))
        self._in_order = False
        if self.most is not None:
            self.rows()

    def let_go(self) -> None:
        """Keep what is not correct in a form that holds none of the documents in memory."""
        self._count_groundings()
        self._packed += [
            (_pack(_wrong(alignment, values)), plan) for alignment, values, plan in self._waiting
        ]
        self._waiting = []

    def extend(self, other: Verdicts) -> None:
        """Take the verdicts of other documents."""
        self._made += other._made
        self._in_order = False
        self._encoded += other._encoded
        self._waiting += other._waiting
        self._packed += other._packed
        self.total += other.total
        self._groundings.update(other._groundings)
        if self.most is not None and len(self._made) > 2 * self.most:
            self.rows()

    def rows(self) -> list[Verdict]:
        """All verdicts, or the sample of them, by document and place."""
        if not self._in_order:
            made = [
                verdict
                for alignment, values, plan in self._waiting
                for verdict in _make(_wrong(alignment, values), plan)
            ]
            for packed, plan in self._packed:
                made += _make(_unpack(packed), plan)
            self.total += len(made)
            self._count_groundings()
            for data in self._encoded:
                made += _decoder.decode(data)
            self._made = sorted(self._made + made, key=verdict_order)
            self._encoded, self._waiting, self._packed, self._in_order = [], [], [], True
            if self.most is not None and len(self._made) > self.most:
                sample = sorted(self._made, key=_sampled)[: self.most]
                self._made = sorted(sample, key=verdict_order)
        return self._made

    def groundings(self) -> Groundings:
        """How the words of predicted mentions were found; empty where all came with offsets."""
        self.rows()
        return self._groundings

    def _count_groundings(self) -> None:
        for alignment, *_ in self._waiting:
            self._groundings.update(count_groundings(alignment))

    def __reduce__(self) -> tuple[Any, ...]:
        rows = self.rows()
        encoded = [_encoder.encode(rows)] if rows else []
        return Verdicts, (self.most, (), self.total, encoded, self._groundings)


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[Verdict])


def verdict_order(verdict: Verdict) -> tuple[object, ...]:
    """Orders verdicts by document and place, whatever the order they were found in."""
    return (
        verdict.document,
        verdict.gold_place or verdict.predicted_place,
        verdict.label,
        verdict.field or "",
        verdict.outcome,
        repr(verdict.gold),
        repr(verdict.predicted),
        verdict.gold_id or "",
        verdict.predicted_id or "",
    )


def _sampled(verdict: Verdict) -> tuple[object, ...]:
    return crc32(verdict.document.encode()), *verdict_order(verdict)


class _Told(NamedTuple):
    """What verdicts tell of a document."""

    id: str
    text: str | None


class _Wrong(msgspec.Struct, array_like=True, gc=False):
    """What is not correct in a batch, without the rest of it.

    `pairs`, `missing` and `spurious` are mentions behind the position of their document.
    """

    documents: list[_Told]
    pairs: list[tuple[int, Mention, Mention, int]]
    missing: list[tuple[int, Mention]]
    spurious: list[tuple[int, Mention]]
    values: list[tuple[int, Mention, Mention, str, Judgement]]


_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(_Wrong).decode


def _wrong(alignment: Alignment, values: Judged) -> _Wrong:
    gold, predicted, pairs, missing, spurious, _ = alignment
    ours, theirs = gold.mentions.__getitem__, predicted.mentions.__getitem__
    wrong = np.flatnonzero(pairs.tier != Tier.EXACT)
    rows, columns = pairs.rows[wrong], pairs.columns[wrong]
    judged = zip(
        gold.document[rows].tolist(),
        map(ours, rows.tolist()),
        map(theirs, columns.tolist()),
        pairs.tier[wrong].tolist(),
        strict=True,
    )
    return _Wrong(
        [_Told(document.id, document.text) for document in gold.documents],
        list(judged),
        list(zip(gold.document[missing].tolist(), map(ours, missing.tolist()), strict=True)),
        list(
            zip(predicted.document[spurious].tolist(), map(theirs, spurious.tolist()), strict=True)
        ),
        [(int(gold.document[i]), ours(i), theirs(j), name, found) for i, j, name, found in values],
    )


def _make(wrong: _Wrong, plan: Plan) -> Iterator[Verdict]:
    """The verdicts on a batch; a value of an unmatched mention has no context, for the verdict on
    that mention has it.
    """
    documents = wrong.documents
    alone: list[tuple[int, Mention, bool]] = []
    for k, gold, predicted, tier in wrong.pairs:
        yield _mention(documents[k], gold, predicted, *_JUDGED[tier])
        if tier > Tier.MATCHED:
            alone += [(k, gold, True), (k, predicted, False)]
    for k, gold in wrong.missing:
        yield _mention(documents[k], gold, None, "missing", "missed")
        alone.append((k, gold, True))
    for k, predicted in wrong.spurious:
        kind: Kind = "hallucinated" if is_hallucinated(predicted) else "spurious"
        yield _mention(documents[k], None, predicted, "spurious", kind)
        alone.append((k, predicted, False))
    for k, gold, predicted, field, judged in wrong.values:
        said = (judged.gold, judged.predicted)
        yield _verdict(documents[k], gold, predicted, judged.outcome, "", field, said)
    for k, mention, on_gold_side in alone:
        ours, theirs = (mention, None) if on_gold_side else (None, mention)
        for field, judged in judge_unmatched(mention, plan, on_gold_side):
            said = (judged.gold, judged.predicted)
            yield _verdict(documents[k], ours, theirs, judged.outcome, "unmatched", field, said)


_JUDGED: dict[int, tuple[Outcome, Kind]] = {
    Tier.MATCHED: ("partial", "boundary"),
    Tier.OVERLAPPING: ("partial", "boundary"),
    Tier.RELABELLED: ("incorrect", "label"),
    Tier.CROSSED: ("incorrect", "label+boundary"),
}


def _mention(
    document: _Told,
    gold: Mention | None,
    predicted: Mention | None,
    outcome: Outcome,
    kind: Kind,
) -> Verdict:
    said = (_words(gold, document.text), _words(predicted, document.text))
    return _verdict(document, gold, predicted, outcome, kind, None, said)


def _verdict(
    document: _Told,
    gold: Mention | None,
    predicted: Mention | None,
    outcome: Outcome,
    kind: Kind,
    field: str | None,
    values: tuple[Any, Any],
) -> Verdict:
    gold_id, gold_place, gold_label = _facts(gold)
    predicted_id, predicted_place, predicted_label = _facts(predicted)
    crossed = field is None and gold_label and predicted_label and gold_label != predicted_label
    place = () if kind == "unmatched" else gold_place or predicted_place
    return Verdict(
        document=document.id,
        label=gold_label or predicted_label or "",
        field=field,
        outcome=outcome,
        kind=kind,
        gold=values[0],
        predicted=values[1],
        gold_id=gold_id,
        predicted_id=predicted_id,
        gold_place=gold_place,
        predicted_place=predicted_place,
        predicted_label=predicted_label if crossed else None,
        context=_context(document.text, place),
    )


def _facts(mention: Mention | None) -> tuple[str, Place, str] | tuple[None, Place, None]:
    return (mention.id, mention.place, mention.label) if mention is not None else _NOWHERE


def _words(mention: Mention | None, text: str | None) -> str | None:
    if mention is None:
        return None
    if is_hallucinated(mention):
        return mention.text
    return words(mention.place, text) if text is not None else describe(mention.place)


def _context(text: str | None, place: Place) -> str:
    """The text around a place on one line, the place itself between « and »."""
    if text is None or not place:
        return ""
    start, end = place[0].start, place[-1].end
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return " ".join(f"{before}«{text[start:end]}»{after}".split())
