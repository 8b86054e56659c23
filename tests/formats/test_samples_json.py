"""Files that the tools themselves wrote, in rows of JSON, with what they hold."""

import pytest
from valid import SAMPLES

import toolkit

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no samples in {SAMPLES}")


def read(name, format_, **options):
    assert toolkit.recognise(SAMPLES / name) == format_
    return toolkit.read(SAMPLES / name, format_, **options)


def words(document):
    return [(m.label, document.text[slice(*m.place[0])]) for m in document.mentions]


def said(corpus):
    return [notice.partition(": ")[2] for notice in corpus.notices]


def test_doccano_relations():
    (document,) = read("doccano/relation_extraction-example.jsonl", "doccano")
    assert words(document) == [
        ("ORG", "Google"),
        ("DATE", "September 4, 1998"),
        ("PERSON", "Larry Page"),
        ("PERSON", "Sergey Brin"),
    ]
    assert document.mentions[0].fields == {
        "foundedAt": {"ref": "1"},
        "foundedBy": [{"ref": "2"}, {"ref": "3"}],
    }


def test_doccano_labels():
    corpus = read("doccano/sequence_labeling-example.jsonl", "doccano")
    assert [(d.text, d.meta["wikiPageID"]) for d in corpus] == [
        ("exampleA", 1),
        ("exampleB", 2),
        (None, 3),
    ]
    assert [[(m.label, m.start, m.end) for m in d.mentions] for d in corpus] == [
        [("LOC", 0, 1)],
        [],
        [("PER", 0, 1)],
    ]


def test_doccano_keeps_what_stands_there_twice():
    (document,) = read("doccano/sequence_labeling-example_overlapping.jsonl", "doccano")
    assert words(document) == [("LOC", "e"), ("LOC", "e")]


def test_prodigy():
    corpus = read("prodigy/headlines.jsonl", "prodigy")
    assert len(corpus) == 12
    first = corpus.documents[0]
    assert first.id == "1886699658"
    assert first.meta == {"source": "The New York Times"}
    assert words(first) == [("ORG", "Uber"), ("LOCATION", "Silicon Valley")]
    assert said(corpus) == ["12 tasks whose tokens, hashes, sessions or options are left out"]
    assert sum(len(d.mentions) for d in corpus) == 13


def test_langextract():
    corpus = read("langextract/annotated.jsonl", "langextract")
    (document,) = corpus
    assert document.id == "doc1"
    assert words(document) == [("speaker", "The White House")]
    assert document.mentions[0].fields == {"role": "organisation"}
    assert corpus.notices == ()


def test_label_studio_export_of_the_web_page():
    corpus = read("label_studio/ui_export_1.23.2.json", "label-studio")
    assert [d.id for d in corpus] == ["d1", "d1#2", "d1#3"]
    assert words(corpus["d1"]) == [
        ("Speaker", "Anna 🎉 Berg"),
        ("Claim", '"We will freeze\r\nthe assets 🏦 of Orlan Bank."'),
        ("SanctionMention", "freeze\r\nthe assets 🏦 of Orlan Bank"),
        ("Target", "Orlan Bank"),
        ("Measure", "freeze\r\nthe assets 🏦"),
    ]
    assert [m.fields for m in corpus["d1"].mentions] == [
        {"speaker_name": "Anna Berg"},
        {"claim_type": "direct_quote", "said_by": {"ref": "p_sp"}},
        {},
        {"relation": {"ref": "p_sa"}},
        {},
    ]
    assert "2 documents have the id of another, and a number after it" in said(corpus)
    assert "1 relations have no label, and are fields called 'relation'" in said(corpus)
    assert "2 predictions beside annotations left out" in said(corpus)


def test_label_studio_export_of_the_api():
    name = "label_studio/api_export_1.23.2.json"
    corpus = read(name, "label-studio")
    (document,) = corpus
    assert document.id == "doc-000"
    assert document.meta["doc_type"] == "news"
    by_id = {m.id: m for m in document.mentions}
    assert words(document)[3] == ("SanctionMention", "freeze the assets of Orlan Bank 0")
    assert by_id["r_sa"].fields == {"sanction_status": "proposed", "sanction_date": "2024-05-13"}
    assert by_id["r_cl"].fields["said_by"] == {"ref": "r_sp"}
    assert len(by_id) == 7
    assert "2 annotations left out where a task has several" in said(corpus)
    (other,) = read(name, "label-studio", annotator="ann2@example.com")
    assert words(other)[2] == ("Claim", '"Brussels will freeze the assets of Orlan Bank 0.')
    (predicted,) = read(name, "label-studio", take="predictions", model="ext-1")
    assert {m.score for m in predicted.mentions} == {0.8}


def test_a_folder_of_doccano_files_beside_others():
    corpus = read("doccano", "doccano")
    assert len(corpus) == 5
    assert corpus.documents[0].id == "relation_extraction-example-1"
