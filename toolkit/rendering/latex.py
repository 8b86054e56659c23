"""Tables for a paper, with the rules of the package booktabs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.rendering.sections import Section
from toolkit.rendering.wording import visible

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "–": "--",
    "−": "$-$",
    **{character: "\\" + character for character in "&%$#_{}"},
}

_FIGURE = re.compile(r"^(\d+\.\d) (\d+–\d+|–) *([a-z]*)$")


def page(summary: Sequence[str], sections: Sequence[Section]) -> str:
    """A tabular for each section, title and notes as comments; needs `\\usepackage{booktabs}`."""
    lines = [f"% {visible(line)}" for line in summary]
    for section in sections:
        lines += ["", f"% {section.title}. {section.note}"]
        lines += [r"\begin{tabular}{" + _rules(section) + "}", r"\toprule", _row(section.columns)]
        lines += [r"\midrule", *map(_row, section.rows), r"\bottomrule", r"\end{tabular}"]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """`text` in which LaTeX acts on nothing."""
    return "".join(_SPECIAL.get(character, character) for character in visible(text))


def _rules(section: Section) -> str:
    return "l" * section.texts + "r" * (len(section.columns) - section.texts)


def _row(cells: Sequence[str]) -> str:
    return " & ".join(map(_cell, cells)) + r" \\"


def _cell(text: str) -> str:
    """A figure with its interval small and the letters of its group raised; else plain words."""
    found = _FIGURE.match(text)
    if not found:
        return escape(text)
    figure, ends, letters = found.groups()
    raised = rf"\textsuperscript{{{letters}}}" if letters else ""
    return rf"{figure}{raised} {{\scriptsize [{escape(ends)}]}}"
