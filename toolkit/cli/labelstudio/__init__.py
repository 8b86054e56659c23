"""`toolkit labelstudio`: annotate with Label Studio."""

from __future__ import annotations

import click

from toolkit.cli.labelstudio import review, setup, work


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
      toolkit labelstudio adjudicate news -o gold/mine
    """


for command in (
    setup.start,
    setup.init,
    setup.serve,
    work.push,
    work.pull,
    review.adjudicate,
    review.bias,
):
    labelstudio.add_command(command)
