import pytest

from toolkit.comparators.entity import comparator
from toolkit.model import Entities

ENTITIES = Entities(
    {
        "us_gov": ("the US government", "the White House", "Washington"),
        "washington_post": ("The Washington Post", "Washington"),
        "russia": ("Russia", "Moscow"),
    }
)


@pytest.mark.parametrize(
    ("gold", "predicted", "credit"),
    [
        ("us_gov", "us_gov", 1),
        ("us_gov", "The White  House", 1),
        ("the White House", "THE US GOVERNMENT", 1),
        ("us_gov", "Washington", 1),
        ("washington_post", "Washington", 1),
        ("us_gov", "washington_post", 0),
        ("us_gov", "Moscow", 0),
        ("us_gov", "White House", 0),
        ("Odo Falk", "ODO FALK", 1),
        ("Odo Falk", "Falk", 0),
        ("us_gov", None, 0),
        ("us_gov", ["us_gov"], 0),
    ],
)
def test_an_entity_is_right_by_its_id_or_any_alias(gold, predicted, credit):
    assert comparator(ENTITIES)(gold, predicted) == credit
