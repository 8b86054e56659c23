"""Options that several commands take, each named as in Python."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import click

Option: TypeAlias = Callable[[Callable[..., None]], Callable[..., None]]


output = click.option(
    "-o", "--output", metavar="FILE", help="Write here, not to standard output (-)."
)
html = click.option(
    "--html", metavar="FILE", help="Also write the report as one HTML page here, with the texts."
)
schema = click.option(
    "--schema", metavar="SCHEMA", help="A schema file; the gold folder's own otherwise."
)
texts = click.option("--texts", metavar="FOLDER", help="Folder of texts, a .txt file a document.")
on_error = click.option(
    "--on-error",
    type=click.Choice(["stop", "list"]),
    help="Tell the first broken document alone, or list all of both sides.  [default: list; "
    "native: stop]",
)
gold_tokens = click.option(
    "--gold-tokens",
    is_flag=True,
    help="conll: tokens that predictions spell otherwise are GOLD's, one for one.",
)

READING = (
    click.option(
        "--from",
        "format",
        default="native",
        show_default=True,
        metavar="FORMAT",
        help="What the files are: native, conll, doccano, huggingface, label-studio, langextract, "
        "llm, prodigy, table, or package.module:function, a reader of your own; modules in the "
        "current folder are found.",
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


def apply(options: Sequence[Option]) -> Option:
    """Give a command several options, in their order."""

    def applied(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return applied
