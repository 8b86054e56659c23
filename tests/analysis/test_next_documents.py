"""Documents to annotate next: doubt from votes and scores."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.analysis.next_documents import next_documents
from toolkit.errors import DataError
from toolkit.model import Document, Mention


def doc(name, *starts, score=None, label="x"):
    mentions = [Mention(f"m{k}", label, k, k + 1, score=score) for k in starts]
    return Document(name, mentions=tuple(mentions))


def test_the_document_where_systems_disagree_comes_first():
    one = [doc("same", 1, 2), doc("other", 1, 2)]
    found = next_documents({"a": one, "b": [doc("same", 1, 2), doc("other", 3, 4)]})
    assert [(each.document.id, each.mentions, each.doubt) for each in found] == [
        ("other", 4, 4.0),
        ("same", 2, 0.0),
    ]


def test_a_score_near_a_half_is_doubt():
    found = next_documents({"a": [doc("sure", 1, score=0.99), doc("open", 1, score=0.5)]})
    assert [each.document.id for each in found] == ["open", "sure"]


def test_annotated_documents_are_left_out_and_texts_without_answers_are_kept():
    texts = [Document("new", text="words"), Document("done", text="words")]
    found = next_documents({"a": [doc("done", 1)], "b": []}, texts, annotated=["done"])
    assert [(each.document.id, each.document.text) for each in found] == [("new", "words")]


def test_references_agree_by_place_and_not_by_id():
    def linked(name):
        speaker = Mention(name, "speaker", 0, 1)
        quote = Mention("q", "quote", 2, 3, fields={"source": {"ref": name}})
        return Document("d", mentions=(speaker, quote))

    (found,) = next_documents({"a": [linked("s1")], "b": [linked("x9")]})
    assert (found.mentions, found.doubt) == (2, 0.0)


def test_one_system_without_scores_leaves_nothing_in_doubt():
    with pytest.raises(DataError, match="one system without scores"):
        next_documents({"a": [doc("d", 1)]})


def test_a_score_that_is_no_probability_is_refused():
    with pytest.raises(DataError, match="score 7 is not from 0 to 1"):
        next_documents({"a": [doc("d", 1, score=7)]})


@given(st.lists(st.sets(st.integers(0, 6)), min_size=2, max_size=4))
def test_doubt_does_not_depend_on_the_order_of_systems(answers):
    systems = {str(k): [doc("d", *starts)] for k, starts in enumerate(answers)}
    (one,) = next_documents(systems)
    (other,) = next_documents(dict(reversed(systems.items())))
    assert one[1:] == pytest.approx(other[1:])
    assert 0 <= one.doubt <= one.mentions
    assert (one.doubt == 0) == all(answer == answers[0] for answer in answers)
