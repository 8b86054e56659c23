"""Text made comparable: what a reader would call the same words."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_QUOTES = str.maketrans({**dict.fromkeys("‘’‚‛′`´", "'"), **dict.fromkeys("“”„‟″«»", '"')})
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | {"\u00ad": None, "\u200b": None})


@lru_cache(4096)
def fold(text: str) -> str:
    """`text` for comparison: NFKC, case folded, plain quotes and dashes, single spaces."""
    if text.isascii():
        return " ".join(text.replace("`", "'").casefold().split())
    text = unicodedata.normalize("NFKC", text.translate(_QUOTES).translate(_DASHES))
    text = text.translate(_QUOTES).translate(_DASHES).casefold()
    return " ".join(unicodedata.normalize("NFKC", text).split())
