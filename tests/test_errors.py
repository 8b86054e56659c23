import pickle

import pytest

from toolkit.errors import (
    DataError,
    MismatchError,
    Problem,
    SchemaError,
    ToolkitError,
    WriteError,
    did_you_mean,
)


def test_a_problem_reads_where_what_and_hint_in_brackets():
    assert str(Problem("a.yaml:3", "unknown key", "did you mean 'b'?")) == (
        "a.yaml:3: unknown key (did you mean 'b'?)"
    )


def test_a_problem_without_a_hint_has_no_brackets():
    assert str(Problem("a.yaml:3", "unknown key")) == "a.yaml:3: unknown key"


@pytest.mark.parametrize("kind", [SchemaError, DataError, MismatchError, WriteError])
def test_every_refusal_is_a_toolkit_error(kind):
    with pytest.raises(ToolkitError, match="f: w"):
        raise kind(Problem("f", "w"))


def test_an_error_keeps_its_problems_in_order_and_prints_one_a_line():
    problems = [Problem("b", "two"), Problem("a", "one")]
    error = DataError(iter(problems))
    assert error.problems == tuple(problems)
    assert str(error) == "b: two\na: one"


def test_a_single_problem_needs_no_list():
    assert DataError(Problem("a", "one")).problems == (Problem("a", "one"),)


def test_an_error_survives_the_way_between_processes():
    error = DataError([Problem("a", "one"), Problem("b", "two", "hint")])
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is DataError
    assert copy.problems == error.problems


def test_did_you_mean_names_the_nearest_words():
    assert did_you_mean("spaeker", ["speaker", "quote"]) == "did you mean 'speaker'?"


def test_did_you_mean_names_at_most_two_words():
    assert did_you_mean("claim", ["claims", "claimed", "claimer"]).count(" or ") == 1


def test_did_you_mean_lists_all_words_in_order_where_none_is_near():
    assert did_you_mean("xyz", ["quote", "claim"]) == "known: claim, quote"


def test_did_you_mean_says_nothing_where_nothing_is_known():
    assert did_you_mean("xyz", []) == ""
