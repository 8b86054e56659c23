"""The command `toolkit`: thin commands, each one public function of the package.

Exit codes: 0 good, 1 judged bad (by `check`), 2 usage or bad input, 130 interrupted. Results go to
standard output, all else to standard error.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import click

import toolkit
from toolkit.errors import ToolkitError

Item = TypeVar("Item")

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
        metavar="FORMAT",
        help="What the files are (see docs/formats.md), or package.module:function, a reader of "
        "your own.  [default: what their content shows]",
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

    Exit codes: 0 good, 1 problems found by check, 2 usage or bad input, 130 interrupted.
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


@cli.command()
@click.argument("extractor")
@click.argument("texts", metavar="TEXTS")
@click.option("-o", "--output", metavar="PRED", required=True, help="JSON Lines file to write.")
def extract(extractor: str, texts: str, output: str) -> None:
    """Run an extractor over texts: a folder of .txt files, or one file.

    EXTRACTOR is a built-in name (rules) or package.module:function, a function from a text to its
    mentions.

    \b Examples:
      toolkit extract rules seeds -o predictions.jsonl
      toolkit extract my_package.model:extract seeds -o predictions.jsonl
    """
    documents = toolkit.read_texts(texts)
    found = toolkit.extract(extractor, _progress(documents, f"extracting with {extractor}"))
    count = toolkit.write(found, output)
    click.echo(f"{count} documents written to {output}", err=True)


@cli.command()
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@click.option("--to", metavar="FORMAT", help="What to write.  [default: what OUT's ending shows]")
@click.option(
    "--to-scheme",
    type=click.Choice(["IOB2", "BIOES"], case_sensitive=False),
    help="conll: how the tags written mark mentions.  [default: IOB2]",
)
@click.option("--map", "mapping", metavar="YAML", help="Other names for labels and fields.")
@_texts
@_on_error
@_reading
def convert(source: str, target: str, **options: Any) -> None:
    """Convert annotations from one format to another, and say what is lost.

    \b
    Examples:
      toolkit convert project/ predictions.jsonl
      toolkit convert predictions.jsonl project/ --to brat --texts seeds
      toolkit convert names.conll names.jsonl --map names.yaml
    """
    done = toolkit.convert(source, target, **options)
    for notice in done.notices:
        click.echo(f"note: {notice}", err=True)
    for what, count in done.lost:
        click.echo(f"lost: {what}: {count}", err=True)
    written = f"{done.documents} documents, {done.mentions} mentions written to {target}"
    click.echo(f"{written} as {done.format}", err=True)


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
def score(
    gold: str,
    predicted: str | None,
    schema: str | None,
    texts: str | None,
    output: str | None,
    format_: Any,
    predicted_column: int | None,
    gold_tokens: bool,
    **reading: Any,
) -> None:
    """Score predictions against gold, and print the tables.

    GOLD is a gold folder or a file, PRED a file, both in the format that --from names. A column
    file may hold both: without PRED, its last column is predicted and the one before it gold.

    \b
    Examples:
      toolkit score gold/news predictions.jsonl -o card.json
      toolkit score gold.jsonl predictions.jsonl --schema schemas/news.yaml --format json
      toolkit score gold.conll predictions.conll --from conll
      toolkit score both.conll --from conll --malformed keep
    """
    rules = toolkit.load_schema(schema) if schema else None
    if predicted is None:
        reading["format"] = reading["format"] or toolkit.recognise(gold)
        if reading["format"] != "conll":
            raise click.UsageError("Missing argument 'PRED'.")
        predicted = gold
        predicted_column = -1 if predicted_column is None else predicted_column
        reading["column"] = -2 if reading["column"] is None else reading["column"]
    expected = toolkit.read_gold(gold, texts=texts, **reading)
    if predicted_column is not None:
        reading["column"] = predicted_column
    found = toolkit.read(predicted, tokens=expected if gold_tokens else None, **reading)
    for notice in (*expected.notices, *found.notices):
        click.echo(f"note: {notice}", err=True)
    card = toolkit.score(expected, found, rules)
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


def _progress(items: list[Item], what: str) -> Iterable[Item]:
    """The items, with a progress bar on standard error where a person watches."""
    if not sys.stderr.isatty():
        return items
    return _tracked(items, what)


def _tracked(items: list[Item], what: str) -> Iterator[Item]:
    from rich.console import Console
    from rich.progress import track

    yield from track(items, what, console=Console(stderr=True), transient=True)
