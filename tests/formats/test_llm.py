"""Answers of language models: whole, wrapped, cut off, wrong."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import toolkit
from toolkit.formats.llm import read_llm, write_llm

SCHEMA = """
schema: s
version: 1.0.0
labels:
  speaker:
    description: Who speaks.
    fields:
      role: {type: text}
  claim:
    description: What is said.
    fields:
      by: {type: ref, to: speaker}
      condition: {type: span}
      parts: {type: span, many: true}
"""

TEXT = "“We will act,” said Ana Roke, “if they don’t stop.” Bo left."

ANSWER = {
    "mentions": [
        {"id": "s", "label": "speaker", "text": ["Ana Roke"], "fields": {"role": None}},
        {
            "id": "c",
            "label": "claim",
            "text": ["We will act", "if they don't stop"],
            "fields": {"by": "s", "condition": ["they don't stop"], "parts": [["act"], ["stop"]]},
        },
        {"id": "x", "label": "speaker", "text": ["Cy"], "fields": {"role": None}},
    ]
}

JSON = json.dumps(ANSWER)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "s.yaml").write_text(SCHEMA)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "d.txt").write_bytes(TEXT.encode())
    return tmp_path


def read(here, answer, **options):
    row = {"id": "d", "answer": answer}
    (here / "a.jsonl").write_text(json.dumps(row))
    return read_llm("a.jsonl", **options)


def test_words_become_places_and_fields_what_the_schema_says(here):
    corpus = read(here, ANSWER, texts="texts", schema="s.yaml")
    speaker, claim, lost = corpus["d"].mentions
    assert (speaker.start, speaker.end, speaker.grounding, speaker.fields) == (20, 28, "exact", {})
    assert [TEXT[a:b] for a, b in claim.place] == ["We will act", "if they don’t stop"]
    assert claim.grounding == "normalised"
    assert claim.fields == {
        "by": {"ref": "s"},
        "condition": {"start": 34, "end": 49},
        "parts": [{"start": 9, "end": 12}, {"start": 45, "end": 49}],
    }
    assert (lost.place, lost.text, lost.grounding) == ((), "Cy", "none")
    assert corpus.notices == ("a.jsonl:1: d x: speaker 'Cy' is not in the text",)
    problems = toolkit.check(["a.jsonl"], format="llm").problems
    assert problems == ()


def test_without_texts_and_schema_words_stay_words(here):
    claim = read(here, ANSWER)["d"].mentions[1]
    assert claim.text == "We will act … if they don't stop"
    assert claim.fields["by"] == "s"


@pytest.mark.parametrize(
    "written",
    [
        JSON,
        f"```json\n{JSON}\n```",
        f"Here are the mentions [as asked]:\n\n```\n{JSON}\n```\nTell me {{if}} more is needed.",
        f"Sure! {JSON} I hope this helps.",
        f"```json\n{JSON}",
        json.dumps(ANSWER["mentions"]),
        json.dumps(ANSWER, indent=2).replace("\n", "\r\n"),
        f"\ufeff{JSON}\n",
        f"First a draft: {{}} and [] then {JSON}",
    ],
    ids=["plain", "fenced", "prose", "inline", "open fence", "bare", "CRLF", "BOM", "draft"],
)
def test_an_answer_may_be_wrapped(here, written):
    corpus = read(here, written)
    assert [m.id for m in corpus["d"].mentions] == ["s", "c", "x"]
    assert corpus.notices == ()
    (here / "d.md").write_bytes(written.encode())
    assert read_llm("d.md").documents == corpus.documents


@pytest.mark.parametrize("before", ["", "```json\n", "Here [it] is: "])
def test_of_a_cut_off_answer_what_is_whole_is_read_and_the_rest_said(here, before):
    ends = [JSON.index("}}") + 2]
    ends.append(JSON.index("}}", ends[0]) + 2)
    for cut in range(len('{"mentions": ['), len(JSON) - 2):
        corpus = read(here, before + JSON[:cut])
        whole = sum(end <= cut for end in [*ends, len(JSON) - 2])
        assert [m.id for m in corpus["d"].mentions] == ["s", "c", "x"][:whole]
        (notice,) = corpus.notices
        assert notice.startswith(f"a.jsonl:1: the answer breaks off after mention {whole}")


def test_an_answer_without_mentions_is_a_fact(here):
    for answer in ('{"mentions": []}', {"mentions": []}, "[]"):
        assert read(here, answer)["d"].mentions == ()


def test_what_is_no_mention_is_left_out_and_said(here):
    items = [
        "Ana",
        {"label": "speaker"},
        {"id": 3, "text": ["Bo"]},
        {"id": "a", "label": "speaker", "text": {"a": 1}},
        {"id": "a", "label": "speaker", "text": ["Bo"], "fields": []},
        {"id": "a", "label": "speaker", "text": "Bo", "fields": {"role": "x"}},
        {"id": "a", "label": "speaker", "text": ["Bo"], "fields": 5},
    ]
    corpus = read(here, {"mentions": items})
    assert [(m.id, m.text) for m in corpus["d"].mentions] == [
        ("2", None),
        ("a", "Bo"),
        ("a#6", "Bo"),
    ]
    assert [notice.partition(": ")[2] for notice in corpus.notices] == [
        "mention 1 is left out: str where an object is needed",
        "mention 3 is left out: it has no label",
        "mention 4 is left out: its text is no list of quotations",
        "mention 6 has the id 'a' of another",
        "mention 7 is left out: its fields are no object",
    ]


def test_a_refusal_is_no_document_and_is_said(here):
    rows = [{"id": "d", "answer": ANSWER}, {"id": "e", "answer": "I cannot help with that."}]
    (here / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    corpus = read_llm("a.jsonl")
    assert [d.id for d in corpus] == ["d"]
    assert corpus.notices == ("a.jsonl:2: no JSON with mentions in the answer, which is left out",)


def test_a_folder_has_an_answer_a_file(here):
    (here / "out").mkdir()
    (here / "out" / "d.json").write_text(JSON)
    (here / "out" / "e.txt").write_text("```\n{}\n```")
    corpus = read_llm("out")
    assert [d.id for d in corpus] == ["d"]
    assert corpus.notices[0].startswith("out/e.txt:1: no JSON")


@pytest.mark.parametrize(
    "hostile",
    [
        "{" * 200_000,
        "[" * 200_000,
        '{"a":' * 50_000,
        '"mentions": [' + "[" * 200_000,
        "```" * 60_000,
        '{"mentions": [' + "1," * 100_000,
        '{"mentions": [' + "9" * 200_000,
    ],
    ids=range(7),
)
def test_hostile_answers_are_bounded(here, hostile):
    (here / "d.txt").write_text(hostile)
    try:
        read_llm("d.txt")
    except toolkit.DataError as error:
        said = str(error)
        assert "d.txt" in said
        assert len(said) < 2000
    else:
        assert hostile.startswith(('{"mentions"', '"mentions"'))


def test_what_is_written_meets_the_json_schema(here):
    jsonschema = pytest.importorskip("jsonschema", reason="needs jsonschema")
    schema = toolkit.load_schema("s.yaml")
    corpus = read(here, ANSWER, texts="texts", schema=schema)
    write_llm(corpus, "b.jsonl", schema=schema)
    row = json.loads((here / "b.jsonl").read_text())
    jsonschema.validate(row["answer"], toolkit.json_schema(schema))
    again = read_llm("b.jsonl", texts="texts", schema=schema)
    assert [m.place for m in again["d"].mentions] == [m.place for m in corpus["d"].mentions]
    first = again["d"].mentions[1].fields
    assert first["by"] == {"ref": "s"}


def test_the_command_line_scores_answers_against_gold(here):
    root = Path(__file__).parent.parent.parent
    name = "port-sele-generals"
    gold = toolkit.read_gold(root / "gold" / "news")[name]
    first = gold.mentions[0]
    words = [gold.text[start:end] for start, end in first.place]
    (here / "out").mkdir()
    mention = {"id": "a", "label": first.label, "text": words, "fields": {}}
    (here / "out" / f"{name}.json").write_text(json.dumps({"mentions": [mention]}))
    command = ["score", str(root / "gold" / "news"), str(here / "out"), "--from", "llm"]
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", *command, "--texts", root / "seeds", "--format", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    rows = [row for row in json.loads(done.stdout)["rows"] if row["view"] == "overlap"]
    assert sum(row["correct"] for row in rows if row["label"] == first.label) == 1


def message(**said):
    return {"id": "chatcmpl-1", "model": "m", "choices": [{"index": 0, "message": said}]}


def call(arguments):
    return {"type": "function", "function": {"name": "answer", "arguments": arguments}}


TEXT_PART = {"type": "text", "text": JSON}

REPLIES = {
    "words": message(role="assistant", content=f"Here it is:\n```json\n{JSON}\n```"),
    "parts": message(role="assistant", content=[TEXT_PART]),
    "a call of a tool": message(content=None, tool_calls=[call(JSON)]),
    "words beside a call": message(content="I call the tool []", tool_calls=[call(JSON)]),
    "several calls": message(
        content=None,
        tool_calls=[call(json.dumps({"mentions": [one]})) for one in ANSWER["mentions"]],
    ),
    "a call of a function": message(function_call={"name": "answer", "arguments": JSON}),
    "a response": {
        "id": "resp_1",
        "model": "m",
        "output": [
            {"type": "reasoning", "summary": []},
            {"type": "message", "content": [{"type": "output_text", "text": JSON}]},
        ],
    },
    "a response with a call": {"output": [{"type": "function_call", "arguments": JSON}]},
    "a message": {"id": "msg_1", "role": "assistant", "model": "m", "content": [TEXT_PART]},
    "a message with a call": {
        "content": [
            {"type": "text", "text": "So:"},
            {"type": "tool_use", "name": "answer", "input": ANSWER},
        ]
    },
}


class TestReplies:
    @pytest.mark.parametrize("reply", REPLIES.values(), ids=REPLIES)
    def test_what_the_model_wrote_is_taken_out_of_a_reply(self, here, reply):
        wanted = read(here, ANSWER)["d"].mentions
        corpus = read(here, reply)
        assert corpus["d"].mentions == wanted
        assert corpus.notices == ()
        file = here / "answers" / "d.json"
        file.parent.mkdir()
        file.write_text(json.dumps(reply, indent=1))
        assert toolkit.read(file, "llm")["d"].mentions == wanted

    @pytest.mark.parametrize("name", ["words", "a response", "a message"])
    def test_a_reply_is_told_by_its_content(self, here, name):
        (here / "d.json").write_text(json.dumps(REPLIES[name]))
        assert toolkit.recognise("d.json") == "llm"

    def test_a_batch_names_its_documents(self, here):
        lines = [
            {"id": "batch_req_1", "custom_id": "d", "response": {"body": REPLIES["words"]}},
            {
                "id": "batch_req_2",
                "custom_id": "e",
                "response": None,
                "error": {"code": "x", "message": "too\nlong"},
            },
        ]
        (here / "b.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
        assert toolkit.recognise("b.jsonl") == "llm"
        corpus = read_llm("b.jsonl")
        assert [document.id for document in corpus] == ["d"]
        assert corpus["d"].mentions == read(here, ANSWER)["d"].mentions
        assert "b.jsonl:2: the answer is an error: too long" in corpus.notices

    def test_the_id_of_a_reply_is_not_that_of_a_document(self, here):
        (here / "a.jsonl").write_text(json.dumps(REPLIES["words"]) + "\n")
        with pytest.raises(toolkit.DataError, match="a line needs the id of its document"):
            read_llm("a.jsonl")

    def test_further_choices_are_left_out_and_said(self, here):
        reply = message(content=JSON)
        reply["choices"] *= 3
        notices = read(here, reply).notices
        assert notices == (
            "a.jsonl:1: the answer is the first of 3 choices, the others are left out",
        )

    def test_a_reply_that_was_cut_off_keeps_its_whole_mentions(self, here):
        corpus = read(here, message(content=JSON[:150]))
        assert [mention.id for mention in corpus["d"].mentions] == ["s"]
        assert "the answer breaks off after mention 1" in corpus.notices[0]

    def test_a_refusal_is_no_answer(self, here):
        with pytest.raises(toolkit.DataError, match="no JSON with mentions in the answer"):
            read(here, message(content=None, refusal="I cannot"))

    @pytest.mark.parametrize(
        "reply",
        [
            {"choices": []},
            {"choices": [1]},
            {"choices": [{"message": {"content": 3, "tool_calls": [None, {"function": 1}]}}]},
            {"output": [1, {"type": "function_call"}, {"content": {"text": 1}}]},
            {"content": [None, {"type": "tool_use"}, {"text": 1}]},
            {"response": {"body": []}},
            {"error": ["x"]},
        ],
    )
    def test_a_reply_of_another_form_holds_no_answer(self, here, reply):
        with pytest.raises(toolkit.DataError, match=r"a\.jsonl:1: no JSON|a\.jsonl:1: the answer"):
            read(here, reply)


def test_of_very_much_that_is_lost_the_first_is_told(here):
    notices = read(here, {"mentions": [{"text": "x"}] * 500 + ANSWER["mentions"][:1]}).notices
    assert len(notices) < 30
    assert notices[0] == "a.jsonl:1: mention 1 is left out: it has no label"
    assert "480 more" in notices[-1]
