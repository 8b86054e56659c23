import hashlib

import pytest

from toolkit.errors import DataError
from toolkit.formats.texts import read_text_file, read_texts, text_files


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_folder_gives_a_document_a_text_in_the_order_of_names(folder):
    for name in ("b.txt", "a.txt", "notes.md"):
        (folder / name).write_text(name)
    documents = read_texts(folder)
    assert [(one.id, one.text) for one in documents] == [("a", "a.txt"), ("b", "b.txt")]
    assert all(one.mentions == () for one in documents)


def test_one_file_gives_one_document(folder):
    (folder / "a.b.txt").write_text("x")
    assert [one.id for one in read_texts("a.b.txt")] == ["a.b"]


@pytest.mark.parametrize("text", ["a\r\nb\n", "\ufeffa", "🙂e\u0301", ""])
def test_a_text_is_kept_as_it_is_with_the_checksum_of_its_bytes(folder, text):
    (folder / "t.txt").write_bytes(text.encode())
    document = read_text_file(folder / "t.txt")
    assert document.text == text
    assert document.text_sha256 == hashlib.sha256(text.encode()).hexdigest()


def test_every_bad_text_is_told_at_once(folder):
    (folder / "a.txt").write_bytes(b"\xff")
    (folder / "b.txt").write_text("good")
    (folder / "c.txt").mkdir()
    with pytest.raises(DataError) as caught:
        read_texts(".")
    assert [problem.where for problem in caught.value.problems] == ["a.txt:1", "c.txt"]


def test_a_missing_folder_is_named():
    with pytest.raises(DataError, match="none: no such file or folder"):
        text_files("none")


def test_a_folder_without_texts_is_refused(folder):
    with pytest.raises(DataError, match=r"holds no \.txt file"):
        text_files(folder)
