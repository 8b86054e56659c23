"""`toolkit agreement`, and `toolkit score --ceiling`, as a person meets them."""

import json

import pytest
from annotated import SCHEMA, TEXT, document, speaker
from click.testing import CliRunner

import toolkit
from toolkit.cli import cli
from toolkit.errors import ToolkitError

DATASET = "name: small\nversion: 1.0.0\nschema: small.yaml\ntexts: texts\n"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A gold folder with two annotators below it, and the texts beside."""
    monkeypatch.chdir(tmp_path)
    gold = tmp_path / "gold"
    sides = {
        "first": [document(speaker("s1", kind="person"), text=None)],
        "second": [document(speaker("x", 0, 3, kind="organisation"), text=None)],
    }
    for who, documents in sides.items():
        toolkit.write(documents, gold / "annotators" / who / "all.jsonl")
    (gold / "texts").mkdir()
    (gold / "texts" / "d.txt").write_text(TEXT)
    (gold / "small.yaml").write_text(SCHEMA)
    (gold / "dataset.yaml").write_text(DATASET)
    return gold


def run(*words):
    return CliRunner().invoke(cli, list(words), catch_exceptions=False)


@pytest.mark.parametrize(
    "said",
    [
        ["gold/annotators"],
        ["gold/annotators/first", "gold/annotators/second"],
        ["first=gold/annotators/first/all.jsonl", "second=gold/annotators/second/all.jsonl"],
    ],
)
def test_annotators_are_folders_files_or_a_folder_of_folders(place, said):
    done = run("agreement", *said, "--format", "json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert found["annotators"] == ["first", "second"]
    assert found["schema"] == "small 1.0.0"  # from the dataset.yaml above, as are the texts
    alpha = [row for row in found["rows"] if row["measure"] == "character_alpha"]
    assert alpha[0]["items"] == len(TEXT)


def test_the_tables_name_what_people_differ_on(place):
    done = run("agreement", "gold/annotators")
    assert "AGREEMENT ON PLACES" in done.stdout
    assert "organisation or person" in done.stdout
    assert "«Ana» / «Ana Roke»" in done.stdout
    assert "nan" not in done.stdout.lower()


def test_markdown_and_csv(place):
    assert "| speaker.kind |" in run("agreement", "gold/annotators", "--format", "markdown").stdout
    lines = run("agreement", "gold/annotators", "--format", "csv").stdout.splitlines()
    assert lines[0] == "annotators,label,field,measure,value,low,high,items,note,published"
    assert any(line.startswith("first second,speaker,kind,cohen_kappa,") for line in lines)


def test_score_shows_people_beside_the_extractor(place):
    run("agreement", "gold/annotators", "--format", "json", "-o", "agreement.json")
    one = "gold/annotators/first/all.jsonl"
    words = ("score", one, one, "--schema", "gold/small.yaml", "--ceiling", "agreement.json")
    assert "HUMAN CEILING" in run(*words).stdout
    assert "## Human ceiling" in run(*words, "--format", "markdown").stdout


def test_two_of_one_name_and_what_is_not_there_are_told_at_once(place):
    with pytest.raises(ToolkitError) as refused:
        run("agreement", "gold/annotators/first", "gold/annotators/first", "nowhere.jsonl")
    told = [str(problem) for problem in refused.value.problems]
    assert len(told) == 2
    assert "a second annotator is named 'first'" in told[0]
    assert told[1].startswith("nowhere.jsonl: no such file")


def test_annotations_that_break_the_schema_are_told_with_whose_they_are(place):
    bad = [document(speaker("x", kind="robot"), text=None)]
    toolkit.write(bad, place / "annotators" / "second" / "all.jsonl")
    with pytest.raises(ToolkitError, match=r"second: d x: .*robot"):
        run("agreement", "gold/annotators")


def test_a_missing_library_is_named_with_how_to_get_it(place, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "sklearn.metrics", None)
    with pytest.raises(ToolkitError, match=r"extraction-toolkit\[agreement\]"):
        run("agreement", "gold/annotators")
