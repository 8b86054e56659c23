"""What a format can hold comes back as it was, whatever the characters."""

import importlib.util

import pytest
from documents import NAMES, VALUES, WORDS, documents
from hypothesis import given
from hypothesis import strategies as st

from toolkit.formats.doccano import read_doccano, write_doccano
from toolkit.formats.huggingface import read_huggingface, write_huggingface
from toolkit.formats.label_studio import read_label_studio, write_label_studio
from toolkit.formats.langextract import read_langextract, write_langextract
from toolkit.formats.llm import read_llm, write_llm
from toolkit.formats.prodigy import read_prodigy, write_prodigy
from toolkit.formats.table import read_table, write_table
from toolkit.model import Document, Mention
from toolkit.spans import Span

needs_parquet = pytest.mark.skipif(
    importlib.util.find_spec("pyarrow") is None, reason="needs the extra 'parquet'"
)

FIELDS = st.dictionaries(st.sampled_from(["role", "said by", "größe"]), VALUES, max_size=2)
PLAIN = st.dictionaries(
    st.sampled_from(["role", "größe"]), WORDS | st.lists(WORDS, min_size=2), max_size=2
)


def references(draw_from):
    """Fields that are references to the first mention only."""
    return st.dictionaries(st.sampled_from(draw_from), st.just({"ref": "1"}), max_size=2)


def resolved(found):
    """The documents without references that lead nowhere: a format may refuse these."""
    return [
        Document(
            d.id,
            text=d.text,
            mentions=tuple(
                Mention(m.id, m.label, m.start, m.end, m.fragments, m.fields, score=m.score)
                for m in d.mentions
            ),
        )
        for d in found
    ]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


pytestmark = pytest.mark.usefixtures("here")


@given(found=documents(fields=references(["knows", "of"])))
def test_doccano(found):
    for offsets in ("utf16", "code-points"):
        assert write_doccano(found, "a.jsonl", offsets=offsets) == []
        assert list(read_doccano("a.jsonl", offsets=offsets)) == found


@given(found=documents(fields=FIELDS, scores=True))
def test_prodigy(found):
    assert write_prodigy(found, "a.jsonl") == []
    assert resolved(read_prodigy("a.jsonl")) == found


@given(found=documents(fields=FIELDS, pieces=3, scores=True))
def test_label_studio(found):
    found = [
        Document(d.id, text=d.text, mentions=d.mentions, meta={"title": "T"}, text_sha256="ab")
        for d in found
        if all(len(m.place) == max(1, len(m.fragments)) for m in d.mentions)
    ] or [Document("d", text="x")]
    for take in ("annotations", "predictions"):
        lost = write_label_studio(found, "a.json", take=take)
        assert lost == []
        assert list(read_label_studio("a.json", take=take)) == found


@given(found=documents(scores=True))
def test_huggingface(found):
    lost = write_huggingface(found, "a.jsonl")
    assert lost == []
    assert list(read_huggingface("a.jsonl")) == found


@needs_parquet
@given(found=documents(scores=True))
def test_huggingface_parquet(found):
    write_huggingface(found, "a.parquet")
    assert list(read_huggingface("a.parquet")) == found


@given(found=documents(fields=PLAIN))
def test_langextract(found):
    assert write_langextract(found, "a.jsonl") == []
    back = read_langextract("a.jsonl")
    assert resolved(back) == found
    for document in back:
        for mention in document.mentions:
            assert mention.text == document.text[mention.start : mention.end]


@pytest.mark.parametrize("file", ["a.csv", "a.tsv", pytest.param("a.parquet", marks=needs_parquet)])
@given(found=documents(fields=FIELDS, pieces=3, scores=True))
def test_table(file, found):
    found = [Document(d.id, mentions=d.mentions) for d in found if d.mentions]
    if not found:
        return
    lost = dict(write_table(found, file))
    if not lost:
        assert list(read_table(file)) == found
    assert lost.keys() <= {"words that look like JSON"}


@given(found=documents(pieces=2, names=NAMES))
def test_llm_answers_keep_their_words(found):
    words = [
        Document(
            d.id,
            mentions=tuple(
                Mention(m.id, m.label, text=w or None)
                for m in d.mentions
                if (w := " … ".join(p for a, b in m.place if (p := d.text[a:b]).strip()))
            ),
        )
        for d in found
    ]
    write_llm(words, "a.jsonl")
    assert list(read_llm("a.jsonl")) == words


LOSSY = Document(
    "d",
    text="Ana and Bo left",
    text_sha256="ab",
    meta={"a": 1},
    mentions=(
        Mention("x", "p", fragments=(Span(0, 3), Span(8, 10)), score=0.5, grounding="exact"),
        Mention("y", "p", 0, 3, fields={"to": {"ref": "x"}, "n": 3}, optional=True),
        Mention("z", "p", fields={"role": "envoy"}),
    ),
)


OPTIONAL = "alternatives and marks of optional mentions"

LOST = {
    write_doccano: {
        "discontinuous mentions": 1,
        "mentions without a place": 1,
        "references to mentions that are left out": 1,
        "field values": 1,
        OPTIONAL: 1,
    },
    write_prodigy: {
        "discontinuous mentions": 1,
        "mentions without a place": 1,
        "references to mentions that are left out": 1,
        OPTIONAL: 1,
    },
    write_label_studio: {"mentions without a place": 1, "groundings": 1, OPTIONAL: 1},
    write_huggingface: {
        "discontinuous mentions": 1,
        "mentions without a place": 1,
        "field values": 2,
        "values of meta": 1,
        OPTIONAL: 1,
    },
    write_langextract: {
        "discontinuous mentions": 1,
        "mentions whose words are not known": 1,
        "references": 1,
        "numbers and booleans, written as text": 1,
        "values of meta": 1,
        "scores": 1,
        "groundings": 1,
        OPTIONAL: 1,
    },
    write_table: {
        "texts": 1,
        "checksums of texts": 1,
        "values of meta": 1,
        "numbers and booleans, written as text": 1,
        "groundings": 1,
        OPTIONAL: 1,
    },
    write_llm: {
        "checksums of texts": 1,
        "values of meta": 1,
        "scores": 1,
        "groundings": 1,
        OPTIONAL: 1,
    },
}


@pytest.mark.parametrize("write", LOST)
def test_what_is_lost_is_said_with_its_number(write):
    assert dict(write([LOSSY], "a.json")) == LOST[write]
