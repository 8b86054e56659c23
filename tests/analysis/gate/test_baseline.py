"""A baseline is accepted deliberately, kept with its history, and explained."""

import pytest
from gates import corpus

from toolkit.analysis.gate.baseline import accept_baseline, baseline_history, load_baseline
from toolkit.analysis.gate.explain import explain_change
from toolkit.analysis.gate.judging import gate
from toolkit.analysis.gate.self_test import gate_self_test
from toolkit.errors import DataError, MismatchError
from toolkit.model import Corpus, Document
from toolkit.scoring.saved import load_card

GOLD = corpus()


def test_a_baseline_reads_back_as_it_was_accepted(tmp_path):
    base = corpus(lost={1})
    accept_baseline(GOLD, base, tmp_path / "base", why="first", who="Ana")
    found = load_baseline(tmp_path / "base")
    assert [list(run) for run in found.runs] == [list(base)]
    assert list(found.gold) == list(GOLD)
    assert (found.accepted.who, found.accepted.why) == ("Ana", "first")
    assert load_card(found.cards[0]).documents == 40


def test_several_runs_are_a_baseline_too(tmp_path):
    runs = [corpus(lost={k}) for k in range(3)]
    accept_baseline(GOLD, runs, tmp_path, why="three runs")
    assert [list(run) for run in load_baseline(tmp_path).runs] == [list(run) for run in runs]


def test_the_baseline_before_is_kept(tmp_path):
    for number in range(3):
        accept_baseline(GOLD, corpus(lost={number}), tmp_path, why=f"number {number}")
    assert [each.why for each in baseline_history(tmp_path)] == ["number 0", "number 1", "number 2"]
    first = load_baseline(tmp_path / "history" / "0001")
    assert list(first.runs[0]) == list(corpus(lost={0}))
    accept_baseline(GOLD, [GOLD, GOLD], tmp_path, why="two runs")
    assert not (tmp_path / "predictions.jsonl").exists()


def test_a_baseline_needs_a_reason_and_every_document(tmp_path):
    with pytest.raises(DataError, match="no reason"):
        accept_baseline(GOLD, GOLD, tmp_path, why=" ")
    with pytest.raises(MismatchError, match="1 gold documents have no prediction"):
        accept_baseline(GOLD, Corpus(list(GOLD)[1:]), tmp_path, why="short")
    assert not list(tmp_path.iterdir())


def test_texts_are_not_stored(tmp_path):
    with_text = Corpus([Document(d.id, text="x" * 200, mentions=d.mentions) for d in GOLD])
    accept_baseline(with_text, with_text, tmp_path, why="texts")
    assert "xxx" not in (tmp_path / "gold.jsonl").read_text()
    assert "xxx" not in (tmp_path / "predictions.jsonl").read_text()


@pytest.mark.parametrize("content", ["", "{}", "[", '{"who": 3}'])
def test_a_broken_record_is_refused(tmp_path, content):
    (tmp_path / "baseline.json").write_text(content)
    with pytest.raises(DataError, match="is no record of a baseline"):
        load_baseline(tmp_path)


def test_no_baseline_is_said(tmp_path):
    with pytest.raises(DataError, match="no baseline here"):
        baseline_history(tmp_path)


class TestExplain:
    def changes(self, tmp_path, gold, predicted):
        accept_baseline(GOLD, corpus(lost={1}), tmp_path, why="first")
        found = explain_change(gold, [predicted], load_baseline(tmp_path))
        return {(each.figure, each.metric): each for each in found}

    def test_a_change_of_the_extractor_is_the_extractors(self, tmp_path):
        found = self.changes(tmp_path, GOLD, corpus(lost=range(10)))["speaker", "recall"]
        assert found.total == pytest.approx(-9 / 120)
        assert (found.extractor, found.gold, found.scorer) == (pytest.approx(-9 / 120), 0, 0)

    def test_a_change_of_the_gold_is_the_golds(self, tmp_path):
        gold = corpus(lost=range(20))  # twenty speakers are no longer in the gold
        found = self.changes(tmp_path, gold, corpus(lost={1}))["speaker", "precision"]
        assert found.gold == pytest.approx(-19 / 119)
        assert (found.extractor, found.scorer) == (0, 0)

    def test_the_parts_add_up(self, tmp_path):
        gold = corpus(lost={5, 6})
        for each in self.changes(tmp_path, gold, corpus(wrong={1, 2}, lost={6})).values():
            assert each.extractor + each.gold + each.scorer == pytest.approx(each.total)

    def test_a_bare_file_explains_nothing(self, tmp_path):
        from toolkit.analysis.gate.baseline import Baseline

        with pytest.raises(DataError, match="bare file"):
            explain_change(GOLD, [GOLD], Baseline([GOLD]))

    def test_a_change_of_gold_is_no_regression_of_the_extractor(self, tmp_path):
        base = corpus(lost={1})
        accept_baseline(GOLD, base, tmp_path, why="first")
        report = gate(corpus(lost=range(20)), base, load_baseline(tmp_path))
        assert report.status == "pass"
        assert any("scored again" in notice for notice in report.notices)


class TestLoading:
    def test_scorecards_of_another_toolkit_are_in_no_judgements_way(self, tmp_path):
        accept_baseline(GOLD, GOLD, tmp_path, why="first")
        (tmp_path / "card.json").write_text('{"format": 1, "signature": {"toolkit": "0.0.1"}}')
        found = load_baseline(tmp_path)
        assert gate(GOLD, GOLD, found).status == "pass"
        with pytest.raises(DataError, match=r"card\.json: is a scorecard of format 1"):
            explain_change(GOLD, [GOLD], found)

    def test_the_record_names_its_folder(self, tmp_path):
        accept_baseline(GOLD, GOLD, tmp_path, why="first")
        assert load_baseline(tmp_path / "baseline.json").accepted.why == "first"

    @pytest.mark.parametrize("name", ["nothing", "."])
    def test_where_none_is_it_says_how_to_make_one(self, tmp_path, name):
        with pytest.raises(DataError, match=r"no baseline here \(`toolkit baseline accept` makes"):
            load_baseline(tmp_path / name)


class TestSelfTest:
    def test_the_baseline_never_differs_from_itself(self):
        base = corpus(lost={1, 2})
        (found,) = gate_self_test(GOLD, base, base)
        assert (found.comparisons, found.alarms) == (1, 0)

    def test_exchanged_documents_seldom_alarm(self):
        found = gate_self_test(
            GOLD, corpus(lost=range(20)), corpus(wrong=range(20)), simulations=40
        )
        assert found[1].comparisons == 40
        assert found[1].rate <= 0.15
        again = gate_self_test(
            GOLD, corpus(lost=range(20)), corpus(wrong=range(20)), simulations=40
        )
        assert found == again

    def test_runs_are_held_against_each_other(self):
        runs = [corpus(lost={k}) for k in range(3)]
        found = gate_self_test(GOLD, runs, runs)
        assert [one.comparisons for one in found] == [1, 6, 6]
        assert all(one.alarms == 0 for one in found)
