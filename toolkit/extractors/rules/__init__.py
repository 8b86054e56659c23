"""The built-in baseline: speakers, quotes, claims and sanctions by rules and word lists."""

from __future__ import annotations

from toolkit.extractors.rules.extraction import extract

__all__ = ["extract"]
