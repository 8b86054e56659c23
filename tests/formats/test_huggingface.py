"""What pipelines give and what data sets hold."""

import importlib.util
import json

import pytest

from toolkit.formats.huggingface import read_huggingface

needs_parquet = pytest.mark.skipif(
    importlib.util.find_spec("pyarrow") is None, reason="needs the extra 'parquet'"
)

PIPED = [
    {"entity_group": "PER", "score": 0.99, "word": "Ana Roke", "start": 0, "end": 8},
    {"entity_group": "LOC", "score": 0.5, "word": "Karsk", "start": 12, "end": 17},
]

PIECES = [
    {"entity": "B-PER", "score": 0.9, "index": 1, "word": "Ana", "start": 0, "end": 3},
    {"entity": "I-PER", "score": 0.7, "index": 2, "word": "Ro", "start": 4, "end": 6},
    {"entity": "I-PER", "score": 0.8, "index": 3, "word": "##ke", "start": 6, "end": 8},
    {"entity": "B-PER", "score": 0.5, "index": 4, "word": "Bo", "start": 9, "end": 11},
    {"entity": "I-LOC", "score": 0.5, "index": 8, "word": "Karsk", "start": 20, "end": 25},
]


@pytest.fixture
def save(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(name, *rows):
        (tmp_path / name).write_text("\n".join(map(json.dumps, rows)))
        return name

    return write


def spans(corpus):
    return [[(m.label, m.start, m.end) for m in d.mentions] for d in corpus]


def test_the_output_of_a_pipeline_for_one_text_or_several(save):
    wanted = [("PER", 0, 8), ("LOC", 12, 17)]
    assert spans(read_huggingface(save("a.json", PIPED))) == [wanted]
    assert spans(read_huggingface(save("a.json", [PIPED, [], PIPED]))) == [wanted, [], wanted]
    assert spans(read_huggingface(save("a.jsonl", PIPED, []))) == [wanted, []]


def test_pieces_of_words_are_joined(save):
    (document,) = read_huggingface(save("a.json", PIECES))
    assert [(m.label, m.start, m.end) for m in document.mentions] == [
        ("PER", 0, 8),
        ("PER", 9, 11),
        ("LOC", 20, 25),
    ]
    assert document.mentions[0].score == pytest.approx(0.8)


def test_entities_without_offsets_keep_their_words_and_are_said(save):
    bare = [{**one, "start": None, "end": None} for one in PIECES]
    corpus = read_huggingface(save("a.json", bare))
    assert [m.text for m in corpus.documents[0].mentions] == ["Ana Roke", "Bo", "Karsk"]
    assert corpus.notices == ("a.json: 3 entities have no offsets, as a slow tokenizer gives none",)


def test_rows_of_tokens_with_tags(save):
    row = {"id": "7", "tokens": ["Ana", "Roke", "in", "🙂", "Karsk"]}
    words = {**row, "ner_tags": ["B-PER", "I-PER", "O", "O", "B-LOC"]}
    numbers = {**row, "ner_tags": [1, 2, 0, 0, 3]}
    for read in (
        read_huggingface(save("a.jsonl", words)),
        read_huggingface(save("a.jsonl", numbers), names="O,B-PER,I-PER,B-LOC"),
    ):
        assert [d.id for d in read] == ["7"]
        assert read["7"].text == "Ana Roke in 🙂 Karsk"
        assert spans(read) == [[("PER", 0, 8), ("LOC", 14, 19)]]


@needs_parquet
def test_parquet_that_datasets_wrote_names_its_tags(tmp_path):
    import pyarrow
    from pyarrow import parquet

    names = {"feature": {"names": ["O", "B-PER"], "_type": "ClassLabel"}, "_type": "Sequence"}
    features = {"info": {"features": {"ner_tags": names}}}
    table = pyarrow.Table.from_pylist([{"tokens": ["Ana", "left"], "ner_tags": [1, 0]}])
    table = table.replace_schema_metadata({"huggingface": json.dumps(features)})
    parquet.write_table(table, tmp_path / "a.parquet")
    assert spans(read_huggingface(tmp_path / "a.parquet")) == [[("PER", 0, 3)]]
