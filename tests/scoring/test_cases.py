"""The cases of `tests/cases/*.yaml`: each is scored as written and backwards."""

import re
from pathlib import Path

import pytest
import yaml

from toolkit.analysis.errors import HALLUCINATED, taxonomy
from toolkit.model import Alternative, Corpus, Document, Entities, Mention
from toolkit.schema.load import load_schema
from toolkit.scoring.score import score
from toolkit.scoring.views import MICRO
from toolkit.spans import Span

CASES = [
    pytest.param(case, id=f"{file.stem}: {case['rule']}")
    for file in sorted((Path(__file__).parent.parent / "cases").glob("*.yaml"))
    for case in yaml.safe_load(file.read_text(encoding="utf-8"))
]

NOTATION = re.compile(
    r"(?:(?P<label>[A-Za-z]\w*)(?:#(?P<id>\w+))?)?(?: ?(?P<place>\d+-\d+(?:\+\d+-\d+)*))?"
    r"(?: ?(?P<fields>{.*?}))?(?P<optional> optional)?"
    r"(?P<unfound> unfound)?\Z"
)


def read_place_and_fields(found):
    spans = [Span(*map(int, part.split("-"))) for part in (found["place"] or "").split("+") if part]
    one = {"start": spans[0].start, "end": spans[0].end} if len(spans) == 1 else {}
    fragments = tuple(spans) if len(spans) > 1 else ()
    return {"fragments": fragments, "fields": yaml.safe_load(found["fields"] or "{}"), **one}


def read_mention(written, position):
    found, *others = (NOTATION.match(part) for part in re.split(r" or (?=\d|{)", written))
    assert found, f"no mention: {written!r}"
    assert all(others), f"no alternative: {written!r}"
    return Mention(
        id=found["id"] or f"m{position}",
        label=found["label"],
        alternatives=tuple(Alternative(**read_place_and_fields(other)) for other in others),
        optional=bool(found["optional"]),
        **({"grounding": "none", "text": "words"} if found["unfound"] else {}),
        **read_place_and_fields(found),
    )


def read_side(side, *, backwards):
    documents = side if isinstance(side, dict) else {"document": side}
    return [
        Document(
            id=name,
            mentions=tuple(read_mention(m, i) for i, m in enumerate(mentions))[
                :: -1 if backwards else 1
            ],
        )
        for name, mentions in documents.items()
    ][:: -1 if backwards else 1]


def read_schema(case, folder):
    if "labels" not in case:
        return None
    labels = {name: {"description": name, **(body or {})} for name, body in case["labels"].items()}
    file = folder / "schema.yaml"
    file.write_text(yaml.safe_dump({"schema": "case", "version": "1", "labels": labels}))
    return load_schema(file)


def expected_rows(card, name):
    """The row that `A.role end_to_end`, `A strict` or `strict` names."""
    subject, _, view = name.rpartition(" ")
    label, _, field = subject.partition(".")
    wanted = (label or MICRO, field or None, view)
    return [row for row in card.rows if (row.label, row.field, row.view) == wanted]


@pytest.mark.parametrize("backwards", [False, True], ids=["as written", "backwards"])
@pytest.mark.parametrize("case", CASES)
def test_case(case, backwards, tmp_path):
    gold = Corpus(
        read_side(case["gold"], backwards=backwards),
        entities=Entities({k: tuple(v) for k, v in case.get("entities", {}).items()}),
    )
    predicted = read_side(case["predicted"], backwards=backwards)
    card = score(gold, predicted, read_schema(case, tmp_path))
    for name, cells in case["expect"].items():
        if name in ("unknown", "not_predicted"):
            assert list(getattr(card, name)) == cells
        elif name == "faults":
            assert list(card.faults) == cells
        elif name == "optional":
            assert card.optional == cells
        elif name == "hallucinated":
            assert {label: found[HALLUCINATED] for label, found in taxonomy(card).items()} == cells
        else:
            (row,) = expected_rows(card, name)
            found = {cell: getattr(row, cell) for cell in cells}
            assert found == {
                cell: pytest.approx(value, abs=5e-5) if value is not None else None
                for cell, value in cells.items()
            }, name
