"""What can go wrong, said so that it can be mended.

    ToolkitError                 anything the toolkit refuses, with all its problems
    ├── SchemaError              a label schema that cannot be used
    ├── DataError                gold, predictions or texts that cannot be used
    ├── MismatchError            two things that do not belong together
    └── WriteError               output that could not be written; the old file stands as it was

Bad input is never a traceback: whoever catches a `ToolkitError` prints its problems, one a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import NamedTuple


class Problem(NamedTuple):
    """One fault: where it is (`file:line`, `document/mention`), what is wrong, how to mend it."""

    where: str
    what: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" ({self.hint})" if self.hint else "")


class ToolkitError(Exception):
    """The toolkit refuses; `problems` holds every reason, in the order in which they were found."""

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class SchemaError(ToolkitError):
    """A label schema that cannot be used."""


class DataError(ToolkitError):
    """Gold, predictions or texts that cannot be used."""


class MismatchError(ToolkitError):
    """Two things that do not belong together, such as scorecards of different schemas."""


class WriteError(ToolkitError):
    """Output that could not be written."""


def abridged(problems: list[Problem], limit: int = 20) -> list[Problem]:
    """The first problems of one kind, and how many more there are."""
    if len(problems) <= limit:
        return problems
    more = Problem(problems[limit].where, f"and {len(problems) - limit} more from here on")
    return [*problems[:limit], more]


def plural(number: int, noun: str) -> str:
    """A number of things: `1 document`, `2 documents`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(names: Sequence[str], most: int = 5) -> str:
    """The first names, and how many more there are."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known words, or all of them where none is near."""
    known = sorted(known)
    near = get_close_matches(word, known, n=2, cutoff=0.6)
    if near:
        return "did you mean " + " or ".join(repr(name) for name in near) + "?"
    return "known: " + ", ".join(known) if known else ""
