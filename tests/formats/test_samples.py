"""Files that the tools themselves wrote, read right. They are not part of this repository: they are
looked for in `../shared/samples`, seen from the project's root, or in the folder `TOOLKIT_SAMPLES`.
"""

from collections import Counter

import pytest
from valid import SAMPLES, needs_extra

from toolkit.errors import DataError
from toolkit.formats import find_writer, read, recognise

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason=f"no samples in {SAMPLES}")


def words(document, mention):
    return " ".join(document.text[start:end] for start, end in mention.place)


def only(path, name):
    """The one document of a sample, whose format its content shows."""
    needs_extra(name)
    assert recognise(SAMPLES / path) == name
    (document,) = read(SAMPLES / path, name)
    return document


def mentions(document):
    """Ids with labels, words and fields."""
    return {m.id: (m.label, words(document, m), m.fields) for m in document.mentions}


def ref(*ids):
    found = [{"ref": one} for one in ids]
    return found if len(found) > 1 else found[0]


@pytest.fixture(scope="module")
def corpus():
    return read(SAMPLES / "brat", "brat")


class TestBrat:
    def test_the_folder_is_told_and_every_pair_is_a_document(self, corpus):
        assert recognise(SAMPLES / "brat") == "brat"
        assert {d.id: len(d.mentions) for d in corpus} == {
            "040-text_span_annotation": 4,
            "060-relation_annotation": 12,
            "080-event-annotation": 21,
            "090-event_structures": 22,
            "100-attribute_annotation": 26,
            "110-note_annotation": 16,
        }
        assert corpus.notices == ()

    def test_every_place_has_the_words_beside_it(self, corpus):
        for document in corpus:
            lines = (
                (SAMPLES / "brat" / f"{document.id}.ann").read_text(encoding="utf-8").splitlines()
            )
            said = Counter(line.split("\t")[2] for line in lines if line[0] == "T")
            assert Counter(words(document, m) for m in document.mentions if m.place) == said

    def test_relations_and_equivalences(self, corpus):
        found = mentions(corpus["060-relation_annotation"])
        assert found["R1"] == ("Located", "", {"Arg1": ref("T1"), "Arg2": ref("T2")})
        assert found["*1"] == ("Alias", "", {"Arg": ref("T3", "T4", "T5")})
        assert found["T1"] == ("Person", "Terry Pratchett", {})

    def test_events_refer_to_mentions_and_to_other_events(self, corpus):
        found = mentions(corpus["080-event-annotation"])
        assert found["E3"] == ("Merge-org", "merged", {"Org-Arg": ref("T6", "T7", "T8", "T9")})
        assert found["E2"][2] == {"Org-Arg": ref("T4", "T5")}
        assert "T10" not in found
        nested = mentions(corpus["090-event_structures"])
        assert nested["E3"] == (
            "Report",
            "told",
            {"Reporter-Arg": ref("T6"), "Event-Arg": ref("E4")},
        )

    def test_attributes_with_a_value_and_without(self, corpus):
        found = mentions(corpus["100-attribute_annotation"])
        assert found["T1"] == ("Person", "Somebody", {"Individual": True})
        assert {k: v[2].get("Confidence") for k, v in found.items() if "Confidence" in v[2]} == {
            "E1": "Neutral",
            "E2": "Low",
            "E3": "Neutral",
            "E4": "Neutral",
            "E5": "High",
        }

    def test_notes_on_mentions_events_and_relations(self, corpus):
        found = mentions(corpus["110-note_annotation"])
        notes = {k: v[2]["AnnotatorNotes"] for k, v in found.items() if "AnnotatorNotes" in v[2]}
        assert notes.keys() == {"T1", "E1", "R1"}
        assert notes["T1"] == "Should fictional places be annotated?"

    def test_the_whole_folder_is_written_as_it_was(self, corpus, tmp_path):
        assert find_writer("brat")(corpus, tmp_path) == []
        assert list(read(tmp_path, "brat")) == list(corpus)


class TestWebAnno:
    def test_a_span_over_two_sentences(self):
        document = only("webanno_tsv/testCrossSentenceSpanWithFeatureValue.tsv", "webanno")
        assert document.text == "He loves her .\nShe loves him not ."
        assert mentions(document) == {"1": ("Span", document.text, {"value": "PERSON"})}

    def test_stacked_spans_of_several_tokens(self):
        document = only("webanno_tsv/testMultiTokenStackedSpanWithFeatureValue.tsv", "webanno")
        assert mentions(document) == {
            "1": ("Span", "This is a test .", {"value": "PERSON"}),
            "2": ("Span", "This is a test .", {"value": "LOCATION"}),
        }

    def test_an_astral_character_is_one(self):
        document = only("webanno_tsv/testSentenceWithEmoji.tsv", "webanno")
        (mention,) = document.mentions
        assert document.text == "I like it 😊 ."
        assert (mention.label, mention.start, mention.end) == ("Span", 10, 11)

    def test_slots_are_references_under_their_roles(self):
        document = only("webanno_tsv/testSimpleSlotFeature.tsv", "webanno")
        assert mentions(document) == {
            "SimpleLinkHost-1-1": (
                "SimpleLinkHost",
                "This",
                {"p1": ref("SimpleSpan-1-2"), "p2": ref("SimpleSpan-1-3")},
            ),
            "SimpleSpan-1-2": ("SimpleSpan", "is", {}),
            "SimpleSpan-1-3": ("SimpleSpan", "a", {}),
        }

    def test_a_relation_of_tokens_holds_their_places(self):
        document = only("webanno_tsv/testSingleTokenRelationWithFeatureValue.tsv", "webanno")
        (mention,) = document.mentions
        assert (mention.label, mention.place) == ("Relation", ())
        assert mention.fields == {
            "value": "nsubj",
            "Governor": {"start": 0, "end": 4},
            "Dependent": {"start": 15, "end": 16},
        }

    def test_stacked_chains_each_lead_to_the_next(self):
        document = only("webanno_tsv/testStackedChain.tsv", "webanno")
        found = mentions(document)
        link = "SimpleLink-chain-"
        assert {one: found[one][1:] for one in found} == {
            link + "1-1": ("This", {"next": ref(link + "1-2")}),
            link + "1-2": ("is", {"next": ref(link + "1-3")}),
            link + "1-3": ("a", {}),
            link + "2-1": ("a", {"next": ref(link + "2-2")}),
            link + "2-2": ("is", {"next": ref(link + "2-3")}),
            link + "2-3": ("This", {}),
        }


@pytest.mark.parametrize(("file", "name"), [("emoji.xmi", "xmi"), ("emoji.json", "cas-json")])
def test_both_files_of_a_cas_hold_the_same_with_offsets_in_code_points(file, name):
    document = only(f"uima_cas_json/{file}", name)
    said = ["🥳", "This", "👳🏻\u200d♀️", "is", "✆", "a", "🧔🏾\u200d♂️", "test", "👻"]
    assert document.text == " ".join(said)
    assert [m.id for m in document.mentions] == [str(number) for number in range(2, 11)]
    assert [words(document, m) for m in document.mentions] == said
    assert {m.label for m in document.mentions} == {"Annotation"}
    notices = read(SAMPLES / "uima_cas_json" / file, name).notices
    assert [n for n in notices if "1 DocumentAnnotation annotations are no mentions" in n]


def test_gate_annotations_of_all_types():
    document = only("gate/debugdoc01.bdocjs", "gate")
    labels = Counter(m.label for m in document.mentions)
    assert labels == {"Token": 30, "PERSON": 5, "Sentence": 2, "ORDINAL": 1, "GPE": 1}
    people = [words(document, m) for m in document.mentions if m.label == "PERSON"]
    assert sorted(people) == sorted(
        ["Barack Obama", "George W. Bush", "Donald Trump", "Bush", "Bill Clinton"]
    )
    (first, *_) = document.mentions
    assert (first.id, words(document, first)) == ("0", "Barack")
    assert first.fields["lemma"] == "Barack"
    assert first.fields["head"] == 5


def test_gate_xml():
    document = only("gate/debug-gatexml.xml", "gate")
    assert document.text == "This is the document text. It contains < & > and 💩 for testing."
    (found,) = document.mentions
    assert (found.id, found.label, words(document, found)) == ("0", "TEST", "Th")
    assert document.meta["fInt1"] == 222
    assert document.meta["fBoolean"] is True


def test_conll_that_doccano_takes():
    path = SAMPLES / "doccano" / "sequence_labeling-example.conll"
    assert recognise(path) == "conll"
    first, second = read(path, "conll")
    assert [(m.label, words(first, m)) for m in first.mentions] == [("LOC", "JAPAN")]
    assert [(m.label, words(second, m)) for m in second.mentions] == [("PER", "Nadim Ladki")]


def test_conll_that_doccano_refuses_is_refused_here():
    path = SAMPLES / "doccano" / "sequence_labeling-labeling.invalid.conll"
    with pytest.raises(DataError) as caught:
        read(path, "conll")
    assert str(caught.value.problems[0]).startswith(f"{path}:1: ")


def test_spacy_entities():
    document = only("spacy/demo.spacy", "spacy")
    assert document.text.startswith("I'm seeing Ed Sheeran on Wednesday in Miami")
    assert mentions(document) == {"ent-1": ("PERSON", "Ed Sheeran", {})}
