"""Documents of one format written in another, with everything said that is lost on the way."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from toolkit.errors import DataError, Problem
from toolkit.formats import WRITERS, StrPath, find_writer, of_use, refuse_unknown
from toolkit.formats.gold import read_gold
from toolkit.formats.holding import Lost
from toolkit.formats.mapping import apply_mapping, load_mapping
from toolkit.schema.load import load_schema
from toolkit.schema.nouns import LabelSchema

ENDINGS = {".jsonl": "native"}
"""The formats that a file's ending alone tells, where the target's format is not said."""


class Converted(NamedTuple):
    """How much there was to write, what the target cannot hold of it, and what else to know."""

    documents: int
    mentions: int
    format: str
    lost: Lost
    notices: tuple[str, ...]


def convert(
    source: StrPath,
    target: StrPath,
    *,
    format: str | None = None,  # noqa: A002
    to: str | None = None,
    mapping: StrPath | None = None,
    texts: StrPath | None = None,
    schema: StrPath | LabelSchema | None = None,
    **options: Any,
) -> Converted:
    """Read the documents of `source` in a `format`, or that which its content shows, and write them
    to `target` in the format `to`, or that which its ending shows.

    `mapping` is a YAML file of other names for labels and fields, `texts` a folder of texts,
    `schema` the labels' schema, for formats that can use it. The `options` are those of reading;
    those of writing have `to_` before their names: `to_scheme="BIOES"`.
    """
    form = to or ENDINGS.get(Path(target).suffix)
    if form is None:
        hint = "say which with --to: " + ", ".join(WRITERS)
        raise DataError(Problem(str(target), "its ending shows no format", hint))
    if Path(source).exists() and Path(target).exists() and Path(source).samefile(target):
        raise DataError(Problem(str(target), "would be written over what is read", "name another"))
    writer = find_writer(form)
    given = {name: options.pop(name) for name in list(options) if name.startswith("to_")}
    given = {name[3:]: value for name, value in given.items() if value is not None}
    refuse_unknown(form, writer, given, positional=2)
    rules = schema if schema is None or isinstance(schema, LabelSchema) else load_schema(schema)
    names = load_mapping(mapping) if mapping is not None else None
    corpus = read_gold(source, texts=texts, schema=rules, format=format, **options)
    documents, notices = list(corpus), list(corpus.notices)
    if names:
        documents, said = apply_mapping(documents, names)
        notices += said
    lost = writer(documents, target, **given, **of_use(writer, schema=rules))
    mentions = sum(len(document.mentions) for document in documents)
    return Converted(len(documents), mentions, form, lost, tuple(notices))
