"""Bad files of every format: a clear message at file and line, never a traceback or a hang."""

import subprocess
import sys

import pytest
from valid import VALID

import toolkit
from toolkit.errors import DataError

OF_ONE_FILE = ("doccano", "huggingface", "label-studio", "langextract", "llm", "prodigy", "table")

GOOD = {
    name: (file.partition(".")[2], content.removesuffix("\n"))
    for name in OF_ONE_FILE
    for file, content in VALID[name].items()
}


@pytest.fixture
def save(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(content, suffix="jsonl"):
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / f"a.{suffix}").write_bytes(data)
        return f"a.{suffix}"

    return write


def refused(path, name, **options):
    with pytest.raises(DataError) as caught:
        toolkit.read(path, name, **options)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize(
    "content",
    ["", "\n\n", b"\xff\xfe\x00", "[" * 10_000, '{"a":' * 10_000, "null", "7", '"x"', "{}", "[]"],
    ids=[
        "empty",
        "blank",
        "not UTF-8",
        "nested",
        "nested objects",
        "null",
        "7",
        "text",
        "{}",
        "[]",
    ],
)
def test_what_is_no_file_of_the_format_is_refused(save, name, content):
    if (name, content) == ("huggingface", "[]"):
        return  # the output of a pipeline that found nothing
    suffix, _ = GOOD[name]
    for problem in refused(save(content, suffix), name):
        assert problem.startswith(f"a.{suffix}")
        assert len(problem) < 500


@pytest.mark.parametrize("name", GOOD)
def test_a_truncated_file_is_refused_or_what_is_lost_is_said(save, name):
    suffix, content = GOOD[name]
    places = []
    for cut in range(1, len(content) - 1):
        path = save(content[:cut], suffix)
        try:
            corpus = toolkit.read(path, name)
        except DataError as error:
            places = [problem.where for problem in error.problems]
        else:
            assert name == "table", (cut, corpus.documents)
        assert all(place.startswith("a.") for place in places)


@pytest.mark.parametrize("name", [name for name in GOOD if GOOD[name][0] == "jsonl"])
def test_every_fault_is_told_with_its_line_or_the_first_alone(save, name):
    _, content = GOOD[name]
    path = save("\n".join(['{"id": [1], "text": 5, "answer": 5, "extractions": 5}', content, "{"]))
    said = refused(path, name, on_error="list")
    assert {line.split(": ")[0] for line in said} == {"a.jsonl:1", "a.jsonl:3"}
    assert refused(path, name, on_error="stop") == said[:1]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("doccano", '{"text": "🙂a", "label": [[1, 2, "x"]]}', "begins or ends within a character"),
        ("doccano", '{"text": "ab", "label": [[0, 3, "x"]]}', "end 3 is past the text's 2"),
        ("doccano", '{"text": "ab", "entities": [], "relations": [{"from_id": 1, "to_id": 2, '
         '"type": "t"}]}', "relation 't' refers to '1', which is not among the mentions"),
        ("prodigy", '{"text": "ab", "spans": [], "answer": "maybe"}', "the answer is 'maybe'"),
        ("prodigy", '{"text": "ab", "spans": [{"start": "0"}]}', "expected 'int', got 'str'"),
        ("huggingface", '{"tokens": ["a"], "ner_tags": [1]}', "--names O,B-PER"),
        ("huggingface", '{"tokens": ["a"], "ner_tags": []}', "0 tags for 1 tokens"),
        ("huggingface", '{"tokens": ["a"], "ner_tags": ["PER"]}', "'PER' is no tag"),
        ("huggingface", '{"text": "a"}', "neither entities nor tokens"),
        ("huggingface", '{"entities": [{"start": 0, "end": 1}]}', "entity 1 has no label"),
        ("label-studio", '[{"data": {"body": "x"}}]', "--text-key"),
        ("label-studio", '[{"data": {"text": "x"}}]', "1 tasks without predictions to take"),
        ("table", "document;label;start\nd;p;one", "start is 'one'"),
        ("table", "doc,label\nd,p", "there is no column 'document', it has: doc, label"),
        ("table", "document,label\nd", "1 cells where the head has 2"),
        ("table", "document,label,label\nd,p,p", "the column 'label' stands there twice"),
        ("table", "document,label\nd,\"p", "not CSV"),
        ("table", "document,label\n,p", "the row has no document"),
        ("table", "document,label,fragments\nd,p,3", "written 3-9+12-20"),
        ("llm", '{"answer": "x"}', "a line needs the id of its document"),
        ("llm", '{"id": "d", "answer": "I cannot do that."}', "no JSON with mentions"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(save, name, content, said):
    suffix, _ = GOOD[name]
    assert said in "\n".join(refused(save(content, suffix), name))


def test_the_command_line_ends_with_2_and_no_traceback(save):
    path = save('{"text": 5}\n{')
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", "check", path, "--from", "doccano"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr + done.stdout
    assert "a.jsonl:1: text: expected" in done.stderr + done.stdout
