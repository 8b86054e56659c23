"""The pages on gold: the example of a folder reads, the lines that score one split work."""

import re
from pathlib import Path

import toolkit

ROOT = Path(__file__).parent.parent

SCHEMA = """\
schema: mine
version: 1.0.0
labels:
  speaker:
    description: Who speaks.
    fields:
      entity: {type: entity, description: Who it is.}
"""


def blocks(page, language):
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def test_the_example_of_a_gold_folder_is_one(tmp_path):
    _, dataset, entities = blocks("docs/formats.md", "yaml")
    (document,) = blocks("docs/formats.md", "json")
    (tmp_path / "my-gold" / "documents").mkdir(parents=True)
    (tmp_path / "my-texts").mkdir()
    (tmp_path / "my-schema.yaml").write_text(SCHEMA)
    (tmp_path / "my-gold" / "dataset.yaml").write_text(dataset)
    (tmp_path / "my-gold" / "entities.yaml").write_text(entities)
    (tmp_path / "my-gold" / "documents" / "d1.json").write_text(document)
    (tmp_path / "my-texts" / "d1.txt").write_bytes(b"Ana Roke said no.\n")
    found = toolkit.check([tmp_path / "my-gold"])
    assert (found.problems, found.notices) == ((), ())
    (read,) = toolkit.read_gold(tmp_path / "my-gold")
    assert read.text[read.mentions[0].start : read.mentions[0].end] == "Ana Roke"


def test_the_example_of_a_mapping_is_one(tmp_path):
    mapping, *_ = blocks("docs/formats.md", "yaml")
    (tmp_path / "map.yaml").write_text(mapping)
    mentions = (
        toolkit.Mention("a", "PER", 0, 8, fields={"role": "official"}),
        toolkit.Mention("b", "MISC", 9, 13),
    )
    toolkit.write([toolkit.Document("d", mentions=mentions)], tmp_path / "in.jsonl")
    files = (tmp_path / "in.jsonl", tmp_path / "out.jsonl")
    toolkit.convert(*files, mapping=tmp_path / "map.yaml")
    (found,) = toolkit.read(files[1])["d"].mentions
    assert (found.label, found.fields) == ("speaker", {"kind": "official"})


def test_the_page_on_gold_names_every_key():
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    section = text.partition("## Your own gold")[2].partition("\n## ")[0]
    for key in (*toolkit.Document.__struct_fields__, *toolkit.Mention.__struct_fields__):
        assert f"`{key}`" in section, key


def test_the_lines_that_score_one_split_work(monkeypatch, capsys, tmp_path):
    (lines,) = blocks("gold/README.md", "python")
    predictions = toolkit.extract("rules", toolkit.read_texts(ROOT / "seeds"))
    toolkit.write(predictions, tmp_path / "predictions.jsonl")
    monkeypatch.chdir(ROOT)
    lines = lines.replace("reports/demo/predictions.jsonl", str(tmp_path / "predictions.jsonl"))
    exec(compile(lines, "gold/README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert printed.startswith("documents: 5 ")
    assert "not in the gold" not in printed


def test_the_page_on_contributing_names_every_floor():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paths = [path for path in (ROOT / "toolkit").iterdir() if not path.name.startswith("__")]
    rooms = [path.name for path in paths if path.is_dir() or path.suffix == ".py"]
    assert [room for room in rooms if room not in text] == []


def test_the_page_on_adjudication_shows_a_decision_that_reads(tmp_path):
    (decision,) = blocks("docs/agreement.md", "json")
    (tmp_path / "decided.jsonl").write_text(" ".join(decision.split("\n")) + "\n")
    found = toolkit.read_decisions(tmp_path / "decided.jsonl").decisions
    assert found["d1", "s1"].chosen == "a"
    text = (ROOT / "docs" / "agreement.md").read_text(encoding="utf-8")
    for key in toolkit.Decision.__struct_fields__:
        assert f"`{key}`" in text
