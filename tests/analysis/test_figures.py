"""Every figure of a scorecard with its interval, however its documents are kept."""

import numpy as np
import pytest
from dense import document_pairs, many
from hypothesis import given
from hypothesis import strategies as st

from toolkit.analysis.figures import FEW_DOCUMENTS, figures
from toolkit.analysis.parts import Name, cell_moments, document_parts, figure_moments
from toolkit.model import Document, Mention
from toolkit.scoring.score import score
from toolkit.scoring.views import MACRO
from toolkit.statistics.metrics import METRICS, value
from toolkit.statistics.parts import moments

PAIRS = st.lists(document_pairs(most=4), min_size=2, max_size=5, unique_by=lambda p: p[0].id)


def bounds(figure):
    ends = [figure.precision, figure.recall, figure.f1]
    return [np.nan if end is None else end for pair in ends for end in pair]


@many(60)
@given(PAIRS)
def test_parts_give_the_figures_of_the_table(dense_schema, pairs):
    card = score(*zip(*pairs, strict=True), dense_schema)
    cells = cell_moments(card.counts)
    for row in card.rows:
        if row.label == MACRO:
            continue
        found = document_parts(card.counts, Name(row.label, row.field, row.view))
        for metric in METRICS:
            expected = getattr(row, metric)
            got = float(value(found.sum(axis=0), metric))
            assert got == pytest.approx(np.nan if expected is None else expected, nan_ok=True)
        by_sums = figure_moments(cells[row.label, row.field], row.view)
        assert np.allclose(by_sums.products, moments(found).products)
        assert by_sums.documents == len(pairs)


@many(60)
@given(PAIRS)
def test_folded_documents_have_the_same_intervals(dense_schema, pairs):
    kept = score(*zip(*pairs, strict=True), dense_schema)
    folded = score(*zip(*pairs, strict=True), dense_schema, per_document=False)
    for one, other in zip(figures(kept), figures(folded), strict=True):
        if one.row.label == MACRO:
            assert other.f1 == (None, None)
        else:
            assert np.allclose(bounds(one), bounds(other), rtol=1e-9, equal_nan=True)
            assert one.few == other.few


@many(40)
@given(PAIRS)
def test_intervals_contain_their_figures_and_parts_add_up(dense_schema, pairs):
    cards = [score([gold], [predicted], dense_schema) for gold, predicted in pairs]
    whole = score(*zip(*pairs, strict=True), dense_schema)
    added = cards[-1]
    for card in cards[:-1]:
        added = added + card
    assert figures(added) == figures(whole)
    for figure in figures(whole):
        for metric in METRICS:
            low, high = getattr(figure, metric)
            if low is not None:
                assert low - 1e-12 <= getattr(figure.row, metric) <= high + 1e-12


def test_a_mean_over_one_label_has_that_labels_interval():
    gold, found = [], []
    for k in range(15):
        place = Mention("m", "speaker", 0, 8)
        gold.append(Document(f"d{k}", mentions=(place,)))
        found.append(Document(f"d{k}", mentions=(place,) if k % 4 else ()))
    by_label = {f.row.label: f for f in figures(score(gold, found)) if f.row.view == "strict"}
    assert bounds(by_label[MACRO]) == pytest.approx(bounds(by_label["speaker"]))
    assert by_label["speaker"].documents > FEW_DOCUMENTS


def test_the_data_frame_has_the_intervals():
    card = score([Document("a"), Document("b")], [Document("a"), Document("b")])
    frame = card.to_frame()
    assert {"precision_low", "recall_high", "f1_low", "small_support"} <= set(frame.columns)
