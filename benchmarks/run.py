"""Measures the toolkit beside other scorers and prints the table; `make bench` runs it."""

from __future__ import annotations

import argparse
import cProfile
import os
import platform
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks.measure import Row, Unmeasured
from benchmarks.rows import SECTIONS, Measure, Setting, score, score_files

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
SHOWN = 14
"""Functions that a profile shows."""

PACKAGES = ("extraction-toolkit", "numpy", "scipy", "msgspec", "nervaluate", "seqeval", "spacy")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument(
        "--quick",
        action="store_true",
        help="a tenth of the documents and fewer rounds; the figures are rough and not kept",
    )
    names = [measure.__name__ for measures in SECTIONS.values() for measure in measures]
    parser.add_argument(
        "--only", nargs="+", choices=names, help="measure these alone, keep nothing"
    )
    asked = parser.parse_args()
    whole = not asked.quick and not asked.only
    with tempfile.TemporaryDirectory() as folder:
        setting = Setting(Path(folder), quick=asked.quick)
        text = "\n".join(_report(setting, asked.only))
    print(text)
    if whole:
        RESULTS.write_text(text + "\n")
        print(f"\nwritten to {RESULTS}", file=sys.stderr)


def _report(setting: Setting, only: list[str] | None) -> Iterator[str]:
    found: dict[str, list[Row]] = {}
    loads = [os.getloadavg()[0]]
    for section, measures in SECTIONS.items():
        found[section] = []
        for measure in measures:
            found[section] += _measured(measure, setting, only)
            loads.append(os.getloadavg()[0])
    yield from _head(setting, loads)
    for section, rows in found.items():
        if rows:
            yield from ("", f"## {section}", "", *_table(rows))
    if not only:
        sides, files = setting.corpora(), setting.files
        yield from _profile("Where the time goes, in memory", lambda: score(sides))
        yield from _profile("Where the time goes, from files", lambda: score_files(files))


def _measured(measure: Measure, setting: Setting, only: list[str] | None) -> Iterable[Row]:
    if only and measure.__name__ not in only:
        return []
    print(f"{measure.__name__} ...", file=sys.stderr, flush=True)
    found: list[Row] = []
    try:
        rows = measure(setting)
        for row in (rows,) if isinstance(rows, Row) else rows:
            found.append(row)
    except Exception as error:  # one line that fails does not cost the others
        why = str(error) if isinstance(error, Unmeasured) else f"{type(error).__name__}: {error}"
        found.append(Row(measure.__name__.replace("_", " "), why=" ".join(why.split())))
    return found


def _head(setting: Setting, loads: list[float]) -> Iterator[str]:
    yield "# Measured"
    yield ""
    yield (
        f"{datetime.now(UTC):%Y-%m-%d}, by `make bench`: {setting.documents:,} documents with "
        f"about 20 gold and 20 predicted mentions each, {setting.rounds} rounds in turn, medians. "
        "What is measured and how is told in [README.md](README.md)."
    )
    yield ""
    yield f"- Machine: {_machine()}."
    yield f"- Load average: {loads[0]:.1f} when it began, {max(loads):.1f} at the most."
    known = [f"{name} {found}" for name in PACKAGES if (found := _version(name))]
    yield f"- Python {platform.python_version()}, {', '.join(known)}{_revision()}."


def _machine() -> str:
    model = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next(line.split(":")[1].strip() for line in lines if "model name" in line)
    except (OSError, StopIteration):
        pass
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _revision() -> str:
    words = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    done = subprocess.run(words, cwd=HERE, capture_output=True, text=True, check=False)
    return f", at revision {done.stdout.strip()}" if done.returncode == 0 else ""


def _table(rows: Iterable[Row]) -> Iterator[str]:
    yield "| what | figure | range | floor | aim | | toolkit | other |"
    yield "|---|--:|--:|--:|--:|---|--:|--:|"
    for row in rows:
        figure = _figure(row.figure, row.unit) if row.figure is not None else ""
        floor = aim = ""
        if row.bound:
            way = "≤ " if row.bound.most else "≥ "
            floor = way + _figure(row.bound.floor, row.unit)
            aim = way + _figure(row.bound.aim, row.unit) if row.bound.aim is not None else ""
        cells = (row.name, figure, row.spread, floor, aim, row.state, row.ours, row.other)
        yield "| " + " | ".join(cells) + " |"


def _figure(figure: float, unit: str) -> str:
    digits = f"{figure:.0f}" if figure >= 100 else f"{figure:.3g}"
    return f"{digits}x" if unit == "x" else f"{digits} {unit}"


def _profile(title: str, run: Callable[[], Any]) -> Iterator[str]:
    """The functions in which most time is spent, themselves and with what they call."""
    run()
    profile = cProfile.Profile()
    profile.runcall(run)
    stats = pstats.Stats(profile)
    entries: dict[Any, Any] = stats.stats  # type: ignore[attr-defined]
    whole = sum(own for _, _, own, _, _ in entries.values())
    yield from (
        "",
        f"## {title}",
        "",
        "| function | own | with calls | calls |",
        "|---|--:|--:|--:|",
    )
    most = sorted(entries.items(), key=lambda entry: -entry[1][2])[:SHOWN]
    for (file, _, function), (_, calls, own, total, _) in most:
        name = function if file == "~" else f"{_place(file)} {function}"
        name = name.replace("|", "\\|")
        yield f"| `{name}` | {own / whole:.0%} | {total / whole:.0%} | {calls:,} |"
    yield ""
    yield "cProfile makes many small calls look dearer than they are."


def _place(file: str) -> str:
    parts = Path(file).parts
    for root in ("toolkit", "site-packages"):
        if root in parts:
            after = parts[len(parts) - parts[::-1].index(root) - (root == "toolkit") :]
            return "/".join(after)
    return Path(file).name


if __name__ == "__main__":
    started = time.perf_counter()
    main()
    print(f"{time.perf_counter() - started:.0f} seconds", file=sys.stderr)
