"""Small files that grow or nest without end: refused at once, or read in time."""

import tracemalloc
import zlib
from itertools import pairwise

import pytest
from valid import DOCUMENT, GATE_XML, needs_extra

from toolkit.errors import DataError
from toolkit.formats import find_writer, read


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def refusal(path, name):
    with pytest.raises(DataError) as caught:
        read(path, name)
    return str(caught.value.problems[0])


def test_a_docbin_that_unpacks_to_far_more(here):
    needs_extra("spacy")
    packer = zlib.compressobj(9)
    with open("a.spacy", "wb") as file:
        for _ in range(64):
            file.write(packer.compress(b"\0" * 2**20))
        file.write(packer.flush())
    tracemalloc.start()
    said = refusal("a.spacy", "spacy")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "bytes that unpack to more than" in said
    assert peak < 50 * 2**20


@pytest.mark.parametrize("name", ["huggingface", "table"])
def test_parquet_that_holds_one_value_a_billion_times(here, name):
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    words = pyarrow.array(["x"]).dictionary_encode()
    many = pyarrow.DictionaryArray.from_arrays(
        pyarrow.nulls(20_000_000, pyarrow.int32()), words.dictionary
    )
    parquet.write_table(pyarrow.table({"document": many, "label": many}), "a.parquet")
    assert "bytes that unpack to" in refusal("a.parquet", name)


def test_xml_that_nests_without_end(here):
    deep = "<a>" * 100_000 + "</a>" * 100_000
    (here / "a.xml").write_text(GATE_XML.replace("<Node", deep + "<Node", 1))
    (document,) = read("a.xml", "gate")
    assert len(document.mentions) == 1


def test_xml_with_entities_that_grow(here):
    grow = "".join(f'<!ENTITY {c} "{f"&{d};" * 10}">' for d, c in pairwise("abcdefghij"))
    head = f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{grow}]><GateDocument'
    text = GATE_XML.replace("<GateDocument", head, 1).replace("Ana", "&j;")
    (here / "a.xml").write_text(text)
    assert refusal("a.xml", "gate").startswith("a.xml:2: has a document type")


def test_a_table_of_many_columns(here):
    (here / "a.csv").write_text(",".join(f"c{n}" for n in range(100_000)) + "\nx\n")
    assert refusal("a.csv", "table").startswith("a.csv:2: 1 cells where the head has 100000")
    (here / "a.csv").write_text(",".join(f"c{n}" for n in range(100_000)) + "\n" + "," * 99_999)
    assert refusal("a.csv", "table").count("c9") < 3


@pytest.mark.parametrize("written", ["```json\n", "[", '{"a": [{', "{}" * 9])
def test_an_answer_of_brackets(here, written):
    (here / "a.txt").write_text(written * 50_000)
    with pytest.raises(DataError, match="no JSON with mentions in the answer"):
        read("a.txt", "llm")


def test_what_is_written_is_small_enough_to_be_read(here):
    needs_extra("spacy")
    many = [DOCUMENT] * 20_000
    find_writer("spacy")(many, here / "a.spacy")
    assert len(read("a.spacy")) == len(many)
