"""`toolkit check`."""

from __future__ import annotations

import json
import os
from typing import Any

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.showing import line, note


@click.command(cls=options.Command)
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@options.schema
@options.texts
@options.apply(options.READING)
@click.option("--format", "format_", type=click.Choice(["terminal", "json"]), default="terminal")
def check(
    paths: tuple[str, ...], schema: str | None, texts: str | None, format_: str, **reading: Any
) -> None:
    """Check schemas, gold and predictions; exit 1 when something is wrong, 2 when a path is not
    there.

    PATHS are schema files, gold folders and files of predictions; without any, schemas/*.yaml and
    gold/*.

    \b
    Examples:
      toolkit check
      toolkit check schemas/news.yaml
      toolkit check predictions.jsonl --schema schemas/news.yaml --texts seeds
      toolkit check predictions.conll --from conll
    """
    from toolkit.formats import READERS

    rules = toolkit.load_schema(schema) if schema else None
    found = toolkit.check(paths, schema=rules, texts=texts, **reading)
    note([found])
    if format_ == "json":
        report = {
            "checked": found.what,
            "problems": [problem._asdict() for problem in found.problems],
            "notices": found.notices,
        }
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        for each in (*found.what, *map(line, found.problems)):
            click.echo(each)
        click.echo(f"{len(found.problems)} problems" if found.problems else "all is well")
    if found.problems:
        absent = reading["format"] in {None, *READERS} and not all(map(os.path.exists, paths))
        raise SystemExit(2 if absent else 1)
