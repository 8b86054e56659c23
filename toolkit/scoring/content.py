"""What a mention says, apart from the id that a file happens to give it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from toolkit.model import Mention
from toolkit.spans import Place

Content: TypeAlias = tuple[Place, str, str]
"""Place, label and fields."""


def describer(mentions: Sequence[Mention]) -> Callable[[Mention], Content]:
    """What each mention of a document says; a reference says where it leads, not by which id."""
    by_id: dict[str, Mention] = {}

    def said(value: Any) -> Any:
        if isinstance(value, list):
            return sorted(map(said, value), key=repr)
        if not (isinstance(value, dict) and "ref" in value):
            return value
        if not by_id:
            by_id.update((mention.id, mention) for mention in mentions)
        target = by_id.get(str(value["ref"]))
        return (target.place, target.label) if target else None

    def content(mention: Mention) -> Content:
        if not mention.fields:
            return mention.place, mention.label, ""
        fields = [(name, said(value)) for name, value in sorted(mention.fields.items())]
        return mention.place, mention.label, repr(fields)

    return content
