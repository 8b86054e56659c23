import hashlib
import json

import pytest

from toolkit.errors import DataError
from toolkit.formats.gold import read_gold

TEXT = "Renk said no."

DATASET = """\
name: news
version: 1.0.0
description: All of it.
licence: CC BY 4.0
schema: ../schemas/news.yaml
texts: ../seeds
entities: entities.yaml
splits:
  train: [d1]
  test: [d2]
"""

ENTITIES = """\
- {id: renk, name: Pavo Renk, type: person, aliases: [Renk, the harbour master]}
- {id: toll, name: Mira Toll}
"""


def document(name, *, start=0, end=4, **more):
    mention = {"id": "m", "label": "speaker", "start": start, "end": end}
    return json.dumps({"id": name, **more, "mentions": [mention]})


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A gold folder `gold` with the texts `seeds` beside it."""
    monkeypatch.chdir(tmp_path)
    for name in ("gold/documents", "seeds"):
        (tmp_path / name).mkdir(parents=True)
    save("gold/dataset.yaml", DATASET)
    save("gold/entities.yaml", ENTITIES)
    for name in ("d1", "d2"):
        sha = hashlib.sha256(TEXT.encode()).hexdigest()
        save(f"gold/documents/{name}.json", document(name, text_sha256=sha))
        save(f"seeds/{name}.txt", TEXT)
    return tmp_path


def save(name, text):
    with open(name, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def faults(path="gold", **options):
    with pytest.raises(DataError) as caught:
        read_gold(path, **options)
    return str(caught.value).splitlines()


def test_a_gold_folder_is_read_with_all_it_says():
    corpus = read_gold("gold")
    assert (corpus.name, corpus.version, corpus.source) == ("news", "1.0.0", "gold")
    assert corpus.schema == "schemas/news.yaml"
    assert [one.text for one in corpus] == [TEXT, TEXT]
    assert corpus.entities.ids("The Harbour Master") == {"renk"}
    assert corpus.notices == ()


def test_only_name_and_version_are_required():
    save("gold/dataset.yaml", "name: news\nversion: 1.0.0\n")
    corpus = read_gold("gold")
    assert (corpus.schema, corpus["d1"].text, len(corpus.entities.names)) == (None, None, 0)


def test_a_folder_without_dataset_is_no_gold_folder(folder):
    (folder / "gold/dataset.yaml").unlink()
    assert faults() == [
        "gold/dataset.yaml: no such file "
        "(a gold folder says its name, version, schema and texts there)"
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("name: news", "nme: news", "gold/dataset.yaml:1: nme: unknown key (did you mean 'name'?)"),
        ("name: news\n", "", "gold/dataset.yaml:1: name: is missing"),
        (
            "1.0.0",
            "1.0",
            "gold/dataset.yaml:2: version: is a number, a text is needed (put it in quotes)",
        ),
        (
            "../schemas/news.yaml",
            "[a]",
            "gold/dataset.yaml:5: schema: is a list, a text is needed (put it in quotes)",
        ),
        ("[d2]", "[d3]", "gold/dataset.yaml:10: splits.test.0: no document 'd3'"),
        ("[d2]", "[d2, d1]", "gold/dataset.yaml:10: splits.test.1: 'd1' is also in split 'train'"),
        ("[d2]", "[d2, d2]", "gold/dataset.yaml:10: splits.test.1: 'd2' is also in split 'test'"),
        ("[d2]", "d2", "gold/dataset.yaml:10: splits.test: is a text, a list is needed"),
        ("entities.yaml", "none.yaml", "gold/none.yaml: no such file"),
    ],
)
def test_a_fault_of_the_dataset_is_told_at_its_line(old, new, fault):
    save("gold/dataset.yaml", DATASET.replace(old, new, 1))
    assert fault in faults()


def test_an_empty_dataset_is_said_to_be_empty():
    save("gold/dataset.yaml", "")
    assert faults()[0] == "gold/dataset.yaml:1: the file is empty"


def test_a_dataset_that_is_not_yaml_is_refused():
    save("gold/dataset.yaml", "name: news\nversion: [\n")
    assert faults()[0].startswith("gold/dataset.yaml:3: not YAML")


@pytest.mark.parametrize(
    ("entities", "expected"),
    [
        ("- {id: a, name: A}\n- {id: a, name: B}\n", ["2: 1.id: the id 'a' stands here twice"]),
        (
            "- {id: a, name: A, aliases: [X]}\n- {id: b, name: B, aliases: [x]}\n",
            [
                "1: 0.aliases: the name 'X' also belongs to b (leave it out of both, or of one)",
                "2: 1.aliases: the name 'x' also belongs to a (leave it out of both, or of one)",
            ],
        ),
        (
            "- {id: a, name: A, aliases: [B]}\n- {id: b, name: B}\n",
            [
                "1: 0.aliases: the name 'B' also belongs to b (leave it out of both, or of one)",
                "2: 1.aliases: the name 'B' also belongs to a (leave it out of both, or of one)",
            ],
        ),
        (
            "- {id: a, name: A, aliases: [b]}\n- {id: b, name: C}\n",
            ["1: 0.aliases: the name 'b' also belongs to b (leave it out of both, or of one)"],
        ),
        (
            "- {id: a, name: A}\n- {id: a, name: A}\n- {id: c, name: C}\n- {id: d, name: C}\n",
            [
                "2: 1.id: the id 'a' stands here twice",
                "3: 2.aliases: the name 'C' also belongs to d (leave it out of both, or of one)",
                "4: 3.aliases: the name 'C' also belongs to c (leave it out of both, or of one)",
            ],
        ),
        ("- {name: A}\n", ["1: 0.id: is missing"]),
        ("- {id: a}\n", ["1: 0.name: is missing"]),
        ("- {id: a, name: A, alias: [B]}\n", ["1: 0.alias: unknown key (did you mean 'aliases'?)"]),
        (
            "- {id: a, name: A, aliases: B}\n",
            ["1: 0.aliases: is a text, a list is needed"],
        ),
        ("{a: A}\n", ["1: is a mapping, a list is needed"]),
    ],
)
def test_a_fault_of_the_entities_is_told_at_its_line(entities, expected):
    save("gold/entities.yaml", entities)
    assert faults() == [f"gold/entities.yaml:{fault}" for fault in expected]


def test_faults_of_dataset_entities_and_documents_are_told_together():
    save("gold/dataset.yaml", DATASET.replace("licence", "license"))
    save("gold/entities.yaml", "- {id: a}\n")
    save("gold/documents/d1.json", '{"id": 1}')
    assert [fault.partition(" ")[0] for fault in faults()] == [
        "gold/dataset.yaml:4:",
        "gold/entities.yaml:1:",
        "gold/documents/d1.json:1:",
    ]


def test_a_text_that_changed_is_told_with_its_checksum():
    save("seeds/d2.txt", TEXT + "\n")
    sha = hashlib.sha256((TEXT + "\n").encode()).hexdigest()
    assert faults() == [
        "seeds/d2.txt: the text of 'd2' changed since it was annotated "
        f"(restore the file, or annotate it anew; sha256 is {sha})"
    ]


def test_line_ends_changed_are_a_text_changed():
    save("gold/documents/d1.json", document("d1", text_sha256=hashlib.sha256(b"a\nb").hexdigest()))
    save("seeds/d1.txt", "a\r\nb")
    assert "the text of 'd1' changed" in faults()[0]


def test_a_missing_text_is_noted_and_its_offsets_still_count(folder):
    (folder / "seeds/d2.txt").unlink()
    corpus = read_gold("gold")
    assert corpus["d1"].text == TEXT
    assert corpus["d2"].text is None
    assert corpus.notices == (
        "1 of 2 texts are not in seeds: d2; their mentions are scored by offsets alone",
    )


def test_texts_reached_through_a_link_are_found_and_named_as_the_dataset_says(folder):
    (folder / "far").mkdir()
    (folder / "gold").rename(folder / "far/gold")
    (folder / "seeds").rename(folder / "far/seeds")
    (folder / "gold").symlink_to(folder / "far/gold")
    assert read_gold("gold")["d1"].text == TEXT
    (folder / "far/seeds/d2.txt").unlink()
    assert "1 of 2 texts are not in gold/../seeds: d2" in read_gold("gold").notices[0]


def test_gold_can_be_read_where_none_of_its_texts_may_be_had(folder):
    for name in ("d1.txt", "d2.txt", ""):
        (folder / "seeds" / name).unlink() if name else (folder / "seeds").rmdir()
        corpus = read_gold("gold")
    assert [one.text for one in corpus] == [None, None]
    assert "2 of 2 texts are not in seeds: d1, d2" in corpus.notices[0]


def test_a_document_without_checksum_takes_the_text_as_it_is():
    save("gold/documents/d1.json", document("d1"))
    assert read_gold("gold")["d1"].text_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        ({"end": 99}, "m: end 99 is past the text's 13 characters"),
        ({"start": 13, "end": 14}, "m: end 14 is past the text's 13 characters"),
    ],
)
def test_a_place_past_the_text_is_told_at_its_mention(place, fault):
    save("gold/documents/d1.json", document("d1", **place).replace('"mentions"', '\n"mentions"'))
    (found,) = faults()
    assert found.startswith(f"gold/documents/d1.json:2: {fault}")


def test_quoted_words_that_are_not_in_the_text_are_told():
    data = document("d1").replace('"end": 4', '"end": 4, "text": "Toll"')
    save("gold/documents/d1.json", data)
    assert "m: its text is 'Toll' but 'Renk' stands there" in faults()[0]


def test_other_texts_may_be_given(folder):
    (folder / "seeds").rename(folder / "elsewhere")
    assert read_gold("gold", texts="elsewhere")["d1"].text == TEXT


def test_other_texts_that_are_given_must_be_there():
    assert faults(texts="none") == ["none: no such file or folder"]


def test_a_native_file_is_gold_too():
    save("g.jsonl", document("d1") + "\n" + document("d3"))
    assert [one.text for one in read_gold("g.jsonl")] == [None, None]
    corpus = read_gold("g.jsonl", texts="seeds")
    assert [one.text for one in corpus] == [TEXT, None]
    assert "1 of 2 texts are not in seeds: d3" in corpus.notices[0]


def test_a_text_is_never_looked_for_by_the_path_in_an_id(folder):
    save("secret.txt", TEXT)
    save("g.jsonl", document("../secret"))
    corpus = read_gold("g.jsonl", texts="seeds")
    assert corpus["../secret"].text is None
    assert "../secret" in corpus.notices[0]
