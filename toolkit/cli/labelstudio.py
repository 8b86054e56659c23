"""`toolkit labelstudio`: annotate with Label Studio."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.showing import line, meter, write
from toolkit.errors import plural

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.labelstudio.bias import Bias
    from toolkit.labelstudio.pull import Event

SERVER = (
    click.option(
        "--url",
        metavar="URL",
        help="The server.  [default: $LABEL_STUDIO_URL, or http://127.0.0.1:8080]",
    ),
    click.option(
        "--token-file",
        metavar="FILE",
        help="File that holds the access token.  [default: the token in $LABEL_STUDIO_API_KEY]",
    ),
)
"""The options of asking a server."""


@click.group()
def labelstudio() -> None:
    """Annotate with Label Studio: set up, pre-annotate, pull, adjudicate.

    The access token is read from LABEL_STUDIO_API_KEY or a file, and never printed.

    \b
    Examples:
      toolkit labelstudio start
      toolkit labelstudio init schemas/news.yaml --project news
      toolkit labelstudio push news seeds --schema schemas/news.yaml --predictions predictions.jsonl
      toolkit labelstudio pull news -o gold/mine --schema schemas/news.yaml --texts seeds
    """


@labelstudio.command()
@click.option(
    "--data",
    metavar="DIR",
    default="label-studio-data",
    show_default=True,
    help="Where database, password and access token are kept.",
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8080,
    show_default=True,
    help="Where it answers.",
)
@click.option("--yes", is_flag=True, help="Install Label Studio where it is missing, do not ask.")
def start(data: str, port: int, yes: bool) -> None:
    """Run a server on this machine, for a small team or a trial, until Ctrl-C.

    It is installed into an environment of its own (about 1 GB), answers on the loopback address
    alone, and sends no telemetry.

    \b
    Example:
      toolkit labelstudio start --data ~/annotating
    """
    from toolkit.labelstudio import local

    folder = local.environment()
    if not local.program(folder).exists():
        if not yes:
            click.confirm(f"Install Label Studio into {folder} (about 1 GB)?", err=True, abort=True)
        click.echo(f"installing Label Studio {local.VERSION} into {folder}", err=True)
        local.install(folder)
    click.echo("starting; a new database takes about a minute", err=True)
    with local.running(data, port=port) as server:
        click.echo(f"Label Studio is at {server.url}")
        click.echo(f"log in as {server.user} with the password in {server.password}")
        click.echo("for the toolkit, in another terminal:")
        click.echo(f"  export LABEL_STUDIO_URL={server.url}")
        click.echo(f'  export LABEL_STUDIO_API_KEY="$(cat {server.token})"')
        click.echo("Ctrl-C stops it; what was annotated is kept", err=True)
        server.process.wait()


@labelstudio.command()
@click.argument("schema", metavar="SCHEMA")
@click.option("--project", required=True, metavar="NAME", help="The project's title.")
@options.apply(SERVER)
def init(schema: str, project: str, url: str | None, token_file: str | None) -> None:
    """Make a project from a schema, or bring it up to a changed one.

    A change that would orphan annotations is refused, with everything that is in use.

    \b
    Example:
      toolkit labelstudio init schemas/news.yaml --project news
    """
    from toolkit.labelstudio.projects import make_project
    from toolkit.labelstudio.server import connect

    rules = toolkit.load_schema(schema)
    with connect(url, token_file) as server, meter("looking at annotations") as progress:
        made = make_project(server, project, rules, progress=progress)
    click.echo(f"project {line(project)} {made.done}: {made.url}")


@labelstudio.command()
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


@labelstudio.command()
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
    _tell(done.events)
    click.echo(
        f"{done.looked_at} of {plural(done.tasks, 'task')} fetched: {done.count('new')} files new, "
        f"{done.count('changed')} changed, in {output}/annotators"
    )
    if done.count("left out") or done.count("refused"):
        raise SystemExit(1)


SHOWN = 20
"""Events of one kind that are told each."""


def _tell(events: Iterable[Event]) -> None:
    """What is to be known, of each kind the first."""
    met: Counter[str] = Counter()
    for event in events:
        if event.kind in ("new", "changed"):
            continue
        met[event.kind] += 1
        if met[event.kind] <= SHOWN:
            said = ": ".join(filter(None, (event.document, event.person, event.what)))
            click.echo(f"{event.kind}: {line(said)}", err=True)
    for kind, count in met.items():
        if count > SHOWN:
            click.echo(f"{kind}: and {count - SHOWN} more", err=True)


@labelstudio.command()
@click.argument("extractor", metavar="EXTRACTOR")
@click.option("--schema", required=True, metavar="SCHEMA", help="The project's schema.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address bound to.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=9090,
    show_default=True,
    help="The port; 0 is any that is free.",
)
@click.option("--command", is_flag=True, help="EXTRACTOR is a command, as of toolkit extract.")
def serve(extractor: str, schema: str, host: str, port: int, command: bool) -> None:
    """Answer Label Studio with an extractor's mentions as annotators open tasks, until Ctrl-C.

    EXTRACTOR is as of toolkit extract. In Label Studio: Settings, Model, Connect Model, and the
    address that this prints. It answers whoever can reach it: beyond the loopback address, put it
    where only the server can.

    \b
    Example:
      toolkit labelstudio serve rules --schema schemas/news.yaml
    """
    from toolkit.labelstudio.backend import backend

    given: dict[str, Any] = {"host": host, "port": port, "command": command}
    with backend(extractor, toolkit.load_schema(schema), **given) as server:
        at, bound = str(server.server_address[0]), server.server_address[1]
        click.echo(f"{line(extractor)} answers at http://{at}:{bound}; Ctrl-C stops it")
        server.serve_forever()


@labelstudio.command()
@click.argument("folder", metavar="SET")
@options.schema
@click.option("--format", "format_", type=click.Choice(["terminal", "json"]), default="terminal")
@options.output
def bias(folder: str, schema: str | None, format_: str, output: str | None) -> None:
    """How often annotators kept, changed or removed predictions, in what was pulled into SET.

    \b
    Example:
      toolkit labelstudio bias gold/mine
    """
    import msgspec

    from toolkit.labelstudio.bias import bias as measure
    from toolkit.labelstudio.pulled import sources

    rules = schema or sources(folder, texts=folder).schema
    found = measure(folder, toolkit.load_schema(rules))
    for warning in found.warnings:
        click.echo(f"warning: {line(warning)}", err=True)
    if format_ == "json":
        rows = [row._asdict() | {"touched": row.touched} for row in found.rows]
        data = {"rows": rows, "answers": found.answers, "alone": found.alone}
        write(msgspec.json.format(msgspec.json.encode(data), indent=2).decode() + "\n", output)
    else:
        write(_table(found), output)


def _table(found: Bias) -> str:
    """Rows under a head, columns aligned."""
    head = ("annotator", "label", "kept", "changed", "removed", "added", "touched")
    rows = [
        (*map(str, row), "–" if row.touched is None else f"{row.touched:.0%}") for row in found.rows
    ]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if k < 2 else cell.rjust(width)
            for k, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in (head, *rows)
    ]
    began = plural(found.answers, "answer")
    lines.append(f"{began} began from a prediction, {found.alone} did not")
    return "".join(f"{line(one)}\n" for one in lines)
