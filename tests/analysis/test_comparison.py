"""Systems compared: figures, differences, groups, slices, documents."""

import random

import numpy as np
import pytest
from dense import document_pairs, many
from hypothesis import given
from hypothesis import strategies as st

import toolkit
from toolkit.analysis.comparison import compare
from toolkit.errors import DataError
from toolkit.model import Document, Mention
from toolkit.rendering import COMPARISON_FORMATS, render
from toolkit.scoring.score import score
from toolkit.scoring.views import MICRO

PLACES = [("A", 0, 5), ("A", 10, 15), ("B", 20, 25), ("B", 30, 35)]


def documents(*found, source=None):
    """A document for each set of places found, as positions in `PLACES`."""
    return [
        Document(
            id=f"d{k:03}",
            meta={"source": source[k % len(source)]} if source else {},
            mentions=tuple(Mention(str(p), *PLACES[p], fields={"f": "x"}) for p in places),
        )
        for k, places in enumerate(found)
    ]


ALL = (0, 1, 2, 3)


def example(n=40):
    """Gold, a system that misses a `B` in most documents, and one that misses an `A` in few."""
    gold = documents(*[ALL] * n, source=("press", "radio"))
    one = documents(*[(0, 1, 2) if k % 4 else ALL for k in range(n)])
    other = documents(*[ALL if k % 10 else (0, 2, 3) for k in range(n)])
    return gold, {"one": one, "other": other}


def contrast(found, label, field=None, slice_="(all)"):
    (one,) = (
        each
        for each in found.contrasts
        if (each.slice, each.label, each.field) == (slice_, label, field)
    )
    return one


def test_who_is_better_is_found_for_each_label_and_field():
    found = compare(*example())
    assert contrast(found, "B").winner == "other"
    assert contrast(found, "A").winner is None
    assert contrast(found, "A").differing == 4
    assert contrast(found, "A").p == contrast(found, "A").least_p == 2**-3
    assert contrast(found, MICRO, "(all)").winner == "other"
    groups = {(r.label, r.system): r.group for r in found.ratings if r.metric == "f1"}
    assert (groups["B", "other"], groups["B", "one"]) == ("a", "b")
    assert groups["A", "one"] == groups["A", "other"] == "a"


def test_figures_and_intervals_are_those_of_the_scorecard():
    gold, systems = example()
    found = compare(gold, systems)
    frame = score(gold, systems["one"]).to_frame()
    row = frame[(frame.label == "B") & frame.field.isna() & (frame["view"] == "strict")].iloc[0]
    (rating,) = (
        r
        for r in found.ratings
        if (r.label, r.field, r.system, r.metric) == ("B", None, "one", "recall")
    )
    assert (rating.value, rating.low, rating.high) == pytest.approx(
        (row.recall, row.recall_low, row.recall_high)
    )


def test_documents_that_only_one_has_right():
    found = contrast(compare(*example()), MICRO)
    assert found.only_one == ("d000", "d020")
    assert len(found.only_other) == 28
    assert "d010" not in found.only_other  # wrong in both


def test_a_system_is_never_told_apart_from_itself():
    gold, systems = example()
    found = compare(gold, {"a": systems["one"], "b": systems["one"]})
    assert {each.p for each in found.contrasts} == {1.0}
    assert {each.p_holm for each in found.contrasts} == {1.0}
    assert not any(each.only_one or each.only_other for each in found.contrasts)


def test_slices_are_part_of_the_family():
    gold, systems = example()
    whole, sliced = compare(gold, systems), compare(gold, systems, by="meta.source")
    assert {each.slice for each in sliced.contrasts} == {"(all)", "press", "radio"}
    assert sliced.tests == 3 * whole.tests
    assert contrast(sliced, "B").p == contrast(whole, "B").p
    assert contrast(sliced, "B").p_holm > contrast(whole, "B").p_holm
    press = compare(
        [d for d in gold if d.meta["source"] == "press"],
        {n: [d for k, d in enumerate(s) if k % 2 == 0] for n, s in systems.items()},
    )
    assert contrast(press, "B").difference == contrast(sliced, "B", slice_="press").difference
    assert contrast(press, "B").p == contrast(sliced, "B", slice_="press").p


def test_a_slice_of_one_document_has_no_interval():
    gold, systems = example(3)
    found = compare(gold, systems, by="meta.source")
    assert contrast(found, "A", slice_="radio").low is None
    assert contrast(found, "A", slice_="radio").p == 1


@pytest.mark.parametrize("by", ["meta.sorce", "source", "meta.source.town"])
def test_a_key_that_no_document_has_is_refused(by):
    with pytest.raises(DataError, match="no gold document has this key"):
        compare(*example(), by=by)


def test_one_system_is_nothing_to_compare():
    gold, systems = example()
    with pytest.raises(DataError, match="two are needed"):
        compare(gold, {"one": systems["one"]})


def test_what_was_not_predicted_is_said():
    gold, systems = example()
    found = compare(gold, {"one": systems["one"], "short": systems["other"][:-3]})
    assert found.notices == ("short: 3 documents without a prediction, as empty",)


@many(25)
@given(
    st.lists(document_pairs(most=4), min_size=3, max_size=6, unique_by=lambda p: p[0].id),
    st.randoms(),
)
def test_order_does_not_matter_and_sides_swap(dense_schema, pairs, shuffle):
    gold, one = map(list, zip(*pairs, strict=True))
    other = [Document(id=d.id, mentions=d.mentions[::2]) for d in one]
    found = compare(gold, {"a": one, "b": other}, dense_schema, metrics=("f1", "recall"))
    for each in (gold, one, other):
        shuffle.shuffle(each)
    again = compare(gold, {"a": one, "b": other}, dense_schema, metrics=("f1", "recall"))
    assert again == found
    swapped = compare(gold, {"b": other, "a": one}, dense_schema, metrics=("f1", "recall"))
    for forth, back in zip(found.contrasts, swapped.contrasts, strict=True):
        assert (forth.p, forth.p_holm) == (back.p, back.p_holm)
        assert forth.only_one == back.only_other
        if forth.difference is not None:
            assert forth.difference == -back.difference


def test_many_differing_documents_do_not_depend_on_their_order_either():
    rng = random.Random(3)
    gold = documents(*[ALL] * 60)
    systems = {
        name: documents(*[tuple(p for p in ALL if rng.random() < 0.8) for _ in range(60)])
        for name in "ab"
    }
    found = compare(gold, systems)
    rng.shuffle(gold)
    rng.shuffle(systems["a"])
    assert compare(gold, systems) == found
    assert contrast(found, MICRO).differing > 16


class TestRendering:
    @pytest.mark.parametrize("format_", COMPARISON_FORMATS)
    def test_every_format_names_systems_and_figures(self, format_):
        text = render(compare(*example(), by="meta.source"), format_)
        for words in ("one", "other", "radio", "B"):
            assert words in text

    def test_the_table_for_a_paper(self):
        text = render(compare(*example()), "latex")
        assert "figure & support & one & other" in text
        assert r"\textsuperscript{b} {\scriptsize [" in text
        for words in (r"\toprule", r"\midrule", r"\bottomrule", r"\end{tabular}"):
            assert words in text
        rows = [line for line in text.splitlines() if line.endswith(r"\\")]
        assert {row.count("&") for row in rows} == {3}

    def test_latex_acts_on_nothing_in_names(self):
        gold, systems = example()
        found = compare(gold, {"a_b & 50% {\\x}": systems["one"], "other": systems["other"]})
        assert r"a\_b \& 50\% \{\textbackslash{}x\}" in render(found, "latex")

    def test_the_terminal_says_how_the_family_was_corrected(self):
        text = " ".join(render(compare(*example())).split())
        assert "tests: 4 (2 others have too few differing documents to decide), p adjusted" in text
        assert "other − one" in text

    def test_several_metrics_have_a_table_each(self):
        text = render(compare(*example(), metrics=("precision", "recall")), "markdown")
        assert "## P\n" in text
        assert "## R\n" in text
        assert "B R" in text

    def test_csv_has_both_figures_and_the_difference(self):
        head, first, *_ = render(compare(*example()), "csv").splitlines()
        columns = dict(zip(head.split(","), first.split(","), strict=True))
        one, other, difference = (
            float(columns[name]) for name in ("one_value", "other_value", "difference")
        )
        assert other - one == pytest.approx(difference)
        assert columns["only_other"] == "28"


def test_pandas():
    found = toolkit.compare(*example())
    assert len(found.to_frame()) == len(found.contrasts)
    assert set(found.ratings_frame().system) == {"one", "other"}
    assert np.isfinite(found.ratings_frame().value).all()
