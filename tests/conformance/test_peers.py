"""Beside seqeval and nervaluate: the same figures wherever these are right, and where they are not,
the smallest example of why.
"""

from types import SimpleNamespace

import pytest
from dense import many
from hypothesis import given
from hypothesis import strategies as st
from nervaluate import Evaluator
from seqeval.metrics import classification_report
from seqeval.scheme import IOB2

from toolkit.errors import DataError
from toolkit.formats import read
from toolkit.model import Document, Mention
from toolkit.scoring.score import score

LABELS = ("A", "B", "C")
VIEWS = {"strict": "strict", "exact": "exact", "partial": "partial", "ent_type": "type"}
"""nervaluate's names for four of our views."""


def corpus(documents):
    """Documents of `(label, start, end)`, named by their position."""
    return [
        Document(
            f"d{n}",
            mentions=tuple(Mention(f"m{k}", *span) for k, span in enumerate(spans)),
        )
        for n, spans in enumerate(documents)
    ]


def ours(gold, predicted):
    """Our rows by label and view."""
    card = score(corpus(gold), corpus(predicted))
    return {(row.label, row.view): row for row in card.rows if row.field is None}


def nervaluates(gold, predicted, *, inclusive=True, **options):
    """nervaluate's results; `inclusive` gives it ends as it wants them, a mention's last offset."""

    def spans(documents):
        return [
            [{"label": label, "start": a, "end": b - inclusive} for label, a, b in document]
            for document in documents
        ]

    return Evaluator(spans(gold), spans(predicted), tags=list(LABELS), **options).evaluate()


def counts(result):
    return result.correct, result.partial, result.incorrect, result.missed, result.spurious


def our_counts(row):
    return row.correct, row.partial, row.incorrect, row.missing, row.spurious


def figures(row):
    """Precision, recall and F1, with 0 where nothing defines them, as others have it."""
    return pytest.approx([row.precision or 0, row.recall or 0, row.f1 or 0])


# Agreement


@st.composite
def flat(draw, most=12):
    """The mentions of one side of a document of `most` tokens, none overlapping another."""
    found, end = [], 0
    for _ in range(draw(st.integers(0, 4))):
        start = end + draw(st.integers(0, 3))
        end = start + draw(st.integers(1, 3))
        if end > most:
            break
        found.append((draw(st.sampled_from(LABELS)), start, end))
    return found


@st.composite
def apart(draw):
    """Both sides of a document in which a mention overlaps one of the other side at most."""
    gold, predicted = [], []
    for number in range(draw(st.integers(0, 4))):
        for side in (gold, predicted):
            if draw(st.booleans()):
                start = 10 * number + draw(st.integers(0, 5))
                side.append((draw(st.sampled_from(LABELS)), start, start + draw(st.integers(1, 4))))
    return gold, predicted


def tags(document, length=12):
    found = ["O"] * length
    for label, start, end in document:
        found[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
    return found


def by_seqeval(gold, predicted, **options):
    return classification_report(gold, predicted, output_dict=True, zero_division=0, **options)


@pytest.mark.parametrize("options", [{}, {"mode": "strict", "scheme": IOB2}])
@many(200)
@given(documents=st.lists(st.tuples(flat(), flat()), min_size=1, max_size=4))
def test_seqeval_agrees_on_well_formed_tags(options, documents):
    gold, predicted = zip(*documents, strict=True)
    if not any(gold) and not any(predicted):
        return  # seqeval has no report of nothing
    theirs = by_seqeval([tags(d) for d in gold], [tags(d) for d in predicted], **options)
    found = ours(gold, predicted)
    labels = {label for side in (*gold, *predicted) for label, _, _ in side}
    for label in labels:
        row, report = found[label, "strict"], theirs[label]
        assert [report["precision"], report["recall"], report["f1-score"]] == figures(row)
        assert report["support"] == row.gold
    whole = theirs["micro avg"]
    assert [whole["precision"], whole["recall"], whole["f1-score"]] == figures(
        found["(micro)", "strict"]
    )


@many(300)
@given(st.lists(apart(), min_size=1, max_size=4))
def test_nervaluate_agrees_where_no_two_mentions_compete(documents):
    gold, predicted = zip(*documents, strict=True)
    if not any(gold) and not any(predicted):
        return  # nervaluate has no result of nothing
    theirs, found = nervaluates(gold, predicted, loader="dict"), ours(gold, predicted)
    for name, view in VIEWS.items():
        result, row = theirs["overall"][name], found["(micro)", view]
        assert counts(result) == our_counts(row)
        assert [result.precision, result.recall, result.f1] == figures(row)
    for label, results in theirs["entities"].items():
        for name in ("strict", "ent_type"):
            result, row = results[name], found[label, VIEWS[name]]
            assert (result.correct, result.possible, result.actual) == (
                row.correct,
                row.gold,
                row.predicted,
            )
            assert [result.precision, result.recall, result.f1] == figures(row)


# Differences


class TestNervaluate:
    """Version 1.2.1."""

    def test_pairs_an_earlier_overlap_before_an_exact_match(self):
        gold, predicted = [[("A", 0, 10)]], [[("A", 0, 6), ("A", 0, 10)]]
        there = nervaluates(gold, predicted)["overall"]["strict"]
        back = nervaluates(gold, [predicted[0][::-1]])["overall"]["strict"]
        assert (there.correct, back.correct) == (0, 1)
        for order in (predicted, [predicted[0][::-1]]):
            assert ours(gold, order)["(micro)", "strict"].correct == 1

    def test_leaves_unpaired_what_another_order_would_pair(self):
        gold = [[("A", 0, 10), ("A", 5, 15)]]
        predicted = [[("A", 4, 13), ("A", 0, 4)]]
        there = nervaluates(gold, predicted)["overall"]["partial"]
        back = nervaluates(gold, [predicted[0][::-1]])["overall"]["partial"]
        assert counts(there) == (0, 1, 0, 1, 1)
        assert counts(back) == (0, 2, 0, 0, 0)
        for order in (predicted, [predicted[0][::-1]]):
            assert our_counts(ours(gold, order)["(micro)", "partial"]) == (0, 2, 0, 0, 0)

    def test_fails_where_the_first_document_has_no_gold(self):
        gold, predicted = [[], [("A", 0, 5)]], [[("A", 0, 5)], [("A", 0, 5)]]
        with pytest.raises(IndexError):
            nervaluates(gold, predicted)
        row = ours(gold, predicted)["(micro)", "strict"]
        assert our_counts(row) == (1, 0, 0, 0, 1)
        named = nervaluates(gold, predicted, loader="dict")["overall"]["strict"]
        assert counts(named) == our_counts(row)

    def test_takes_half_open_spans_that_touch_for_overlapping(self):
        gold, predicted = [[("A", 0, 5)]], [[("A", 5, 10)]]
        as_they_are = nervaluates(gold, predicted, inclusive=False)["overall"]["partial"]
        assert counts(as_they_are) == (0, 1, 0, 0, 0)
        row = ours(gold, predicted)["(micro)", "partial"]
        assert our_counts(row) == (0, 0, 0, 1, 1)
        assert counts(nervaluates(gold, predicted)["overall"]["partial"]) == our_counts(row)

    def test_measures_overlap_by_the_gold_mention_alone(self):
        gold, predicted = [[("A", 50, 56)]], [[("A", 0, 1001)]]
        result = nervaluates(gold, predicted, min_overlap_percentage=100.0)["overall"]["ent_type"]
        assert result.f1 == 1
        assert ours(gold, predicted)["(micro)", "iou>=0.5"].f1 == 0
        assert ours(gold, predicted)["(micro)", "type"].f1 == 1

    def test_knows_no_mistaken_label_in_the_figures_of_a_label(self):
        gold, predicted = [[("A", 0, 5)]], [[("B", 0, 5)]]
        result = nervaluates(gold, predicted)["entities"]["A"]["strict"]
        assert counts(result) == (0, 0, 0, 1, 0)
        assert our_counts(ours(gold, predicted)["A", "strict"]) == (0, 0, 1, 0, 0)


class TestSeqeval:
    """Version 1.2.2."""

    GOLD = ("B-A", "O", "O", "O")
    STRAY = ("B-A", "O", "I-A", "I-A")

    @pytest.fixture
    def files(self, tmp_path):
        def write(found):
            path = tmp_path / f"{''.join(found)}.conll"
            path.write_text("".join(f"t{n} {tag}\n" for n, tag in enumerate(found)))
            return path

        return SimpleNamespace(gold=write(self.GOLD), stray=write(self.STRAY))

    def strict(self, files, malformed):
        card = score(read(files.gold, "conll"), read(files.stray, "conll", malformed=malformed))
        row = next(row for row in card.rows if (row.label, row.view) == ("(micro)", "strict"))
        return row.precision

    def test_strict_mode_drops_mentions_that_break_the_scheme(self, files):
        report = by_seqeval([list(self.GOLD)], [list(self.STRAY)], mode="strict", scheme=IOB2)
        assert report["micro avg"]["precision"] == 1
        with pytest.raises(DataError, match="IOB2") as caught:
            read(files.stray, "conll", scheme="IOB2")
        assert f"{files.stray}:3" in str(caught.value)
        assert self.strict(files, "keep") == 0.5
        assert self.strict(files, "drop") == 1

    def test_default_mode_keeps_them(self, files):
        report = by_seqeval([list(self.GOLD)], [list(self.STRAY)])
        assert report["micro avg"]["precision"] == self.strict(files, "keep") == 0.5
