"""Any reader on broken files: one clear refusal with the file's name, or documents that hold."""

import os
import random

import pytest
from broken import break_files, cases, outcome
from valid import VALID, save

from toolkit.formats import READERS, recognise

MUTATIONS = int(os.environ.get("TOOLKIT_MUTATIONS", "150"))
"""Broken files for each file of each reader; `make fuzz-formats` makes 10,000."""


def test_every_reader_has_a_valid_file_to_break():
    assert set(VALID) == set(READERS)


@pytest.mark.parametrize("name", READERS)
def test_a_valid_file_is_read_and_told_by_its_content(name, tmp_path):
    path = save(name, tmp_path)
    assert recognise(path) == name
    assert outcome(name, path) == "read"


@pytest.mark.parametrize("name", READERS)
def test_broken_files_are_refused_or_read_whole(name, tmp_path):
    chance = random.Random(name)
    for path in cases(name, tmp_path):
        for _ in break_files(name, path, MUTATIONS, chance):
            pass


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\xff\xfe\x00", b"PK\x03\x04", b"[" * 10_000, b"{" * 10_000]
)
def test_what_is_nothing_of_the_format_is_refused(name, content, tmp_path):
    path = save(name, tmp_path)
    path.write_bytes(content)
    if name == "brat" and not content.strip():
        assert outcome(name, path) == "read"
    else:
        assert outcome(name, path) == "refused"


@pytest.mark.parametrize("name", READERS)
def test_a_file_that_is_not_there_is_refused(name, tmp_path):
    path = save(name, tmp_path)
    path.unlink()
    assert outcome(name, path) == "refused"
