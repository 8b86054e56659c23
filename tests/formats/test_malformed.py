"""Any reader on broken files: one clear refusal with the file's name, or documents that hold."""

import os
import random
import time
import zlib

import pytest
from valid import VALID, save

from toolkit.checking.structure import structure_faults
from toolkit.errors import DataError
from toolkit.formats import READERS, read, recognise

MUTATIONS = int(os.environ.get("TOOLKIT_MUTATIONS", "150"))
"""Broken files for each reader; thousands are for a machine that has the time."""

SECONDS = 5
"""No reader may take longer for any of these small files."""

TOKENS = [
    b"",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"-1",
    b"0",
    b"9" * 30,
    b"9" * 5000,
    b"1e999",
    b"null",
    b"{}",
    b"[",
    b"[" * 5000,
    b'{"a":' * 5000,
    b"<a>" * 5000,
    b'"',
    b"\\",
    b"\t",
    b"\n",
    b"\r",
    b"|",
    b"[1]",
    b"_",
    b";",
    b":",
    b"T1",
    b"\xf0\x9f\x99\x82",
    b"\xed\xa0\x80",
    b"\\ud800",
    b'<!DOCTYPE a [<!ENTITY b "b">]>',
    b"&b;",
]


def mutated(data, chance):
    """The data with a few of its bytes cut, doubled, replaced or swapped."""
    for _ in range(chance.randint(1, 3)):
        start, end = sorted(chance.choices(range(len(data) + 1), k=2))
        end = min(end, start + chance.choice([1, 2, 8, 40]))
        kind = chance.randrange(6)
        if kind == 0:
            data = data[:start]
        elif kind == 1:
            data = data[:start] + data[end:]
        elif kind == 2:
            data = data[:end] + data[start:]
        elif kind == 3:
            data = data[:start] + chance.choice(TOKENS) + data[end:]
        elif kind == 4:
            data = data[:start] + chance.choice(TOKENS) + data[start:]
        else:
            lines = data.split(b"\n")
            chance.shuffle(lines)
            data = b"\n".join(lines)
    return data


def broken_as(name, whole, chance):
    """The mutated data; of a packed file also what it unpacks to, as few mutations unpack."""
    if name == "spacy" and chance.random() < 0.8:
        return zlib.compress(mutated(zlib.decompress(whole), chance))
    return mutated(whole, chance)


def outcome(name, path):
    """What a reader makes of a file: documents that hold, or a refusal that names the file."""
    began = time.monotonic()
    corpus, problems = read_or_problems(read, path, name)
    assert time.monotonic() - began < SECONDS
    for problem in problems:
        assert str(path.parent) in problem.where, problem
        assert problem.what
        assert "\n" not in str(problem).strip()
    for document in corpus or ():
        assert list(structure_faults(document)) == []
    assert (corpus is None) == bool(problems)
    return "refused" if problems else "read"


def read_or_problems(function, *arguments):
    """What the function answers, or the problems with which it refuses."""
    try:
        return function(*arguments), ()
    except DataError as error:
        return None, error.problems


def test_every_reader_has_a_valid_file_to_break():
    assert set(VALID) == set(READERS)


@pytest.mark.parametrize("name", READERS)
def test_a_valid_file_is_read_and_told_by_its_content(name, tmp_path):
    path = save(name, tmp_path)
    assert recognise(path) == name
    assert outcome(name, path) == "read"


@pytest.mark.parametrize("name", READERS)
def test_broken_files_are_refused_or_read_whole(name, tmp_path):
    path = save(name, tmp_path)
    chance = random.Random(name)
    for broken in [path, *(path.parent / other for other in list(VALID[name])[1:])]:
        whole = broken.read_bytes()
        for _ in range(MUTATIONS):
            broken.write_bytes(broken_as(name, whole, chance))
            outcome(name, path)
            told, problems = read_or_problems(recognise, path)
            assert told in READERS or str(path) in str(problems[0])
        broken.write_bytes(whole)


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
