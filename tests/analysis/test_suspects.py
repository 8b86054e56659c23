"""Likely gold errors: what systems say against the gold, its rank, and bounds on F1."""

from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.analysis.flips import figures, flipped
from toolkit.analysis.suspects import review, suspects
from toolkit.errors import DataError
from toolkit.model import Document, Entities, Mention
from toolkit.rendering import render
from toolkit.scoring.plan import Plan

speaker = partial(Mention, label="speaker")
RULES = Plan(None, Entities({}))


def only(gold, answer, other=None):
    """The one suspect of two systems that answer alike, but for ids."""
    again = [Mention(f"z{m.id}", m.label, m.start, m.end, fields=m.fields) for m in answer]
    systems = {"a": [Document("d", mentions=tuple(answer))]}
    systems["b"] = [Document("d", mentions=tuple(again if other is None else other))]
    (found,) = suspects([Document("d", mentions=tuple(gold))], systems).suspects
    return found


RIGHT = speaker("g1", start=0, end=5)


@pytest.mark.parametrize(
    ("gold", "answer", "kind", "gold_id"),
    [
        ([RIGHT], [RIGHT, speaker("s", start=9, end=12)], "missing in gold", None),
        ([RIGHT, speaker("g2", start=9, end=12)], [RIGHT], "spurious in gold", "g2"),
        ([RIGHT], [speaker("s", start=0, end=7)], "span", "g1"),
        ([RIGHT], [Mention("s", "claim", 0, 5)], "label", "g1"),
        ([RIGHT], [Mention("s", "claim", 0, 7)], "label and span", "g1"),
        (
            [speaker("g1", start=0, end=5, fields={"kind": "x"})],
            [speaker("s", start=0, end=5, fields={"kind": "y"})],
            "value",
            "g1",
        ),
    ],
)
def test_each_kind_is_told_and_flipping_it_makes_the_systems_right(gold, answer, kind, gold_id):
    found = only(gold, answer)
    assert (found.kind, found.gold_id, found.systems) == (kind, gold_id, ("a", "b"))
    said = [Document("d", mentions=tuple(answer))]
    answers = {("a", "d"): said[0]}
    changed = flipped([Document("d", mentions=tuple(gold))], [found], answers)
    assert {each for each in figures(changed, said, RULES) if each is not None} == {1.0}


def test_what_one_system_says_alone_is_no_suspect():
    systems = {
        "a": [Document("d", mentions=(RIGHT, speaker("s", start=9, end=12)))],
        "b": [Document("d", mentions=(RIGHT, speaker("s", start=20, end=22)))],
    }
    assert suspects([Document("d", mentions=(RIGHT,))], systems).suspects == []


def test_a_precise_system_weighs_more():
    gold = [Document("d", mentions=(RIGHT,)), Document("e", mentions=(RIGHT,))]
    new = speaker("s", start=9, end=12)
    noise = [speaker(f"n{k}", start=20 + k, end=21 + k) for k in range(6)]
    good = [Document("d", mentions=(RIGHT, new)), Document("e", mentions=(RIGHT,))]
    poor = [Document("d", mentions=(RIGHT, new)), Document("e", mentions=(RIGHT, *noise))]
    one = suspects(gold, {"a": good, "b": good}).suspects[0]
    other = suspects(gold, {"a": good, "b": poor}).suspects[0]
    assert one.weight == pytest.approx(2 / 3)
    assert other.weight == pytest.approx((2 / 3 + 2 / 9) / 2)


def test_a_reference_agrees_by_where_it_leads():
    def linked(name, to):
        quote = Mention("q", "quote", 20, 25, fields={"source": {"ref": to}})
        return speaker(name, start=0, end=5), speaker(f"{name}-other", start=9, end=12), quote

    found = only(linked("g", "g-other"), linked("s", "s"), other=linked("t", "t"))
    assert (found.kind, found.field) == ("value", "source")
    changed = flipped(
        [Document("d", mentions=linked("g", "g-other"))],
        [found],
        {("a", "d"): Document("d", mentions=linked("s", "s"))},
    )
    assert changed[0].mentions[2].fields == {"source": {"ref": "g"}}


mentions = st.lists(
    st.tuples(st.integers(0, 5), st.integers(1, 3), st.sampled_from(["x", "y"])),
    max_size=4,
    unique_by=lambda each: each[0],
)


def made(rows):
    spans = [Mention(f"m{k}", label, 4 * at, 4 * at + n) for k, (at, n, label) in enumerate(rows)]
    return [Document("d", mentions=tuple(spans))]


@given(mentions, st.lists(mentions, min_size=3, max_size=3), st.data())
@settings(deadline=None)
def test_whatever_is_flipped_strict_f1_stays_within_the_bounds(gold, answers, data):
    systems = {str(k): made(rows) for k, rows in enumerate(answers)}
    found = suspects(made(gold), systems)
    some = [each for each in found.suspects if data.draw(st.booleans())]
    words = {(name, "d"): documents[0] for name, documents in systems.items()}
    for bounds in found.bounds:
        if bounds.of == "mentions":
            f1 = figures(flipped(made(gold), some, words), systems[bounds.system], RULES).mentions
            low, high = bounds.low, bounds.high
            if None not in (f1, low, high):
                assert low - 1e-9 <= f1 <= high + 1e-9


@given(mentions, st.lists(mentions, min_size=2, max_size=3))
@settings(deadline=None)
def test_the_order_of_systems_changes_no_suspect(gold, answers):
    systems = {str(k): made(rows) for k, rows in enumerate(answers)}
    one = suspects(made(gold), systems).suspects
    other = suspects(made(gold), dict(reversed(systems.items()))).suspects

    def plain(found):
        return [(e.document, e.kind, round(e.weight, 9), sorted(e.systems), e.place) for e in found]

    assert plain(one) == plain(other)


def test_gold_agrees_with_itself():
    gold = made([(0, 2, "x"), (3, 1, "y")])
    found = suspects(gold, {"a": gold, "b": gold})
    assert found.suspects == []
    assert next((each.now, each.all, each.low, each.high) for each in found.bounds) == (1,) * 4
    assert "suspects: 0" in render(found)
    assert render(found, "csv").count("\n") == 2


@pytest.mark.parametrize(("systems", "agree"), [(1, 2), (2, 3)])
def test_fewer_systems_than_must_agree_are_refused(systems, agree):
    gold = made([(0, 2, "x")])
    with pytest.raises(DataError, match=f"{systems} cannot agree"):
        suspects(gold, {str(k): gold for k in range(systems)}, agree=agree)


def test_documents_to_review_hold_what_the_systems_say():
    gold = [Document("d", text="Ana said so.", mentions=(RIGHT,))]
    answer = [Document("d", mentions=(RIGHT, speaker("s", start=9, end=11)))]
    (document,) = review(suspects(gold, {"a": answer, "b": answer}), gold)
    (mention,) = document.mentions
    assert (document.text, mention.place, mention.score) == ("Ana said so.", ((9, 11),), 0.5)
    assert mention.fields == {"suspect": "missing in gold", "systems": ["a", "b"]}


@pytest.mark.parametrize("format_", ["terminal", "markdown", "csv", "json"])
def test_every_format_names_the_suspect(format_):
    gold = [Document("d-17", mentions=(RIGHT,))]
    answer = [Document("d-17", mentions=(RIGHT, speaker("s", start=9, end=11)))]
    text = render(suspects(gold, {"a": answer, "b": answer}), format_)
    assert "d-17" in text
    assert "missing in gold" in text
