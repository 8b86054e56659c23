"""Size and speed of the HTML report in headless Chromium: `make bench-html`.

The table goes into docs/report.md where all sizes are measured, else it is printed alone.
"""

from __future__ import annotations

import random
import re
import shutil
import statistics
import sys
import tempfile
import time
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec
from playwright.sync_api import Page, sync_playwright

import toolkit
from toolkit.model import Corpus, Document, Mention

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs" / "report.md"
BLOCK = re.compile(r"(?<=<!-- make bench-html -->\n).*?(?=<!-- end -->)", re.DOTALL)

SIZES = (10_000, 100_000)
WORDS, MENTIONS = 200, 20
"""Of a document: words of `seeds/`, and gold mentions."""

LABELS, KINDS = ("speaker", "claim", "quote", "sanction"), ("a", "b", "c", "d")

OPENED = 20
"""Documents opened one after another."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

UNTIL = """async ([act, done, ...given]) => {
    const [start, reached] = [act, done].map((body) => new Function('given', body));
    const since = performance.now();
    start(given);
    while (!reached(given)) {
        await new Promise((go) => setTimeout(go, 1));
        if (performance.now() - since > 60000) throw new Error('nothing within a minute');
    }
    return (performance.now() - since) / 1000;
}"""
"""Seconds from an act to what it brings about, both bodies of functions of what is `given`."""

SHOW = "document.getElementById('list-count').textContent = ''; location.hash = given[0];"
READ = """return document.getElementById('document-title').textContent === given[1]
    && document.querySelector('#sheet .piece') !== null;"""
LISTED = "return /^[0-9,]+ item/.test(document.getElementById('list-count').textContent);"
SEARCH = """document.getElementById('documents-count').textContent = '';
    const field = document.querySelector('.chooser input');
    field.value = given[0];
    field.dispatchEvent(new Event('input'));"""
FOUND = "return /^[0-9,]+ document/.test(document.getElementById('documents-count').textContent);"


def main(sizes: list[int]) -> None:
    """Measure pages of so many documents."""
    columns = [measured(size) for size in sizes or SIZES]
    heads = [f"{size:,} documents" for size in sizes or SIZES]
    lines = [["", *heads], ["---"] * (len(heads) + 1)]
    lines += [[row, *(column[row] for column in columns)] for row in columns[0]]
    text = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    if not sizes:
        DOCS.write_text(BLOCK.sub(lambda _: text, DOCS.read_text(encoding="utf-8")), "utf-8")
    print(text)


def measured(size: int) -> dict[str, str]:
    """What a page of so many documents takes, row by row."""
    gold, predicted = sides(size)
    card = toolkit.score(gold, predicted)
    since = time.perf_counter()
    page = toolkit.html_report({"system": card}, gold, {"system": predicted})
    writing = time.perf_counter() - since
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.html"
        file.write_text(page, encoding="utf-8")
        megabytes = file.stat().st_size / 1e6
        seconds = in_browser(file)
    return {
        "documents in the page": _held(page, size),
        "file": f"{megabytes:.1f} MB",
        **{name: f"{taken:.2f} s" for name, taken in seconds.items()},
        "writing it": f"{writing:.0f} s",
    }


def _held(page: str, size: int) -> str:
    found = re.search(r"holds (\d+) of \d+ documents.*?with (\d+) of (\d+) errors", page)
    if found is None:
        return f"{size:,}"
    kept, errors, all_errors = map(int, found.groups())
    return f"{kept:,}, with {errors:,} of {all_errors:,} errors"


def in_browser(file: Path) -> dict[str, float]:
    """Seconds of what a reader does, each from the act to the result."""
    with sync_playwright() as playwright:
        chromium = next(filter(None, map(shutil.which, BROWSERS)))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.goto(file.as_uri())
        painted = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
        found = {"first paint": page.evaluate(painted), **_reading(page)}
        browser.close()
    return found


def _reading(page: Page) -> dict[str, float]:
    address = page.url

    def until(act: str, done: str, *given: Any) -> float:
        return float(page.evaluate(UNTIL, [act, done, *given]))

    until("location.hash = '#doc=';", "return document.querySelector('#sheet .piece') !== null;")
    names = page.evaluate(
        "[...document.querySelectorAll('#documents-found a bdi')].map((name) => name.textContent)"
    )
    opened = [until(SHOW, READ, f"#doc={name}", name) for name in names[1 : OPENED + 1]]
    searched = until(SEARCH, FOUND, "kitchen table")
    page.goto("about:blank")
    page.goto(address)
    missed = "#list=&system=0&outcome=missing"
    first = until(SHOW, LISTED, missed)
    return {
        "a document, median": statistics.median(opened),
        "a document, slowest": max(opened),
        "searching all texts, the first time": searched,
        "a list of all missed mentions, the first time": first,
        "another such list": until(SHOW, LISTED, f"{missed}&view=type"),
    }


def sides(size: int) -> tuple[Corpus, Corpus]:
    """Gold and predictions: 75 % found, a fifth of these with a wrong value; 10 % with another
    boundary, 5 % perhaps with another label, 10 % missed.
    """
    draw = random.Random(5)
    words = [word for file in sorted(ROOT.glob("seeds/*.txt")) for word in file.read_text().split()]
    golds, found = [], []
    for number in range(size):
        said = draw.choices(words, k=WORDS)
        ends = list(accumulate(len(word) + 1 for word in said))
        gold = [_marked(k, said, ends, draw) for k in range(MENTIONS)]
        name, meta = f"doc-{number:06}", {"genre": draw.choice(("news", "blog"))}
        golds.append(Document(name, text=" ".join(said), mentions=tuple(gold), meta=meta))
        answers = (_answered(mention, ends, draw) for mention in gold)
        found.append(Document(name, mentions=tuple(one for one in answers if one is not None)))
    return Corpus(golds), Corpus(found)


def _marked(number: int, said: list[str], ends: list[int], draw: random.Random) -> Mention:
    first = draw.randrange(1, WORDS - 10)
    last = first + draw.randrange(1, 6)
    fields: dict[str, Any] = {"kind": draw.choice(KINDS), "who": said[first]}
    label = draw.choice(LABELS)
    return Mention(f"g{number}", label, ends[first - 1], ends[last] - 1, fields=fields)


def _answered(mention: Mention, ends: list[int], draw: random.Random) -> Mention | None:
    chance = draw.random()
    if chance >= 0.9:
        return None
    answer = msgspec.structs.replace(
        mention, id=mention.id.replace("g", "p"), score=round(draw.random(), 2)
    )
    if chance >= 0.85:
        return msgspec.structs.replace(answer, label=draw.choice(LABELS))
    if chance >= 0.75:
        longer = next(end for end in ends if end > (mention.end or 0) + 1)
        return msgspec.structs.replace(answer, end=longer - 1)
    wrong = {**mention.fields, "kind": "other"}
    return msgspec.structs.replace(answer, fields=wrong) if draw.random() < 0.2 else answer


if __name__ == "__main__":
    main([int(size.replace(",", "")) for size in sys.argv[1:]])
