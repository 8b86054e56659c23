"""Gold and predictions, read for a command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

import click

import toolkit
from toolkit.cli.showing import note
from toolkit.errors import Problem


def read_sides(
    gold: str,
    predicted: Iterable[str],
    texts: str | None,
    reading: dict[str, Any],
    rules: Any,
    *,
    gold_tokens: bool = False,
    column: int | None = None,
) -> tuple[Any, list[Any]]:
    """The gold and each file of predictions, whose tags stand in `column`; what is wrong with any
    of them is told at once, unless reading stops at the first fault, and what a reader should know
    is noted.

    A format that needs texts or the schema, `rules`, to be read whole has them.
    """
    from toolkit.formats import find_reader, of_use, recognise_or_native

    name = reading["format"]
    stop = (reading["on_error"] or ("list" if name not in (None, "native") else "stop")) == "stop"
    problems: list[Problem] = []

    @contextmanager
    def collecting(side: str) -> Iterator[None]:
        try:
            yield
        except toolkit.DataError as error:
            problems.extend(
                problem._replace(what=f"{side}: {problem.what}")
                if side and problem.where.startswith(gold)
                else problem
                for problem in error.problems
            )
            if stop or gold_tokens:
                raise toolkit.DataError(problems) from None

    paths = list(predicted)
    expected, found = None, []
    with collecting("gold" if gold in paths else ""):
        expected = toolkit.read_gold(gold, texts=texts, schema=rules, **reading)
    own = reading if column is None else {**reading, "column": column}
    for path in paths:
        with collecting("predictions" if path == gold else ""):
            reader = find_reader(name or recognise_or_native(path))
            helped = of_use(reader, texts=expected or texts, schema=rules)
            tokens = expected if gold_tokens else None
            found.append(toolkit.read(path, tokens=tokens, **own, **helped))
    if problems:
        raise toolkit.DataError(problems)
    note([expected, *found])
    return expected, found


def named(systems: tuple[str, ...]) -> dict[str, str]:
    """Paths by the name given before `=`, else by the file's name without its end."""
    found: dict[str, str] = {}
    for said in systems:
        name, equals, path = said.partition("=")
        if not equals or not path:
            name, path = PurePath(said).stem, said
        if name in found:
            raise click.UsageError(f"Two systems are named {name!r}; name them as NAME=FILE.")
        found[name] = path
    return found


def read_ceiling(path: str | None) -> Any:
    """How far annotators agree, from a file if one is named."""
    return toolkit.load_agreement(path) if path else None
