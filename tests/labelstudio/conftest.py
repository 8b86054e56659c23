"""The schema of these tests."""

import pytest
from hard import SCHEMA

from toolkit.schema.load import load_schema


@pytest.fixture(scope="session")
def kinds(tmp_path_factory):
    file = tmp_path_factory.mktemp("schema") / "kinds.yaml"
    file.write_text(SCHEMA)
    return load_schema(file)
