"""The README's table of the shipped extractors is what they find."""

import importlib.util
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

_spec = importlib.util.spec_from_file_location("extractors", ROOT / "benchmarks" / "extractors.py")
table = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(table)

BLOCK = table.BLOCK.search((ROOT / "README.md").read_text(encoding="utf-8"))[0]


def is_as_said(package):
    """Whether the version installed is the one that the table was made with."""
    try:
        return f"{package} {version(package)}" in BLOCK
    except PackageNotFoundError:
        return False


@pytest.mark.parametrize("name", table.EXTRACTORS)
def test_the_table_says_what_the_extractor_finds(name):
    if not all(map(is_as_said, table.EXTRACTORS[name])):
        pytest.skip(f"not installed as the table says: {', '.join(table.EXTRACTORS[name])}")
    said = {line for line in BLOCK.splitlines(keepends=True) if f"| {name} |" in line}
    assert said == {table.markdown(row) for row in table.scored(name)}, (
        "what it finds has changed, or the gold: run `make extractors`"
    )
