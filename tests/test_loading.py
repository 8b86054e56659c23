"""Functions are found by name, and what is none is said."""

import pytest

from toolkit.errors import DataError
from toolkit.loading import find

TABLE = {"join": "os.path:join"}


def test_a_name_of_the_table_or_a_place_is_a_function():
    assert find("tool", "join", TABLE, "path") is find("tool", "os.path:join", TABLE, "path")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("jion", "tool 'jion': there is no such tool (did you mean 'join'?, or package"),
        ("no_such_module:f", "cannot be loaded: No module named 'no_such_module' (install it)"),
        ("os.path:no_such_name", "cannot be loaded: "),
        ("os:name", "tool 'os:name': is no function of a path"),
    ],
)
def test_what_is_no_function_is_said(name, said):
    with pytest.raises(DataError) as refused:
        find("tool", name, TABLE, "path", "install it")
    assert said in str(refused.value)
