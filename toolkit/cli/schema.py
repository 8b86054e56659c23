"""`toolkit schema`: what follows from a label schema."""

from __future__ import annotations

import json

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.showing import write


@click.group()
def schema() -> None:
    """Write what follows from a label schema."""


@schema.command("json-schema")
@click.argument("path", metavar="SCHEMA")
@options.output
def json_schema(path: str, output: str | None) -> None:
    """The JSON Schema that an extractor's answer must meet.

    \b
    Example:
      toolkit schema json-schema schemas/news.yaml -o answer.schema.json
    """
    derived = toolkit.json_schema(toolkit.load_schema(path))
    write(json.dumps(derived, indent=2, ensure_ascii=False) + "\n", output)


@schema.command()
@click.argument("path", metavar="SCHEMA")
@options.output
def guidelines(path: str, output: str | None) -> None:
    """The annotators' guidelines, in Markdown.

    \b
    Example:
      toolkit schema guidelines schemas/news.yaml -o guidelines.md
    """
    write(toolkit.guidelines(toolkit.load_schema(path)), output)
