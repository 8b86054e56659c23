"""Options that several commands take, each named as in Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import click

from toolkit.formats import READERS

Option: TypeAlias = Callable[[Callable[..., None]], Callable[..., None]]


class _OnlyWith(click.Option):
    """An option that only serves with another one, which is the head of its section in the help."""

    def __init__(self, *names: Any, only: str, **rest: Any) -> None:
        super().__init__(*names, **rest)
        self.only = only


class Command(click.Command):
    """A command whose help has a section for the options of each format."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sections, those of no format first."""
        sections: dict[str, list[tuple[str, str]]] = {"Options": []}
        for param in self.get_params(ctx):
            only = f"Only with {param.only}" if isinstance(param, _OnlyWith) else "Options"
            if isinstance(param, click.Option) and (record := param.get_help_record(ctx)):
                sections.setdefault(only, []).append(record)
        for name, records in sections.items():
            with formatter.section(name):
                formatter.write_dl(records)


def only(with_: str, *names: str, **rest: Any) -> Option:
    """An option that only serves with another one."""
    return click.option(*names, cls=_OnlyWith, only=with_, **rest)


output = click.option(
    "-o", "--output", metavar="FILE", help="Write here, not to standard output (-)."
)
html = click.option(
    "--html", metavar="FILE", help="Also write the report as one HTML page here, with the texts."
)
schema = click.option(
    "--schema", metavar="SCHEMA", help="A schema file; the gold folder's own otherwise."
)
ceiling = click.option(
    "--ceiling",
    metavar="AGREEMENT",
    help="Beside F1, that of one annotator against another: JSON of `toolkit agreement`.",
)
texts = click.option("--texts", metavar="FOLDER", help="Folder of texts, a .txt file a document.")
on_error = click.option(
    "--on-error",
    type=click.Choice(["stop", "list"]),
    help="Tell the first broken document alone, or list all of both sides.  [default: list; "
    "native: stop]",
)
gold_tokens = only(
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
    only(
        "--from conll",
        "--column",
        type=int,
        metavar="N",
        help="The column of the tags, from 1 at the left or -1 at the right.  [default: -1]",
    ),
    only(
        "--from conll",
        "--token-column",
        type=int,
        metavar="N",
        help="The column of the tokens.  [default: 1]",
    ),
    only(
        "--from conll",
        "--separator",
        type=click.Choice(["auto", "tab", "space"]),
        help="What parts the columns.  [default: auto]",
    ),
    only(
        "--from conll",
        "--scheme",
        type=click.Choice(["auto", "IOB1", "IOB2", "BIO", "BIOES", "BILOU"], case_sensitive=False),
        metavar="[auto|IOB1|IOB2|BIO|BIOES|BILOU]",
        help="How tags mark mentions; BIO is IOB2.  [default: auto]",
    ),
    only(
        "--from conll",
        "--malformed",
        type=click.Choice(["refuse", "keep", "drop"]),
        help="Mentions that break the scheme: refuse the file and list them, keep them as "
        "conlleval does, drop them as seqeval's strict mode does.  [default: refuse]",
    ),
    only(
        "--from conll",
        "--documents",
        type=click.Choice(["auto", "sentences"]),
        help="A document is what -DOCSTART- or # newdoc lines mark off, else a sentence; or "
        "always a sentence.  [default: auto]",
    ),
    only(
        "--from doccano",
        "--offsets",
        type=click.Choice(["utf16", "code-points"]),
        help="What its offsets count.  [default: utf16]",
    ),
    only(
        "--from huggingface",
        "--names",
        metavar="TAGS",
        help="What tags that are numbers mean: O,B-PER,I-PER,...",
    ),
    only(
        "--from label-studio",
        "--take",
        type=click.Choice(["auto", "annotations", "predictions"]),
        help="What of a task.  [default: its annotations, else its predictions]",
    ),
    only(
        "--from label-studio",
        "--annotator",
        metavar="WHO",
        help="Whose annotations, by e-mail address or number.",
    ),
    only(
        "--from label-studio",
        "--model",
        metavar="VERSION",
        help="The predictions of which model version.",
    ),
    only(
        "--from label-studio",
        "--text-key",
        metavar="KEY",
        help="Where in a task's data the text is.  [default: text]",
    ),
    only(
        "--from table",
        "--columns",
        metavar="NAMES",
        help="Columns that are called otherwise: document=doc_id,label=type,...",
    ),
)
"""The options of reading, each named as in Python; one not given is left to the format."""

SIDES = (schema, texts, on_error, *READING)
"""The options of commands that read gold and predictions, or annotators' work."""


def apply(options: Sequence[Option]) -> Option:
    """Give a command several options, in their order."""

    def applied(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return applied
