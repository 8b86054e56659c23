"""Files scored piece by piece give the very scorecard that documents in memory give."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import numpy as np
import pytest
from dense import document_pairs, many
from hypothesis import given
from hypothesis import strategies as st
from made import example, written

import toolkit
from toolkit.errors import DataError, MismatchError
from toolkit.formats import lines
from toolkit.model import Document
from toolkit.scoring import pieces, shards
from toolkit.scoring.score import score


def corpora():
    return st.lists(document_pairs(most=3), min_size=1, max_size=6, unique_by=lambda p: p[0].id)


@many(50)
@given(corpora(), st.integers(1, 3), st.randoms())
def test_files_give_what_memory_gives(dense_schema, tmp_path_factory, pairs, piece, shuffle):
    folder = tmp_path_factory.mktemp("files")
    golds, found = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    expected = score(golds, found, dense_schema)
    shuffle.shuffle(golds)
    files = [written(folder, f"gold-{k}.jsonl", golds[k::2]) for k in range(2) if golds[k::2]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "PIECE", piece)
        card = score(files, written(folder, "found.jsonl", found), dense_schema)
    assert card == expected


@pytest.mark.parametrize("pool", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_an_executor_gives_the_same(tmp_path, monkeypatch, pool):
    monkeypatch.setattr(shards, "PIECE", 7)
    golds, found = example(50)
    files = written(tmp_path, "gold.jsonl", golds), written(tmp_path, "found.jsonl", found)
    expected = score(golds, found)
    with pool(2) as executor:
        assert score(*files, executor=executor) == expected


def test_documents_in_memory_are_handed_out_too(monkeypatch):
    monkeypatch.setattr("toolkit.scoring.score.PIECE", 7)
    golds, found = example(50)
    with ThreadPoolExecutor(2) as executor:
        assert score(golds, found, executor=executor) == score(golds, found)


def test_sums_without_documents_are_the_same_in_any_order(tmp_path, monkeypatch):
    golds, found = example(60)
    whole = score(golds, found, per_document=False)
    monkeypatch.setattr(shards, "PIECE", 11)
    files = written(tmp_path, "gold.jsonl", golds[::-1]), written(tmp_path, "found.jsonl", found)
    card = score(*files, per_document=False)
    assert card == whole
    assert card.documents == 60
    assert not card.counts.names
    assert card.rows == score(golds, found).rows


def test_only_a_sample_of_errors_is_kept_without_documents(monkeypatch):
    monkeypatch.setattr("toolkit.scoring.sound.SAMPLE", 5)
    golds, found = example(60)
    all_of_them = score(golds, found).verdicts
    card = score(golds, found, per_document=False)
    assert len(card.verdicts) == 5
    assert set(card.verdicts) <= set(all_of_them)
    assert card.verdicts_total == len(all_of_them)
    assert "sample, 5 of" in str(card)


def test_the_sums_hold_what_variances_need():
    golds, found = example(40)
    kept, folded = score(golds, found), score(golds, found, per_document=False)
    column = kept.counts.mentions.columns["A"]
    cells = np.array(column.cells).reshape(-1, kept.counts.mentions.width)
    moments = folded.counts.mentions.folded["A"]
    assert moments.sums == cells.sum(axis=0).tolist()
    assert moments.products == (cells.T.astype(int) @ cells).ravel().tolist()
    both = np.zeros((40, cells.shape[1]), int)
    for each in kept.counts.mentions.columns.values():
        both[np.array(each.documents)] += np.array(each.cells).reshape(-1, cells.shape[1])
    assert folded.counts.mentions.pooled.products == (both.T @ both).ravel().tolist()


def test_a_pattern_names_many_files(tmp_path):
    golds, found = example(9)
    for k in range(3):
        written(tmp_path, f"gold-{k}.jsonl", golds[k::3])
    card = score(str(tmp_path / "gold-*.jsonl"), written(tmp_path, "found.jsonl", found))
    assert card == score(golds, found)


def test_a_pattern_that_names_nothing_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"no-\*.jsonl: no file is at this pattern"):
        score(str(tmp_path / "no-*.jsonl"), str(tmp_path / "no-*.jsonl"))


def test_files_of_any_url_are_read(tmp_path):
    pytest.importorskip("fsspec", reason="needs the extra `cluster`")
    golds, found = example(9)
    files = written(tmp_path, "gold.jsonl", golds), written(tmp_path, "found.jsonl", found)
    assert score(*(f"file://{file}" for file in files)) == score(golds, found)


def test_documents_that_only_one_side_has_are_named(tmp_path):
    golds, found = example(4)
    extra = Document(id="other", mentions=())
    card = score(
        written(tmp_path, "gold.jsonl", golds), written(tmp_path, "p.jsonl", [*found[1:], extra])
    )
    assert card.not_predicted == (found[0].id,)
    assert card.unknown == ("other",)


def test_no_document_in_common_is_refused(tmp_path):
    one, other = Document(id="a"), Document(id="b")
    with pytest.raises(MismatchError, match="no document is among those of the gold"):
        score(written(tmp_path, "g.jsonl", [one]), written(tmp_path, "p.jsonl", [other]))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "d1", "mentions": [{"id": "m", "label": "A", "start": 5, "end": 2}]}', "reversed"),
        ('{"id": "d1", "mentions": [', "not JSON"),
        ('{"id": 7}', "id: expected 'str', got 'int'"),
        ("[1]", "expected 'object'"),
        ("\ufffe{", "not JSON"),
    ],
)
def test_a_broken_line_is_named(tmp_path, line, said):
    (tmp_path / "g.jsonl").write_text('{"id": "d0"}\n\n' + line + "\n" + '{"id": "d2"}\n')
    found = written(tmp_path, "p.jsonl", [Document(id="d0"), Document(id="d1")])
    with pytest.raises(DataError) as refusal:
        score(str(tmp_path / "g.jsonl"), found)
    (problem,) = refusal.value.problems
    assert problem.where.startswith(str(tmp_path / "g.jsonl:3"))
    assert said in problem.what


def test_all_broken_lines_are_listed_when_told(tmp_path, monkeypatch):
    monkeypatch.setattr(shards, "PIECE", 1)
    (tmp_path / "g.jsonl").write_text('{"id": "a", "x": 1}\n{"id": "b"}\n{"id": "c", "y": 1}\n')
    found = written(tmp_path, "p.jsonl", [Document(id="b")])
    with pytest.raises(DataError) as refusal:
        score(str(tmp_path / "g.jsonl"), found, on_error="list")
    assert [problem.where.rpartition(":")[2] for problem in refusal.value.problems] == ["1", "3"]
    with pytest.raises(DataError) as refusal:
        score(str(tmp_path / "g.jsonl"), found)
    assert len(refusal.value.problems) == 1


@pytest.mark.parametrize("piece", [1, 1000])
def test_stop_tells_the_first_broken_document_and_list_all_of_both_sides(
    tmp_path, monkeypatch, piece
):
    monkeypatch.setattr(shards, "PIECE", piece)
    twice = '{"id": "%s", "mentions": [{"id": "", "label": "A", "start": 5, "end": 2}]}\n'
    (tmp_path / "g.jsonl").write_text(twice % "a" + twice % "b" + '{"id": "c"}\n')
    (tmp_path / "p.jsonl").write_text(twice % "a" + '{"id": "c", "x": 1}\n{"id": "stranger"\n')

    def told(on_error):
        with pytest.raises(DataError) as refusal:
            score(str(tmp_path / "g.jsonl"), str(tmp_path / "p.jsonl"), on_error=on_error)
        return [one.where.removeprefix(f"{tmp_path}/") for one in refusal.value.problems]

    assert told("stop") == ["g.jsonl:1"] * 2
    both = ["g.jsonl:1"] * 2 + ["g.jsonl:2"] * 2 + ["p.jsonl:1"] * 2 + ["p.jsonl:2", "p.jsonl:3"]
    assert sorted(told("list")) == both


def test_a_broken_prediction_of_no_gold_document_is_refused(tmp_path):
    gold = written(tmp_path, "g.jsonl", [Document(id="a"), Document(id="b")])
    (tmp_path / "p.jsonl").write_text('{"id": "a"}\n{"mentions": [], "id": "b"\n')
    with pytest.raises(DataError, match=r"p.jsonl:2: not JSON"):
        score(gold, str(tmp_path / "p.jsonl"))


def test_an_id_twice_is_refused_with_both_places(tmp_path):
    (tmp_path / "g.jsonl").write_text('{"id": "a"}\n{"id": "b"}\n{"mentions": [], "id": "a"}\n')
    found = written(tmp_path, "p.jsonl", [Document(id="b")])
    with pytest.raises(DataError, match=r"g.jsonl:3: document id 'a' already stands at .*:1"):
        score(str(tmp_path / "g.jsonl"), found)


@pytest.mark.parametrize("name", ["a", 'quote " and \\ more', "日本", "\u0001", " "])
def test_ids_of_any_kind_join(tmp_path, name):
    escaped = "".join(f"\\u{ord(one):04x}" for one in name)
    (tmp_path / "g.jsonl").write_text('\ufeff{"mentions": [], "id": "' + escaped + '"}\r\n')
    card = score(str(tmp_path / "g.jsonl"), written(tmp_path, "p.jsonl", [Document(id=name)]))
    assert not card.not_predicted
    assert card.counts.names == [name]


@pytest.mark.parametrize("block", [1, 7, 100, 10_000])
def test_blocks_cut_anywhere(tmp_path, monkeypatch, block):
    monkeypatch.setattr(lines, "BLOCK", block)
    monkeypatch.setattr(lines, "GAP", 3)
    golds, found = example(12)
    files = written(tmp_path, "g.jsonl", golds), written(tmp_path, "p.jsonl", found)
    assert score(*files) == score(golds, found)


def test_a_lost_process_is_said(tmp_path, monkeypatch):
    golds, found = example(3)
    files = written(tmp_path, "g.jsonl", golds), written(tmp_path, "p.jsonl", found)
    with ProcessPoolExecutor(1) as pool:
        monkeypatch.setattr(shards, "_score_piece", _die)
        with pytest.raises(toolkit.ToolkitError, match="was ended from outside"):
            score(*files, executor=pool)


def _die(_piece):
    import os

    os._exit(9)


def test_progress_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(shards, "PIECE", 2)
    golds, found = example(5)
    told = []
    files = written(tmp_path, "g.jsonl", golds), written(tmp_path, "p.jsonl", found)
    score(*files, progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 5), (4, 5), (5, 5)]


def test_pieces_are_not_handed_out_without_end(monkeypatch):
    monkeypatch.setattr(pieces, "WAITING", 2)
    taken = []

    def endless():
        for number in range(10):
            taken.append(number)
            yield number

    with ThreadPoolExecutor(1) as pool:
        results = pieces.run(lambda number: number, endless(), pool)
        assert next(results) == 0
        assert len(taken) == 2
        assert list(results) == list(range(1, 10))
