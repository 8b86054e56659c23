"""The command `toolkit`: thin commands, each one public function of the package.

Exit codes: 0 good, 1 judged bad (by `check` and `gate`), 2 usage or bad input, 130 interrupted;
`gate` has more. Results go to standard output, all else to standard error.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any, TypeVar

import click

import toolkit
from toolkit.errors import Problem, ToolkitError
from toolkit.formats import READERS, WRITERS

Item = TypeVar("Item")


class _Option(click.Option):
    """An option that only serves with another one, which is the head of its section in the help."""

    def __init__(self, *names: Any, only: str, **rest: Any) -> None:
        super().__init__(*names, **rest)
        self.only = only


class _Command(click.Command):
    """A command whose help has a section for the options of each format."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        sections: dict[str, list[tuple[str, str]]] = {"Options": []}
        for param in self.get_params(ctx):
            only = f"Only with {param.only}" if isinstance(param, _Option) else "Options"
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx)):
                sections.setdefault(only, []).append(record)
        for name, records in sections.items():
            with formatter.section(name):
                formatter.write_dl(records)


class _Group(click.Group):
    command_class = _Command


def _only(with_: str, *names: str, **rest: Any) -> Callable[..., Any]:
    """An option that only serves with another one."""
    return click.option(*names, cls=_Option, only=with_, **rest)


FORMATS = ("terminal", "markdown", "json", "csv")
GATE_FORMATS = ("terminal", "markdown", "json", "junit", "annotations")
COMPARISON_FORMATS = ("terminal", "markdown", "csv", "latex", "json")

_output = click.option(
    "-o", "--output", metavar="FILE", help="Write here, not to standard output (-)."
)
_schema = click.option(
    "--schema", metavar="SCHEMA", help="A schema file; the gold folder's own otherwise."
)
_texts = click.option("--texts", metavar="FOLDER", help="Folder of texts, a .txt file a document.")
_on_error = click.option(
    "--on-error",
    type=click.Choice(["stop", "list"]),
    help="Tell the first broken document alone, or list all of both sides.  [default: list; "
    "native: stop]",
)
_gold_tokens = _only(
    "--from conll",
    "--gold-tokens",
    is_flag=True,
    help="Tokens that predictions spell otherwise are GOLD's, one for one.",
)

READING = (
    click.option(
        "--from",
        "format",
        metavar="FORMAT",
        help=f"What the files are: {', '.join(READERS)}, or package.module:function, a reader of "
        "your own; modules in the current folder are found.  [default: what the content shows]",
    ),
    _only(
        "--from conll",
        "--column",
        type=int,
        metavar="N",
        help="The column of the tags, from 1 at the left or -1 at the right.  [default: -1]",
    ),
    _only(
        "--from conll",
        "--token-column",
        type=int,
        metavar="N",
        help="The column of the tokens.  [default: 1]",
    ),
    _only(
        "--from conll",
        "--separator",
        type=click.Choice(["auto", "tab", "space"]),
        help="What parts the columns.  [default: auto]",
    ),
    _only(
        "--from conll",
        "--scheme",
        type=click.Choice(["auto", "IOB1", "IOB2", "BIO", "BIOES", "BILOU"], case_sensitive=False),
        metavar="[auto|IOB1|IOB2|BIO|BIOES|BILOU]",
        help="How tags mark mentions; BIO is IOB2.  [default: auto]",
    ),
    _only(
        "--from conll",
        "--malformed",
        type=click.Choice(["refuse", "keep", "drop"]),
        help="Mentions that break the scheme: refuse the file and list them, keep them as "
        "conlleval does, drop them as seqeval's strict mode does.  [default: refuse]",
    ),
    _only(
        "--from conll",
        "--documents",
        type=click.Choice(["auto", "sentences"]),
        help="A document is what -DOCSTART- or # newdoc lines mark off, else a sentence; or "
        "always a sentence.  [default: auto]",
    ),
    _only(
        "--from doccano",
        "--offsets",
        type=click.Choice(["utf16", "code-points"]),
        help="What its offsets count.  [default: utf16]",
    ),
    _only(
        "--from huggingface",
        "--names",
        metavar="TAGS",
        help="What tags that are numbers mean: O,B-PER,I-PER,...",
    ),
    _only(
        "--from label-studio",
        "--take",
        type=click.Choice(["auto", "annotations", "predictions"]),
        help="What of a task.  [default: its annotations, else its predictions]",
    ),
    _only(
        "--from label-studio",
        "--annotator",
        metavar="WHO",
        help="Whose annotations, by e-mail address or number.",
    ),
    _only(
        "--from label-studio",
        "--model",
        metavar="VERSION",
        help="The predictions of which model version.",
    ),
    _only(
        "--from label-studio",
        "--text-key",
        metavar="KEY",
        help="Where in a task's data the text is.  [default: text]",
    ),
    _only(
        "--from table",
        "--columns",
        metavar="NAMES",
        help="Columns that are called otherwise: document=doc_id,label=type,...",
    ),
)
"""The options of reading, each named as in Python; one not given is left to the format."""


def _reading(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of reading."""
    for option in reversed(READING):
        command = option(command)
    return command


@click.group(
    cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="extraction-toolkit", prog_name="toolkit")
def cli() -> None:
    """How good is an extractor? Score what it finds in news against gold annotations.

    \b
    Examples:
      toolkit extract rules seeds -o predictions.jsonl
      toolkit score gold/news predictions.jsonl -o card.json
      toolkit show card.json --format markdown -o report.md
      toolkit compare gold/news old.jsonl new.jsonl
      toolkit gate gold/news new.jsonl --baseline old.jsonl

    Exit codes: 0 good, 1 problems found by check or regressions by gate, 2 usage or bad input, 130
    interrupted.
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
        absent = reading["format"] in {None, *READERS} and not all(map(os.path.exists, paths))
        raise SystemExit(2 if absent else 1)


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
@click.option(
    "-o",
    "--output",
    metavar="PRED",
    required=True,
    help="JSON Lines file to write; - is standard output.",
)
def extract(extractor: str, texts: str, output: str) -> None:
    """Run an extractor over texts: a folder of .txt files, or one file.

    EXTRACTOR is a built-in name (rules) or package.module:function, a function of a text that
    returns or yields its mentions: toolkit.Mention objects, or dicts with the keys id, label,
    start, end and fields, of which id and label must be there. Offsets count code points. Modules
    in the current folder are found.

    \b
    Examples:
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
@click.option(
    "--to",
    metavar="FORMAT",
    help=f"What to write: {', '.join(WRITERS)}.  [default: native, where OUT ends in .jsonl]",
)
@click.option("--map", "mapping", metavar="YAML", help="Other names for labels and fields.")
@click.option(
    "--schema", metavar="SCHEMA", help="The labels' schema, of use to llm and label-studio."
)
@_texts
@_on_error
@_reading
@_only(
    "--to conll",
    "--to-scheme",
    type=click.Choice(["IOB2", "BIOES"], case_sensitive=False),
    metavar="[IOB2|BIOES]",
    help="How the tags written mark mentions.  [default: IOB2]",
)
@_only(
    "--to doccano",
    "--to-offsets",
    type=click.Choice(["utf16", "code-points"]),
    help="What the offsets written count.  [default: utf16]",
)
@_only(
    "--to label-studio",
    "--to-take",
    type=click.Choice(["annotations", "predictions"]),
    help="What the mentions become.  [default: annotations]",
)
@_only(
    "--to label-studio",
    "--to-model",
    metavar="VERSION",
    help="The model version of predictions written.  [default: toolkit]",
)
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
@_only(
    "--from conll",
    "--predicted-column",
    type=int,
    metavar="N",
    help="The column of the predicted tags, where it is another one.",
)
@_gold_tokens
@click.option(
    "-o",
    "--output",
    metavar="CARD",
    help="Save the scorecard here, for `toolkit show`; - prints it, without the tables.",
)
@click.option("--format", "format_", type=click.Choice(FORMATS), default="terminal")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
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
        reading["format"] = reading["format"] or toolkit.recognise(gold)
        if reading["format"] != "conll":
            raise click.UsageError("Missing argument 'PRED'.")
        predicted = gold
        predicted_column = -1 if predicted_column is None else predicted_column
        reading["column"] = -2 if reading["column"] is None else reading["column"]
    sides: tuple[Any, Any] = (gold, predicted)
    said = {texts, predicted_column, *(reading[one] for one in reading.keys() - {"on_error"})}
    if said - {None, "native"} or not _are_native(lines(gold), lines(predicted), reading["format"]):
        expected, (found,) = _sides(
            gold,
            [predicted],
            texts,
            reading,
            rules,
            gold_tokens=gold_tokens,
            column=predicted_column,
        )
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
    if output != "-":
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
@click.argument("gold", metavar="GOLD")
@click.argument("systems", metavar="A B...", nargs=-1)
@_schema
@_texts
@_on_error
@_reading
@_gold_tokens
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
@_output
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
    """
    named = _named(systems)
    rules = toolkit.load_schema(schema) if schema else None
    expected, read = _sides(gold, named.values(), texts, reading, rules, gold_tokens=gold_tokens)
    found = dict(zip(named, read, strict=True))
    for notice in (*expected.notices, *(n for corpus in found.values() for n in corpus.notices)):
        click.echo(f"note: {notice}", err=True)
    compared = toolkit.compare(
        expected,
        found,
        rules,
        by=by,
        metrics=metrics or ("f1",),
        view=view,
        field_view=field_view,
    )
    _write(toolkit.render(compared, format_), output)


@cli.command()
@click.argument("gold", metavar="GOLD", required=False)
@click.argument("predicted", metavar="PRED...", nargs=-1)
@click.option(
    "--baseline",
    default="reports/baseline",
    show_default=True,
    metavar="BASE",
    help="A folder that `toolkit baseline accept` wrote, or a file of predictions.",
)
@click.option("--policy", metavar="FILE", help="What is asked for; see --init.")
@_schema
@_texts
@_on_error
@_reading
@click.option("--explain", is_flag=True, help="Also split changes into extractor, gold and scorer.")
@click.option(
    "--self-test", "self_test_", is_flag=True, help="Print the gate's own false-alarm rate instead."
)
@click.option("--init", is_flag=True, help="Print a policy with every key explained instead.")
@click.option("--require-evidence", is_flag=True, help="Exit 4 where nothing could be shown.")
@click.option("--json", "json_file", metavar="FILE", help="Also write the report as JSON here.")
@click.option("--junit", "junit_file", metavar="FILE", help="Also write JUnit XML here.")
@click.option("--markdown", "markdown_file", metavar="FILE", help="Also write Markdown here.")
@click.option("--format", "format_", type=click.Choice(GATE_FORMATS), default="terminal")
@_output
def gate(
    gold: str | None,
    predicted: tuple[str, ...],
    baseline: str,
    policy: str | None,
    schema: str | None,
    texts: str | None,
    explain: bool,
    self_test_: bool,
    init: bool,
    require_evidence: bool,
    json_file: str | None,
    junit_file: str | None,
    markdown_file: str | None,
    format_: Any,
    output: str | None,
    **reading: Any,
) -> None:
    """Judge predictions against a baseline: regression, pass, or inconclusive.

    Several PRED are runs of one extractor that does not always answer alike. Both sides are scored
    now, so that a change of the gold, the schema or the scorer is none of the extractor.

    Exit codes: 0 pass, also inconclusive; 1 regression; 2 usage or bad input; 3 incomplete or not
    comparable; 4 inconclusive under --require-evidence.

    \b
    Examples:
      toolkit gate gold/news new.jsonl --baseline old.jsonl
      toolkit gate gold/news new.jsonl --policy gate.yaml --junit gate.xml --explain
      toolkit gate gold/news run1.jsonl run2.jsonl run3.jsonl
      toolkit gate --init -o gate.yaml
    """
    if init:
        from toolkit.analysis.gate.policy import TEMPLATE

        return _write(TEMPLATE, output)
    if gold is None or not (predicted or self_test_):
        raise click.UsageError(f"Missing argument '{'PRED...' if gold else 'GOLD'}'.")
    try:
        accepted = toolkit.load_baseline(baseline)
        rules = toolkit.load_schema(schema) if schema else None
        expected, found_runs = _sides(gold, predicted, texts, reading, rules)
        runs = found_runs or accepted.runs
        asked = toolkit.load_policy(policy) if policy else None
        if self_test_:
            found = toolkit.gate_self_test(expected, runs, accepted, rules, asked)
            return _write(_alarms(found), output)
        report = toolkit.gate(expected, runs, accepted, rules, asked)
        if explain:
            changes = toolkit.explain_change(expected, runs, accepted, rules, asked)
            report = report._replace(changes=changes)
    except toolkit.MismatchError as error:
        for problem in error.problems:
            click.echo(f"not comparable: {_line(problem)}", err=True)
        raise SystemExit(3) from None
    files = {"json": json_file, "junit": junit_file, "markdown": markdown_file}
    for kind, file in files.items():
        if file:
            _write(toolkit.render(report, kind), file)  # type: ignore[arg-type]
    _write(toolkit.render(report, format_), output)
    raise SystemExit(report.exit_code(require_evidence=require_evidence))


def _alarms(found: Any) -> str:
    return "".join(
        f"{one.what}: {one.alarms} false alarms in {one.comparisons} ({100 * one.rate:.1f} %)\n"
        for one in found
    )


@cli.group()
def baseline() -> None:
    """What `toolkit gate` judges against."""


@baseline.command()
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
@_schema
@_texts
def accept(
    predicted: tuple[str, ...],
    why: str,
    who: str | None,
    gold: str | None,
    folder: str,
    schema: str | None,
    texts: str | None,
) -> None:
    """Make predictions the baseline; the one before is kept in its history.

    \b
    Examples:
      toolkit baseline accept new.jsonl --gold gold/news --why "first release"
      toolkit baseline accept run1.jsonl run2.jsonl --why "new model, see the report"
    """
    if gold is None:
        gold = toolkit.baseline_history(folder)[-1].gold
    accepted = toolkit.accept_baseline(
        toolkit.read_gold(gold, texts=texts),
        [toolkit.read(path) for path in predicted],
        folder,
        why=why,
        who=who or "",
        schema=toolkit.load_schema(schema) if schema else None,
    )
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
        click.echo(_line(_accepted(accepted)))


def _accepted(record: Any) -> str:
    runs = "" if record.runs == 1 else f", {record.runs} runs"
    what = f"{record.documents} documents{runs}"
    return f"accepted {record.when} by {record.who}: {record.why} ({what})"


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
    if "" not in sys.path:
        sys.path.append("")  # a reader or an extractor of one's own may stand in the current folder
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


def _sides(
    gold: str,
    predicted: Iterable[str],
    texts: str | None,
    reading: dict[str, Any],
    schema: Any,
    *,
    gold_tokens: bool = False,
    column: int | None = None,
) -> tuple[Any, list[Any]]:
    """The gold and each file of predictions, whose tags stand in `column`; what is wrong with any
    of them is told at once, unless reading stops at the first fault.

    A format that needs texts or the schema to be read whole has them.
    """
    from toolkit.formats import find_reader, of_use, recognise_or_native

    name = reading["format"]
    stop = (reading["on_error"] or ("list" if name not in (None, "native") else "stop")) == "stop"
    problems: list[Problem] = []

    @contextmanager
    def collecting(side: str) -> Iterator[None]:
        try:
            yield
        except toolkit.DataError as error:
            problems.extend(
                problem._replace(what=f"{side}: {problem.what}")
                if side and problem.where.startswith(gold)
                else problem
                for problem in error.problems
            )
            if stop or gold_tokens:
                raise toolkit.DataError(problems) from None

    paths = list(predicted)
    expected, found = None, []
    with collecting("gold" if gold in paths else ""):
        expected = toolkit.read_gold(gold, texts=texts, schema=schema, **reading)
    own = reading if column is None else {**reading, "column": column}
    for path in paths:
        with collecting("predictions" if path == gold else ""):
            reader = find_reader(name or recognise_or_native(path))
            helped = of_use(reader, texts=expected or texts, schema=schema)
            tokens = expected if gold_tokens else None
            found.append(toolkit.read(path, tokens=tokens, **own, **helped))
    if problems:
        raise toolkit.DataError(problems)
    return expected, found


def _are_native(gold: list[str], predicted: list[str], form: str | None) -> bool:
    """Whether both sides are native JSON Lines, as the first file of each shows."""
    from toolkit.formats import recognise_or_native

    if not (gold and predicted):
        return False
    first = [side[0] for side in (gold, predicted) if "://" not in side[0]]
    return form == "native" or all(recognise_or_native(file) == "native" for file in first)


def _named(systems: tuple[str, ...]) -> dict[str, str]:
    """Paths by the name given before `=`, else by the file's name without its end."""
    found: dict[str, str] = {}
    for said in systems:
        name, equals, path = said.partition("=")
        if not equals or not path:
            name, path = PurePath(said).stem, said
        if name in found:
            raise click.UsageError(f"Two systems are named {name!r}; name them as NAME=FILE.")
        found[name] = path
    return found


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


@contextmanager
def _meter(what: str) -> Iterator[Callable[[int, int], object] | None]:
    """Shows how much is done, and of how much, on standard error where a person watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _tracked(items: list[Item], what: str) -> Iterator[Item]:
    from rich.console import Console
    from rich.progress import track

    yield from track(items, what, console=Console(stderr=True), transient=True)
