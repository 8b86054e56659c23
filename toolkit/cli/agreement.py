"""`toolkit agreement`."""

from __future__ import annotations

from typing import Any

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.showing import meter, note, write
from toolkit.rendering import FORMATS


@click.command()
@click.argument("annotators", metavar="A B...", nargs=-1, required=True)
@options.apply(options.SIDES)
@click.option("--format", "format_", type=click.Choice(FORMATS), default="terminal")
@options.output
def agreement(
    annotators: tuple[str, ...],
    schema: str | None,
    texts: str | None,
    format_: Any,
    output: str | None,
    **reading: Any,
) -> None:
    """How far annotators agree: on places, on values, and where they part.

    A, B and so on are each one annotator's file or folder, or a folder with a folder for each.
    They are named by their files or folders, or as NAME=PATH. Schema, entities and texts are those
    of the dataset.yaml above them, if there is one.

    \b
    Examples:
      toolkit agreement gold/news/annotators
      toolkit agreement first=a.jsonl second=b.jsonl --schema schemas/news.yaml --texts seeds
      toolkit agreement gold/news/annotators --format json -o agreement.json
      toolkit score gold/news predictions.jsonl --ceiling agreement.json
    """
    found = toolkit.read_annotators(annotators, texts=texts, **reading)
    note(found.sets.values())
    rules = schema or found.schema
    with meter("measuring labels") as progress:
        measured = toolkit.agreement(
            found.sets,
            toolkit.load_schema(rules) if rules else None,
            entities=found.entities,
            progress=progress,
        )
    write(toolkit.render(measured, format_), output)
