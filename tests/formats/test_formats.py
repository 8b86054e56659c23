"""The table of formats: readers by name, their options, readers of one's own."""

import inspect
from typing import get_args, get_type_hints

import click
import pytest

import toolkit
from toolkit.cli import cli
from toolkit.cli.options import READING
from toolkit.errors import DataError
from toolkit.formats import READERS, find_reader, read


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.conll").write_text("Ana B-person\n")
    (tmp_path / "a.jsonl").write_text('{"id": "d"}\n')
    return tmp_path


def refused(path, *words, **options):
    with pytest.raises(DataError) as caught:
        read(path, *words, **options)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("name", READERS)
def test_every_reader_takes_a_path_and_its_options_by_name(name):
    path, *options = inspect.signature(find_reader(name)).parameters.values()
    assert path.name == "path"
    assert {option.kind for option in options} == {inspect.Parameter.KEYWORD_ONLY}
    assert "on_error" in [option.name for option in options]


def test_the_native_format_is_the_default():
    assert [d.id for d in toolkit.read("a.jsonl")] == ["d"]
    assert [d.id for d in toolkit.read("a.conll", format="conll")] == ["sentence-1"]


def test_an_option_that_is_none_is_left_to_the_format():
    assert [d.id for d in read("a.jsonl", column=None, on_error=None)] == ["d"]


def test_what_a_format_does_not_know_is_refused():
    said = refused("a.jsonl", column=3, scheme="IOB2")
    assert said == [
        "format native: has no option 'column' (it has: on_error)",
        "format native: has no option 'scheme' (it has: on_error)",
    ]
    assert refused("a.conll", "conll", scheme="IOB3")[0].startswith(
        "format conll: scheme cannot be 'IOB3' (did you mean 'IOB"
    )
    assert "did you mean 'conll'?" in refused("a.conll", "conl")[0]
    assert "cannot be loaded" in refused("a.conll", "no_such_package:read")[0]


def test_a_reader_of_ones_own(here, monkeypatch):
    (here / "my_readers.py").write_text(
        "from toolkit import Corpus, Document\n"
        "def names(path, *, on_error='stop', upper=False):\n"
        "    return Corpus([Document(str(path).upper() if upper else str(path))])\n"
    )
    monkeypatch.syspath_prepend(here)
    assert [d.id for d in read("x", "my_readers:names", upper=True)] == ["X"]
    assert refused("x", "my_readers:names", lower=True)


@pytest.fixture
def own(here, monkeypatch):
    """A module of readers of one's own, by its text."""
    monkeypatch.syspath_prepend(here)

    def module(name, text):
        (here / f"{name}.py").write_text("from toolkit import Corpus, Document\n" + text)

    return module


def test_a_reader_of_ones_own_may_give_documents_alone(own):
    own("gives", "def listed(path):\n    yield Document('a')\n    yield Document('b')\n")
    assert [d.id for d in read("x", "gives:listed")] == ["a", "b"]
    assert refused("x", "gives:listed", on_error="list") == [
        "format gives:listed: has no option 'on_error' (it has: none)"
    ]


def test_a_reader_of_ones_own_may_take_options_in_any_way(own):
    own("ways", "def plain(path, n=1): return [Document(str(n))]\ndef free(path, **k): return []\n")
    assert [d.id for d in read("x", "ways:plain", n=7)] == ["7"]
    assert len(read("x", "ways:free", n=7)) == 0


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("os.path:exists", "the reader gave no documents but bool True"),
        ("os.path:abspath", "the reader gave no documents but str "),
        ("os:getcwd", "the reader failed: TypeError: "),
        ("os:name", "is no function of a path"),
        ("builtins:list", "a str among them"),
        ("odd:late", "the reader failed: ZeroDivisionError: "),
    ],
)
def test_a_reader_of_ones_own_that_gives_no_documents_is_refused(own, name, said):
    own("odd", "def late(path):\n    yield Document('a')\n    1 / 0\n")
    (problem,) = refused("a.jsonl", name)
    assert said in problem


def test_the_command_line_offers_the_options_of_the_formats_with_their_values():
    offered = {param.name: param for param in cli.commands["score"].params}
    assert len(READING) > 1
    for name in READERS:
        reader = find_reader(name)
        for option, hint in get_type_hints(reader).items():
            if option in ("path", "return", "tokens", "texts", "schema"):
                continue
            values = [value for value in get_args(hint) if isinstance(value, str)]
            if values:
                assert isinstance(offered[option].type, click.Choice)
                assert list(offered[option].type.choices) == values
            else:
                assert offered[option].type is (click.INT if hint is int else click.STRING)
