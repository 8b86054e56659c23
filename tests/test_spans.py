from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.spans import Span, canonical, describe, iou, length, shared, value_place

ranges = st.tuples(st.integers(0, 40), st.integers(1, 10)).map(lambda r: (r[0], r[0] + r[1]))
fragments = st.lists(ranges, max_size=6)
places = fragments.map(canonical)


def characters(pairs):
    return {offset for start, end in pairs for offset in range(start, end)}


@given(fragments)
def test_a_canonical_place_holds_the_same_characters(pairs):
    assert characters(canonical(pairs)) == characters(pairs)


@given(fragments)
def test_canonical_fragments_are_sorted_and_do_not_touch(pairs):
    place = canonical(pairs)
    assert all(one.end < other.start for one, other in pairwise(place))


@given(fragments, st.randoms())
def test_the_order_of_fragments_does_not_count(pairs, random):
    mixed = random.sample(pairs, len(pairs))
    assert canonical(mixed) == canonical(pairs)


@given(places)
def test_canonical_twice_is_canonical_once(place):
    assert canonical(place) == place


@given(places, places)
def test_shared_counts_the_characters_in_both(one, other):
    assert shared(one, other) == len(characters(one) & characters(other)) == shared(other, one)


@given(places)
def test_length_counts_characters(place):
    assert length(place) == len(characters(place)) == shared(place, place)


@given(places, places)
def test_iou_is_symmetric_and_bounded(one, other):
    assert iou(one, other) == iou(other, one)
    assert 0 <= iou(one, other) <= 1


@given(places, places)
def test_iou_is_one_only_for_the_same_place(one, other):
    assert (iou(one, other) == 1) == (one == other != ())


def test_iou_is_shared_over_either():
    assert iou((Span(0, 4),), (Span(2, 8),)) == 2 / 8


def test_nowhere_shares_nothing_with_nowhere():
    assert iou((), ()) == 0


def test_neighbours_share_nothing():
    assert shared((Span(0, 4),), (Span(4, 8),)) == 0


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({"start": 3, "end": 9}, (Span(3, 9),)),
        ({"fragments": [[3, 9], [12, 20]]}, (Span(3, 9), Span(12, 20))),
        ({"fragments": [[12, 20], [3, 9]]}, (Span(3, 9), Span(12, 20))),
        ({"fragments": [[3, 9], [9, 12]]}, (Span(3, 12),)),
    ],
)
def test_a_span_value_has_a_place(value, place):
    assert value_place(value) == place


@pytest.mark.parametrize(
    "value",
    [
        None,
        "fragments",
        7,
        [3, 9],
        {},
        {"start": 3},
        {"start": 3, "end": 3},
        {"start": 9, "end": 3},
        {"start": -1, "end": 3},
        {"start": 1.0, "end": 3},
        {"start": True, "end": 3},
        {"start": "1", "end": "3"},
        {"fragments": []},
        {"fragments": None},
        {"fragments": [[1, 2, 3]]},
        {"fragments": ["ab"]},
        {"ref": "m1"},
    ],
)
def test_what_is_no_span_value_has_no_place(value):
    assert value_place(value) is None


def test_a_place_is_described_by_its_fragments():
    assert describe((Span(3, 9), Span(12, 20))) == "3-9+12-20"
    assert describe(()) == "no place"
