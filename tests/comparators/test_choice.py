import pytest

from toolkit.comparators.choice import comparator

PARENTS = {"asset_freeze": "financial", "debarment": "financial", "partial_freeze": "asset_freeze"}


@pytest.mark.parametrize(
    ("gold", "predicted", "credit"),
    [
        ("asset_freeze", "asset_freeze", 1),
        ("asset_freeze", "financial", 0.5),
        ("financial", "asset_freeze", 0.5),
        ("partial_freeze", "financial", 0.5),
        ("asset_freeze", "debarment", 0),
        ("asset_freeze", "trade", 0),
        ("asset_freeze", "assetfreeze", 0),
        ("asset_freeze", None, 0),
        ("asset_freeze", ["asset_freeze"], 0),
    ],
)
def test_the_parent_is_half_right_and_a_sibling_is_wrong(gold, predicted, credit):
    assert comparator(PARENTS)(gold, predicted) == credit


def test_a_flat_list_of_values_knows_no_half():
    assert comparator({})("asset_freeze", "financial") == 0
