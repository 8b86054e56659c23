"""Columns say of mentions what the mentions say, for all documents and for any part of them."""

import numpy as np
from dense import document_pairs, many
from hypothesis import given
from hypothesis import strategies as st

from toolkit import columns as module
from toolkit.columns import FAR, NO_DOCUMENT, NOWHERE, columns, grouped
from toolkit.model import Corpus, Document, Mention

NUMBERS = st.lists(st.integers(0, 60), max_size=12)
DOCUMENTS = st.lists(document_pairs(most=4).map(lambda pair: pair[0]), max_size=6)


def told(found):
    """Everything in columns, in plain Python."""
    return (
        list(found.documents),
        found.mentions,
        [found.labels[label] for label in found.label.tolist()],
        *(
            each.tolist()
            for each in (found.first, found.document, found.start, found.end, found.odd)
        ),
        {name: each.value.tolist() for name, each in found.values.items() if each.there.any()},
    )


@many(200)
@given(DOCUMENTS, st.integers(1, 3))
def test_each_mention_stands_where_its_document_has_it(documents, stretch):
    before, module.STRETCH = module.STRETCH, stretch
    try:
        found = columns(documents)
    finally:
        module.STRETCH = before
    assert found.mentions == [mention for document in documents for mention in document.mentions]
    for k, mention in enumerate(found.mentions):
        assert mention in documents[found.document[k]].mentions
        assert found.labels[found.label[k]] == mention.label
        assert found.start[k] == (NOWHERE if mention.start is None else mention.start)
        assert found.end[k] == (NOWHERE if mention.end is None else mention.end)
        plain = Mention(
            mention.id, mention.label, mention.start, mention.end, fields=mention.fields
        )
        assert found.odd[k] == (mention.start is None or mention != plain)
        for name, each in found.values.items():
            assert each.value[k] == mention.fields.get(name)
            assert each.there[k] == (mention.fields.get(name) is not None)


@many(200)
@given(DOCUMENTS, st.data())
def test_a_part_is_what_its_documents_alone_give(documents, data):
    positions = st.integers(-1, len(documents) - 1)
    wanted = data.draw(st.lists(positions, max_size=8))
    part = columns(documents).at(np.array(wanted, dtype=np.int64))
    assert told(part) == told(columns([documents[k] if k >= 0 else NO_DOCUMENT for k in wanted]))


def test_an_offset_beyond_all_numbers_is_far():
    found = columns([Document("d", mentions=(Mention("m", "a", 1, 10**30),))])
    assert (found.start.tolist(), found.end.tolist()) == ([1], [FAR])


def test_only_a_corpus_keeps_its_columns():
    documents = [Document("d", mentions=(Mention("m", "a", 1, 2),))]
    corpus = Corpus(documents)
    assert columns(corpus) is columns(corpus)
    assert columns(documents) is not columns(documents)


@given(NUMBERS, st.integers(61, 70))
def test_groups_are_the_positions_of_each_number(numbers, count):
    found = grouped(np.array(numbers, dtype=np.int64), count)
    assert [each.tolist() for each in found] == [
        [k for k, number in enumerate(numbers) if number == wanted] for wanted in range(count)
    ]


def test_no_number_has_no_group():
    assert grouped(np.zeros(0, np.int64), 0) == []
