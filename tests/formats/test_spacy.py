"""spaCy's DocBin: entities, groups of spans, and files that unpack without end."""

import zlib

import pytest
from valid import needs_extra

from toolkit.errors import DataError
from toolkit.formats import find_writer, read
from toolkit.model import Document, Mention


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    needs_extra("spacy")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def document(*places, text="Ana Roke 🙂 left"):
    return Document(
        "d", text=text, mentions=tuple(Mention(str(n), "p", *p) for n, p in enumerate(places))
    )


def test_mentions_apart_are_entities_and_others_a_group():
    import spacy

    find_writer("spacy")([document((0, 8), (9, 10)), document((0, 8), (4, 8))], "d.spacy")
    apart, over = spacy.tokens.DocBin().from_disk("d.spacy").get_docs(spacy.blank("xx").vocab)
    assert [e.text for e in apart.ents] == ["Ana Roke", "🙂"]
    assert (len(over.ents), [s.text for s in over.spans["sc"]]) == (0, ["Ana Roke", "Roke"])


def test_mentions_within_a_token_are_left_out_and_counted():
    lost = find_writer("spacy")([document((0, 2), (4, 8))], "d.spacy")
    assert dict(lost)["mentions that do not begin and end with a token"] == 1
    (found,) = read("d.spacy", "spacy")
    assert [(m.start, m.end) for m in found.mentions] == [(4, 8)]


def test_groups_and_knowledge_base_ids_are_fields():
    import spacy

    nlp = spacy.blank("en")
    doc = nlp.make_doc("Ana left Port Sele")
    doc.ents = [spacy.tokens.Span(doc, 0, 1, "person", kb_id="Q1")]
    doc.spans["places"] = [spacy.tokens.Span(doc, 2, 4, "place")]
    doc.cats = {"x": 1.0}
    spacy.tokens.DocBin(docs=[doc]).to_disk("d.spacy")
    corpus = read("d.spacy", "spacy")
    assert [(m.id, m.label, m.start, m.end, m.fields) for m in corpus["document-1"].mentions] == [
        ("ent-1", "person", 0, 3, {"kb_id": "Q1"}),
        ("places-1", "place", 9, 18, {"group": "places"}),
    ]


def test_a_file_that_unpacks_without_end_is_refused(monkeypatch):
    monkeypatch.setattr("toolkit.formats.spacy._MOST", 10_000)
    with open("d.spacy", "wb") as file:
        file.write(zlib.compress(b"\x81\xa5attrs" + b"\0" * 10_000_000))
    with pytest.raises(DataError, match=r"d.spacy: \d+ bytes that unpack to more than \d+ "):
        read("d.spacy", "spacy")
