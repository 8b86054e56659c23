"""`toolkit score` and `toolkit show`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Any

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.showing import meter, write, write_report
from toolkit.cli.sides import read_ceiling, read_sides
from toolkit.rendering import FORMATS
from toolkit.storage import expand


@click.command(cls=options.Command)
@click.argument("gold", metavar="GOLD")
@click.argument("predicted", metavar="[PRED]", required=False)
@options.apply(options.SIDES)
@options.only(
    "--from conll",
    "--predicted-column",
    type=int,
    metavar="N",
    help="The column of the predicted tags, where it is another one.",
)
@options.gold_tokens
@click.option(
    "-o",
    "--output",
    metavar="CARD",
    help="Save the scorecard here, for `toolkit show`; - prints it, without the tables.",
)
@click.option("--format", "format_", type=click.Choice(FORMATS), default="terminal")
@options.html
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    default=1,
    show_default=True,
    help="Score in so many processes.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Score on the Dask cluster of this scheduler.")
@options.ceiling
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
    html: str | None,
    predicted_column: int | None,
    gold_tokens: bool,
    jobs: int,
    scheduler: str | None,
    per_document: bool,
    ceiling: str | None,
    **reading: Any,
) -> None:
    """Score predictions against gold, and print the tables.

    GOLD is a gold folder or a file, PRED a file, each in the format that --from names or its
    content shows. A column file may hold both: without PRED, its last column is predicted and the
    one before it gold. Files of JSON Lines may be many, given by a pattern, and larger than memory.

    \b
    Examples:
      toolkit score gold/news predictions.jsonl -o card.json
      toolkit score gold/news predictions.jsonl --html report.html
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
    told = {texts, predicted_column, *(reading[name] for name in reading.keys() - {"on_error"})}
    paged = bool(html) or format_ == "html"
    if told - {None, "native"} or not (lines(gold) and lines(predicted)):
        expected, (found,) = read_sides(
            gold,
            [predicted],
            texts,
            reading,
            rules,
            gold_tokens=gold_tokens,
            column=predicted_column,
        )
        sides = (expected, found)
    elif paged:
        sides = (_joined(gold, toolkit.read_gold), _joined(predicted, toolkit.read))
    with executor(jobs, scheduler) as workers, meter("scoring") as progress:
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
    name, human = PurePath(predicted).stem, read_ceiling(ceiling)

    def page() -> str:
        return toolkit.html_report({name: card}, sides[0], {name: sides[1]}, rules, ceiling=human)

    def text() -> str:
        if format_ == "terminal" and not human:
            return f"{card}\n"
        return toolkit.render(card, format_, ceiling=human)

    if output != "-":
        write_report(format_, None, html, text, page)
    elif html:
        write(page(), html)


def _joined(pattern: str, reader: Callable[[str], Any]) -> Any:
    """The documents of all files of a pattern: a page holds them together."""
    return toolkit.Corpus([document for file in expand(pattern) for document in reader(file)])


@click.command()
@click.argument("card", metavar="CARD")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="terminal")
@click.option(
    "--gold", metavar="GOLD", help="html: the gold that was scored, for the view in the text."
)
@click.option("--predictions", metavar="PRED", help="html: the predictions that were scored.")
@options.apply(options.SIDES)
@options.ceiling
@options.output
def show(
    card: str,
    format_: Any,
    gold: str | None,
    predictions: str | None,
    schema: str | None,
    texts: str | None,
    ceiling: str | None,
    output: str | None,
    **reading: Any,
) -> None:
    """Show a scorecard: tables, confusions, worst documents, examples of errors.

    \b
    Examples:
      toolkit show card.json
      toolkit show card.json --format markdown -o report.md
      toolkit show card.json --format html --gold gold/news --predictions p.jsonl -o report.html
    """
    loaded, human = toolkit.load_card(card), read_ceiling(ceiling)
    if gold is None and predictions is None:
        return write(toolkit.render(loaded, format_, ceiling=human), output)
    if format_ != "html" or gold is None or predictions is None:
        what = "--gold and --predictions go together, with --format html."
        raise click.UsageError(what)
    rules = toolkit.load_schema(schema) if schema else None
    expected, (found,) = read_sides(gold, [predictions], texts, reading, rules)
    name = PurePath(predictions).stem
    page = toolkit.html_report({name: loaded}, expected, {name: found}, rules, ceiling=human)
    return write(page, output)
