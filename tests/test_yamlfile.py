from pathlib import Path

import pytest

from toolkit.errors import DataError
from toolkit.yamlfile import YamlFile


@pytest.fixture
def path(tmp_path, monkeypatch):
    """A path that messages show without the folder."""
    monkeypatch.chdir(tmp_path)
    return Path("f.yaml")


def read(path, text):
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return YamlFile(path)


def refusal(path, text):
    with pytest.raises(DataError) as caught:
        read(path, text)
    return str(caught.value)


def faults(path, text):
    return [str(problem) for problem in read(path, text).problems]


@pytest.mark.parametrize("text", ["a: {b: [1, x]}\n", "\ufeffa:\r\n  b: [1, x]\r\n"])
def test_byte_order_mark_and_crlf_change_nothing(path, text):
    file = read(path, text)
    assert file.data == {"a": {"b": [1, "x"]}}
    assert file.problems == []


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_problem_stands_at_the_line_of_its_value(path, newline):
    file = read(path, newline.join(["a:", "  b:", "    - x", "    - y"]))
    assert str(file.problem(("a", "b", 1), "is odd")) == "f.yaml:4: a.b.1: is odd"


def test_a_problem_of_a_missing_value_stands_at_what_surrounds_it(path):
    file = read(path, "x: 1\na:\n  b: 1")
    assert str(file.problem(("a", "c", "d"), "is missing")) == "f.yaml:2: a.c.d: is missing"


def test_a_key_that_stands_twice_is_told_at_the_second_place(path):
    assert faults(path, "a: 1\nb: 2\na: 3") == ["f.yaml:3: the key 'a' stands here a second time"]


def test_a_key_that_stands_twice_further_down_is_told(path):
    assert faults(path, "x:\n  a: 1\n  a: 1") == ["f.yaml:3: the key 'a' stands here a second time"]


def test_the_first_of_two_equal_keys_counts(path):
    assert read(path, "a: 1\na: 3").data == {"a": 1}


def test_a_key_is_a_plain_word(path):
    assert faults(path, "? [a, b]\n: 1") == ["f.yaml:1: a key must be a plain word"]


@pytest.mark.parametrize("word", ["yes", "no", "on", "null", "1", "2021-12-07"])
def test_a_key_is_the_text_it_is_written_as(path, word):
    assert read(path, f"{word}: x").data == {word: "x"}


def test_a_date_stays_the_text_it_is_written_as(path):
    assert read(path, "a: 2021-12-07").data == {"a": "2021-12-07"}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "\ufeff"])
def test_an_empty_file_is_said_to_be_empty(path, text):
    assert faults(path, text) == ["f.yaml:1: the file is empty"]


@pytest.mark.parametrize("text", ["a:\n\tb: 1", "a:\n  b: 1\n\tc: 2", "\ta: 1"])
def test_a_tab_that_indents_is_explained(path, text):
    assert "YAML indents with spaces, this line holds a tab" in refusal(path, text)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1,\n", 2),
        ("a: 'x\n", 2),
        ("a: b\nc: d: e\n", 2),
        ("a: *nobody", 1),
        ("a: 1\n--- \nb: 2", 2),
        ("a: !!python/name:os.system x", 1),
        ("a: 1\nb: !!int abc", 2),
        ("a: !!bool maybe", 1),
        ("a: 0b_", 1),
        ("a: " + "9" * 5000, 1),
        ("a: \0", 1),
    ],
)
def test_what_is_not_yaml_is_refused_at_its_line(path, text, line):
    assert refusal(path, text).startswith(f"f.yaml:{line}: not YAML: ")


def test_a_file_that_is_not_utf8_is_refused_at_its_line(path):
    assert refusal(path, b"a: 1\nb: \xe9") == (
        "f.yaml:2: not UTF-8: byte 0xe9 at position 8 (save the file as UTF-8)"
    )


def test_a_value_cannot_contain_itself(path):
    assert refusal(path, "b: 1\na: &x\n  - *x") == (
        "f.yaml:2: this value contains itself (write it without anchors and aliases)"
    )


def test_aliases_that_expand_without_end_are_refused(path):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 12)]
    assert "this value expands without end" in refusal(path, "\n".join(lines))


def test_an_alias_is_read_as_what_it_stands_for(path):
    assert read(path, "a: &x [1]\nb: *x").data == {"a": [1], "b": [1]}


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- "])
def test_what_is_nested_without_end_is_refused(path, bracket):
    assert "nested too deep" in refusal(path, bracket * 100_000)


def test_an_unknown_key_is_told_with_the_nearest_known(path):
    file = read(path, "a: 1\nlables: 2")
    file.mapping((), file.data, ("a", "labels"))
    assert list(map(str, file.problems)) == [
        "f.yaml:2: lables: unknown key (did you mean 'labels'?)"
    ]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("[1]", "a list"),
        ("{b: 1}", "a mapping"),
        ("1", "a number"),
        ("1.5", "a number"),
        ("true", "true or false"),
    ],
)
def test_a_text_is_needed_where_something_else_stands(path, written, kind):
    file = read(path, f"a: {written}")
    assert file.text(("a",), file.data) == ""
    assert list(map(str, file.problems)) == [
        f"f.yaml:1: a: is {kind}, a text is needed (put it in quotes)"
    ]


@pytest.mark.parametrize("text", ["b: 1", "a:", "a: ''", "a: '  '"])
def test_a_required_text_is_missing_where_it_is_empty(path, text):
    file = read(path, text)
    assert file.text(("a",), file.data, required=True) == ""
    assert list(map(str, file.problems)) == ["f.yaml:1: a: is missing"]


def test_a_text_loses_the_white_space_around_it(path):
    file = read(path, "a: |\n  x\n  y\n\n")
    assert file.text(("a",), file.data) == "x\ny"


@pytest.mark.parametrize(("written", "flag"), [("true", True), ("false", False)])
def test_a_flag_is_true_or_false(path, written, flag):
    file = read(path, f"a: {written}")
    assert file.flag(("a",), file.data) is flag


def test_a_flag_is_nothing_else(path):
    file = read(path, "a: 1")
    file.flag(("a",), file.data)
    assert list(map(str, file.problems)) == [
        "f.yaml:1: a: is a number, true or false is needed",
    ]


def test_each_item_that_is_no_text_is_told(path):
    file = read(path, "a:\n  - x\n  - 1\n  - y\n  - [z]")
    assert file.texts(("a",), file.data["a"]) == ("x", "y")
    assert [str(problem).partition(",")[0] for problem in file.problems] == [
        "f.yaml:3: a.1: is a number",
        "f.yaml:5: a.3: is a list",
    ]


@pytest.mark.parametrize("value", [{}, "x", 0, False])
def test_a_list_is_needed_where_something_else_stands(path, value):
    file = read(path, "a: 1")
    assert file.items(("a",), value) == []
    assert len(file.problems) == 1
