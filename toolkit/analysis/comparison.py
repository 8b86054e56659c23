"""Several systems on one gold set: figures, differences, tests, who wins where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import isnan
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from toolkit.analysis.figures import few
from toolkit.analysis.parts import Name, document_parts, figure_names
from toolkit.analysis.slices import slices
from toolkit.errors import DataError, Problem, plural
from toolkit.model import Corpus, Document
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.score import score
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.signature import Signature
from toolkit.statistics.corrections import LEVEL, decidable, holm, letters
from toolkit.statistics.intervals import effective_documents, interval
from toolkit.statistics.metrics import METRICS, Metric, value
from toolkit.statistics.paired import Difference, compare_parts
from toolkit.statistics.parts import CREDIT_GOLD, CREDIT_PREDICTED, GOLD, PREDICTED, Parts, moments

if TYPE_CHECKING:
    import pandas as pd


class Rating(NamedTuple):
    """One system's figure. Systems that share a letter of `group` are not told apart; it is empty
    where the metric was not tested. `few` marks small support.
    """

    slice: str
    label: str
    field: str | None
    view: str
    metric: Metric
    system: str
    value: float | None
    low: float | None
    high: float | None
    gold: int
    few: bool
    group: str


class Contrast(NamedTuple):
    """`other` less `one`, fractions with a 95 % interval; undefined figures are `None`.

    `p` is the document-swap test's, two-sided, `p_holm` the same adjusted for everything compared,
    `least_p` the lowest that so many `differing` documents allow. `only_one` and `only_other` are
    the documents without any error in one alone.
    """

    slice: str
    label: str
    field: str | None
    view: str
    metric: Metric
    one: str
    other: str
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    p_holm: float | None
    differing: int
    least_p: float
    only_one: tuple[str, ...]
    only_other: tuple[str, ...]

    @property
    def winner(self) -> str | None:
        """The better system, where the two are told apart: `p_holm` is at most 5 %."""
        if self.p_holm is None or self.difference is None or self.p_holm > LEVEL:
            return None
        return self.other if self.difference > 0 else self.one


class Comparison(NamedTuple):
    """What comparing leaves; `tests` is the size of the family that Holm's correction covers: all
    but those that so few differing documents could not have decided. `cards` are the systems'
    scorecards.
    """

    signature: Signature
    systems: tuple[str, ...]
    documents: int
    by: str | None
    tests: int
    ratings: list[Rating]
    contrasts: list[Contrast]
    notices: tuple[str, ...]
    cards: Mapping[str, Scorecard] = {}

    def to_frame(self) -> pd.DataFrame:
        """The differences as a pandas data frame, a row for each pair, figure and metric."""
        import pandas as pd

        return pd.DataFrame(list(self.contrasts), columns=list(Contrast._fields))

    def ratings_frame(self) -> pd.DataFrame:
        """The systems' figures as a pandas data frame, a row for each."""
        import pandas as pd

        return pd.DataFrame(list(self.ratings), columns=list(Rating._fields))


def compare(
    gold: Corpus | Iterable[Document],
    systems: Mapping[str, Corpus | Iterable[Document]],
    schema: LabelSchema | None = None,
    *,
    by: str | None = None,
    metrics: Sequence[Metric] = ("f1",),
    view: str = "strict",
    field_view: str = "end_to_end",
) -> Comparison:
    """Compare systems by name on one gold set, for each label and field and for all together.

    `metrics` are tested, in the mention `view` and the `field_view` named; the more is tested, the
    stricter Holm's correction. With `by`, such as `"meta.source"`, also in each slice of the gold,
    all in one family. Raises as `toolkit.score` does, and `DataError` for fewer than two systems.
    """
    if len(systems) < 2:
        raise DataError(Problem("systems", "two are needed to compare", "name another"))
    gold = gold if isinstance(gold, Corpus) else tuple(gold)
    cards = {name: score(gold, documents, schema) for name, documents in systems.items()}
    first = next(iter(cards.values()))
    names = figure_names(list(cards.values()), view, field_view)
    parts = {
        system: np.stack([document_parts(card.counts, name) for name in names])
        for system, card in cards.items()
    }
    ratings: list[Rating] = []
    contrasts: list[Contrast] = []
    for slice_, inside in slices(gold, first.counts.names, by).items():
        documents = [name for name, here in zip(first.counts.names, inside, strict=True) if here]
        here = {system: found[:, inside] for system, found in parts.items()}
        for system, found in here.items():
            ratings += _ratings(slice_, names, system, found)
        for one, other in combinations(here, 2):
            differences = compare_parts(here[one], here[other], tuple(metrics))
            only = _only_right(here[one], here[other], documents)
            for name, by_metric, alone in zip(names, differences, only, strict=True):
                for metric, change in zip(metrics, by_metric, strict=True):
                    contrasts.append(_contrast(slice_, name, metric, one, other, change, alone))
    contrasts = _adjusted(contrasts)
    return Comparison(
        signature=first.signature,
        systems=tuple(systems),
        documents=first.documents,
        by=by,
        tests=sum(decidable(*_ps(contrasts))),
        ratings=_grouped(ratings, contrasts),
        contrasts=contrasts,
        notices=tuple(prediction_notices(cards)),
        cards=cards,
    )


def _ratings(slice_: str, names: list[Name], system: str, parts: Parts) -> list[Rating]:
    whole = moments(parts)
    found = []
    for metric in METRICS:
        columns = (value(whole.sums, metric), *interval(whole, metric))
        documents = effective_documents(whole, "f1")
        for k, name in enumerate(names):
            gold = int(whole.sums[k, GOLD])
            figure, low, high = (_defined(column[k]) for column in columns)
            small = few(gold, float(documents[k]))
            found.append(Rating(slice_, *name, metric, system, figure, low, high, gold, small, ""))
    return found


def _contrast(
    slice_: str,
    name: Name,
    metric: Metric,
    one: str,
    other: str,
    found: Difference,
    only: tuple[tuple[str, ...], tuple[str, ...]],
) -> Contrast:
    return Contrast(
        *(slice_, *name, metric, one, other),
        difference=_defined(found.difference),
        low=_defined(found.low),
        high=_defined(found.high),
        p=_defined(found.p),
        p_holm=None,
        differing=found.differing,
        least_p=found.least,
        only_one=only[0],
        only_other=only[1],
    )


def _only_right(
    one: Parts, other: Parts, documents: list[str]
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """For each figure, the documents that `one` alone has wholly right, and `other` alone."""
    right, also = (
        (parts[..., CREDIT_GOLD] == parts[..., GOLD])
        & (parts[..., CREDIT_PREDICTED] == parts[..., PREDICTED])
        for parts in (one, other)
    )
    names = np.array(documents, dtype=object)
    return [
        (tuple(names[mine & ~theirs]), tuple(names[theirs & ~mine]))
        for mine, theirs in zip(right, also, strict=True)
    ]


def _adjusted(contrasts: list[Contrast]) -> list[Contrast]:
    ps = holm(*_ps(contrasts))
    return [each._replace(p_holm=_defined(p)) for each, p in zip(contrasts, ps, strict=True)]


def _ps(contrasts: list[Contrast]) -> tuple[list[float], list[float]]:
    ps = [float("nan") if each.p is None else each.p for each in contrasts]
    return ps, [each.least_p for each in contrasts]


def _grouped(ratings: list[Rating], contrasts: list[Contrast]) -> list[Rating]:
    """The ratings with the letters of their groups, best first."""
    differ: dict[tuple[object, ...], set[frozenset[str]]] = {}
    for each in contrasts:
        pairs = differ.setdefault(each[:5], set())
        if each.winner:
            pairs.add(frozenset((each.one, each.other)))
    values: dict[tuple[object, ...], dict[str, float]] = {}
    for rating in ratings:
        if rating.value is not None:
            values.setdefault(rating[:5], {})[rating.system] = rating.value
    groups = {
        key: letters(sorted(of, key=lambda name: (-of[name], name)), differ[key])
        for key, of in values.items()
        if key in differ
    }
    return [
        rating._replace(group=groups.get(rating[:5], {}).get(rating.system, ""))
        for rating in ratings
    ]


def prediction_notices(cards: Mapping[str, Scorecard]) -> Iterable[str]:
    """What of each system's predictions does not go with the gold's documents."""
    for system, card in cards.items():
        if card.not_predicted:
            without = plural(len(card.not_predicted), "document")
            yield f"{system}: {without} without a prediction, as empty"
        if card.unknown:
            yield f"{system}: {plural(len(card.unknown), 'document')} not in the gold, not counted"


def _defined(number: float) -> float | None:
    return None if isnan(number) else float(number)
