"""Numbers are found as NumPy's sorting would, with and without a table."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.scoring import sides
from toolkit.scoring.sides import numbered

NUMBERS = st.lists(st.integers(0, 60), max_size=12)


@pytest.mark.parametrize("spare", [0, 20_000])
@given(NUMBERS)
def test_numbers_are_those_of_numpy(spare, names):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sides, "SPARE", spare)
        found, places = numbered(np.array(names, dtype=np.int64))
    expected, back = np.unique(np.array(names, dtype=np.int64), return_inverse=True)
    assert found.tolist() == expected.tolist()
    assert places.tolist() == back.tolist()
