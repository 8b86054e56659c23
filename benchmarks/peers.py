"""What each other scorer takes, made from the same documents, and its fastest documented call.

A function takes the documents, prepares all that it can, and returns the call to be timed; or,
where a call uses up its input, what makes the input anew and the call.
"""

from __future__ import annotations

import importlib.util
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.data import LABELS, Item, Sample, characters
from benchmarks.measure import Unmeasured
from toolkit.model import Corpus

Call = Callable[[], Any]

Prepared = tuple[Call, Callable[[Any], Any]]
"""What to prepare before each run, outside the clock, and the run of what that gives."""


def bare_count(gold: Corpus, predicted: Corpus) -> Call:
    """The least that a strict score needs: both sides counted as multisets, and their common part.

    It knows of no partial overlap, no kind of error and no document.
    """

    def call() -> int:
        ours, theirs = (
            Counter(
                (document.id, mention.label, mention.start, mention.end)
                for document in side
                for mention in document.mentions
            )
            for side in (gold, predicted)
        )
        return (ours & theirs).total()

    return call


def nervaluate(made: list[Sample]) -> Call:
    """Its four kinds of match, over all and by label; spans are loaded before."""
    try:
        from nervaluate import Evaluator
    except ImportError as error:
        raise Unmeasured("not installed") from error

    def spans(sample: Sample, items: list[Item]) -> list[dict[str, Any]]:
        places = zip(items, characters(sample, items), strict=True)
        return [
            {"label": item.label, "start": start, "end": end - 1} for item, (start, end) in places
        ]

    gold = [spans(sample, sample.gold) for sample in made]
    predicted = [spans(sample, sample.predicted) for sample in made]
    evaluator = Evaluator(gold, predicted, tags=list(LABELS), loader="dict")
    return evaluator.evaluate


def seqeval(made: list[Sample]) -> Call:
    """Its strict mode: precision, recall and F1 by label, in the one call that computes no more."""
    try:
        from seqeval.metrics.v1 import precision_recall_fscore_support
        from seqeval.scheme import IOB2
    except ImportError as error:
        raise Unmeasured("not installed") from error
    gold = [_tags(sample, sample.gold) for sample in made]
    predicted = [_tags(sample, sample.predicted) for sample in made]
    return lambda: precision_recall_fscore_support(
        gold, predicted, average=None, scheme=IOB2, zero_division=0
    )


def _tags(sample: Sample, items: list[Item]) -> list[str]:
    tags = ["O"] * len(sample.tokens)
    for item in items:
        inside = [f"I-{item.label}"] * (item.end - item.start - 1)
        tags[item.start : item.end] = [f"B-{item.label}", *inside]
    return tags


def spacy(made: list[Sample], *, nested: bool) -> Prepared:
    """`Scorer.score_spans` over prepared examples; flat mentions are entities, nested ones a span
    group.
    """
    try:
        from spacy.scorer import Scorer
        from spacy.tokens import Doc, Span
        from spacy.training import Example
        from spacy.vocab import Vocab
    except ImportError as error:
        raise Unmeasured("not installed") from error
    vocab = Vocab()

    def document(sample: Sample, items: list[Item]) -> Any:
        doc = Doc(vocab, words=sample.tokens)
        spans = [Span(doc, item.start, item.end, label=item.label) for item in items]
        if nested:
            doc.spans["sc"] = spans
        else:
            doc.ents = spans
        return doc

    documents = [
        (document(sample, sample.predicted), document(sample, sample.gold)) for sample in made
    ]

    def prepare() -> list[Any]:
        return [Example(predicted, gold) for predicted, gold in documents]

    if not nested:
        return prepare, lambda examples: Scorer.score_spans(examples, "ents")
    return prepare, lambda examples: Scorer.score_spans(
        examples, "sc", getter=lambda doc, key: doc.spans[key], allow_overlap=True
    )


def faireval(made: list[Sample], file: Path) -> Prepared:
    """Its `compare_spans` for each document, which changes the lists that it is given."""
    spec = importlib.util.spec_from_file_location("faireval", file)
    if spec is None or spec.loader is None:
        raise Unmeasured(f"{file} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def spans(items: list[Item]) -> list[list[Any]]:
        return [
            [item.label, item.start, item.end - 1, set(range(item.start, item.end))]
            for item in items
        ]

    def prepare() -> list[tuple[Any, Any]]:
        return [(spans(sample.gold), spans(sample.predicted)) for sample in made]

    def call(prepared: list[tuple[Any, Any]]) -> None:
        for gold, predicted in prepared:
            module.compare_spans(gold, predicted)

    return prepare, call
