"""Documents that come without offsets: what `toolkit.ground` makes of them."""

import toolkit
from toolkit.checking.structure import structure_faults
from toolkit.model import Document, Mention

TEXT = (
    "Karsk said: “We don’t bow.” Brask will act unless Karsk bows. Unless Karsk pays, Orlo waits."
)


def ground(*mentions, text=TEXT):
    return toolkit.ground([Document("d", mentions=mentions)], [Document("d", text=text)])


def test_a_mention_gets_its_place_and_the_words_that_stand_there():
    corpus = ground(Mention("m", "claim", text="We don't bow."))
    (mention,) = corpus["d"].mentions
    assert mention == Mention("m", "claim", 13, 26, text="We don’t bow.", grounding="normalised")
    assert corpus.notices == ()
    assert not list(structure_faults(corpus["d"], TEXT))


def test_what_is_not_there_keeps_its_words_and_is_named():
    corpus = ground(Mention("m", "claim", text="We shall overcome"))
    assert corpus["d"].mentions == (
        Mention("m", "claim", text="We shall overcome", grounding="none"),
    )
    assert corpus.notices == ("d m: claim 'We shall overcome' is not in the text",)
    assert not list(structure_faults(corpus["d"], TEXT))


def test_a_mention_with_a_place_or_without_words_stays_as_it_is():
    mentions = (Mention("a", "x", 0, 5, text="Karsk"), Mention("b", "x", fields={"n": 1}))
    assert ground(*mentions)["d"].mentions == mentions


def test_a_discontinuous_mention_gets_fragments():
    (mention,) = ground(Mention("m", "x", text="Brask … act"))["d"].mentions
    assert mention.start is None
    assert mention.fragments == ((28, 33), (39, 42))


def test_a_span_value_is_found_nearest_to_its_mention():
    pays = Mention("m", "x", text="pays", fields={"who": {"text": "Karsk"}, "n": "Karsk"})
    bows = Mention("n", "x", text="bows", fields={"who": [{"text": "Karsk"}, {"text": "no one"}]})
    corpus = ground(pays, bows)
    assert corpus["d"].mentions[0].fields == {"who": {"start": 69, "end": 74}, "n": "Karsk"}
    assert corpus["d"].mentions[1].fields == {"who": [{"start": 50, "end": 55}, {"text": "no one"}]}
    assert corpus.notices == ("d n: who 'no one' is not in the text",)


def test_a_document_without_a_text_is_named():
    corpus = toolkit.ground([Document("d", mentions=(Mention("m", "x", text="y"),))])
    assert corpus.notices == ("d: there is no text, so its mentions are not located",)
    assert corpus["d"].mentions[0].grounding is None


def test_grounding_is_on_disk_and_comes_back(tmp_path):
    toolkit.write(ground(Mention("m", "x", text="brask")), tmp_path / "p.jsonl")
    assert toolkit.read(tmp_path / "p.jsonl")["d"].mentions[0].grounding == "normalised"


def test_an_extractor_may_answer_words_without_offsets():
    texts = [Document("d", text=TEXT)]
    (document,) = toolkit.extract(lambda text: [Mention("m", "x", text="Orlo")], texts)
    assert document.mentions == (Mention("m", "x", 81, 85, text="Orlo", grounding="exact"),)
