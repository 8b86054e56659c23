"""Grounding beside langextract's aligner: speed on verbatim strings, right answers on hard cases.

    python benchmarks/grounding.py FOLDER_OF_TEXTS

langextract must be importable by the interpreter that LANGEXTRACT_PYTHON names (an environment of
its own, with `pip install langextract`); without it only our side is measured.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

import yaml

CASES = Path(__file__).parent.parent / "tests" / "grounding" / "cases.yaml"

THEIRS = """
import json, sys, time
from langextract.core import data
from langextract.resolver import WordAligner
out = []
for text, quotes in json.load(sys.stdin):
    groups = [[data.Extraction("x", quote) for quote in quotes]]
    began = time.perf_counter()
    try:
        (found,) = WordAligner().align_extractions(groups, text)
        spans = [[e.char_interval.start_pos, e.char_interval.end_pos] if e.char_interval else None
                 for e in found]
    except Exception as error:
        spans = [type(error).__name__] * len(quotes)
    out.append((time.perf_counter() - began, spans))
json.dump(out, sys.stdout)
"""


def ours(batches: list[tuple[str, list[str]]]) -> list[tuple[float, list[list[int] | None]]]:
    """Seconds and places of each batch, with our grounding."""
    from toolkit.grounding.locate import Text

    out = []
    for text, quotes in batches:
        began = time.perf_counter()
        found = Text(text).locate([tuple(quote.split(" … ")) for quote in quotes])
        spans = [[one.place[0].start, one.place[-1].end] if one.place else None for one in found]
        out.append((time.perf_counter() - began, spans))
    return out


def theirs(batches: list[tuple[str, list[str]]]) -> list[tuple[float, list[list[int] | None]]]:
    """The same with langextract, in its own interpreter."""
    done = subprocess.run(
        [os.environ["LANGEXTRACT_PYTHON"], "-c", THEIRS],
        input=json.dumps(batches),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def verbatim(texts: list[str], quotes: int) -> list[tuple[str, list[str]]]:
    """Stretches of 1 to 12 words of each text, as they stand there and in order."""
    pick = random.Random(0)
    batches = []
    for text in texts:
        words = [found.span() for found in re.finditer(r"\w+", text)]
        firsts = sorted(pick.randrange(len(words)) for _ in range(quotes))
        lasts = [min(first + pick.randint(0, 11), len(words) - 1) for first in firsts]
        pairs = zip(firsts, lasts, strict=True)
        batches.append((text, [text[words[a][0] : words[b][1]] for a, b in pairs]))
    return batches


def hard() -> tuple[list[tuple[str, list[str]]], list[list[list[int] | None]]]:
    """The hard cases that are not about several pieces, with the hull of the right place."""
    batches, right = [], []
    for case in yaml.safe_load(CASES.read_text(encoding="utf-8")):
        rows = [row for row in case["answer"] if row[0] and "…" not in row[0]]
        if not rows:
            continue
        places: list[list[int] | None] = []
        for _, _, *snippet in rows:
            if not snippet:
                places.append(None)
                continue
            before = case["text"].index(re.sub(r"[][]", "", snippet[0]))
            marks = [f.start() - i for i, f in enumerate(re.finditer(r"[][]", snippet[0]))]
            places.append([before + marks[0], before + marks[-1]])
        batches.append((case["text"], [row[0] for row in rows]))
        right.append(places)
    return batches, right


def main() -> None:
    """Print seconds and right answers of both."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(Path(sys.argv[1]).glob("*.txt"))]
    sides = {"toolkit": ours} | (
        {"langextract": theirs} if "LANGEXTRACT_PYTHON" in os.environ else {}
    )
    for quotes in (10, 30, 100):
        batches = verbatim(texts, quotes)
        seconds = {
            name: min(sum(t for t, _ in run(batches)) for _ in range(3))
            for name, run in sides.items()
        }
        times = seconds.get("langextract", 0) / seconds["toolkit"]
        print(f"{len(texts)} texts, {quotes} verbatim strings each:", end=" ")
        print(*(f"{name} {s * 1000:.1f} ms" for name, s in seconds.items()), f"({times:.0f}x)")
    batches, right = hard()
    for name, run in sides.items():
        found = [spans for _, spans in run(batches)]
        pairs = [p for f, r in zip(found, right, strict=True) for p in zip(f, r, strict=True)]
        good = sum(f == r for f, r in pairs)
        wrong = sum(f != r and f is not None for f, r in pairs)
        print(f"hard cases, {name}: {good} of {len(pairs)} right, {wrong} at a wrong place")


if __name__ == "__main__":
    main()
