"""`toolkit convert`."""

from __future__ import annotations

from typing import Any

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.showing import line, note
from toolkit.formats import WRITERS

WRITING = (
    options.only(
        "--to conll",
        "--to-scheme",
        type=click.Choice(["IOB2", "BIOES"], case_sensitive=False),
        metavar="[IOB2|BIOES]",
        help="How the tags written mark mentions.  [default: IOB2]",
    ),
    options.only(
        "--to doccano",
        "--to-offsets",
        type=click.Choice(["utf16", "code-points"]),
        help="What the offsets written count.  [default: utf16]",
    ),
    options.only(
        "--to label-studio",
        "--to-take",
        type=click.Choice(["annotations", "predictions"]),
        help="What the mentions become.  [default: annotations]",
    ),
    options.only(
        "--to label-studio",
        "--to-model",
        metavar="VERSION",
        help="The model version of predictions written.  [default: toolkit]",
    ),
)
"""The options of writing, each named as in Python with `to_` before it."""


@click.command(cls=options.Command)
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@click.option(
    "--to",
    metavar="FORMAT",
    help=f"What to write: {', '.join(WRITERS)}.  [default: native, where OUT ends in .jsonl]",
)
@click.option("--map", "mapping", metavar="YAML", help="Other names for labels and fields.")
@click.option(
    "--schema", metavar="SCHEMA", help="The labels' schema, of use to llm and label-studio."
)
@options.texts
@options.on_error
@options.apply(options.READING)
@options.apply(WRITING)
def convert(source: str, target: str, **given: Any) -> None:
    """Convert annotations from one format to another, and say what is lost.

    \b
    Examples:
      toolkit convert project/ predictions.jsonl
      toolkit convert predictions.jsonl project/ --to brat --texts seeds
      toolkit convert names.conll names.jsonl --map names.yaml
    """
    done = toolkit.convert(source, target, **given)
    note([done])
    for what, count in done.lost:
        click.echo(f"lost: {line(what)}: {count}", err=True)
    read = f"{done.documents} documents with {done.mentions} mentions"
    click.echo(f"{read}, written to {target} as {done.format}", err=True)
