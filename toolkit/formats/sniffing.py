"""What the first bytes of a file show."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}\[\]:,]')


@lru_cache(maxsize=4)  # every recogniser asks for those of the same head
def first_keys(head: bytes) -> frozenset[str]:
    """The keys of the first JSON object, or of the first one in lists, as far as they are in
    `head`; none where it begins with something else.
    """
    begin = re.match(rb"(\xef\xbb\xbf)?\s*(\[\s*)*(?=\{)", head)
    if not begin:
        return frozenset()
    keys: set[str] = set()
    depth = 0
    for token, after in pairwise(match[0] for match in _TOKEN.finditer(head, begin.end())):
        depth += token in b"{["
        depth -= token in b"}]"
        if depth == 0:
            break
        if depth == 1 and token[:1] == b'"' and after == b":":
            keys.add(token[1:-1].decode("utf-8", "replace"))
    return frozenset(keys)


def first_lines(head: bytes, count: int = 50) -> list[str]:
    """The first whole lines that are not blank; none where `head` is not UTF-8 text."""
    whole = head.rpartition(b"\n")[0] if len(head) >= 65536 else head
    try:
        text = whole.decode("utf-8-sig")
    except UnicodeDecodeError:
        return []
    return [line for line in text.split("\n") if line.strip()][:count]
