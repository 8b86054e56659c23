"""What `import toolkit` offers, and the README's lines."""

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

import toolkit
from toolkit.cli import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_public_names_are_these():
    assert set(toolkit.__all__) == set(toolkit._HOME)
    for name in toolkit.__all__:
        assert getattr(toolkit, name).__doc__, name
        assert name in dir(toolkit)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'scorer'"):
        toolkit.scorer  # noqa: B018


def test_importing_loads_nothing_but_itself():
    code = (
        "import sys; before = set(sys.modules); import toolkit; new = set(sys.modules) - before\n"
        "print(*sorted(n for n in new if n.partition('.')[0] in ('toolkit', 'msgspec', 'yaml')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["toolkit"]


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_python_lines_of_the_readme_work(monkeypatch, capsys):
    """As in the README, after the predictions that `make demo` leaves."""
    monkeypatch.chdir(ROOT)
    predictions = toolkit.extract("rules", toolkit.read_texts("seeds"))
    toolkit.write(predictions, "reports/demo/predictions.jsonl")
    (main, *_) = blocks("python")
    names: dict[str, object] = {}
    exec(compile(main, "README.md", "exec"), names)
    assert isinstance(names["card"], toolkit.Scorecard)
    assert "MENTIONS" in capsys.readouterr().out


def test_the_examples_with_answers_in_the_readme_hold():
    """Blocks of `>>>` lines, run in order; each answer is what the README says."""
    sessions = blocks("pycon")
    assert sessions
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(verbose=False)
    runner.run(parser.get_doctest("\n".join(sessions), {}, "README.md", "README.md", 0))
    assert runner.summarize().failed == 0


@pytest.mark.parametrize("page", ["README.md", "docs/statistics.md"])
def test_every_command_in_the_docs_is_a_command(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    for words in re.findall(r"^\s*toolkit ([a-z-]+)", text, re.MULTILINE):
        assert words in cli.commands
