"""`toolkit labelstudio push` and `pull`: texts to annotators, their work back."""

from __future__ import annotations

import os

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.labelstudio.asking import SERVER, tell
from toolkit.cli.showing import line, meter
from toolkit.errors import plural


@click.command()
@click.argument("project", metavar="PROJECT")
@click.argument("texts", metavar="TEXTS")
@click.option("--schema", required=True, metavar="SCHEMA", help="The project's schema.")
@click.option("--predictions", metavar="PRED", help="What annotators begin from.")
@click.option("--model", metavar="NAME", help="What the predictions are called.  [default: PRED]")
@options.apply(SERVER)
def push(
    project: str,
    texts: str,
    schema: str,
    predictions: str | None,
    model: str | None,
    url: str | None,
    token_file: str | None,
) -> None:
    """Bring texts into a project, each once, with predictions to begin from.

    Run it again after anything went wrong: it does what is still to do. A text that changed since
    somebody annotated it is refused.

    \b
    Examples:
      toolkit labelstudio push news seeds --schema schemas/news.yaml
      toolkit labelstudio push news seeds --schema schemas/news.yaml --predictions predictions.jsonl
    """
    from toolkit.labelstudio.push import push as bring
    from toolkit.labelstudio.server import connect

    documents = toolkit.read_texts(texts)
    found = toolkit.read(predictions) if predictions else None
    name = model or os.path.splitext(os.path.basename(predictions or ""))[0]
    with connect(url, token_file) as server, meter("pushing") as progress:
        done = bring(
            server,
            project,
            documents,
            toolkit.load_schema(schema),
            predictions=found,
            model=name,
            progress=progress,
        )
    for notice in done.notices:
        click.echo(f"note: {line(notice)}", err=True)
    said = f"{plural(done.new, 'task')} made, {done.unchanged} unchanged"
    said += f", {done.predicted} with new predictions" if done.predicted else ""
    said += f", {done.replaced} deleted" if done.replaced else ""
    click.echo(said + (f"; annotators see {line(done.version)}" if done.version else ""))


@click.command()
@click.argument("project", metavar="PROJECT")
@click.option("-o", "--output", required=True, metavar="SET", help="Gold folder, gold/SET.")
@options.schema
@options.texts
@click.option("--all", "everything", is_flag=True, help="Fetch every task, not what changed.")
@options.apply(SERVER)
def pull(
    project: str,
    output: str,
    schema: str | None,
    texts: str | None,
    everything: bool,
    url: str | None,
    token_file: str | None,
) -> None:
    """Write everybody's work into SET/annotators/NAME, raw tasks into SET/labelstudio/tasks.

    Only what changed since the last pull is fetched. What is deleted on the server stays in SET.
    --schema and --texts are kept in SET/dataset.yaml. Exit code 1: some of the work stands in the
    raw tasks alone, and is listed.

    \b
    Example:
      toolkit labelstudio pull news -o gold/mine --schema schemas/news.yaml --texts seeds
      toolkit agreement gold/mine/annotators
    """
    from toolkit.labelstudio.pull import pull as fetch
    from toolkit.labelstudio.pulled import sources
    from toolkit.labelstudio.server import connect

    found = sources(output, schema, texts)
    rules, documents = toolkit.load_schema(found.schema), toolkit.read_texts(found.texts)
    with connect(url, token_file) as server, meter("pulling") as progress:
        done = fetch(
            server, project, output, documents, rules, everything=everything, progress=progress
        )
    tell(done.events)
    click.echo(
        f"{done.looked_at} of {plural(done.tasks, 'task')} fetched: {done.count('new')} files new, "
        f"{done.count('changed')} changed, in {output}/annotators"
    )
    if done.count("left out") or done.count("refused"):
        raise SystemExit(1)
