"""Many documents looked at together have the very faults that each has by itself."""

import msgspec
import pytest
from dense import document_pairs, many
from hypothesis import given
from hypothesis import strategies as st

from toolkit.checking.batch import batch_faults
from toolkit.checking.structure import structure_faults
from toolkit.columns import columns
from toolkit.model import Document, Mention

ODD = st.builds(
    Mention,
    id=st.sampled_from(["", "m0", "odd"]),
    label=st.sampled_from(["", "A"]),
    start=st.sampled_from([None, -1, 0, 3]),
    end=st.sampled_from([None, 0, 3, 99]),
    text=st.sampled_from([None, "", "abc"]),
    score=st.sampled_from([None, 0.5, float("nan")]),
)


@many(500)
@given(
    st.lists(st.tuples(document_pairs(most=3), ODD, st.booleans()), max_size=3),
    st.sampled_from([None, "abcdef", "abc" * 40]),
)
def test_the_faults_are_those_of_each(drawn, text):
    documents = [
        msgspec.structs.replace(pair[0], mentions=(*pair[0].mentions, *([odd] if is_odd else [])))
        for pair, odd, is_odd in drawn
    ]
    texts = [text] * len(documents)
    assert list(batch_faults(columns(documents), texts)) == [
        (position, fault)
        for position, document in enumerate(documents)
        for fault in structure_faults(document, text)
    ]


@pytest.mark.parametrize("end", [3, 4])
def test_a_document_stands_on_its_own_text_where_no_other_is_given(end):
    document = Document("d", text="abc", mentions=(Mention("m", "A", 0, end),))
    assert bool(list(batch_faults(columns([document])))) == (end > 3)
