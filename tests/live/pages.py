"""Reports for the browser tests."""

from functools import cache
from pathlib import Path

import msgspec

import toolkit

ROOT = Path(__file__).parent.parent.parent


@cache
def sides():
    """The shipped gold, the built-in extractor, and a worse one that is sure of some things."""
    gold = toolkit.read_gold(ROOT / "gold" / "news", texts=ROOT / "seeds")
    rules = toolkit.Corpus(list(toolkit.extract("rules", toolkit.read_texts(ROOT / "seeds"))))
    worse = toolkit.Corpus([_worse(document) for document in rules])
    return gold, {"rules": rules, "worse": worse}


def _worse(document):
    kept = [
        msgspec.structs.replace(mention, score=(k % 7) / 7)
        for k, mention in enumerate(document.mentions)
        if k % 5
    ]
    return msgspec.structs.replace(document, mentions=tuple(kept))


@cache
def shipped():
    """The report of one system."""
    gold, systems = sides()
    one = {"rules": systems["rules"]}
    cards = {"rules": toolkit.score(gold, systems["rules"])}
    return toolkit.html_report(cards, gold, one)


@cache
def compared():
    """The report of two."""
    gold, systems = sides()
    found = toolkit.compare(gold, systems)
    return toolkit.html_report(found.cards, gold, systems, judged=found)


def report(gold, *predicted, **how):
    """The report of documents that stand on both sides."""
    gold = toolkit.Corpus(gold)
    systems = {f"system {k}": toolkit.Corpus(each) for k, each in enumerate(predicted)}
    cards = {name: toolkit.score(gold, each) for name, each in systems.items()}
    return toolkit.html_report(cards, gold, systems, **how)
