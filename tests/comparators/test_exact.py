import pytest

from toolkit.comparators.exact import compare


@pytest.mark.parametrize(
    ("gold", "predicted", "credit"),
    [
        ("Yes", "Yes", 1),
        ("Yes", "yes", 0),
        ("don’t", "don't", 0),
        (True, True, 1),
        (True, False, 0),
        (True, 1, 0),
        (0, False, 0),
        (True, "true", 0),
        (False, None, 0),
    ],
)
def test_the_same_value_of_the_same_type_is_right(gold, predicted, credit):
    assert compare(gold, predicted) == credit
