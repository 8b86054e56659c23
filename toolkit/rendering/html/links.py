"""Addresses within a report: what a number, a cell or a name leads to."""

from __future__ import annotations

from urllib.parse import urlencode


def to_list(system: int, **wanted: str | None) -> str:
    """The list of what stands behind a number."""
    asked = {key: value for key, value in wanted.items() if value is not None}
    return "#" + _encoded({"list": "", "system": str(system), **asked})


def to_document(document: str, mention: str | None = None) -> str:
    """A document, with one of its mentions chosen: gold's as `g.ID`, a system's as `NUMBER.ID`."""
    return "#" + _encoded({"doc": document} | ({"mention": mention} if mention else {}))


def _encoded(parameters: dict[str, str]) -> str:
    """As a browser spells it; half a surrogate pair becomes U+FFFD there."""
    sound = {
        key: "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in value)
        for key, value in parameters.items()
    }
    return urlencode(sound)
