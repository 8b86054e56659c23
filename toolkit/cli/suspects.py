"""`toolkit suspects`."""

from __future__ import annotations

from typing import Any

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.plan import write_tasks
from toolkit.cli.showing import write
from toolkit.cli.sides import named, read_sides
from toolkit.rendering import TABLE_FORMATS


@click.command()
@click.argument("gold", metavar="GOLD")
@click.argument("systems", metavar="A B...", nargs=-1)
@click.option(
    "--agree",
    default=2,
    show_default=True,
    type=click.IntRange(min=2),
    metavar="N",
    help="How many systems must say the same.",
)
@click.option("--tasks", metavar="FILE", help="Also write Label Studio tasks to review here.")
@options.apply(options.SIDES)
@options.gold_tokens
@click.option("--format", "format_", type=click.Choice(TABLE_FORMATS), default="terminal")
@options.output
def suspects(
    gold: str,
    systems: tuple[str, ...],
    agree: int,
    tasks: str | None,
    schema: str | None,
    texts: str | None,
    gold_tokens: bool,
    format_: Any,
    output: str | None,
    **reading: Any,
) -> None:
    """List likely errors of the gold: where several systems agree with each other against it.

    The likeliest stand first, by how many agree and how precise each of them is. Also told is how
    far each system's F1 could move if they were errors. Nothing is changed.

    \b
    Examples:
      toolkit suspects gold/news a.jsonl b.jsonl c.jsonl
      toolkit suspects gold/news a.jsonl b.jsonl c.jsonl --agree 3 --tasks review.json
    """
    by_name = named(systems)
    rules = toolkit.load_schema(schema) if schema else None
    expected, read = read_sides(
        gold, by_name.values(), texts, reading, rules, gold_tokens=gold_tokens
    )
    found = toolkit.suspects(expected, dict(zip(by_name, read, strict=True)), rules, agree=agree)
    if tasks:
        from toolkit.analysis.suspects import review

        write_tasks(review(found, expected), tasks, None, "suspects")
    write(toolkit.render(found, format_), output)
