"""`toolkit baseline`: what `toolkit gate` judges against."""

from __future__ import annotations

from typing import Any

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.showing import line
from toolkit.cli.sides import read_sides


@click.group()
def baseline() -> None:
    """What `toolkit gate` judges against."""


@baseline.command(cls=options.Command)
@click.argument("predicted", metavar="PRED...", nargs=-1, required=True)
@click.option("--why", required=True, metavar="TEXT", help="Why it replaces the one before.")
@click.option("--who", metavar="NAME", help="Who accepts it.  [default: the user's name]")
@click.option("--gold", metavar="GOLD", help="The gold it is scored on.  [default: as before]")
@click.option(
    "--baseline",
    "folder",
    default="reports/baseline",
    show_default=True,
    metavar="FOLDER",
    help="Where it is kept.",
)
@options.apply(options.SIDES)
def accept(
    predicted: tuple[str, ...],
    why: str,
    who: str | None,
    gold: str | None,
    folder: str,
    schema: str | None,
    texts: str | None,
    **reading: Any,
) -> None:
    """Make predictions the baseline; the one before is kept in its history.

    \b
    Examples:
      toolkit baseline accept new.jsonl --gold gold/news --why "first release"
      toolkit baseline accept run1.jsonl run2.jsonl --why "new model, see the report"
    """
    if gold is None:
        gold = toolkit.baseline_history(folder)[-1].gold
    rules = toolkit.load_schema(schema) if schema else None
    expected, runs = read_sides(gold, predicted, texts, reading, rules)
    accepted = toolkit.accept_baseline(expected, runs, folder, why=why, who=who or "", schema=rules)
    click.echo(f"{folder}: {_accepted(accepted)}", err=True)


@baseline.command("history")
@click.argument("folder", metavar="[FOLDER]", default="reports/baseline")
def history_(folder: str) -> None:
    """Who accepted which baseline, when and why, the oldest first.

    \b
    Example:
      toolkit baseline history
    """
    for accepted in toolkit.baseline_history(folder):
        click.echo(line(_accepted(accepted)))


def _accepted(record: Any) -> str:
    runs = "" if record.runs == 1 else f", {record.runs} runs"
    what = f"{record.documents} documents{runs}"
    return f"accepted {record.when} by {record.who}: {record.why} ({what})"
