import re
from pathlib import Path

import pytest

from toolkit.schema.guidelines import LEGEND, guidelines
from toolkit.schema.load import load_schema

HEAD = "schema: news\nversion: 2.1.0\ndescription: What the news says.\n"

LABELS = """\
  quote:
    description: Words | of somebody.
    guideline: |
      1. Take the marks.
      2. Leave the cue.
    examples: {good: ["[yes] he said"], bad: ["yes [he said]"]}
    decisions:
      - {when: The cue splits it., do: Two fragments., good: "[a] he [b]", bad: "[a he b]"}
    fields:
      kind:
        type: choice
        required: true
        description: What kind.
        agreement: alpha .86
        values: {direct: {full: In | marks.}, free: Without marks.}
      acts: {type: choice, many: true, values: [a, b]}
      source: {type: ref, to: quote, many: true}
      day: {type: date, guideline: As precise as the text.}
  empty: {description: Has no fields.}
"""


@pytest.fixture
def page(load):
    return guidelines(load(head=HEAD, labels=LABELS))


@pytest.mark.parametrize(
    "line",
    [
        "# Annotation guidelines: news 2.1.0",
        "What the news says.",
        "| [**quote**](#quote) | Words \\| of somebody. | `kind`, `acts`, `source`, `day` |",
        "| [**empty**](#empty) | Has no fields. | none |",
        "## quote",
        "2. Leave the cue.",
        "- ✓ [yes] he said",
        "- ✗ yes [he said]",
        "- **The cue splits it.** Two fragments.",
        "  - ✓ [a] he [b]",
        "  - ✗ [a he b]",
        "#### kind",
        "*Choose one, required.* What kind.",
        "| `direct` |  |",
        "| &nbsp;&nbsp;&nbsp;`full` | In \\| marks. |",
        "| `free` | Without marks. |",
        "Agreement between people: alpha .86.",
        "*Choose all that hold.* ",
        "*Link to a quote, several.* ",
        "As precise as the text.",
    ],
)
def test_the_page_says_all_that_the_schema_says(page, line):
    assert line in page.splitlines()


def test_the_marks_of_examples_are_explained_where_there_are_any(load, page):
    assert page.count(LEGEND) == 1
    assert LEGEND not in guidelines(load(head=HEAD, labels="  empty: {description: Nothing.}\n"))


def test_a_label_without_hard_cases_has_no_heading_for_them(page):
    assert page.count("### Hard cases") == 1
    assert page.count("### Fields of") == 1


def test_the_page_ends_in_one_line_end(page):
    assert page.endswith("\n")
    assert not page.endswith("\n\n")


@pytest.mark.parametrize("name", ["speakers", "claims", "sanctions", "news"])
def test_every_table_row_of_the_shipped_guidelines_has_as_many_cells_as_its_head(name):
    schema = load_schema(Path(__file__).parents[2] / "schemas" / f"{name}.yaml")
    for table in re.findall(r"(?:^\|.*\n)+", guidelines(schema), re.MULTILINE):
        rows = [len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()]
        assert len(set(rows)) == 1, table
