"""What the rules find in a text, in a form that a test can compare."""

from __future__ import annotations

from typing import Any

from toolkit.extractors.rules import extract
from toolkit.model import Mention


def found(text: str, label: str) -> list[Mention]:
    return [mention for mention in extract(text) if mention.label == label]


def only(text: str, label: str) -> Mention:
    (mention,) = found(text, label)
    return mention


def words(text: str, mention: Mention) -> list[str]:
    return [text[start:end] for start, end in mention.place]


def all_words(text: str, label: str) -> list[str]:
    """The words of every mention of a label, its fragments joined by " + "."""
    return [" + ".join(words(text, mention)) for mention in found(text, label)]


def span(text: str, value: Any) -> str:
    return text[value["start"] : value["end"]]
