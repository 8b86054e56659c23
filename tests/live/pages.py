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


@cache
def grounded():
    """The report of a system that answers in words, some of which are not in the text."""
    gold, systems = sides()
    texts = {document.id: document.text for document in gold}
    answers = [document for document in systems["rules"] if document.id in texts]
    said = [_in_words(document, texts[document.id]) for document in answers]
    found = {
        "words": toolkit.Corpus(list(toolkit.ground(said, toolkit.read_texts(ROOT / "seeds"))))
    }
    return toolkit.html_report({"words": toolkit.score(gold, found["words"])}, gold, found)


def _in_words(document, text):
    mentions = []
    for k, mention in enumerate(document.mentions):
        words = " … ".join(text[start:end] for start, end in mention.place)
        words = f"never said: {words}" if k % 7 == 0 else words.upper() if k % 5 == 0 else words
        mentions.append(toolkit.Mention(mention.id, mention.label, text=words))
    return toolkit.Document(document.id, mentions=tuple(mentions))


@cache
def annotators():
    """Three people's work, made of the gold: the later, the further from it; not all did all."""
    gold, _ = sides()
    return {
        name: [_differently(document, step) for document in list(gold)[missed:]]
        for name, step, missed in (("ann", 11, 0), ("ben", 7, 1), ("cy", 5, 2))
    }


def _differently(document, step):
    mentions = []
    for k, mention in enumerate(document.mentions):
        start = mention.start
        if start is not None and k % step == 1 and mention.end - start > 4:
            start += 2
        if k % step != 2 or mention.label in ("speaker", "quote"):  # others refer to these
            mentions.append(
                msgspec.structs.replace(mention, start=start, text=None, alternatives=())
            )
    return msgspec.structs.replace(document, text=document.text, mentions=tuple(mentions))


@cache
def agreed(*names):
    """The report of annotators, the first named in the place of gold."""
    schema = toolkit.load_schema(ROOT / "schemas" / "news.yaml")
    sets = {name: annotators()[name] for name in names}
    first, gold, others = toolkit.first_as_gold(sets)
    cards = {name: toolkit.score(gold, other, schema) for name, other in others.items()}
    found = toolkit.agreement(sets, schema)
    return toolkit.html_report(cards, gold, others, schema, judged=found, reference=first)


@cache
def gated():
    """The report of a gate that fails: `worse` against `rules`, and something newly right."""
    gold, systems = sides()
    shown = {"baseline": systems["rules"], "predictions": systems["worse"]}
    cards = {name: toolkit.score(gold, each) for name, each in shown.items()}
    judged = toolkit.gate(gold, systems["worse"], systems["rules"])
    return toolkit.html_report(cards, gold, shown, judged=judged)


def report(gold, *predicted, **how):
    """The report of documents that stand on both sides."""
    gold = toolkit.Corpus(gold)
    systems = {f"system {k}": toolkit.Corpus(each) for k, each in enumerate(predicted)}
    cards = {name: toolkit.score(gold, each) for name, each in systems.items()}
    return toolkit.html_report(cards, gold, systems, **how)
