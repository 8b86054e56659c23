"""Valid files broken at random, and what must hold of any reader on them."""

import time
import zlib
from importlib.util import find_spec

from valid import DOCUMENT, VARIANTS, needs_extra, save

from toolkit.checking.structure import structure_faults
from toolkit.errors import DataError
from toolkit.formats import READERS, find_writer, read, recognise

PARQUET = ("huggingface", "table")
"""Formats that may also be Parquet."""

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


def cases(name, folder):
    """The valid files of a format, each to be read, in a folder of its own with what belongs to it:
    its own example, and those that other versions of its tools write.
    """
    needs_extra(name)
    whole = folder / "whole"
    whole.mkdir()
    yield save(name, whole)
    variants = [(file, content) for form, file, content in VARIANTS.values() if form == name]
    for number, (file, content) in enumerate(variants):
        (folder / str(number)).mkdir()
        path = folder / str(number) / file
        path.write_bytes(content.encode())
        yield path
    if name in PARQUET and find_spec("pyarrow"):
        (folder / "parquet").mkdir()
        find_writer(name)([DOCUMENT], folder / "parquet" / "a.parquet")
        yield folder / "parquet" / "a.parquet"


def break_files(name, path, mutations, chance):
    """Break each file beside the one to read in many ways; what becomes of each is yielded."""
    for broken in sorted(path.parent.iterdir()):
        whole = broken.read_bytes()
        for _ in range(mutations):
            broken.write_bytes(broken_as(name, whole, chance))
            yield outcome(name, path)
            told, problems = read_or_problems(recognise, path)
            assert told in READERS or str(path) in str(problems[0])
        broken.write_bytes(whole)


def outcome(name, path):
    """What a reader makes of a file: documents that hold, or a refusal that names the file."""
    began = time.monotonic()
    corpus, problems = read_or_problems(read, path, name)
    assert time.monotonic() - began < SECONDS
    for problem in problems:
        assert problem.where.startswith(str(path.parent)), problem
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
