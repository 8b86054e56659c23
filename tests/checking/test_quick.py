"""The quick look never passes what the rules find fault with."""

import msgspec
import pytest
from dense import document_pairs, many
from hypothesis import given
from hypothesis import strategies as st

from toolkit.checking.quick import doubtful
from toolkit.checking.rules import required_faults, rule_faults
from toolkit.columns import columns
from toolkit.model import Document, Mention

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(0, 2),
    st.sampled_from(["", "x", "p", "2021", "2021-13", "no"]),
    st.lists(st.sampled_from(["x", "p", "no", None]), max_size=2),
    st.just({"ref": "m0"}),
    st.just({"start": 0, "end": 1}),
)


@many(500)
@given(
    document_pairs(),
    st.sampled_from(["who", "when", "what", "of", "where", "n", "no"]),
    VALUES,
    st.sampled_from(["A", "B", "R", "no"]),
)
def test_what_passes_has_no_fault(dense_schema, pair, field, value, label):
    odd = Mention(id="odd", label=label, start=0, end=1, fields={field: value})
    document = msgspec.structs.replace(pair[0], mentions=(*pair[0].mentions, odd))
    if not doubtful(columns([document]), dense_schema, required=False):
        assert not list(rule_faults(document, dense_schema))
    if not doubtful(columns([document]), dense_schema, required=True):
        assert not list(required_faults(document, dense_schema))


@pytest.mark.parametrize(
    "fields", [{}, {"who": "one", "when": "2021-12"}, {"what": ["x", "p"]}, {"what": "z"}]
)
def test_what_is_plainly_right_passes(dense_schema, fields):
    mention = Mention(id="m", label="A", start=0, end=1, fields=fields)
    document = Document(id="d", mentions=(mention,))
    assert not doubtful(columns([document]), dense_schema, required=True)
