import pytest

from toolkit.comparators.loose import compare


@pytest.mark.parametrize(
    ("gold", "predicted", "credit"),
    [
        ("The  White House", "the white house", 1),
        ("“yes”", '"YES"', 1),
        ("did not approve", "did approve", 0),
        ("100000", "900000", 0),
        (3, 3.0, 1),
        (3, 4, 0),
        (3, "3", 0),
        (1, True, 0),
        ({"start": 3, "end": 9}, {"fragments": [[3, 9]]}, 1),
        ({"start": 3, "end": 9}, {"start": 3, "end": 8}, 0),
        ({"start": 3, "end": 9}, "3-9", 0),
        ({"ref": "a"}, {"ref": "a"}, 1),
        ({"ref": "a"}, {"ref": "b"}, 0),
    ],
)
def test_without_a_schema_values_compare_by_what_they_look_like(gold, predicted, credit):
    assert compare(gold, predicted) == credit
