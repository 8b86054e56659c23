"""`toolkit agreement`."""

from __future__ import annotations

from typing import Any

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.showing import meter, note, write_report
from toolkit.rendering import FORMATS


@click.command()
@click.argument("annotators", metavar="A B...", nargs=-1, required=True)
@options.apply(options.SIDES)
@click.option("--format", "format_", type=click.Choice(FORMATS), default="terminal")
@options.html
@options.output
def agreement(
    annotators: tuple[str, ...],
    schema: str | None,
    texts: str | None,
    format_: Any,
    html: str | None,
    output: str | None,
    **reading: Any,
) -> None:
    """How far annotators agree: on places, on values, and where they part.

    A, B and so on are each one annotator's file or folder, or a folder with a folder for each.
    They are named by their files or folders, or as NAME=PATH. Schema, entities and texts are those
    of the dataset.yaml above them, if there is one. In the HTML page the first one stands in the
    place of gold, over the documents that all did.

    \b
    Examples:
      toolkit agreement gold/news/annotators
      toolkit agreement first=a.jsonl second=b.jsonl --schema schemas/news.yaml --texts seeds
      toolkit agreement gold/news/annotators --format json -o agreement.json
      toolkit agreement gold/news/annotators --html agreement.html
      toolkit score gold/news predictions.jsonl --ceiling agreement.json
    """
    found = toolkit.read_annotators(annotators, texts=texts, **reading)
    note(found.sets.values())
    named = schema or found.schema
    rules = toolkit.load_schema(named) if named else None
    with meter("measuring labels") as progress:
        measured = toolkit.agreement(found.sets, rules, entities=found.entities, progress=progress)

    def page() -> str:
        first, gold, others = toolkit.first_as_gold(found.sets, entities=found.entities)
        cards = {name: toolkit.score(gold, other, rules) for name, other in others.items()}
        return toolkit.html_report(cards, gold, others, rules, judged=measured, reference=first)

    write_report(format_, output, html, lambda: toolkit.render(measured, format_), page)
