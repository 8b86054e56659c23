"""Pairs of quotation marks."""

from __future__ import annotations

import pytest

from toolkit.extractors.rules.marks import quotations


def marked(text: str) -> list[tuple[str, int]]:
    return [(text[one.start : one.end], one.depth) for one in quotations(text)]


@pytest.mark.parametrize(
    "marks", ["“”", '""', "«»", "»«", "„“", "„”", "‘’", "''", "‚‘", "‹›", "「」"], ids=repr
)
def test_every_style_of_marks_is_paired(marks: str) -> None:
    quoted = f"{marks[0]}It is late{marks[1]}"
    assert marked(f"Odo said {quoted} twice.") == [(quoted, 0)]


def test_marks_inside_marks_stand_deeper() -> None:
    assert marked("“He said ‘no’ twice”") == [("“He said ‘no’ twice”", 0), ("‘no’", 1)]


def test_apostrophes_are_no_marks() -> None:
    assert marked("It's the yards' own crew's fault") == []
    assert marked("'It's late'") == [("'It's late'", 0)]


def test_a_paragraph_that_goes_on_in_the_next_is_quoted_to_its_end() -> None:
    text = "“We tried.\n\n“We failed,” she said."
    assert marked(text) == [("“We tried.", 0), ("“We failed,”", 0)]


def test_a_mark_left_open_inside_a_paragraph_quotes_nothing() -> None:
    assert marked('A 6" pipe burst.\n\nThe “old pier.\n\nThe end”') == []


def test_marks_around_nothing_are_no_quotation() -> None:
    assert marked("“ ” and “”") == []
