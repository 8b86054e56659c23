"""CoNLL columns: what is read, what is refused and at which line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import DataError, MismatchError
from toolkit.formats import read
from toolkit.scoring.score import score

SENTENCES = """\
Ana B-person
Roke I-person
left O
Port B-place
Sele I-place

She O
left O
"""


@pytest.fixture
def save(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(content, name="a.conll"):
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
        return name

    return write


def rows(*tags):
    """A file of the tokens t1, t2, ... with these tags; an empty tag is a blank line."""
    return "".join(f"t{i} {tag}\n" if tag else "\n" for i, tag in enumerate(tags, 1))


def spans(corpus):
    """Label and words of every mention."""
    return [(m.label, d.text[m.start : m.end]) for d in corpus for m in d.mentions]


def refused(path, **options):
    with pytest.raises(DataError) as caught:
        read(path, "conll", **options)
    return [str(problem) for problem in caught.value.problems]


class TestColumns:
    def test_a_sentence_is_a_document_with_its_tokens_as_text(self, save):
        corpus = read(save(SENTENCES), "conll")
        assert [d.id for d in corpus] == ["sentence-1", "sentence-2"]
        assert [d.text for d in corpus] == ["Ana Roke left Port Sele", "She left"]
        assert [(m.id, m.label, m.start, m.end) for m in corpus["sentence-1"].mentions] == [
            ("1", "person", 0, 8),
            ("4", "place", 14, 23),
        ]
        assert corpus["sentence-2"].mentions == ()

    @pytest.mark.parametrize(
        "change",
        [
            lambda text: text.replace("\n", "\r\n"),
            lambda text: "\ufeff" + text,
            lambda text: text.replace("\n", " \t\n"),
            lambda text: text.replace(" ", "\t"),
            lambda text: text.replace(" ", " \t  "),
            lambda text: text.rstrip("\n"),
            lambda text: "\n \n\n" + text.replace("\n\n", "\n\n\n") + "\n",
        ],
        ids=["CRLF", "BOM", "trailing", "tabs", "runs", "no last line end", "more blank lines"],
    )
    def test_how_lines_are_written_does_not_matter(self, save, change):
        plain = read(save(SENTENCES), "conll")
        changed = read(save(change(SENTENCES), "b.conll"), "conll")
        assert [d.text for d in changed] == [d.text for d in plain]
        assert spans(changed) == spans(plain)

    def test_between_tabs_a_token_may_hold_spaces(self, save):
        assert spans(read(save("New York\tB-place\nis\tO\n"), "conll")) == [("place", "New York")]

    @pytest.mark.parametrize("token", ["\u00a0", "a\u3000b", "\u2028", "\x85", "😀"])
    def test_only_spaces_and_tabs_part_columns_and_only_line_feeds_lines(self, save, token):
        corpus = read(save(f"{token} B-x\nb I-x\n"), "conll")
        assert spans(corpus) == [("x", f"{token} b")]

    @pytest.mark.parametrize(("column", "label"), [(-1, "b"), (-2, "a"), (3, "a"), (4, "b")])
    def test_columns_count_from_1_or_from_the_right(self, save, column, label):
        assert spans(read(save("w NN B-a B-b\n"), "conll", column=column)) == [(label, "w")]

    def test_the_tokens_may_stand_in_another_column(self, save):
        file = save("1\tAna\tB-a\tO\n2\tleft\tO\tO\n")
        assert spans(read(file, "conll", token_column=2, column=3)) == [("a", "Ana")]

    def test_the_separator_can_be_forced(self, save):
        file = save("New York\tB-place\nis here\tO\n")
        assert [d.text for d in read(file, "conll")] == ["New York is here"]
        assert [d.text for d in read(file, "conll", separator="space")] == ["New is"]

    @pytest.mark.parametrize(
        ("content", "options", "said"),
        [
            ("", {}, "a.conll: holds no token"),
            ("\n\n", {}, "a.conll: holds no token"),
            ("a O\nb\nc O\n", {}, "a.conll:2: 1 columns where the file has 2: 'b'"),
            ("a\tO\n\tO\n", {}, "a.conll:2: there is no token"),
            ("a O\nb NN\nc NN\n", {}, "a.conll:2: 'NN' in column -1 is no tag, here and on 1 more"),
            ("a B-\n", {}, "a.conll:1: 'B-' in column -1 is no tag"),
            ("a O\n", {"column": 3}, "has 2 columns, so there is no column 3"),
            ("a O\n", {"column": 0}, "columns count from 1 at the left, or from -1"),
            ("a O\n", {"column": -2}, "column -2 is that of the tokens"),
            (b"a O\nb\xff O\n", {}, "a.conll:2: not UTF-8"),
        ],
    )
    def test_what_cannot_be_read_is_said_at_its_line(self, save, content, options, said):
        assert said in refused(save(content), **options)[0]

    def test_every_fault_is_told_and_many_of_a_kind_are_counted(self, save):
        said = refused(save("a O\n" * 30 + "b\n" * 25 + "c x\nd y\n"))
        assert len(said) == 23
        assert said[20] == "a.conll:51: and 5 more from here on"
        assert [line.partition(" in ")[0] for line in said[21:]] == [
            "a.conll:56: 'x'",
            "a.conll:57: 'y'",
        ]
        assert refused("a.conll", on_error="stop") == said[:1]


class TestDocuments:
    def test_docstart_lines_mark_documents(self, save):
        file = save(f"-DOCSTART- -X-\n\n{SENTENCES}\n-DOCSTART- -X-\n\nNo O\n")
        corpus = read(file, "conll")
        assert [(d.id, d.text) for d in corpus] == [
            ("document-1", "Ana Roke left Port Sele\nShe left"),
            ("document-2", "No"),
        ]
        corpus = read(file, "conll", documents="sentences")
        assert [d.id for d in corpus] == ["sentence-1", "sentence-2", "sentence-3"]

    def test_newdoc_lines_name_documents(self, save):
        corpus = read(save("# newdoc id = n 1\n# text = Ana\nAna B-a\n# newdoc\nNo O\n"), "conll")
        assert [(d.id, d.text) for d in corpus] == [("n 1", "Ana"), ("document-2", "No")]

    def test_tokens_before_the_first_mark_are_a_document(self, save):
        corpus = read(save("a O\n\n-DOCSTART- O\n\nb O\n"), "conll")
        assert [(d.id, d.text) for d in corpus] == [("document-1", "a"), ("document-2", "b")]

    def test_a_marked_document_may_be_empty(self, save):
        corpus = read(save("-DOCSTART- O\n\n-DOCSTART- O\n\nb O\n"), "conll")
        assert [(d.id, d.text) for d in corpus] == [("document-1", ""), ("document-2", "b")]

    def test_an_id_twice_is_refused(self, save):
        said = refused(save("# newdoc id = x\na O\n# newdoc id = x\nb O\n"))
        assert said == [
            "a.conll:3: document id 'x' already stands at a.conll:1 (ids must be unique)"
        ]

    def test_offsets_run_through_all_sentences(self, save):
        corpus = read(save("-DOCSTART- O\n\na O\n\nbb B-x\n\nccc B-y\nd I-y\n"), "conll")
        assert spans(corpus) == [("x", "bb"), ("y", "ccc d")]

    def test_comments_are_left_out_and_a_hash_with_a_tag_is_a_token(self, save):
        corpus = read(save("# id 7 lang = en\n# O\n#no B-x\n16 I-x\n"), "conll")
        assert [d.text for d in corpus] == ["# #no 16"]
        assert spans(corpus) == [("x", "#no 16")]


SCHEMES = {
    "IOB2": ["B-a", "I-a", "B-a", "B-b", "I-b", "O", "B-b"],
    "IOB1": ["I-a", "I-a", "B-a", "I-b", "I-b", "O", "I-b"],
    "BIOES": ["B-a", "E-a", "S-a", "B-b", "E-b", "O", "S-b"],
    "BILOU": ["B-a", "L-a", "U-a", "B-b", "L-b", "O", "U-b"],
}


class TestSchemes:
    @pytest.mark.parametrize("forced", [False, True], ids=["recognised", "forced"])
    @pytest.mark.parametrize("scheme", SCHEMES)
    def test_each_scheme_reads_the_same_spans(self, save, scheme, forced):
        corpus = read(save(rows(*SCHEMES[scheme])), "conll", scheme=scheme if forced else None)
        assert spans(corpus) == [("a", "t1 t2"), ("a", "t3"), ("b", "t4 t5"), ("b", "t7")]

    def test_a_span_ends_with_its_sentence(self, save):
        corpus = read(save(rows("B-a", "", "I-a")), "conll", malformed="keep")
        assert spans(corpus) == [("a", "t1"), ("a", "t3")]

    def test_iob1_is_said_where_it_is_recognised(self, save):
        file = save(rows("O", "I-a"))
        said = "a.conll: column -1 is read as IOB1, where I- begins a mention"
        assert read(file, "conll").notices == (said,)
        assert read(file, "conll", scheme="IOB1").notices == ()

    @pytest.mark.parametrize(
        ("scheme", "tags", "kept", "dropped"),
        [
            ("IOB2", ["B-x", "I-a", "I-a"], ["t1", "t2 t3"], ["t1"]),
            ("IOB2", ["B-a", "I-x", "O"], ["t1", "t2"], ["t1"]),
            ("IOB2", ["O", "I-a", "B-a"], ["t2", "t3"], ["t3"]),
            ("IOB2", ["S-a", "B-a"], ["t1", "t2"], ["t2"]),
            ("BIO", ["I-a", "B-a"], ["t1", "t2"], ["t2"]),
            ("IOB1", ["O", "B-a", "I-a", "I-b"], ["t2 t3", "t4"], ["t4"]),
            ("BIOES", ["B-a", "I-a", "O", "S-a"], ["t1 t2", "t4"], ["t4"]),
            ("BIOES", ["E-a", "S-a", "I-a"], ["t1", "t2", "t3"], ["t2"]),
            ("BILOU", ["B-a", "L-a", "L-a"], ["t1 t2", "t3"], ["t1 t2"]),
            ("BIOES", ["B-a", "E-b", "S-a"], ["t1", "t2", "t3"], ["t3"]),
        ],
    )
    def test_a_malformed_mention_is_refused_kept_or_dropped(
        self, save, scheme, tags, kept, dropped
    ):
        file = save(rows(*tags))
        assert f"breaks {scheme}" in refused(file, scheme=scheme)[0]
        for malformed, words in (("keep", kept), ("drop", dropped)):
            corpus = read(file, "conll", scheme=scheme, malformed=malformed)
            assert [word for _, word in spans(corpus)] == words
            (notice,) = corpus.notices
            said = f"{len(kept) - len(dropped)} of {len(kept)} mentions break {scheme}"
            assert said in notice

    def test_every_malformed_mention_is_named_at_its_line_with_what_to_do(self, save):
        said = refused(save(rows("B-a", "O", "I-a", "I-a", "", "I-b")))
        assert said[:2] == [
            "a.conll:3: t3/I-a t4/I-a breaks IOB2",
            "a.conll:6: t6/I-b breaks IOB2",
        ]
        assert "2 mentions break IOB2, where one begins with B- and goes on with I-" in said[2]
        assert "--malformed keep" in said[2]
        assert "--malformed drop" in said[2]


@st.composite
def sentences(draw):
    """Sentences of spans and gaps: (label or none, length)."""
    part = st.tuples(st.sampled_from(["a", "b-c", None]), st.integers(1, 4))
    return draw(st.lists(st.lists(part, min_size=1, max_size=8), min_size=1, max_size=4))


def encode(sentence, scheme):
    """The tags of a sentence, and its spans as (label, first token, token after the last)."""
    tags, spans, before = [], [], None
    for label, length in sentence:
        if label is None:
            tags += ["O"] * length
        elif scheme in ("IOB1", "IOB2"):
            first = "B" if scheme == "IOB2" or before == label else "I"
            tags += [f"{first}-{label}", *[f"I-{label}"] * (length - 1)]
        else:
            last, single = ("E", "S") if scheme == "BIOES" else ("L", "U")
            inner = [f"B-{label}", *[f"I-{label}"] * (length - 2), f"{last}-{label}"]
            tags += [f"{single}-{label}"] if length == 1 else inner
        if label is not None:
            spans.append((label, len(tags) - length, len(tags)))
        before = label
    return tags, spans


@pytest.mark.parametrize("scheme", SCHEMES)
@given(text=sentences(), forced=st.booleans(), tab=st.booleans())
def test_spans_written_in_a_scheme_are_read_back(save, scheme, text, forced, tab):
    encoded = [encode(sentence, scheme) for sentence in text]
    mark = "\t" if tab else " "
    lines = [[f"w{i}{mark}{tag}\n" for i, tag in enumerate(tags)] for tags, _ in encoded]
    file = save("\n".join("".join(sentence) for sentence in lines))
    corpus = read(file, "conll", scheme=scheme if forced else "auto")
    found = [
        [
            (m.label, d.text[: m.start].count(" "), d.text[: m.end].count(" ") + 1)
            for m in d.mentions
        ]
        for d in corpus
    ]
    assert found == [spans for _, spans in encoded]


class TestTwoFiles:
    def test_other_tokens_are_refused_word_by_word(self, save):
        gold = read(save("a B-x\n& O\n\n# note\nc O\n", "g.conll"), "conll")
        predicted = read(save("a B-x\n&amp; O\n\nC O\n", "p.conll"), "conll")
        with pytest.raises(MismatchError) as caught:
            score(gold, predicted)
        *words, last = map(str, caught.value.problems)
        assert words == [
            "p.conll:2: '&amp;' where the gold has '&' (g.conll:2)",
            "p.conll:4: 'C' where the gold has 'c' (g.conll:5)",
        ]
        assert "2 differences" in last
        assert "--gold-tokens" in last

    @pytest.mark.parametrize(
        ("tokens", "said"),
        [
            ("a O\nc O\n", "p.conll:2: 'c' where the gold has 'b' (g.conll:2)"),
            ("a O\nb O\n", "p.conll:1: 2 words where the gold has 3 (g.conll:1)"),
        ],
    )
    def test_where_a_token_is_missing_the_first_difference_is_told(self, save, tokens, said):
        gold = read(save("a O\nb O\nc O\n", "g.conll"), "conll")
        with pytest.raises(MismatchError) as caught:
            score(gold, read(save(tokens, "p.conll"), "conll"))
        assert [str(problem) for problem in caught.value.problems][:-1] == [said]

    def test_sentences_parted_otherwise_are_refused(self, save):
        gold = read(save("-DOCSTART- O\n\na O\n\nb O\n", "g.conll"), "conll")
        predicted = read(save("-DOCSTART- O\n\na O\nb O\n", "p.conll"), "conll")
        with pytest.raises(MismatchError, match="white space is not as in the gold"):
            score(gold, predicted)

    def test_many_differences_are_counted(self, save):
        gold = read(save("a O\n" * 30, "g.conll"), "conll")
        predicted = read(save("b O\n" * 30, "p.conll"), "conll")
        with pytest.raises(MismatchError) as caught:
            score(gold, predicted)
        assert len(caught.value.problems) == 22
        assert str(caught.value.problems[20]) == "p.conll:21: and 10 more from here on"

    def test_tokens_spelled_otherwise_can_be_laid_on_the_golds(self, save):
        gold = read(save("a O\n-LRB- B-x\nb I-x\n", "g.conll"), "conll")
        predicted = read(save("a O\n( B-x\nb I-x\n", "p.conll"), "conll", tokens=gold)
        assert [d.text for d in predicted] == ["a -LRB- b"]
        said = "p.conll: 1 tokens are spelled otherwise than the gold's, which are used"
        assert predicted.notices == (said,)
        row = next(row for row in score(gold, predicted).rows if row.view == "strict")
        assert (row.label, row.correct, row.gold, row.predicted) == ("x", 1, 1, 1)

    def test_they_must_stand_one_for_one(self, save):
        gold = read(save("a O\nb O\n", "g.conll"), "conll")
        said = refused(save("a O\n", "p.conll"), tokens=gold)
        assert said == ["p.conll:1: 1 tokens where the gold has 2 (they must stand one for one)"]
