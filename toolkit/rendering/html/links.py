"""Addresses within a report: what a number, a cell or a name leads to."""

from __future__ import annotations

from urllib.parse import urlencode

from toolkit.scoring.views import ALL_FIELDS, MACRO, MICRO


def to_list(system: int, **wanted: str | None) -> str:
    """The list of what stands behind a number."""
    asked = {key: value for key, value in wanted.items() if value is not None}
    return "#" + _encoded({"list": "", "system": str(system), **asked})


def to_figure(
    system: int, label: str, field: str | None, view: str, *, outcome: str | None = None
) -> str:
    """The list of all that a figure counts, or of one outcome; none of means, nor of characters."""
    if label == MACRO or view == "characters":
        return ""
    return to_list(
        system,
        view=view,
        label=None if label == MICRO else label,
        field="*" if field == ALL_FIELDS else field,
        outcome=outcome,
    )


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
