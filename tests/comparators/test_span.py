import pytest

from toolkit.comparators.span import comparator
from toolkit.schema.nouns import Match

GOLD = {"start": 10, "end": 20}


@pytest.mark.parametrize(
    ("predicted", "exact", "overlap", "iou"),
    [
        ({"start": 10, "end": 20}, 1, 1, 1),
        ({"fragments": [[10, 15], [15, 20]]}, 1, 1, 1),
        ({"start": 10, "end": 15}, 0.5, 1, 1),
        ({"start": 10, "end": 14}, 0.5, 1, 0.5),
        ({"start": 19, "end": 30}, 0.5, 1, 0.5),
        ({"start": 20, "end": 30}, 0, 0, 0),
        ({"start": 20, "end": 10}, 0, 0, 0),
        ({"fragments": []}, 0, 0, 0),
        ("the words", 0, 0, 0),
        (None, 0, 0, 0),
    ],
)
def test_a_span_that_overlaps_without_matching_is_half_right(predicted, exact, overlap, iou):
    rules = [Match("exact"), Match("overlap"), Match("iou", 0.5)]
    assert [comparator(rule)(GOLD, predicted) for rule in rules] == [exact, overlap, iou]
