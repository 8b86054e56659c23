"""What is particular to each tool's files."""

import json

import pytest

from toolkit.formats.doccano import read_doccano
from toolkit.formats.label_studio import read_label_studio, write_label_studio
from toolkit.formats.langextract import read_langextract
from toolkit.formats.prodigy import read_prodigy
from toolkit.formats.table import read_table
from toolkit.model import Document, Mention
from toolkit.schema.load import load_schema


@pytest.fixture
def save(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(name, *rows):
        text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
        (tmp_path / name).write_bytes(text.encode())
        return name

    return write


def test_doccano_counts_utf16_units_and_other_programs_code_points(save):
    file = save("a.jsonl", {"text": "👩🏻‍🚒 firetrucks", "label": [[8, 18, "x"]]})
    corpus = read_doccano(file)
    (mention,) = corpus["line-1"].mentions
    assert corpus["line-1"].text[mention.start : mention.end] == "firetrucks"
    assert "UTF-16" in corpus.notices[0]
    file = save("a.jsonl", {"text": "👩🏻‍🚒 firetrucks", "label": [[5, 15, "x"]]})
    assert read_doccano(file, offsets="code-points")["line-1"].mentions[0].start == 5


def test_prodigy_answers_are_told_apart(save):
    task = {"text": "Ana", "spans": [{"start": 0, "end": 3, "label": "p"}]}
    answers = ["accept", "reject", "ignore", "reject"]
    rows = [{**task, "answer": answer, "_input_hash": i} for i, answer in enumerate(answers)]
    corpus = read_prodigy(save("a.jsonl", *rows, task))
    assert [d.id for d in corpus] == ["0", "line-5"]
    assert corpus.notices == (
        "a.jsonl: 2 tasks with the answer 'reject' left out",
        "a.jsonl: 1 tasks with the answer 'ignore' left out",
    )


def test_prodigy_relations_are_fields_of_their_heads(save):
    ana = {"start": 0, "end": 3, "label": "p", "token_start": 0, "token_end": 0}
    bo = {"start": 10, "end": 12, "label": "p", "token_start": 2, "token_end": 2}
    links = [
        {"head": 0, "child": 2, "head_span": ana, "child_span": bo, "label": "met"},
        {"head": 0, "child": 1, "label": "token only"},
    ]
    corpus = read_prodigy(
        save("a.jsonl", {"text": "Ana greets Bo", "spans": [ana, bo], "relations": links})
    )
    assert corpus["line-1"].mentions[0].fields == {"met": {"ref": "2"}}
    assert "1 relations of tokens that are no span left out" in corpus.notices[0]


def test_langextract_places_of_other_words_are_not_believed(save):
    text = "In March they imposed sanctions on Acme Bank. The ban holds."

    def extraction(words, start, end, status):
        place = {"start_pos": start, "end_pos": end}
        return {
            "extraction_class": "x",
            "extraction_text": words,
            "char_interval": place,
            "alignment_status": status,
        }

    row = {
        "document_id": "d",
        "text": text,
        "extractions": [
            extraction("imposed sanctions on Beta Oil in June", 14, 34, "match_lesser"),
            extraction("the ban", 46, 53, "match_exact"),
            extraction("Acme Bank", 35, 44, "match_exact"),
        ],
    }
    corpus = read_langextract(save("a.jsonl", row))
    assert [(m.place, m.grounding) for m in corpus["d"].mentions] == [
        ((), "none"),
        (((46, 53),), "normalised"),
        (((35, 44),), None),
    ]
    assert corpus.notices == (
        "a.jsonl: 2 places are not of the words extracted, which were located anew",
        "a.jsonl: 1 extractions are not in their text",
    )


def region(name, start, end, label, **more):
    value = {"start": start, "end": end, "labels": [label]}
    return {"id": name, "type": "labels", "from_name": "label", "value": value, **more}


def answer(*results, **more):
    return {"result": list(results), **more}


class TestLabelStudio:
    def test_a_skipped_task_is_no_document_and_an_empty_one_is(self, save):
        tasks = [
            {"id": 1, "data": {"text": "a"}, "annotations": [answer(was_cancelled=True)]},
            {"id": 2, "data": {"text": "b"}, "annotations": [answer()]},
            {"id": 3, "data": {"text": "c"}},
        ]
        corpus = read_label_studio(save("a.json", tasks))
        assert [(d.id, d.mentions) for d in corpus] == [("2", ())]
        assert corpus.notices == (
            "a.json: 1 annotations that were skipped left out",
            "a.json: 1 tasks without annotations to take, which are no documents",
            "a.json: 1 tasks without predictions to take, which are no documents",
        )

    def test_the_ground_truth_goes_before_later_annotations(self, save):
        truth = answer(region("a", 0, 1, "x"), ground_truth=True, completed_by=7)
        later = answer(region("b", 1, 2, "x"), completed_by={"id": 8, "email": "e@x.org"})
        task = {"id": 1, "data": {"text": "abc"}, "annotations": [truth, later]}
        file = save("a.json", [task])
        assert read_label_studio(file)["1"].mentions[0].id == "a"
        assert read_label_studio(file, annotator="e@x.org")["1"].mentions[0].id == "b"
        assert read_label_studio(file, annotator="7")["1"].mentions[0].id == "a"

    def test_directions_and_kinds_of_values(self, save):
        place = {"start": 0, "end": 1}

        def valued(kind, name, **value):
            return {"id": "a", "type": kind, "from_name": name, "value": {**place, **value}}

        link = {"from_id": "a", "to_id": "b", "direction": "left", "labels": ["r"]}
        results = [
            region("a", 0, 1, "x"),
            region("b", 1, 2, "y"),
            valued("choices", "c", choices=["1", "2"]),
            valued("number", "n", number=3),
            valued("taxonomy", "t", taxonomy=[["p", "q"]]),
            valued("video", "v"),
            {"type": "relation", **link},
        ]
        task = {"id": 1, "data": {"text": "abc"}, "annotations": [answer(*results)]}
        corpus = read_label_studio(save("a.json", [task]))
        a, b = corpus["1"].mentions
        assert a.fields == {"c": ["1", "2"], "n": 3, "t": "q"}
        assert b.fields == {"r": {"ref": "a"}}
        assert corpus.notices == ("a.json: 1 results of the type 'video' left out",)

    def test_a_schema_tells_choices_from_words(self, save):
        schema = save(
            "s.yaml",
            "schema: s\nversion: 1.0.0\nlabels:\n  x:\n    description: X.\n    fields:\n"
            "      c: {type: choice, values: [one, two]}\n      w: {type: text}",
        )
        mention = Mention("m", "x", 0, 1, fields={"c": "one", "w": "one"})
        write_label_studio(
            [Document("d", text="a", mentions=(mention,))], "a.json", schema=load_schema(schema)
        )
        with open("a.json") as file:
            results = json.load(file)[0]["annotations"][0]["result"]
        assert [(r["type"], r["from_name"]) for r in results] == [
            ("labels", "label"),
            ("choices", "c"),
            ("textarea", "w"),
        ]


class TestTable:
    def test_columns_can_be_called_otherwise(self, save):
        file = save(
            "a.csv", "doc_id;type;begin;end;status", "d;x;0;2;imposed", "d;y;;;", "e;x;1;2;"
        )
        corpus = read_table(file, columns="document=doc_id,label=type,start=begin")
        assert [(d.id, [(m.id, m.label, m.start) for m in d.mentions]) for d in corpus] == [
            ("d", [("1", "x", 0), ("2", "y", None)]),
            ("e", [("1", "x", 1)]),
        ]
        assert corpus["d"].mentions[0].fields == {"status": "imposed"}

    def test_numbers_and_line_ends_of_spreadsheets(self, save):
        file = save("a.csv", "\ufeffdocument,label,start,end\r", "d,x,0.0,2.0\r", "\r")
        assert read_table(file)["d"].mentions[0].end == 2

    def test_every_fault_has_its_line(self, save):
        file = save(
            "a.csv", "document,label,start,end,note", 'd,x,0,1,"a\nb"', "d,x,1,,", "e,x,b,2,"
        )
        with pytest.raises(Exception, match="start is 'b'") as caught:
            read_table(file)
        assert str(caught.value).startswith("a.csv:5: start is 'b'")
