import pytest

from toolkit.formats.locate import Locator

ONE = '{"id":"a"}\n\n{"id":"b","mentions":[{"id":"m","label":"x"}]}\n'

TWO = """{
  "id": "c",
  "meta": {"copy": [{"id":"m","label":"x"}]},
  "mentions": [
    {"id":"m","label":"x"},
    {"id":"n","label":"x"}
  ]
}
"""


@pytest.fixture
def where(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.jsonl").write_text(ONE)
    (tmp_path / "two.json").write_text(TWO)
    return Locator(("one.jsonl", "two.json"))


@pytest.mark.parametrize(
    ("document", "mention", "place"),
    [
        ("a", None, "one.jsonl:1"),
        ("b", None, "one.jsonl:3"),
        ("b", "m", "one.jsonl:3"),
        ("c", None, "two.json:1"),
        ("c", "m", "two.json:5"),
        ("c", "n", "two.json:6"),
        ("c", "no such mention", "two.json:1"),
        ("no such document", "m", "no such document"),
    ],
)
def test_a_mention_is_found_at_its_file_and_line(where, document, mention, place):
    assert where(document, mention) == place


def test_a_document_that_no_file_holds_is_named_by_its_id():
    assert Locator(())("a", "m") == "a"
