"""The gate's verdicts, and what it refuses to judge."""

import pytest
from dense import document_pairs, many
from gates import corpus
from hypothesis import assume, given
from hypothesis import strategies as st

from toolkit.analysis.gate.judging import gate
from toolkit.analysis.gate.policy import Pin, Policy
from toolkit.errors import DataError, MismatchError
from toolkit.model import Corpus, Document

GOLD = corpus()


def check(report, figure, metric="recall"):
    (found,) = (c for c in report.checks if (c.figure, c.metric) == (figure, metric))
    return found


def verdict(report, figure, metric="recall"):
    return check(report, figure, metric).verdict


class TestVerdicts:
    def test_the_baseline_against_itself_passes_with_p_of_one(self):
        base = corpus(lost={1, 2, 3})
        report = gate(GOLD, base, base)
        assert {(c.verdict, c.p, c.p_holm) for c in report.checks} == {("pass", 1.0, 1.0)}
        assert (report.status, report.exit_code()) == ("pass", 0)
        assert (report.broken, report.mended) == ([], [])

    def test_what_most_documents_lose_is_a_regression(self):
        report = gate(GOLD, corpus(lost=range(20)), GOLD)
        assert verdict(report, "speaker") == "regression"
        assert verdict(report, "speaker", "precision") == "pass"
        assert verdict(report, "claim.kind") == "pass"
        assert (report.status, report.exit_code()) == ("regression", 1)

    def test_a_field_that_is_worse_is_named_alone(self):
        report = gate(GOLD, corpus(wrong=range(20)), GOLD)
        assert verdict(report, "claim.kind") == "regression"
        assert verdict(report, "claim") == "pass"

    def test_few_documents_show_nothing_either_way(self):
        report = gate(GOLD, corpus(lost={1, 2, 3, 4}), GOLD)
        speaker = check(report, "speaker")
        assert speaker.verdict == "inconclusive"
        assert speaker.p == 2**-4
        assert speaker.needed > 40
        assert speaker.detectable > 0.02
        assert (report.status, report.exit_code()) == ("inconclusive", 0)
        assert report.exit_code(require_evidence=True) == 4

    def test_a_drop_within_the_tolerance_is_let_pass(self):
        policy = Policy(tolerance=0.3)
        report = gate(GOLD, corpus(lost=range(20)), GOLD, policy=policy)
        assert verdict(report, "speaker") == "pass"
        assert check(report, "speaker").p_holm < 0.05

    def test_a_gain_is_no_regression(self):
        report = gate(GOLD, GOLD, corpus(lost=range(20)))
        assert verdict(report, "speaker") == "pass"
        assert len(report.mended) == 20

    def test_without_tolerance_only_a_drop_is_a_regression(self):
        base = corpus(lost={1})
        assert gate(GOLD, base, base, policy=Policy(tolerance=0.0)).status != "regression"

    def test_small_support_is_listed_and_not_judged(self):
        policy = Policy(least_values=100, least_documents=10)
        report = gate(GOLD, corpus(lost=range(40)), GOLD, policy=policy)
        assert verdict(report, "claim") == "not gated"
        assert check(report, "claim").reason == "80 in gold, fewer than 100"
        few = gate(corpus(8), corpus(8, lost=range(8)), corpus(8), policy=Policy())
        assert check(few, "speaker").reason == "in 8 documents, fewer than 10"
        assert few.exit_code(require_evidence=True) == 4

    def test_what_the_policy_leaves_out_is_no_part_of_the_family(self):
        lost = corpus(lost=range(7), wrong=range(10, 17))
        everything = check(gate(GOLD, lost, GOLD), "speaker")
        alone = check(
            gate(GOLD, lost, GOLD, policy=Policy(gated=("speaker",), metrics=("recall",))),
            "speaker",
        )
        assert alone.p == everything.p
        assert alone.p_holm == alone.p
        assert (everything.verdict, alone.verdict) == ("inconclusive", "regression")
        assert alone.detectable < everything.detectable

    def test_figures_that_do_not_differ_cost_the_others_nothing(self):
        found = check(gate(GOLD, corpus(lost=range(7)), GOLD), "speaker")
        assert found.p == 2**-7
        assert found.p_holm == 6 * 2**-7  # speakers and all mentions, in three metrics
        assert found.verdict == "regression"

    def test_the_order_of_documents_does_not_matter(self):
        lost = corpus(lost=range(3, 30))
        backwards = [Corpus(list(each)[::-1]) for each in (GOLD, lost, GOLD)]
        assert gate(*backwards).checks == gate(GOLD, lost, GOLD).checks


@many(20)
@given(st.lists(document_pairs(most=4), min_size=2, max_size=5, unique_by=lambda p: p[0].id))
def test_predictions_never_fall_behind_themselves(dense_schema, pairs):
    gold, predicted = (Corpus(side) for side in zip(*pairs, strict=True))
    assume(any(document.mentions for document in gold))
    policy = Policy(least_values=0, least_documents=0)
    report = gate(gold, predicted, predicted, dense_schema, policy)
    assert {c.p for c in report.checks} <= {1.0, None}
    assert report.status != "regression"
    assert (report.broken, report.mended) == ([], [])


class TestFloors:
    @pytest.mark.parametrize(
        ("least", "found"), [(0.3, "pass"), (0.75, "inconclusive"), (0.95, "regression")]
    )
    def test_a_floor_is_judged_by_the_interval(self, least, found):
        base = corpus(lost=range(36))  # 84 of 120 speakers
        policy = Policy(floors={"speaker": {"recall": least}})
        report = gate(GOLD, base, base, policy=policy)
        (floor,) = report.floors
        assert floor.value == pytest.approx(0.7)
        assert floor.verdict == found

    def test_a_wide_interval_decides_nothing(self):
        base = corpus(12, lost={0, 1, 2})
        policy = Policy(floors={"speaker": {"recall": 0.95}})
        assert gate(corpus(12), base, base, policy=policy).floors[0].verdict == "inconclusive"

    @pytest.mark.parametrize(
        "policy",
        [
            Policy(floors={"speeker": {"recall": 0.5}}),
            Policy(gated=("speeker",)),
            Policy(tolerances={"speeker": 0.1}),
        ],
    )
    def test_a_figure_that_is_not_there_is_refused(self, policy):
        with pytest.raises(DataError, match=r"no such figure \(did you mean 'speaker'\?\)"):
            gate(GOLD, GOLD, GOLD, policy=policy)


class TestCases:
    PINS = (Pin("d001", "s0"), Pin("d001", "c0", "kind"), Pin("d001"))

    def failed(self, now, before=GOLD, pins=PINS):
        report = gate(GOLD, now, before, policy=Policy(pinned=pins))
        return [str(pin.case) for pin in report.pinned if pin.failed], report.status

    def test_a_pinned_case_that_breaks_fails(self):
        assert self.failed(corpus(lost={1})) == (["d001 s0", "d001"], "regression")
        assert self.failed(corpus(wrong={1})) == (["d001 c0 kind", "d001"], "regression")
        assert self.failed(corpus(lost={2}))[0] == []

    def test_what_was_wrong_before_is_not_the_changes_fault(self):
        assert self.failed(corpus(lost={1}), before=corpus(lost={1})) == ([], "pass")

    def test_of_several_runs_the_majority_counts(self):
        runs = [corpus(lost={1}), GOLD, GOLD]
        assert self.failed(runs, before=[GOLD] * 3)[0] == []
        assert self.failed([corpus(lost={1})] * 2 + [GOLD], before=[GOLD] * 3)[0] == [
            "d001 s0",
            "d001",
        ]

    def test_a_pin_of_a_missed_mentions_field_fails_with_it(self):
        without = Corpus(
            [
                Document(d.id, mentions=tuple(m for m in d.mentions if m.label != "claim"))
                for d in GOLD
            ]
        )
        assert "d001 c0 kind" in self.failed(without)[0]

    @pytest.mark.parametrize("pin", [Pin("d9"), Pin("d001", "s9"), Pin("d001", "s0", "kind")])
    def test_a_pin_that_names_nothing_is_refused(self, pin):
        with pytest.raises(DataError, match="policy: pinned"):
            gate(GOLD, GOLD, GOLD, policy=Policy(pinned=(pin,)))

    def test_a_document_that_blows_up_fails_by_itself(self):
        report = gate(GOLD, corpus(extra={5: 30}), GOLD)
        assert [(b.document, b.baseline, b.predicted) for b in report.blown_up] == [("d005", 5, 35)]
        assert report.status == "regression"
        assert gate(GOLD, corpus(extra={5: 20}), GOLD).blown_up == []
        empty = Corpus([Document(d.id) for d in GOLD])
        assert gate(GOLD, GOLD, empty).blown_up == []


class TestBroken:
    def test_what_is_newly_wrong_is_named_worst_figures_first(self):
        report = gate(GOLD, corpus(lost=range(20), wrong={0}), corpus(lost={3}))
        assert report.broken[0].label == "speaker"
        assert report.broken[0].mention == "s0"
        assert [b.field for b in report.broken if b.label == "claim"] == ["kind"]
        assert not any(b.document == "d003" for b in report.broken)

    def test_a_missed_mentions_fields_are_neither_broken_nor_mended(self):
        without = Corpus(
            [
                Document(d.id, mentions=tuple(m for m in d.mentions if m.label != "claim"))
                for d in GOLD
            ]
        )
        report = gate(GOLD, without, corpus(wrong=range(40)))
        assert {(b.label, b.field) for b in report.broken} == {("claim", None)}
        assert report.mended == []


class TestRuns:
    def test_runs_are_averaged(self):
        report = gate(GOLD, [corpus(lost=range(20)), GOLD], GOLD)
        assert check(report, "speaker").value == pytest.approx(1 - 10 / 120)
        assert report.runs == 2
        assert any("p is approximate" in notice for notice in report.notices)

    def test_equal_runs_are_one_run(self):
        lost = corpus(lost=range(20))
        once, thrice = gate(GOLD, lost, GOLD), gate(GOLD, [lost] * 3, [GOLD] * 3)
        for one, three in zip(once.checks, thrice.checks, strict=True):
            assert one.verdict == three.verdict
            assert one.p == pytest.approx(three.p, abs=1e-9)


class TestRefusals:
    def test_a_missing_document_fails_closed(self):
        short = Corpus(list(GOLD)[:-1])
        for sides in ((short, GOLD), (GOLD, short)):
            report = gate(GOLD, *sides)
            assert (report.status, report.exit_code()) == ("incomplete", 3)
            assert "no prediction for d039" in report.incomplete[0]

    def test_a_missing_document_that_is_declared_is_left_out(self):
        short = Corpus(list(GOLD)[:-1])
        report = gate(GOLD, short, GOLD, policy=Policy(missing=("d039",)))
        assert (report.status, report.documents) == ("pass", 39)
        with pytest.raises(DataError, match="missing d39"):
            gate(GOLD, GOLD, GOLD, policy=Policy(missing=("d39",)))

    def test_a_failed_extraction_fails_closed(self):
        report = gate(GOLD, corpus(meta={7: {"error": "timeout"}}), GOLD)
        assert report.incomplete == ("predictions: extraction failed for d007",)

    def test_other_documents_are_not_comparable(self):
        other = Corpus([Document(f"x{k}") for k in range(3)])
        with pytest.raises(MismatchError):
            gate(GOLD, other, GOLD)

    def test_another_text_is_not_comparable(self):
        one, other = (
            Corpus([Document(d.id, text_sha256=sha * 64, mentions=d.mentions) for d in GOLD])
            for sha in "ab"
        )
        with pytest.raises(MismatchError, match="another text than the baseline's"):
            gate(GOLD, one, other)

    def test_what_is_wrong_with_the_baseline_is_not_said_of_the_predictions(self):
        other = Corpus([Document(f"x{k}") for k in range(3)])
        with pytest.raises(
            MismatchError, match=r"^baseline: none of the 3 .*`toolkit baseline acc"
        ):
            gate(GOLD, GOLD, other)
        gold, old = (
            Corpus([Document(d.id, text_sha256=sha * 64, mentions=d.mentions) for d in GOLD])
            for sha in "ab"
        )
        with pytest.raises(
            MismatchError, match=r"^baseline: d000: made on another text than the g"
        ):
            gate(gold, gold, old)
        with pytest.raises(
            MismatchError, match=r"^predictions: d000: made on another text than th"
        ):
            gate(gold, old, gold)

    def test_a_gold_document_that_is_newer_than_the_baseline_asks_for_another(self):
        (said,) = gate(GOLD, GOLD, Corpus(list(GOLD)[1:])).incomplete
        assert said == (
            "baseline: no prediction for d000 (accept another: `toolkit baseline accept`)"
        )

    def test_bare_documents_are_a_run_and_none_at_all_are_incomplete(self):
        assert gate(GOLD, list(GOLD), list(GOLD)).status == "pass"
        assert gate(GOLD, [], GOLD).status == "incomplete"

    def test_a_document_twice_and_empty_gold_are_refused(self):
        twice = Corpus([*GOLD, next(iter(GOLD))])
        with pytest.raises(DataError, match="twice"):
            gate(GOLD, twice, GOLD)
        empty = Corpus([Document(d.id) for d in GOLD])
        with pytest.raises(DataError, match="no mention"):
            gate(empty, GOLD, GOLD)

    def test_a_declared_document_that_failed_or_blew_up_is_left_out(self):
        now = corpus(meta={7: {"error": "timeout"}}, extra={7: 90})
        assert gate(GOLD, now, GOLD).status == "incomplete"
        report = gate(GOLD, now, GOLD, policy=Policy(missing=("d007",)))
        assert (report.status, report.blown_up) == ("pass", [])

    def test_unknown_documents_are_said(self):
        more = Corpus([*GOLD, Document("new", mentions=corpus(1, extra={0: 50})["d000"].mentions)])
        report = gate(GOLD, more, GOLD)
        assert report.status == "pass"
        assert report.notices == ("predictions: not in the gold, not counted: new",)
