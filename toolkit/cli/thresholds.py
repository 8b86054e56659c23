"""`toolkit thresholds`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.showing import write
from toolkit.cli.sides import read_sides
from toolkit.rendering import TABLE_FORMATS


@click.command()
@click.argument("gold", metavar="GOLD")
@click.argument("predicted", metavar="PRED")
@click.option(
    "--choose-on",
    metavar="SPLIT",
    help="Choose on this split of the gold folder, such as dev, and report on all else.  "
    "[default: halves by a checksum of document ids]",
)
@options.apply(options.SIDES)
@click.option("--format", "format_", type=click.Choice(TABLE_FORMATS), default="terminal")
@options.output
def thresholds(
    gold: str,
    predicted: str,
    choose_on: str | None,
    schema: str | None,
    texts: str | None,
    format_: Any,
    output: str | None,
    **reading: Any,
) -> None:
    """From which score on to keep predictions, for each label; and how far scores can be trusted.

    The threshold of best strict F1 is chosen on some documents and reported on the others. JSON has
    the precision-recall curves.

    \b
    Examples:
      toolkit thresholds gold/news pred.jsonl
      toolkit thresholds gold/news pred.jsonl --choose-on dev --format json -o thresholds.json
    """
    split = _split(gold, choose_on) if choose_on else None
    rules = toolkit.load_schema(schema) if schema else None
    expected, (found,) = read_sides(gold, [predicted], texts, reading, rules)
    write(
        toolkit.render(toolkit.thresholds(expected, found, rules, choose_on=split), format_), output
    )


def _split(gold: str, name: str) -> list[str]:
    """The documents of a split that a gold folder's `dataset.yaml` names."""
    from toolkit.errors import Problem, did_you_mean
    from toolkit.yamlfile import YamlFile

    path = Path(gold) / "dataset.yaml"
    if not path.is_file():
        what = f"no split {name!r}: only a gold folder has splits"
        raise toolkit.DataError(Problem(gold, what, "leave --choose-on out for halves by checksum"))
    splits = YamlFile(path).data.get("splits") or {}
    if name not in splits:
        raise toolkit.DataError(
            Problem(str(path), f"no split {name!r}", did_you_mean(name, splits))
        )
    return [str(document) for document in splits[name]]
