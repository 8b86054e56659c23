"""Coefficients against published examples, and against the library for alpha."""

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.statistics.agreement import (
    cohen_kappa,
    coincidences,
    fleiss_kappa,
    jackknife_bounds,
    krippendorff_alpha,
    stacked,
    summed,
)


def test_cohen_on_fleiss_and_cohens_grant_table():
    """50 proposals, two readers: both yes 20, yes/no 5, no/yes 10, both no 15; kappa 0.40
    (en.wikipedia.org/wiki/Cohen%27s_kappa, "Simple example").
    """
    assert cohen_kappa(np.array([[20.0, 5.0], [10.0, 15.0]])) == pytest.approx(0.4)


def test_fleiss_on_the_ten_subjects_of_fourteen_raters():
    """Ten subjects, fourteen raters, five categories; kappa 0.210
    (en.wikipedia.org/wiki/Fleiss%27_kappa, "Worked example").
    """
    table = [
        [0, 0, 0, 0, 14],
        [0, 2, 6, 4, 2],
        [0, 0, 3, 5, 6],
        [0, 3, 9, 2, 0],
        [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0],
        [3, 2, 6, 3, 0],
        [2, 5, 3, 2, 2],
        [6, 5, 2, 1, 0],
        [0, 2, 2, 3, 7],
    ]
    assert fleiss_kappa(np.array(table, float)) == pytest.approx(0.210, abs=5e-4)


def test_alpha_on_krippendorffs_four_observers():
    """Four observers, twelve units, missing values; nominal alpha 0.743 (Krippendorff, "Computing
    Krippendorff's Alpha-Reliability", 2011, section C).
    """
    observers = (
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    )
    units = zip(*(line.split() for line in observers), strict=True)
    counts = np.array([[unit.count(value) for value in "12345"] for unit in units], float)
    assert krippendorff_alpha(coincidences(counts)) == pytest.approx(0.743, abs=5e-4)


@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=1, max_size=12))
def test_alpha_is_the_librarys_however_units_lie_in_documents(units):
    counts = np.array(units, float)
    found = krippendorff_alpha(coincidences(counts[:4]) + coincidences(counts[4:]))
    paired = counts[counts.sum(axis=1) > 1]
    if (paired.sum(axis=0) > 0).sum() < 2:
        assert found is None
    else:
        expected = krippendorff.alpha(value_counts=paired, level_of_measurement="nominal")
        assert found == pytest.approx(expected)


def test_one_value_leaves_every_coefficient_undefined():
    assert cohen_kappa(np.array([[7.0, 0.0], [0.0, 0.0]])) is None
    assert fleiss_kappa(np.array([[2.0, 0.0], [2.0, 0.0]])) is None
    assert krippendorff_alpha(coincidences(np.array([[2.0, 0.0]]))) is None


def test_the_interval_is_the_jackknifes():
    """Of a mean it is the textbook's t interval: 1, 2, 3, 6 have mean 3, s² 14/3, t(3) 3.182."""
    documents = np.array([0.1, 0.2, 0.3, 0.6])
    without = [float((documents.sum() - one) / 3) for one in documents]
    half = 3.1824463 * np.sqrt(14 / 300 / 4)
    assert jackknife_bounds(0.3, without) == (pytest.approx(0.3 - half), pytest.approx(0.3 + half))


@given(st.lists(st.lists(st.integers(0, 3), min_size=2, max_size=2), min_size=2, max_size=6))
def test_stacked_and_summed_leave_out_one_document_each(rows):
    """Of one document each: the share of the first column, summed and stacked, by hand."""

    def share(table):
        return float(table[..., 0].sum() / (table.sum() or 1))

    documents = [np.array([row], float) for row in rows]
    left = [np.concatenate(documents[:k] + documents[k + 1 :]) for k in range(len(documents))]
    expected = share(np.concatenate(documents)), [share(one) for one in left]
    bounds = (expected[0], jackknife_bounds(*expected))
    assert stacked(share, documents) == bounds
    assert summed(share, documents) == bounds


def test_no_interval_of_one_document_or_of_documents_that_are_all_alike():
    agree = np.array([[3.0, 0.0], [0.0, 3.0]])
    assert summed(cohen_kappa, [agree]) == (1.0, (None, None))
    assert summed(cohen_kappa, [agree, agree]) == (1.0, (None, None))


def test_no_interval_where_leaving_one_out_leaves_nothing_to_measure():
    one, other = np.array([[3.0, 0.0], [0.0, 0.0]]), np.array([[1.0, 1.0], [0.0, 2.0]])
    assert summed(cohen_kappa, [one, other])[1] == (None, None)
