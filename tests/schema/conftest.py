from pathlib import Path

import pytest

from toolkit.schema.load import lint_schema

HEAD = "schema: news\nversion: 1.0.0\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder in which messages show paths without it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def lint(folder):
    """Lint `text`, or the `labels` of a schema that is right but for them: its faults as text."""

    def faults(text=None, *, labels=""):
        text = HEAD + "labels:\n" + labels if text is None else text
        Path("s.yaml").write_text(text, encoding="utf-8")
        return [str(problem) for problem in lint_schema("s.yaml")[1]]

    return faults


@pytest.fixture
def load(folder):
    """Load a schema of one label `a` with these fields, or of these labels."""

    def schema(fields="", *, labels="", head=HEAD):
        body = labels or "  a:\n    description: An A.\n" + ("    fields:\n" + fields) * bool(
            fields
        )
        Path("s.yaml").write_text(head + "labels:\n" + body, encoding="utf-8")
        found, problems = lint_schema("s.yaml")
        assert problems == []
        return found

    return schema
