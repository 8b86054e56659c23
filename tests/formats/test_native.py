import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import DataError, WriteError
from toolkit.formats.native import read, write, write_document
from toolkit.model import Document, Mention
from toolkit.spans import Span

MENTION = '{"id":"m","label":"quote"'


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder in which messages show paths without it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def save(data, name="p.jsonl"):
    with open(name, "wb") as file:
        file.write(data.encode() if isinstance(data, str) else data)
    return name


def faults(data, name="p.jsonl", **options):
    with pytest.raises(DataError) as caught:
        read(save(data, name), **options)
    return str(caught.value).splitlines()


def of_mention(rest):
    """The one fault of a document with this mention."""
    (found,) = faults('{"id":"d","text":"0123456789","mentions":[' + MENTION + rest + "}]}")
    return found


texts = st.text() | st.sampled_from(
    ["🙂 astral 𝒳", "e\u0301 combining", "שלום עולם", "one\r\ntwo\n", "\ufeff\u2028\0"]
)
scalars = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(-1e9, 1e9) | texts
field_values = scalars | st.lists(scalars, max_size=3) | st.builds(lambda t: {"ref": t}, texts)


@st.composite
def documents(draw):
    """Any document that can be read again: ids and places are right, all else is free."""
    text = draw(st.none() | texts.map(lambda text: text + "0123456789"))
    places = [
        {},
        {"start": 1, "end": 4},
        {"start": 0, "end": 9},
        {"fragments": (Span(0, 2), Span(5, 7))},
    ]
    mentions = [
        Mention(
            id=str(number),
            label=draw(texts.filter(bool)),
            fields=draw(st.dictionaries(texts, field_values, max_size=3)),
            score=draw(st.none() | st.floats(0, 1)),
            **draw(st.sampled_from(places)),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    meta = draw(st.dictionaries(texts, field_values, max_size=2))
    return Document(draw(texts.filter(bool)), None, meta, text, tuple(mentions))


@given(st.lists(documents(), min_size=1, max_size=3, unique_by=lambda document: document.id))
def test_documents_are_read_as_they_were_written(tmp_path_factory, some):
    path = tmp_path_factory.getbasetemp() / "round.jsonl"
    assert write(some, path) == len(some)
    assert list(read(path)) == some


@given(documents())
def test_one_document_is_read_as_it_was_written(tmp_path_factory, document):
    path = tmp_path_factory.getbasetemp() / "round.json"
    write_document(document, path)
    assert list(read(path)) == [document]
    write_document(read(path)[document.id], path)
    assert list(read(path)) == [document]


def test_one_document_has_a_mention_a_line():
    mentions = tuple(Mention(f"m{n}", "quote", n, n + 1) for n in range(3))
    write_document(Document("d", mentions=mentions), "d.json")
    with open("d.json", encoding="utf-8") as file:
        lines = file.read().splitlines()
    assert lines[1:4] == [
        '  "id": "d",',
        '  "mentions": [',
        '    {"id":"m0","label":"quote","start":0,"end":1},',
    ]
    assert len(lines) == 8


def test_offsets_count_code_points():
    save(
        '{"id":"d","text":"🙂 Renk","mentions":[' + MENTION + ',"start":2,"end":6,"text":"Renk"}]}'
    )
    assert read("p.jsonl")["d"].mentions[0].place == (Span(2, 6),)


@pytest.mark.parametrize(
    "data",
    [
        '{"id":"a"}\n{"id":"b"}',
        '{"id":"a"}\r\n{"id":"b"}\r\n',
        '\n{"id":"a"}\n  \n\n{"id":"b"}\n\n',
        '\ufeff{"id":"a"}\n{"id":"b"}\n',
    ],
)
def test_line_ends_blank_lines_and_byte_order_mark_change_nothing(data):
    assert [document.id for document in read(save(data))] == ["a", "b"]


def test_a_json_file_is_one_document_over_many_lines():
    assert read(save('\ufeff{\r\n  "id": "a",\r\n  "mentions": []\r\n}\r\n', "a.json"))["a"]


def test_a_folder_is_read_file_by_file_in_the_order_of_names():
    os.mkdir("f")
    save('{"id":"c"}', "f/b.json")
    save('{"id":"b"}\n{"id":"a"}', "f/a.jsonl")
    save("not ours", "f/notes.txt")
    corpus = read("f")
    assert [document.id for document in corpus] == ["b", "a", "c"]
    assert corpus.files == ("f/a.jsonl", "f/b.json")


def test_a_line_of_ten_megabytes_is_read():
    text = "x" * 10_000_000
    write([Document("d", text=text)], "p.jsonl")
    assert read("p.jsonl")["d"].text == text


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("", "p.jsonl: the file is empty"),
        ("\n \r\n", "p.jsonl: the file is empty"),
        ("\ufeff", "p.jsonl: the file is empty"),
        ("[]", "p.jsonl:1: expected 'object', got 'array'"),
        ("{}", "p.jsonl:1: object missing required field 'id'"),
        ('\n\n{"id":1}', "p.jsonl:3: id: expected 'str', got 'int'"),
        ('{"id":"a","extra":1}', "p.jsonl:1: object contains unknown field 'extra'"),
        ('{"id":"a","mentions":{}}', "p.jsonl:1: mentions: expected 'array', got 'object'"),
        ('{"id":"a","mentions":null}', "p.jsonl:1: mentions: expected 'array', got 'null'"),
        ('{"id":"a","mentions":[7]}', "p.jsonl:1: mentions[0]: expected 'object', got 'int'"),
        ('{"id":""}', "p.jsonl:1: the document's id is empty (give every document a unique id)"),
    ],
)
def test_what_is_no_document_is_told_at_its_line(data, fault):
    assert faults(data) == [fault]


COLUMNS = "Ana B-person\nsaid O\n\nShe\tPRP\tO\n{\tLRB\tO\n"


@pytest.mark.parametrize(
    ("data", "hint", "lines", "more"),
    [
        (COLUMNS, "it looks like columns: --from conll", [1, 2, 4], 1),
        ("# Read me\n\nplain words\n", "is it a file of JSON Lines?", [1, 3], 0),
        ("id,label\n" * 9, "is it a file of JSON Lines?", [1, 2, 3], 6),
    ],
)
def test_a_file_of_another_format_is_told_for_what_it_is(data, hint, lines, more):
    told = faults(data, on_error="list")
    found = [one for one in told if one.endswith(f"({hint})")]
    assert [int(one.split(":")[1]) for one in found] == lines
    rest = [f"p.jsonl: more lines that are not JSON: {more}"] if more else []
    assert told == found + rest


def test_broken_lines_of_json_lines_are_all_told():
    assert len(faults('{"id"\n' * 9, on_error="list")) == 9


@pytest.mark.parametrize(
    "data", ['{"id":"a"', '{"id":"a","mentions":[', '{"id":"a', '{"id":"a","mentions":[{"id":"m"}']
)
def test_a_line_that_is_cut_off_is_said_to_be(data):
    (fault,) = faults('{"id":"z"}\n' + data)
    assert fault.startswith("p.jsonl:2: not JSON: ")
    assert fault.endswith("(the line is cut off)")


@pytest.mark.parametrize("data", ["{'id': 'a'}", '{"id":"a",}', '{"id":NaN}', '{"id":"a"} x'])
def test_what_is_not_json_is_told_with_its_byte(data):
    (fault,) = faults(data)
    assert fault.startswith("p.jsonl:1: not JSON: ")
    assert " at byte " in fault


@pytest.mark.parametrize("data", [b'{"id":"caf\xe9"}', '{"id":"é"}'.encode("latin-1")])
def test_a_line_that_is_not_utf8_is_told(data):
    assert faults(b'{"id":"z"}\n' + data) == [
        "p.jsonl:2: not UTF-8 (save the file as UTF-8)",
    ]


def test_a_file_in_utf16_is_refused():
    (fault,) = faults('{"id":"a"}'.encode("utf-16"))
    assert fault.startswith("p.jsonl:1: not ")


@pytest.mark.parametrize(
    "head",
    ["", '{"id":', '{"id":"a","meta":{"x":', '{"id":"a","mentions":[' + MENTION + ',"start":'],
)
def test_brackets_without_end_are_refused(head):
    (fault,) = faults(head + "[" * 100_000)
    assert fault.startswith("p.jsonl:1: ")


@pytest.mark.parametrize(
    ("rest", "fault"),
    [
        (',"start":1.5,"end":3', "mentions[0].start: expected 'int | null', got 'float'"),
        (',"start":1,"end":"3"', "mentions[0].end: expected 'int | null', got 'str'"),
        (',"start":true,"end":3', "mentions[0].start: expected 'int | null', got 'bool'"),
        (',"fields":[]', "mentions[0].fields: expected 'object', got 'array'"),
        (',"fragments":[[1,2,3]]', "mentions[0].fragments[0]: expected 'array' of length 2"),
        (',"begin":1', "mentions[0]: object contains unknown field 'begin'"),
        (',"score":NaN', "not JSON: invalid character at byte 76"),
        (',"score":1e999', "mentions[0].score: number out of range"),
        (',"start":-1,"end":3', "d m: start -1 is negative"),
        (',"start":5,"end":3', "d m: the range is reversed between start 5 and end 3"),
        (',"start":3,"end":3', "d m: nothing lies between start 3 and end 3"),
        (',"start":3,"end":11', "d m: end 11 is past the text's 10 characters"),
        (',"start":3', "d m: has only one of start and end"),
        (',"start":3,"fragments":[[1,2]]', "d m: has only one of start and end"),
        (',"start":3,"end":5,"fragments":[[1,2]]', "d m: has start and end and also fragments"),
        (',"fragments":[[1,2],[2,3]]', "d m: its fragments touch or overlap"),
        (',"start":1,"end":3,"text":"xy"', "d m: its text is 'xy' but '12' stands there"),
    ],
)
def test_a_wrong_mention_is_told_with_its_place(rest, fault):
    assert of_mention(rest).startswith(f"p.jsonl:1: {fault}")


@pytest.mark.parametrize(
    ("mention", "fault"),
    [
        ("7", "mentions[1]: expected 'object', got 'int'"),
        ('{"id":"n","label":3}', "mentions[1].label: expected 'str', got 'int'"),
        ('{"id":"n","label":"x","start":3}', "d7 n: has only one of start and end"),
        (MENTION + "}", "d7 m: this mention id stands in the document twice"),
    ],
)
def test_in_a_json_file_a_mention_is_told_at_its_own_line(mention, fault):
    data = '{\n"id": "d7",\n"mentions": [\n  ' + MENTION + "},\n  " + mention + "\n]\n}"
    assert faults(data, "d.json")[0].startswith(f"d.json:5: {fault}")


def test_a_document_id_that_stands_twice_is_told_with_the_first_place():
    assert faults('{"id":"a"}\n{"id":"b"}\n{"id":"a"}') == [
        "p.jsonl:3: document id 'a' already stands at p.jsonl:1 (ids must be unique)"
    ]


def test_a_document_id_in_two_files_of_a_folder_is_told():
    os.mkdir("f")
    save('{"id":"a"}', "f/1.json")
    save('\n{"id":"a"}', "f/2.jsonl")
    with pytest.raises(
        DataError, match=r"f/2\.jsonl:2: document id 'a' already stands at f/1\.json:1"
    ):
        read("f")


BROKEN = '{"id":1}\n{"id":"b"}\n{"id":"c"\n{"id":"b"}\n'


def test_reading_stops_at_the_first_broken_line():
    assert [fault[:9] for fault in faults(BROKEN)] == ["p.jsonl:1"]


def test_reading_may_list_every_broken_line():
    found = faults(BROKEN, on_error="list")
    assert [fault[:9] for fault in found] == ["p.jsonl:1", "p.jsonl:3", "p.jsonl:4"]


def test_a_file_that_cannot_be_read_does_not_hide_the_others():
    os.mkdir("f")
    for name, data in (("a", '{"id":1}'), ("b", ""), ("c", '{"id":2}')):
        save(data, f"f/{name}.jsonl")
    with pytest.raises(DataError) as caught:
        read("f", on_error="list")
    assert [problem.where for problem in caught.value.problems] == [
        "f/a.jsonl:1",
        "f/b.jsonl",
        "f/c.jsonl:1",
    ]


def test_many_faults_of_one_document_are_told_in_time():
    mentions = ",".join(f'{{"id":"m{n}","label":"x","start":3}}' for n in range(20_000))
    assert len(faults('{"id":"d","mentions":[' + mentions + "]}")) == 20_000


@pytest.mark.parametrize("name", ["none.jsonl", "none/p.jsonl"])
def test_a_missing_file_is_named(name):
    with pytest.raises(DataError, match=f"{name}: no such file"):
        read(name)


def test_a_folder_without_documents_is_refused(folder):
    with pytest.raises(DataError, match=r"holds no \.json or \.jsonl file"):
        read(folder)


def test_writing_stops_whole_where_a_document_cannot_be_had():
    save('{"id":"old"}')

    def broken():
        yield Document("new")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(broken(), "p.jsonl")
    assert read("p.jsonl")["old"]
    assert os.listdir() == ["p.jsonl"]


def test_writing_to_a_folder_is_refused(folder):
    with pytest.raises(WriteError, match="is a folder"):
        write([Document("d")], folder)


@pytest.mark.parametrize(
    "content",
    ['[{"id": "a"},\n {"id": "b"}]', '{"id": "a"}\n{"id": "b"}\n', '[\n{"id":"a"}\n,{"id":"b"}]'],
    ids=["a list", "lines", "a list over lines"],
)
def test_a_json_file_may_hold_several_documents(tmp_path, content):
    file = tmp_path / "two.json"
    file.write_text(content)
    assert [document.id for document in read(file)] == ["a", "b"]


def test_a_fault_in_a_list_of_documents_is_told_at_its_line(tmp_path):
    file = tmp_path / "two.json"
    file.write_text('[{"id": "a"},\n{"id": "b", "mentions": 3}]')
    with pytest.raises(DataError, match=r"two\.json:2: mentions: expected 'array', got 'int'"):
        read(file)
