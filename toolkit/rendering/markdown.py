"""The report in Markdown, for pull requests and notes."""

from __future__ import annotations

import re

from toolkit.rendering.sections import Section, sections, summary
from toolkit.rendering.wording import visible
from toolkit.scoring.scorecard import Scorecard

_ACTIVE = re.compile(
    r"""
    [\\`*|\[\]~]                    # code, emphasis, cells, links, struck out
    | (?<![^\W_])_ | _(?![^\W_])    # emphasis; within a word an underscore is one
    | @(?=\w) | \#(?=\w)            # a forge's people and threads; e-mail addresses
    | :(?=//) | (?<=www)\.          # bare addresses
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Characters where Markdown, or a forge that shows it, would act on them."""

_ENTITY = re.compile(r"&(?=\#?\w+;)")


def render(card: Scorecard, *more: Section) -> str:
    """Headed tables; texts and values from data are escaped."""
    return page("Scorecard", summary(card), [*sections(card), *more])


def page(title: str, summary: list[str], sections: list[Section]) -> str:
    """A title, a list of what was done, then titled tables."""
    lines = [f"# {title}", ""]
    lines += [f"- {code(line)}" for line in summary]
    for section in sections:
        lines += ["", f"## {section.title}", "", *_table(section)]
        if section.note:
            lines += ["", escape(section.note)]
    return "\n".join(lines) + "\n"


def code(text: str) -> str:
    """`text` as a code span, in which nothing is acted on."""
    return "`" + visible(text).replace("`", "'") + "`"


def escape(text: str) -> str:
    """`text` as plain words within a line of Markdown, with no more escapes than that needs."""
    plain = _ENTITY.sub("&amp;", visible(text)).replace("<", "&lt;")
    return _ACTIVE.sub(r"\\\g<0>", plain)


def _table(section: Section) -> list[str]:
    rules = ["---" if i < section.texts else "---:" for i in range(len(section.columns))]
    rows = [section.columns, *section.rows]
    lines = ["| " + " | ".join(map(escape, row)) + " |" for row in rows]
    lines.insert(1, "|" + "|".join(rules) + "|")
    return lines
