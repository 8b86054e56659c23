"""What the gold in `gold/` and its data card hold to, beyond `toolkit check`."""

import re
from collections import Counter
from pathlib import Path

import pytest

from toolkit.formats.annotators import read_annotators
from toolkit.formats.gold import read_gold
from toolkit.formats.texts import read_texts
from toolkit.schema.load import load_schema
from toolkit.validation import check
from toolkit.yamlfile import YamlFile

ROOT = Path(__file__).parents[1]

NEWS = read_gold(ROOT / "gold/news")

UNBUNDLED = read_gold(ROOT / "gold/unbundled")

SCHEMA = load_schema(ROOT / "schemas/news.yaml")

SPLITS = YamlFile(ROOT / "gold/news/dataset.yaml").data["splits"]

CARD = (ROOT / "gold/README.md").read_text(encoding="utf-8")

SEEDS = read_texts(ROOT / "seeds")

PAGE = (ROOT / "seeds/README.md").read_text(encoding="utf-8")

FIRST_AND_SECOND = [ROOT / "gold/news/annotators" / name for name in ("first", "second")]

CLAIMS = [
    pytest.param(document.text, mention, id=f"{document.id}-{mention.id}")
    for document in NEWS
    for mention in document.mentions
    if mention.label == "claim"
]


def values(mention, name):
    value = mention.fields.get(name, ())
    return [value] if isinstance(value, str) else list(value)


def counts(documents):
    return Counter(mention.label for document in documents for mention in document.mentions)


def test_the_gold_has_no_fault():
    assert check([ROOT / "gold/news", ROOT / "gold/unbundled"]).problems == ()


def test_every_text_of_news_is_here():
    assert all(document.text for document in NEWS)


def test_each_document_is_in_one_split():
    assert sorted(SPLITS["dev"] + SPLITS["test"]) == sorted(document.id for document in NEWS)


@pytest.mark.parametrize("corpus", [NEWS, UNBUNDLED], ids=["news", "unbundled"])
def test_the_entities_are_in_order_and_those_that_gold_or_an_annotator_names(corpus):
    folders = [] if corpus is UNBUNDLED else [*FIRST_AND_SECOND, ROOT / "gold/news/reannotated"]
    everybody = read_annotators(folders).sets.values() if folders else ()
    found = [
        corpus.entities.ids(entity)
        for documents in (corpus, *everybody)
        for document in documents
        for mention in document.mentions
        for name in ("entity", "sender", "target")
        for entity in values(mention, name)
    ]
    assert all(len(ids) == 1 for ids in found)
    assert list(corpus.entities.names) == sorted(set().union(*found))


def test_every_status_occurs():
    found = {
        mention.fields["status"]
        for document in NEWS
        for mention in document.mentions
        if mention.label == "sanction"
    }
    assert found == {value.name for value in SCHEMA.labels["sanction"].fields["status"].values}


@pytest.mark.parametrize(("text", "claim"), CLAIMS)
def test_a_claim_ends_in_no_stop_and_its_quotation_marks_are_in_pairs(text, claim):
    marked = "".join(text[slice(*span)] for span in claim.place)
    assert not re.search(r"(?<!\b[A-Z])[.,]$", marked)
    assert marked.count("“") == marked.count("”")
    assert marked.count('"') % 2 == 0
    assert not claim.fields.get("normalised", "").endswith(".")


@pytest.mark.parametrize("document", NEWS.documents, ids=lambda document: document.id)
def test_the_card_counts_each_document(document):
    split = next(name for name, ids in SPLITS.items() if document.id in ids)
    count = [counts([document])[label] for label in SCHEMA.labels]
    words = len(document.text.split())
    row = [document.id, split, words, *count, sum(count)]
    assert "| " + " | ".join(map(str, row)) + " |" in CARD


@pytest.mark.parametrize(
    ("label", "field"),
    [
        pytest.param(label.name, field, id=f"{label.name}-{field.name}")
        for label in SCHEMA.labels.values()
        for field in label.fields.values()
        if field.type == "choice"
    ],
)
def test_the_card_counts_each_value(label, field):
    found = Counter(
        value
        for document in NEWS
        for mention in document.mentions
        if mention.label == label
        for value in values(mention, field.name)
    )
    told = ", ".join(f"{one.name} {found[one.name]}" for one in field.values if found[one.name])
    assert f"| {label} | {field.name} | {told} |" in CARD


def test_the_card_counts_both_sets():
    for corpus in (NEWS, UNBUNDLED):
        mentions = sum(counts(corpus).values())
        assert re.search(
            rf"^\| \[`{corpus.name}`\].* \| {len(corpus)} \| {mentions} \|", CARD, re.M
        )


@pytest.mark.parametrize("document", NEWS.documents, ids=lambda document: document.id)
def test_the_page_of_the_texts_has_the_register_of_each(document):
    assert f"| {document.id} | {document.meta['register']} | " in PAGE


@pytest.mark.parametrize("document", SEEDS, ids=lambda document: document.id)
def test_the_page_of_the_texts_has_a_line_for_each(document):
    words = len(document.text.split())
    line = rf"^\| {document.id} \| [^|]+ \| {words} \| [^|]+ \| (fiction|public facts) \|$"
    assert re.search(line, PAGE, re.M)
    assert 150 <= words <= 600


def test_the_page_of_the_texts_counts_them():
    words = sum(len(document.text.split()) for document in SEEDS)
    assert re.search(rf"^Sixty .*{words:,} in all", PAGE, re.M | re.S)
    assert len(SEEDS) == 60
    assert len(re.findall(r"^\| .* \| (?:fiction|public facts) \|$", PAGE, re.M)) == 60
