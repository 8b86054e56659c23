"""`toolkit compare`."""

from __future__ import annotations

from typing import Any

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.showing import write_report
from toolkit.cli.sides import named, read_ceiling, read_sides
from toolkit.rendering import COMPARISON_FORMATS


@click.command(cls=options.Command)
@click.argument("gold", metavar="GOLD")
@click.argument("systems", metavar="A B...", nargs=-1)
@options.apply(options.SIDES)
@options.gold_tokens
@click.option("--by", metavar="meta.KEY", help="Also in each slice of the gold by this key.")
@click.option(
    "--metric",
    "metrics",
    multiple=True,
    type=click.Choice(["precision", "recall", "f1"]),
    help="Test this; may be given again. More tests make each one stricter.  [default: f1]",
)
@click.option(
    "--view",
    type=click.Choice(["strict", "exact", "partial", "type", "overlap", "iou>=0.5", "characters"]),
    default="strict",
    show_default=True,
    metavar="VIEW",
    help="When mentions are right, as in the tables of `toolkit score`.",
)
@click.option(
    "--field-view",
    type=click.Choice(["end_to_end", "given_match"]),
    default="end_to_end",
    show_default=True,
    help="Which values of fields count.",
)
@click.option("--format", "format_", type=click.Choice(COMPARISON_FORMATS), default="terminal")
@options.html
@options.ceiling
@options.output
def compare(
    gold: str,
    systems: tuple[str, ...],
    schema: str | None,
    texts: str | None,
    gold_tokens: bool,
    by: str | None,
    metrics: tuple[Any, ...],
    view: str,
    field_view: str,
    format_: Any,
    html: str | None,
    ceiling: str | None,
    output: str | None,
    **reading: Any,
) -> None:
    """Compare the predictions of two systems or more on one gold set.

    A, B and so on are files of predictions, named by their file names or as NAME=FILE. Every figure
    carries its interval, every difference a test that is adjusted for all that are made.

    \b
    Examples:
      toolkit compare gold/news old.jsonl new.jsonl
      toolkit compare gold/news rules=a.jsonl model=b.jsonl --by meta.genre
      toolkit compare gold/news a.jsonl b.jsonl --format latex -o table.tex
      toolkit compare gold/news a.jsonl b.jsonl --html report.html
    """
    if ceiling and not html and format_ != "html":
        raise click.UsageError("--ceiling is shown in the page: give --html or --format html.")
    human = read_ceiling(ceiling)
    by_name = named(systems)
    rules = toolkit.load_schema(schema) if schema else None
    expected, read = read_sides(
        gold, by_name.values(), texts, reading, rules, gold_tokens=gold_tokens
    )
    found = dict(zip(by_name, read, strict=True))
    compared = toolkit.compare(
        expected,
        found,
        rules,
        by=by,
        metrics=metrics or ("f1",),
        view=view,
        field_view=field_view,
    )
    write_report(
        format_,
        output,
        html,
        lambda: toolkit.render(compared, format_),
        lambda: toolkit.html_report(
            compared.cards, expected, found, rules, judged=compared, ceiling=human
        ),
    )
