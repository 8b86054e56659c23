"""Hypothesis strategies for the counts of documents."""

import numpy as np
from hypothesis import strategies as st


@st.composite
def documents(draw, least=2, most=12):
    """Parts (documents, 4): half credits now and then, credits of both sides not always alike."""
    rows = []
    for _ in range(draw(st.integers(least, most))):
        gold, predicted = draw(st.integers(0, 6)), draw(st.integers(0, 6))
        right = draw(st.integers(0, 2 * min(gold, predicted))) / 2
        answered = draw(st.one_of(st.just(right), st.integers(0, min(gold, predicted))))
        rows.append((right, gold, answered, predicted))
    return np.array(rows, float).reshape(-1, 4)


@st.composite
def two_systems(draw, least=2, most=12):
    """Parts of two systems on the same documents."""
    one = draw(documents(least, most))
    other = draw(documents(len(one), len(one)))
    other[:, 1] = one[:, 1]
    other[:, 0] = np.minimum(other[:, 0], one[:, 1])
    return one, other
