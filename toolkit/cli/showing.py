"""What a person sees: results on standard output, all else on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import click

import toolkit


def line(problem: object) -> str:
    """Anything as one line, with what could act on a terminal made visible."""
    from toolkit.rendering.wording import visible

    return visible(str(problem))


def write(text: str, output: str | None) -> None:
    """Write a result to a file, or to standard output."""
    from toolkit.files import write_text

    if output:
        write_text(output, text)
    else:
        click.echo(text, nl=False)


def write_html(
    path: str | None,
    cards: Mapping[str, Any],
    gold: Any,
    predicted: Mapping[str, Any],
    rules: Any = None,
    judged: Any = None,
    ceiling: Any = None,
    reference: str = "gold",
) -> None:
    """Write the report as one page to a file, or to standard output."""
    page = toolkit.html_report(
        cards, gold, predicted, rules, judged=judged, reference=reference, ceiling=ceiling
    )
    write(page, path)


def note(corpora: Iterable[Any]) -> None:
    """Say what a reader should know of some corpora."""
    for corpus in corpora:
        for notice in corpus.notices:
            click.echo(f"note: {notice}", err=True)


@contextmanager
def meter(what: str) -> Iterator[Callable[..., object] | None]:
    """Shows how much is done, and of how much, on standard error where a person watches; with how
    many of them failed, also the rate and the time that is left.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from toolkit.rendering.meter import meter as bar

    with bar(what) as show:
        yield show
