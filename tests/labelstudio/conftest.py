"""The schema of these tests."""

import pytest
from fake_studio import FakeServer
from hard import SCHEMA

from toolkit.labelstudio.projects import make_project
from toolkit.schema.load import load_schema


@pytest.fixture(scope="session")
def kinds(tmp_path_factory):
    file = tmp_path_factory.mktemp("schema") / "kinds.yaml"
    file.write_text(SCHEMA)
    return load_schema(file)


@pytest.fixture
def studio(kinds):
    """A server in memory with a project `p` of these kinds."""
    server = FakeServer()
    make_project(server, "p", kinds)
    return server
