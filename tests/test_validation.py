import json
from pathlib import Path

import pytest

from toolkit.errors import DataError
from toolkit.schema.load import load_schema
from toolkit.validation import check

SCHEMA = """\
schema: news
version: 1.0.0
labels:
  speaker:
    description: Who speaks.
    fields:
      kind: {type: choice, values: [person, document], required: true}
"""

DATASET = "name: news\nversion: 1.0.0\nschema: ../../schemas/news.yaml\ntexts: ../../seeds\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A project: `schemas/news.yaml`, `gold/news` and `seeds`."""
    monkeypatch.chdir(tmp_path)
    for name in ("schemas", "gold/news/documents", "seeds"):
        Path(name).mkdir(parents=True)
    Path("schemas/news.yaml").write_text(SCHEMA)
    Path("gold/news/dataset.yaml").write_text(DATASET)
    Path("seeds/d.txt").write_text("Renk said no.")
    save()
    return tmp_path


def save(path="gold/news/documents/d.json", **changes):
    mention = {"id": "m", "label": "speaker", "start": 0, "end": 4, "fields": {"kind": "person"}}
    Path(path).write_text(json.dumps({"id": "d", "mentions": [mention | changes]}))


def problems(*paths, **options):
    return [str(problem) for problem in check(paths, **options).problems]


def test_a_right_project_has_no_problem():
    assert check() == (
        ("schemas/news.yaml: 1 labels", "gold/news: 1 documents, 1 mentions"),
        (),
        (),
    )


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"label": "speakr"}, "m: unknown label 'speakr' (did you mean 'speaker'?)"),
        ({"fields": {"kind": "x"}}, "m: kind: unknown value 'x' (known: document, person)"),
        ({"fields": {}}, "m: kind is missing (every speaker needs it)"),
        ({"end": 5}, "m: white space at the edge of 'Renk ' (move the offsets)"),
        (
            {"start": 4},
            "d m: nothing lies between start 4 and end 4 (end is the first offset after it)",
        ),
    ],
)
def test_what_is_wrong_with_gold_is_told_at_its_line(change, problem):
    save(**change)
    assert problems() == [f"gold/news/documents/d.json:1: {problem}"]


def test_everything_wrong_is_told_over_all_paths():
    Path("schemas/news.yaml").write_text(SCHEMA.replace("version: 1.0.0", "version: 1.0"))
    save(label="x")
    Path("p.jsonl").write_text('{"id":1}\n{"id":2}\n')
    found = [
        problem.partition(" ")[0]
        for problem in problems("schemas/news.yaml", "gold/news", "p.jsonl", "none.jsonl")
    ]
    assert found == [
        "schemas/news.yaml:2:",
        "gold/news/documents/d.json:1:",
        "p.jsonl:1:",
        "p.jsonl:2:",
        "none.jsonl:",
    ]


@pytest.mark.parametrize("paths", [(), ("gold/news",)])
def test_a_schema_that_gold_names_and_is_not_there_is_told_once(paths):
    Path("schemas/news.yaml").unlink()
    assert problems(*paths) == ["schemas/news.yaml: no such file"]


def test_a_faulty_schema_that_gold_names_is_told():
    Path("schemas/news.yaml").write_text(SCHEMA.replace("choice", "chioce"))
    assert "unknown value 'chioce'" in problems("gold/news")[0]


def test_a_missing_text_is_a_notice_and_no_problem():
    Path("seeds/d.txt").rename("seeds/e.txt")
    found = check(["gold/news"])
    assert found.problems == ()
    assert "1 of 1 texts are not in" in found.notices[0]


def test_a_changed_text_is_a_problem():
    document = json.loads(Path("gold/news/documents/d.json").read_text())
    Path("gold/news/documents/d.json").write_text(json.dumps(document | {"text_sha256": "0" * 64}))
    assert "the text of 'd' changed since it was annotated" in problems("gold/news")[0]


def test_predictions_without_a_schema_are_checked_for_structure_and_that_is_said():
    save("p.jsonl", label="anything", fields={"any": "thing"})
    found = check(["p.jsonl"])
    assert found.what == ("p.jsonl: 1 documents, 1 mentions",)
    assert found.problems == ()
    assert found.notices == ("p.jsonl: no schema, so labels, fields and values were not checked",)


def test_predictions_are_checked_against_a_schema_and_texts_that_are_given():
    save("p.jsonl", end=5, fields={"knd": "person"})
    found = problems("p.jsonl", schema=load_schema("schemas/news.yaml"), texts="seeds")
    assert found == [
        "p.jsonl:1: m: white space at the edge of 'Renk ' (move the offsets)",
        "p.jsonl:1: m: unknown field 'knd' of speaker (did you mean 'kind'?)",
        "p.jsonl:1: m: kind is missing (every speaker needs it)",
    ]


def test_the_schema_of_the_gold_folder_goes_before_one_that_is_given():
    Path("other.yaml").write_text(SCHEMA.replace("speaker", "claim"))
    assert problems("gold/news", schema=load_schema("other.yaml")) == []


def test_a_folder_of_predictions_is_checked():
    Path("run").mkdir()
    save("run/p.json", start=5)
    assert problems("run")[0].startswith("run/p.json:1: d m: the range is reversed")


def test_a_folder_with_nothing_to_check_is_told():
    assert problems("seeds") == [
        "seeds: nothing to check here "
        "(a gold folder has a dataset.yaml, a folder of predictions has .json or .jsonl files)"
    ]


def test_without_paths_there_must_be_schemas_or_gold(folder, monkeypatch):
    monkeypatch.chdir(folder / "seeds")
    with pytest.raises(DataError, match=r"name the files or folders to check"):
        check()


@pytest.mark.parametrize("takes", ["", ", *, on_error='stop'"])
@pytest.mark.parametrize("texts", [None, "seeds"])
def test_a_reader_of_ones_own_need_not_take_on_error(folder, monkeypatch, takes, texts):
    name = f"reader_{len(takes)}_{texts}"
    Path(f"{name}.py").write_text(
        f"from toolkit import Document, Mention\ndef read(path{takes}):\n"
        "    return [Document('d', mentions=(Mention('m', 'speaker', 4, 4),))]\n"
    )
    monkeypatch.syspath_prepend(folder)
    Path("x").touch()
    (problem,) = problems("x", format=f"{name}:read", texts=texts)
    assert "nothing lies between start 4 and end 4" in problem
