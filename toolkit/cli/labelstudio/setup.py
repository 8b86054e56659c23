"""`toolkit labelstudio start`, `init` and `serve`: a server, a project, a model."""

from __future__ import annotations

import signal

import click

import toolkit
from toolkit.cli import options
from toolkit.cli.labelstudio.asking import SERVER
from toolkit.cli.showing import line, meter


def _port(default: int, said: str, least: int = 1) -> options.Option:
    numbers = click.IntRange(least, 65535)
    return click.option("--port", type=numbers, default=default, show_default=True, help=said)


@click.command()
@click.option(
    "--data",
    metavar="DIR",
    default="label-studio-data",
    show_default=True,
    help="Where database, password and access token are kept.",
)
@_port(8080, "The port.")
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

    for name in ("SIGTERM", "SIGHUP"):  # the server ends with this, as on Ctrl-C
        if number := getattr(signal, name, None):
            signal.signal(number, _end)
    folder = local.environment()
    if not local.program(folder).exists():
        if not yes:
            click.confirm(f"Install Label Studio into {folder} (about 1 GB)?", err=True, abort=True)
        click.echo(f"installing Label Studio {local.VERSION} into {folder}", err=True)
        local.install(folder)
    click.echo("starting; a new database takes about a minute", err=True)
    with local.running(data, folder=folder, port=port) as server:
        click.echo(f"Label Studio is at {server.url}")
        click.echo(f"log in as {server.user} with the password in {server.password}")
        click.echo("for the toolkit, in another terminal:")
        click.echo(f"  export LABEL_STUDIO_URL={server.url}")
        click.echo(f'  export LABEL_STUDIO_API_KEY="$(cat {server.token})"')
        click.echo("Ctrl-C stops it; what was annotated is kept", err=True)
        server.process.wait()


def _end(number: int, _: object) -> None:
    raise SystemExit(128 + number)


@click.command()
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


@click.command()
@click.argument("extractor", metavar="EXTRACTOR")
@click.option("--schema", required=True, metavar="SCHEMA", help="The project's schema.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address bound to.")
@_port(9090, "The port; 0 is any that is free.", least=0)
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

    rules = toolkit.load_schema(schema)
    with backend(extractor, rules, host=host, port=port, command=command) as server:
        at, bound = str(server.server_address[0]), server.server_address[1]
        click.echo(f"{line(extractor)} answers at http://{at}:{bound}; Ctrl-C stops it")
        server.serve_forever()
