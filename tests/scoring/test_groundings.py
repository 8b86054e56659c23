"""Words that are not in the text: an error of its own, counted once, at no other figure's cost."""

import pickle
from collections import Counter

import pytest

from toolkit.analysis.errors import groundings, taxonomy
from toolkit.model import Document, Mention
from toolkit.rendering import render
from toolkit.schema.load import load_schema
from toolkit.scoring.saved import load_card
from toolkit.scoring.score import score

GOLD = [
    Document(
        "d",
        mentions=(
            Mention("a", "speaker", 0, 8),
            Mention("b", "speaker", 20, 30),
            Mention("c", "claim", 40, 60),
            Mention("r", "speaker", fields={"kind": "person"}),
        ),
    )
]
FOUND = [
    Document(
        "d",
        mentions=(
            Mention("1", "speaker", 0, 8, grounding="exact"),
            Mention("2", "speaker", 20, 28, grounding="fuzzy"),
            Mention("3", "speaker", 40, 60, grounding="ambiguous"),
            Mention("4", "speaker", 70, 80, grounding="normalised"),
            Mention("5", "speaker", 90, 95),
            Mention("6", "speaker", text="Nobody Atall", grounding="none"),
            Mention("7", "speaker", text="A", fields={"kind": "person"}, grounding="none"),
        ),
    )
]


def without_groundings(documents):
    return [
        Document(
            each.id,
            mentions=tuple(
                Mention(m.id, m.label, m.start, m.end, fields=m.fields)
                for m in each.mentions
                if m.place or not m.text
            ),
        )
        for each in documents
    ]


def test_each_mention_is_counted_by_how_it_was_found_and_what_it_is():
    assert score(GOLD, FOUND).groundings == {
        ("speaker", "exact", "correct"): 1,
        ("speaker", "fuzzy", "partial"): 1,
        ("speaker", "ambiguous", "incorrect"): 1,
        ("speaker", "normalised", "spurious"): 1,
        ("speaker", "none", "spurious"): 2,
    }


def test_what_is_hallucinated_is_an_error_of_its_own():
    card = score(GOLD, FOUND)
    errors = taxonomy(card)["speaker"]
    assert (errors["hallucinated"], errors["spurious"]) == (2, 2)
    said = [v for v in card.errors("speaker") if v.kind == "hallucinated" and v.field is None]
    assert [(v.outcome, v.predicted) for v in said] == [
        ("spurious", "A"),
        ("spurious", "Nobody Atall"),
    ]
    assert taxonomy(card)["claim"]["hallucinated"] == 0


def test_it_costs_precision_what_any_spurious_mention_costs():
    other = [
        Document("d", mentions=(*FOUND[0].mentions[:5], *placed((100, 110), (120, 130)))),
    ]
    figures = [
        (row.label, row.view, row.precision, row.recall)
        for row in score(GOLD, FOUND).rows
        if row.field is None and row.view != "characters"
    ]
    assert figures == [
        (row.label, row.view, row.precision, row.recall)
        for row in score(GOLD, other).rows
        if row.field is None and row.view != "characters"
    ]


def placed(*places):
    return [Mention(f"x{start}", "speaker", start, end) for start, end in places]


def test_words_that_are_not_in_the_text_are_no_record_without_a_place():
    gold = [Document("d", mentions=(Mention("r", "speaker"),))]
    record = [Document("d", mentions=(Mention("x", "speaker"),))]
    words = [Document("d", mentions=(Mention("x", "speaker", text="Nobody", grounding="none"),))]
    assert not list(score(gold, record).errors())
    assert [v.kind for v in score(gold, words).errors()] == ["missed", "hallucinated"]


def test_a_label_that_stands_for_records_pairs_by_fields_whatever_its_words(tmp_path):
    file = tmp_path / "s.yaml"
    file.write_text(
        "schema: s\nversion: 1.0.0\nlabels:\n  deal:\n    description: A deal.\n    match: none\n"
        "    fields:\n      year: {type: number, description: When.}\n"
    )
    gold = [Document("d", mentions=(Mention("r", "deal", 3, 9, fields={"year": 2021}),))]
    said = Mention("x", "deal", text="no such", fields={"year": 2021}, grounding="none")
    card = score(gold, [Document("d", mentions=(said,))], load_schema(file))
    assert card.groundings == {("deal", "none", "correct"): 1}
    assert taxonomy(card)["deal"]["hallucinated"] == 0


def test_the_report_shows_them_only_where_words_were_located():
    for form in ("terminal", "markdown"):
        assert "Grounding" in render(score(GOLD, FOUND), form).title()
        plain = render(score(GOLD, without_groundings(FOUND)), form)
        assert "hallucinated" not in plain
        assert "grounding" not in plain.lower()
    text = render(score(GOLD, FOUND))
    line = "words found in the text: 1 exact, 1 normalised, 1 fuzzy, 1 ambiguous, 2 none"
    assert f"{line}; hallucinated, counted as spurious: 2" in text


def test_cards_keep_them_when_saved_sent_and_added_up(tmp_path):
    card = score(GOLD, FOUND)
    card.save(tmp_path / "card.json")
    assert load_card(tmp_path / "card.json").groundings == card.groundings
    assert pickle.loads(pickle.dumps(card)).groundings == card.groundings
    more = score(
        [Document("e", mentions=GOLD[0].mentions)], [Document("e", mentions=FOUND[0].mentions)]
    )
    twice = Counter({key: 2 * count for key, count in card.groundings.items()})
    assert (card + more).groundings == twice
    assert (card + more).groundings == twice


@pytest.mark.parametrize("per_document", [True, False])
def test_they_are_whole_where_documents_are_not_kept(per_document):
    assert score(GOLD, FOUND, per_document=per_document).groundings.total() == 6


def test_the_surest_way_comes_first():
    ways = [row.grounding for row in groundings(score(GOLD, FOUND))]
    assert ways == ["exact", "normalised", "fuzzy", "ambiguous", "none"]
