"""`toolkit plan`."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.showing import line, write
from toolkit.cli.sides import named, read_sides
from toolkit.rendering import TABLE_FORMATS


@click.command()
@click.argument("gold", metavar="GOLD")
@click.option("--pilot", metavar="A [B]", multiple=True, help="Predictions to estimate from.")
@click.argument("more", metavar="[B...]", nargs=-1)
@click.option("--detect", default=3.0, show_default=True, metavar="POINTS", help="The drop to see.")
@click.option("--power", default=80.0, show_default=True, metavar="PERCENT", help="How surely.")
@click.option("--policy", metavar="FILE", help="The gate's: what is judged, in which metrics.")
@click.option(
    "--next", "most", type=click.IntRange(min=1), metavar="N", help="Documents to annotate instead."
)
@options.apply(options.SIDES)
@options.gold_tokens
@click.option("--format", "format_", type=click.Choice(TABLE_FORMATS), default="terminal")
@options.output
def plan(
    gold: str,
    pilot: tuple[str, ...],
    more: tuple[str, ...],
    detect: float,
    power: float,
    policy: str | None,
    most: int | None,
    schema: str | None,
    texts: str | None,
    gold_tokens: bool,
    format_: Any,
    output: str | None,
    **reading: Any,
) -> None:
    """How many documents show a drop of so many points, in each figure; and which come next.

    A and B are predictions of two versions that differ as much as yours will, or A alone. With
    --next: the documents that the GOLD has not, where the systems disagree most or their scores
    leave most in doubt, with the first system's mentions: Label Studio tasks in a .json file,
    documents in a .jsonl file.

    \b
    Examples:
      toolkit plan gold/news --pilot old.jsonl new.jsonl --detect 3
      toolkit plan gold/news one.jsonl --format csv -o plan.csv
      toolkit plan gold/news a.jsonl b.jsonl --next 20 --texts texts -o tasks.json
    """
    systems = named((*pilot, *more))
    if not systems:
        raise click.UsageError("No pilot: name predictions of one system or two.")
    if most and output and PurePath(output).suffix not in (".json", ".jsonl"):
        raise click.UsageError("-o must end in .json (Label Studio tasks) or .jsonl (documents).")
    folder = None if most else texts
    rules = toolkit.load_schema(schema) if schema else None
    expected, read = read_sides(
        gold, systems.values(), folder, reading, rules, gold_tokens=gold_tokens and not most
    )
    found = dict(zip(systems, read, strict=True))
    if most:
        from toolkit.schema.load import schema_of

        candidates = toolkit.next_documents(
            found,
            toolkit.read_texts(texts) if texts else (),
            annotated=[document.id for document in expected],
            most=most,
        )
        _write_next(candidates, output, schema_of(expected, rules), next(iter(found)))
        return
    planned = toolkit.plan(
        expected,
        found,
        rules,
        drop=detect / 100,
        power=power / 100,
        policy=toolkit.load_policy(policy) if policy else None,
    )
    write(toolkit.render(planned, format_), output)


def _write_next(candidates: Any, output: str | None, schema: Any, model: str) -> None:
    if not candidates:
        click.echo("note: every document is in the gold already", err=True)
    documents = [each.document for each in candidates]
    if output and output.endswith(".jsonl"):
        toolkit.write(documents, output)
    elif output:
        write_tasks(documents, output, schema, model)
    else:
        click.echo("doubt  in doubt  mentions  document")
        for each in candidates:
            figures = f"{each.rank:5.2f}  {each.doubt:8.1f}  {each.mentions:8}"
            click.echo(f"{figures}  {line(each.document.id)}")


def write_tasks(documents: Any, output: str, schema: Any, model: str) -> None:
    """Write Label Studio tasks with mentions as predictions, and say what they lose."""
    from toolkit.formats.label_studio import write_label_studio

    lost = write_label_studio(documents, output, schema=schema, take="predictions", model=model)
    for what, times in lost:
        click.echo(f"note: not in the tasks: {what} ({times})", err=True)
