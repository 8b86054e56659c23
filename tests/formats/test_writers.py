"""What is written in a format is read again; what is lost is said."""

from collections import Counter
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from valid import needs_extra

from toolkit.errors import DataError
from toolkit.formats import READERS, RECOGNISERS, WRITERS, find_writer, read, recognise
from toolkit.formats.documentation import holds, table
from toolkit.formats.holding import PARTS, held
from toolkit.model import Document, Mention
from toolkit.spans import Span

ENDINGS = {"native": ".jsonl", "conll": ".conll", "spacy": ".spacy", "label-studio": ".json"}

# These hold words and no text, or no mention without words: other tests are theirs (below, and in
# `test_round_trips.py`).
OTHERS = {"conll", "langextract", "llm", "table"}

EXACT = [name for name in WRITERS if name not in OTHERS]


PIECES = [
    "Ana Roke",
    "🙂",
    "𝒳y",
    "e\u0301",
    "שלום",
    "مرحبا",
    "\r\n",
    "\n",
    "\n\n",
    "\t",
    " ",
    "\u00a0",
    "“quoted”,",
    "a|b_c;*->[1]\\",
    "中文",
    "\\n",
]
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map(
    lambda some: "A " + "".join(some)
)
words = st.sampled_from(
    ["person", "of an office", "🙂 [1]|_;*->\\", "true", "12", "x:y", "é", "\\t"]
)
fields = st.fixed_dictionaries(
    {},
    optional={
        "kind": words,
        "type": words | st.lists(words, min_size=2, max_size=3),
        "count": st.integers(-(2**40), 2**40),
        "share": st.floats(-1e6, 1e6),
        "sure": st.booleans(),
        "part": st.just({"start": 0, "end": 1}),
    },
)


@st.composite
def documents(draw):
    """A document whose mentions begin and end with a word, as all formats can write them."""
    text = draw(texts)
    mentions = []
    for number in range(draw(st.integers(0, 4))):
        bounds = draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4).map(sorted))
        spans = [trimmed(text, *bounds[:2]), trimmed(text, *bounds[2:])]
        label = draw(st.sampled_from(["speaker", "quote", "NamedEntity"]))
        some = draw(fields)
        placed = [mention.id for mention in mentions if mention.place]
        if placed and draw(st.booleans()):
            some["by"] = {"ref": draw(st.sampled_from(placed))}
        if placed and draw(st.booleans()):
            some["about"] = [{"ref": one} for one in (placed[0], placed[-1])]
        if all(spans) and spans[0].end < spans[1].start and draw(st.booleans()):
            mentions.append(Mention(str(number), label, fragments=tuple(spans), fields=some))
        elif spans[0]:
            mentions.append(Mention(str(number), label, *spans[0], fields=some))
        else:
            mentions.append(Mention(str(number), "record", fields=some))
    return Document(draw(st.sampled_from(["d1", "a b", "é"])), text=text, mentions=tuple(mentions))


def trimmed(text, start, end):
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    return Span(start, start + len(inside.strip())) if inside.strip() else None


def content(document, ordered=True):
    """The mentions without their ids and order, each reference as what it refers to."""
    places = {mention.id: (mention.label, mention.place) for mention in document.mentions}

    def plain(value):
        if isinstance(value, list):
            some = [plain(one) for one in value]
            return some if ordered else sorted(some)
        return (
            ("ref", *places[value["ref"]]) if isinstance(value, dict) and "ref" in value else value
        )

    return Counter(
        repr((m.label, m.place, sorted((n, plain(v)) for n, v in m.fields.items())))
        for m in document.mentions
    )


def write_and_read(name, document, folder):
    target = folder / f"out{ENDINGS.get(name, '')}"
    lost = find_writer(name)([document], target)
    assert recognise(target) == name
    return dict(lost), read(target, name)


@pytest.mark.parametrize("name", EXACT)
@given(documents())
@settings(max_examples=60)
def test_what_a_format_holds_is_read_as_it_was_written(name, tmp_path_factory, document):
    needs_extra(name)
    lost, corpus = write_and_read(name, document, tmp_path_factory.mktemp("out"))
    (found,) = corpus
    counted = Counter()
    parts = holds(name) | {"brat": {"flags"}, "label-studio": {"numbers"}}.get(name, {"links"})
    (expected,) = held([document], parts, counted)
    if "records" not in parts:
        placed = tuple(mention for mention in expected.mentions if mention.place)
        expected = msgspec.structs.replace(expected, mentions=placed)
    assert found.text == document.text
    if name == "spacy":
        (left,) = [
            lost.pop(what, 0) for what in ["mentions that do not begin and end with a token"]
        ]
        assert lost.pop("document ids, replaced by numbers")
        assert content(found) <= content(expected)
        assert (content(expected) - content(found)).total() == left
    else:
        assert found.id == document.id
        ordered = "lists that refer to several labels, in another order" not in lost
        assert content(found, ordered) == content(expected, ordered)
    said = {what: n for what, n in lost.items() if what in {*PARTS.values(), *counted}}
    assert said == {what: n for what, n in counted.items() if n}


@given(documents(), st.sampled_from(["IOB2", "BIOES"]))
@settings(max_examples=60)
def test_conll_holds_the_words_of_mentions_that_do_not_overlap(tmp_path_factory, document, scheme):
    target = tmp_path_factory.mktemp("out") / "out.conll"
    lost = dict(find_writer("conll")([document], target, scheme=scheme))
    assert recognise(target) == "conll"
    (found,) = read(target, "conll", scheme=scheme)
    mine, theirs = words_of(document), words_of(found)
    assert theirs <= mine
    overlapping = lost.get("mentions that overlap one before or around them", 0)
    assert theirs.total() == mine.total() - overlapping
    assert "".join(found.text.split()) == "".join(document.text.split())


def words_of(document):
    """Labels and words of the mentions in one piece, whatever the white space."""
    return Counter(
        (m.label, "".join(document.text[m.start : m.end].split()))
        for m in document.mentions
        if m.start is not None
    )


def test_the_documentation_has_the_table_as_the_code_makes_it():
    docs = (Path(__file__).parent.parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")
    start = "<!-- made by toolkit.formats.documentation -->\n"
    assert docs.partition(start)[2].partition("<!-- end -->")[0] == table()
    for name in READERS:
        assert f"`{name}`" in docs.partition("## Options of reading")[2]


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_is_written_from_its_table_and_told_by_its_content(name):
    assert set(WRITERS) <= set(READERS) == set(RECOGNISERS)
    assert holds(name) <= set(PARTS)


@pytest.mark.parametrize(
    "name", ["brat", "cas-json", "conll", "label-studio", "spacy", "webanno", "xmi"]
)
def test_a_document_without_text_is_refused_where_the_text_is_part_of_the_file(name, tmp_path):
    needs_extra(name)
    with pytest.raises(DataError, match="d: has no text"):
        find_writer(name)([Document("d")], tmp_path / "out")
