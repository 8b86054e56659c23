"""What the commands of `toolkit labelstudio` share: where the server is, and what is told."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from toolkit.cli.showing import line

if TYPE_CHECKING:
    from collections.abc import Iterable

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

SHOWN = 20
"""Events of one kind that are told each."""


def tell(events: Iterable[Event]) -> None:
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
