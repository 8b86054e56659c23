"""`toolkit labelstudio adjudicate` and `bias`: what annotators' work comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.labelstudio.asking import SERVER, tell
from toolkit.cli.showing import line, meter, write
from toolkit.errors import plural

if TYPE_CHECKING:
    from toolkit.labelstudio.bias import Bias


@click.command()
@click.argument("projects", metavar="PROJECT...", nargs=-1, required=True)
@click.option("-o", "--output", required=True, metavar="SET", help="Gold folder, as of pull.")
@click.option(
    "--between",
    nargs=2,
    metavar="A B",
    help="The two annotators.  [default: the two that there are]",
)
@options.schema
@options.texts
@options.apply(SERVER)
def adjudicate(
    projects: tuple[str, ...],
    output: str,
    between: tuple[str, str] | None,
    schema: str | None,
    texts: str | None,
    url: str | None,
    token_file: str | None,
) -> None:
    """Make gold of two annotators' work: where they differ, decide in Label Studio.

    Pulls their work into SET, and makes a project "adjudication" of the documents in which they
    differ. What both have alike is accepted there; of the rest, delete what is wrong, and submit.
    The same command then writes what was decided to SET/documents, and to PROJECT as ground truth.
    Run it as often as you like.

    \b
    Examples:
      toolkit labelstudio adjudicate news -o gold/mine
      toolkit labelstudio adjudicate news-ana news-ben -o gold/mine
      toolkit labelstudio adjudicate news -o gold/mine --between ana ben
    """
    from toolkit.labelstudio.adjudication import adjudicate as settle
    from toolkit.labelstudio.pulled import sources
    from toolkit.labelstudio.server import connect

    found = sources(output, schema, texts)
    rules, documents = toolkit.load_schema(found.schema), toolkit.read_texts(found.texts)
    with connect(url, token_file) as server, meter("pulling") as progress:
        done = settle(
            server, projects, output, documents, rules, between=between or (), progress=progress
        )
    tell(done.events)
    for notice in done.notices:
        click.echo(f"note: {line(notice)}", err=True)
    for name, why in done.open.items():
        click.echo(f"open: {line(name)}: {line(why)}", err=True)
    one, other = done.annotators
    click.echo(
        f"{line(one)} and {line(other)}: {plural(len(done.agreed), 'document')} agreed, "
        f"{len(done.decided)} decided, {len(done.open)} open"
    )
    if done.open:
        click.echo(f"decide at {done.project.url}")
    click.echo(
        f"{plural(len(done.agreed) + len(done.decided), 'document')} in {output}/documents; "
        f"{plural(done.truths, 'ground truth')} written"
    )


@click.command()
@click.argument("folder", metavar="SET")
@options.schema
@click.option("--format", "format_", type=click.Choice(["terminal", "json"]), default="terminal")
@options.output
def bias(folder: str, schema: str | None, format_: str, output: str | None) -> None:
    """How often annotators kept, changed or removed predictions, in what was pulled into SET.

    \b
    Example:
      toolkit labelstudio bias gold/mine
    """
    from toolkit.labelstudio.bias import bias as measure
    from toolkit.labelstudio.pulled import sources
    from toolkit.rendering.json import written

    rules = schema or sources(folder, texts=folder).schema
    found = measure(folder, toolkit.load_schema(rules))
    for warning in found.warnings:
        click.echo(f"warning: {line(warning)}", err=True)
    if format_ == "json":
        rows = [row._asdict() | {"touched": row.touched} for row in found.rows]
        data = {"rows": rows, "answers": found.answers, "alone": found.alone}
        write(written(data), output)
    else:
        write(_table(found), output)


def _table(found: Bias) -> str:
    """Rows under a head, columns aligned."""
    head = ("annotator", "label", "kept", "changed", "removed", "added", "touched")
    rows = [
        (*map(str, row), "–" if row.touched is None else f"{row.touched:.0%}") for row in found.rows
    ]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if k < 2 else cell.rjust(width)
            for k, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (head, *rows)
    ]
    began = plural(found.answers, "answer")
    lines.append(f"{began} began from a prediction, {found.alone} did not")
    return "".join(f"{line(one)}\n" for one in lines)
