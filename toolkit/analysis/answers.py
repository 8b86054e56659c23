"""What mentions say, so that the answers of several systems compare whatever their ids."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import msgspec

from toolkit.model import Document, Mention, Value
from toolkit.spans import Place

Said: TypeAlias = tuple[str, Place, bytes]
"""Label, place and fields of a mention."""

_encode = msgspec.json.Encoder(order="deterministic").encode


def places(document: Document) -> dict[str, Place]:
    """Where each mention of a document stands, by its id."""
    return {mention.id: mention.place for mention in document.mentions}


def said(mention: Mention, of: dict[str, Place]) -> Said:
    """What a mention says; `of` are the places of its document."""
    fields = {name: meant(value, of) for name, value in mention.fields.items() if value is not None}
    return mention.label, mention.place, _encode(fields)


def meant(value: Value, of: Mapping[str, Any]) -> Any:
    """A value with what a reference leads to, such as its place, in place of its id."""
    if isinstance(value, list):
        return [meant(item, of) for item in value]
    if isinstance(value, dict) and "ref" in value:
        return {"ref": of.get(value["ref"], value["ref"])}
    return value
