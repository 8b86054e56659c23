import pickle

import msgspec
import pytest

from toolkit.model import Corpus, Document, Entities, Mention, values
from toolkit.spans import Span


def test_a_continuous_mention_stands_in_one_fragment():
    assert Mention("m", "a", 4, 9).place == (Span(4, 9),)


def test_a_mention_that_starts_the_text_has_a_place():
    assert Mention("m", "a", 0, 1).place == (Span(0, 1),)


def test_fragments_make_a_canonical_place():
    mention = Mention("m", "a", fragments=(Span(12, 20), Span(3, 9)))
    assert mention.place == (Span(3, 9), Span(12, 20))


def test_a_record_without_anchor_stands_nowhere():
    assert Mention("m", "a").place == ()


def test_mentions_cannot_be_changed():
    with pytest.raises(AttributeError):
        Mention("m", "a").id = "n"


def test_two_mentions_do_not_share_their_fields():
    one, other = Mention("m", "a"), Mention("n", "a")
    assert one.fields is not other.fields


@pytest.mark.parametrize("kind", [Mention, Document])
def test_an_unknown_key_is_refused(kind):
    with pytest.raises(msgspec.ValidationError, match="unknown field `extra`"):
        msgspec.convert({"id": "d", "extra": 1}, kind)


def test_a_document_without_mentions_says_so_by_an_empty_list():
    assert msgspec.json.encode(Document("d")) == b'{"id":"d"}'


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, []),
        ([], []),
        ([None, "a", None], ["a"]),
        ("a", ["a"]),
        (False, [False]),
        (0, [0]),
        ("", [""]),
        ({"ref": "m"}, [{"ref": "m"}]),
    ],
)
def test_absence_and_null_are_no_value(value, expected):
    assert values(value) == expected


@pytest.fixture
def entities():
    return Entities(
        {
            "us_gov": ("the US government", "the White House", "Washington"),
            "wa_state": ("Washington State", "Washington"),
        }
    )


@pytest.mark.parametrize("name", ["us_gov", "The White House", "the  white\u00a0house"])
def test_an_entity_is_found_by_its_id_and_any_alias(entities, name):
    assert entities.ids(name) == {"us_gov"}
    assert name in entities


def test_an_alias_of_two_entities_may_mean_either(entities):
    assert entities.ids("Washington") == {"us_gov", "wa_state"}


def test_an_unknown_name_means_only_itself(entities):
    assert entities.ids("The  KREMLIN") == {"the kremlin"}
    assert "the Kremlin" not in entities


def test_a_corpus_finds_documents_by_id_and_keeps_their_order():
    corpus = Corpus([Document("b"), Document("a")], name="news")
    assert [document.id for document in corpus] == ["b", "a"]
    assert corpus["a"] is corpus.documents[1]
    assert len(corpus) == 2
    with pytest.raises(KeyError, match="c"):
        corpus["c"]


def test_a_corpus_shows_its_name_and_size():
    assert repr(Corpus([Document("b")], name="news")) == "Corpus('news', documents=1)"


def test_a_corpus_survives_the_way_between_processes(entities):
    corpus = Corpus([Document("b", mentions=(Mention("m", "a", 1, 2),))], entities=entities)
    copy = pickle.loads(pickle.dumps(corpus))
    assert copy.documents == corpus.documents
    assert copy.entities.ids("Washington") == entities.ids("Washington")
