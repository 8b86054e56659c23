"""The examples published with CEAF-REE (Du, Rush and Cardie 2021): entities that fill the roles of
a document's one event. An entity has several names in gold, and may have several in an answer.

A document is a record whose roles are fields with many values. An answer of one name for each
entity is an `entity` field, with the gold names as aliases. Sets of names on both sides are values
of one text, compared by a function that the schema names.
"""

import pytest

from toolkit.model import Corpus, Document, Entities, Mention
from toolkit.schema.load import load_schema
from toolkit.scoring.score import score

GOLD = "m1|m2|m3, m4, m5, m6"

# name: gold and predicted roles of each document, then strict precision, recall and F1 in percent
SINGLE_NAMES = {
    "1": ([{"r": "a1|a2|a3, b, c"}], [{"r": "b, a1, c, a3"}], (75, 100, 85.71)),
    "2": ([{"r": "a1|a2|a3, b, c"}], [{"r": "a1, b, c"}], (100, 100, 100)),
    "3": ([{"r": "a1|a2|a3, b, c"}], [{"r": "a1, c"}], (100, 66.67, 80)),
    "4": ([{"r": GOLD}], [{"r": "m4, m1, m5, m6, m3"}], (80, 100, 88.89)),
}
SETS_OF_NAMES = {
    "5": ([{"r": GOLD}], [{"r": "m1|m2, m4, m5, m6"}], (100, 100, 100)),
    "6": ([{"r": GOLD}], [{"r": "m1|m2|m3|m4, m5, m6"}], (66.67, 50, 57.14)),
    "7": (
        [{"r": GOLD}, {"r": GOLD}, {"r": GOLD}, {"r": GOLD, "s": GOLD, "t": GOLD}],
        [
            {"r": "m4, m1, m5, m6, m3"},
            {"r": "m1|m2, m4, m5, m6"},
            {"r": "m1|m2|m3|m4, m5, m6"},
            {
                "r": "m4, m1, m5, m6, m3",
                "s": "m1|m2, m4, m5, m6",
                "t": "m1|m2|m3|m4, m5, m6",
            },
        ],
        (83.33, 83.33, 83.33),
    ),
}


def schema(folder, field):
    file = folder / "events.yaml"
    file.write_text(
        "schema: events\nversion: 1.0.0\nlabels:\n  event:\n    description: What happened.\n"
        "    match: none\n    fields:\n"
        + "".join(f"      {role}: {{{field}, many: true}}\n" for role in "rst")
    )
    return load_schema(file)


def documents(written):
    for number, roles in enumerate(written, 1):
        fields = {role: entities.split(", ") for role, entities in roles.items()}
        yield Document(f"d{number}", mentions=(Mention("e", "event", fields=fields),))


def figures(card):
    (row,) = (
        r for r in card.rows if (r.label, r.field, r.view) == ("(micro)", "(all)", "end_to_end")
    )
    return tuple(round(100 * figure, 2) for figure in (row.precision, row.recall, row.f1))


@pytest.mark.parametrize(
    ("gold", "predicted", "expected"), SINGLE_NAMES.values(), ids=SINGLE_NAMES.keys()
)
def test_one_name_for_each_entity_is_an_entity_field(gold, predicted, expected, tmp_path):
    names = [entity.split("|") for entity in gold[0]["r"].split(", ")]
    corpus = Corpus(
        list(documents([{"r": ", ".join(first for first, *_ in names)}])),
        entities=Entities({first: tuple(others) for first, *others in names}),
    )
    card = score(corpus, documents(predicted), schema(tmp_path, "type: entity"))
    assert figures(card) == expected


EVERY = SINGLE_NAMES | SETS_OF_NAMES


@pytest.mark.parametrize(("gold", "predicted", "expected"), EVERY.values(), ids=EVERY.keys())
def test_sets_of_names_compare_by_a_function_of_ones_own(gold, predicted, expected, tmp_path):
    rules = schema(tmp_path, "type: text, compare: 'conformance.ceaf_ree:subset'")
    assert figures(score(documents(gold), documents(predicted), rules)) == expected
