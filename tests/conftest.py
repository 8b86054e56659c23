"""Settings and fixtures that all tests share."""

import pytest
from commands import project
from dense import SCHEMA
from hypothesis import HealthCheck, settings

from toolkit.schema.load import load_schema

settings.register_profile(
    "toolkit", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("toolkit")


@pytest.fixture(scope="session")
def dense_schema(tmp_path_factory):
    file = tmp_path_factory.mktemp("schema") / "dense.yaml"
    file.write_text(SCHEMA)
    return load_schema(file)


@pytest.fixture
def place(tmp_path):
    """A project of one text with gold and predictions that are good."""
    return project(tmp_path)
