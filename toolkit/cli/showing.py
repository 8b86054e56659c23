"""What a person sees: results on standard output, all else on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import click


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


def write_report(
    format_: str,
    output: str | None,
    html: str | None,
    text: Callable[[], str],
    page: Callable[[], str],
) -> None:
    """Write a report in its format, and where `html` names a file also as a page there."""
    made = page() if html or format_ == "html" else ""
    if html:
        write(made, html)
    write(made if format_ == "html" else text(), output)


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
