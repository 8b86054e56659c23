"""How long predictions took stands in the scorecard where the run left its record beside them."""

import json

import pytest

import toolkit
from toolkit.model import Document, Mention
from toolkit.scoring.saved import load_card
from toolkit.scoring.timing import latency, run_of, timing

GOLD = [Document("d", text="Ana Roke", mentions=(Mention("a", "speaker", 0, 8),))]


@pytest.fixture
def predictions(tmp_path):
    """Predictions that an extractor made, at a cost."""

    def extractor(text):
        return toolkit.Answer([Mention("x", "speaker", 0, 8)], {"cost": 0.25})

    toolkit.write(GOLD, tmp_path / "gold.jsonl")
    toolkit.run_extractor(extractor, GOLD, tmp_path / "pred.jsonl")
    return tmp_path / "pred.jsonl"


def record(path, *documents, **more):
    rows = [{"id": str(n), "seconds": s, **e} for n, (s, e) in enumerate(documents)]
    run_of(path).write_text(json.dumps({"made": {"extractor": "x"}, "documents": rows, **more}))
    return str(path)


def test_latency_by_nearest_rank():
    found = latency(range(100, 0, -1))
    assert (found.mean, found.median, found.p95, found.longest) == (50.5, 50.5, 95, 100)
    assert latency([]) is None


def test_it_is_of_what_did_not_fail_in_all_files(tmp_path):
    one = record(tmp_path / "a.jsonl", (1.0, {}), (900.0, {"error": "no"}), cost=2.0)
    other = record(tmp_path / "b.jsonl", (3.0, {}))
    found = timing([one, other])
    assert (found.documents, found.failed, found.cost) == (3, 1, 2.0)
    assert (found.latency.median, found.latency.longest) == (2.0, 3.0)


def test_a_file_without_a_record_leaves_none(tmp_path):
    one = record(tmp_path / "a.jsonl", (1.0, {}))
    assert timing([one, str(tmp_path / "b.jsonl")]) is None
    assert timing([]) is None
    assert timing(["s3://bucket/a.jsonl"]) is None


def test_a_broken_record_is_named(tmp_path):
    run_of(tmp_path / "a.jsonl").write_text("{}")
    with pytest.raises(toolkit.DataError, match=r"a\.jsonl\.run\.json:1: object missing .* 'made'"):
        timing([str(tmp_path / "a.jsonl")])


@pytest.mark.parametrize("read", [str, toolkit.read])
def test_the_report_shows_it(predictions, read):
    card = toolkit.score(str(predictions.with_name("gold.jsonl")), read(str(predictions)))
    assert card.timing.cost == 0.25
    text = toolkit.render(card)
    assert "seconds a document: median" in text
    assert "cost a document 0.25, in all 0.25" in text
    card.save(predictions.with_name("card.json"))
    assert load_card(predictions.with_name("card.json")).timing == card.timing
    assert json.loads(toolkit.render(card, "json"))["timing"]["documents"] == 1


def test_predictions_from_elsewhere_have_none(predictions):
    assert toolkit.score(GOLD, GOLD).timing is None
    run_of(predictions).unlink()
    assert toolkit.score(GOLD, toolkit.read(predictions)).timing is None


def test_a_folder_of_predictions_may_hold_the_records_of_their_runs(predictions):
    folder = predictions.parent / "folder"
    folder.mkdir()
    for file in (predictions, run_of(predictions)):
        file.rename(folder / file.name)
    corpus = toolkit.read(folder)
    assert [document.id for document in corpus] == ["d"]
    assert toolkit.score(GOLD, corpus).timing.cost == 0.25
