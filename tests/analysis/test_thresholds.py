"""Thresholds and calibration: scikit-learn's curve, held against plain counting."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.analysis.calibration import best, calibration, curve, threshold_bounds
from toolkit.analysis.thresholds import thresholds
from toolkit.errors import DataError
from toolkit.model import Document, Mention
from toolkit.rendering import render
from toolkit.scoring.score import score
from toolkit.scoring.views import MICRO

scored = st.lists(
    st.tuples(st.booleans(), st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.7, 0.9, 1.0])), min_size=1
)


def columns(rows):
    return np.array([right for right, _ in rows]), np.array([score for _, score in rows])


def f1_from(threshold, right, scores, gold):
    kept = scores >= threshold
    return 2 * (right & kept).sum() / (kept.sum() + gold)


@given(scored, st.integers(0, 5))
def test_no_other_threshold_has_better_f1(rows, missed):
    right, scores = columns(rows)
    gold = right.sum() + missed
    threshold, f1 = best(curve(right, scores, gold))
    if threshold is None:
        assert not right.any()
    else:
        assert f1 == pytest.approx(f1_from(threshold, right, scores, gold))
        assert f1 >= max(f1_from(t, right, scores, gold) for t in scores) - 1e-9


@given(scored)
def test_the_calibration_error_is_the_mean_distance_of_bins(rows):
    right, scores = columns(rows)
    error, bins = calibration(right, scores)
    assert sum(each.mentions for each in bins) == len(rows)
    assert sum(each.mentions * each.right for each in bins) == pytest.approx(right.sum())
    assert 0 <= error <= 1


def test_scores_that_are_right_as_often_as_they_say_have_no_error():
    right = np.repeat([True, False], [8, 2])
    error, (bin_,) = calibration(right, np.full(10, 0.8))
    assert error == pytest.approx(0)
    assert (bin_.mentions, bin_.right) == (10, pytest.approx(0.8))
    assert calibration(right, np.full(10, 0.3))[0] == pytest.approx(0.5)


def test_the_interval_of_a_clear_threshold_holds_it():
    right, scores = np.tile([True, False], 40), np.tile([0.9, 0.4], 40)
    bounds = threshold_bounds(right, scores, np.repeat(np.arange(20), 4), np.full(20, 2.0))
    assert bounds == (0.9, 0.9)


def corpora(documents=30, scores=(0.9, 0.3), label="x"):
    """In each document one right prediction with a high score and two wrong ones with a low one."""
    golds, found = [], []
    for k in range(documents):
        golds.append(Document(f"d{k}", mentions=(Mention("g", label, 0, 4),)))
        wrong = [Mention(f"w{n}", label, 10 * n, 10 * n + 4, score=scores[1]) for n in (1, 2)]
        right = Mention("r", label, 0, 4, score=scores[0])
        found.append(Document(f"d{k}", mentions=(right, *wrong)))
    return golds, found


def row(found, label):
    (one,) = [each for each in found.thresholds if each.label == label]
    return one


def test_what_is_reported_is_a_new_scoring_of_the_other_documents():
    found = thresholds(*corpora())
    assert found.chosen_on + found.reported_on == 30
    for label in ("x", MICRO):
        one = row(found, label)
        assert (one.threshold, one.low, one.high) == (0.9, 0.9, 0.9)
        assert (one.f1_all, one.f1, one.precision, one.recall) == (0.5, 1.0, 1.0, 1.0)
        assert one.gold == found.reported_on
        assert one.f1_bounds[0] < 1


def test_the_documents_named_are_chosen_on_and_no_other():
    golds, found = corpora()
    names = {f"d{k}" for k in range(10)}
    spoilt = [
        Document(
            d.id, mentions=tuple(Mention(m.id, "x", m.start, m.end, score=0.5) for m in d.mentions)
        )
        if d.id not in names
        else d
        for d in found
    ]
    chosen = row(thresholds(golds, spoilt, choose_on=names), "x")
    assert (chosen.threshold, chosen.recall) == (0.9, 0.0)


def test_predictions_without_a_score_are_kept_and_said():
    golds, found = corpora()
    bare = Mention("bare", "x", 40, 44)
    found[0] = Document("d0", mentions=(*found[0].mentions, bare))
    result = thresholds(golds, found, choose_on={f"d{k}" for k in range(1, 20)})
    assert row(result, "x").unscored == 1
    assert row(result, "x").precision < 1
    assert any("have no score: kept" in notice for notice in result.notices)


@pytest.mark.parametrize(
    ("found", "asked", "said"),
    [
        ([Document("d0", mentions=(Mention("m", "x", 0, 4),))], {}, "no prediction has a score"),
        (corpora(scores=(7.0, 0.3))[1], {}, "score 7 is not from 0 to 1"),
        (corpora()[1], {"choose_on": []}, "no document to choose on"),
        (corpora()[1], {"choose_on": [f"d{k}" for k in range(30)]}, "no document to report on"),
    ],
)
def test_what_cannot_be_chosen_by_is_refused(found, asked, said):
    with pytest.raises(DataError, match=said):
        thresholds(corpora()[0], found, **asked)


def test_a_label_with_nothing_right_has_no_threshold():
    golds, found = corpora()
    wrong = [Document(d.id, mentions=d.mentions[1:]) for d in found]
    result = thresholds(golds, wrong)
    assert row(result, "x").threshold is None
    assert any("nothing right to choose by" in notice for notice in result.notices)


@given(
    st.lists(st.tuples(st.sampled_from([0, 2, 10]), st.sampled_from([0.1, 0.5, 0.9])), max_size=4)
)
@settings(deadline=None, max_examples=30)
def test_the_lowest_threshold_of_all_leaves_the_figures_as_they_are(more):
    golds, found = corpora(6, scores=(0.9, 0.9))
    extra = [Mention(f"e{k}", "x", at, at + 4, score=s) for k, (at, s) in enumerate(more)]
    found[0] = Document("d0", mentions=(*found[0].mentions, *extra))
    result = thresholds(golds, found, choose_on={"d0", "d1", "d2"})
    assert row(result, "x").f1_all == row(result, MICRO).f1_all
    rest = score(golds[3:], found[3:])
    (whole,) = [r for r in rest.rows if (r.label, r.view) == (MICRO, "strict")]
    assert row(result, MICRO).f1_all == whole.f1


@pytest.mark.parametrize("format_", ["terminal", "markdown", "csv", "json"])
def test_every_format_has_every_label(format_):
    text = render(thresholds(*corpora(label="speaker")), format_)
    assert "speaker" in text
    assert "0.9" in text
