"""A Python function as a process that `toolkit.extractors.processes` asks.

`python -m toolkit.extractors.worker NAME OPTIONS PATH`: the extractor's options and `sys.path` are
JSON.
"""

from __future__ import annotations

import json
import os
import sys

import msgspec

from toolkit.errors import ToolkitError
from toolkit.extractors.answers import Answer, Failed, read_question
from toolkit.extractors.find import find_extractor
from toolkit.extractors.functions import call


def main(name: str, options: str, path: str) -> None:
    """Answer questions until there are no more."""
    sys.path += [folder for folder in json.loads(path) if folder not in sys.path]
    # What an extractor prints goes to standard error, so that it never stands between answers.
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    try:
        function = find_extractor(name, **json.loads(options))
    except ToolkitError as error:
        sys.exit(str(error))
    answers.write(b"{}\n")
    for line in sys.stdin.buffer:
        documents, batched = read_question(line)
        try:
            found = call(function, documents, batched=batched)
        except (Failed, ToolkitError) as error:
            found = [Answer(error=str(error))] * len(documents)
        answers.write(msgspec.json.encode(found if batched else found[0]) + b"\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
