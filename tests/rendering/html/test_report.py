"""The HTML report without a browser: what is in the page, and that it is all there."""

import base64
import json
import re
import zlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import toolkit
from toolkit import Document, Mention
from toolkit.rendering.html.evidence import Evidence, outcomes_by_view
from toolkit.rendering.html.links import to_document, to_list
from toolkit.rendering.html.packing import pack
from toolkit.rendering.html.plain import offsets, plain, plain_meta
from toolkit.scoring.timing import Latency, Timing

TEXT = "Ana Roke 🙂 and Ben said no."
GOLD = [
    Document(
        "d1",
        text=TEXT,
        meta={"source": {"name": "wire"}},
        mentions=(
            Mention("a", "speaker", 0, 8, fields={"kind": "person", "of": {"ref": "b"}}),
            Mention("b", "speaker", 15, 18, fields={"cue": {"start": 19, "end": 23}}),
            Mention("c", "claim", 9, 18),
        ),
    ),
    Document("d2", text="Nobody."),
]
FOUND = [
    Document(
        "d1",
        mentions=(
            Mention("x", "speaker", 0, 8, fields={"kind": "group"}, score=0.9),
            Mention("y", "claim", 15, 18, score=0.2),
            Mention("z", "speaker", 24, 26, score=0.4),
        ),
    )
]


def sides(gold=GOLD, found=FOUND):
    return toolkit.Corpus(gold), toolkit.Corpus(found)


def report(gold=GOLD, found=FOUND, **how):
    gold, found = sides(gold, found)
    card = toolkit.score(gold, found)
    return toolkit.html_report({"system": card}, gold, {"system": found}, **how)


def opened(packed):
    return json.loads(zlib.decompress(base64.b64decode(packed), wbits=31))


def pieces(html):
    found = re.findall(r'<script type="text/plain" id="piece-\d+">([^<]*)</script>', html)
    return [opened(piece) for piece in found]


def test_the_page_needs_nothing_beside_it():
    html = report()
    assert not re.findall(r"(?:src|href)=\"(?!#)", html)
    assert not re.findall(r"https?://|@import|url\(", html)
    assert html.count("<script>") == 1
    assert " style=" not in html.partition("<script>")[0]


def test_the_same_input_gives_the_same_page():
    assert report() == report()


def test_names_are_escaped_and_what_is_unprintable_is_written_out():
    name = "<script>\u202e{{7*7}}\x00"
    gold = [Document("d", text="word", mentions=(Mention("a", name, 0, 4),))]
    html = report(gold, [])
    assert "&lt;script&gt;\\u202e{{7*7}}\\x00" in html
    assert "\u202e" not in html
    assert "\x00" not in html


def test_offsets_are_those_of_a_browser():
    (_, piece) = pieces(report())
    document = piece["documents"][0]
    assert piece["texts"][0] == TEXT
    units = TEXT.encode("utf-16-le")
    start, length = document["gold"]["start"][1], document["gold"]["length"][1]
    assert units[2 * start : 2 * (start + length)].decode("utf-16-le") == "Ben"
    assert document["gold"]["values"]["2"] == [None, {"span": [20, 24]}]


@given(st.text())
def test_offsets_count_utf16_units(text):
    convert = offsets(text)
    for offset in range(len(text) + 1):
        units = len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
        assert convert(offset) == units
    assert convert(len(text) + 3) == convert(len(text)) + 3


def test_items_hold_every_mention_once():
    gold, found = sides()
    evidence = Evidence({"s": toolkit.score(gold, found)}, gold, {"s": found})
    (document, empty) = evidence.documents(evidence.names)
    items = document["items"][0]
    assert sorted(item[0] for item in items if item[0] >= 0) == [0, 1, 2]
    assert sorted(item[1] for item in items if item[1] >= 0) == [0, 1, 2]
    assert empty["items"] == [[]]
    assert [item[2] % 8 for item in items] == [1, 6, 2, 7]
    (_, outcome, unmatched, *said) = items[0][3][0]
    assert (outcome, unmatched, said) == (2, 0, ["person", "group"])


def test_views_take_their_outcomes_from_the_scorer():
    views = outcomes_by_view()
    assert views["strict"][1:8] == [
        "correct", "incorrect", "incorrect", "incorrect", "incorrect", "missing", "spurious",
    ]  # fmt: skip
    assert views["partial"][1:6] == ["correct", "partial", "partial", "correct", "partial"]
    assert views["type"][3] == "correct"
    assert views["overlap"][2:4] == ["correct", "incorrect"]
    assert (views["iou>=0.5"][2], views["iou>=0.5"][2 + 8]) == ("incorrect", "correct")


def test_predictions_that_were_not_scored_are_refused():
    gold, found = sides()
    card = toolkit.score(gold, found)
    other = toolkit.Corpus([Document("d1", mentions=FOUND[0].mentions[:1])])
    with pytest.raises(toolkit.MismatchError, match="not the predictions that the scorecard"):
        toolkit.html_report({"s": card}, gold, {"s": other})
    with pytest.raises(toolkit.MismatchError, match="not the gold that the scorecard"):
        toolkit.html_report({"s": card}, toolkit.Corpus(GOLD[:1]), {"s": found})


def test_too_much_evidence_is_cut_where_errors_are_fewest_and_said():
    many = [Mention(f"m{k}", "speaker", k, k + 1) for k in range(20)]
    gold = [
        Document(f"d{k:03}", text=f"{k} " * 40, mentions=tuple(many[: k % 20])) for k in range(400)
    ]
    html = report(gold, [], most_bytes=4_000)
    said = re.search(r"This file holds (\d+) of 400 documents.*?with (\d+) of 3800 errors", html)
    kept = int(said[1])
    assert 0 < kept < 400
    head, *rest = pieces(html)
    assert len(head["documents"]) == kept == sum(len(piece["documents"]) for piece in rest)
    errors = [row[1] for row in head["documents"]]
    assert errors == sorted(errors, reverse=True)
    assert sum(errors) == int(said[2])


def test_what_fits_is_whole_and_in_order():
    gold, found = sides()
    cards = {"s": toolkit.score(gold, found)}
    packed = pack(Evidence(cards, gold, {"s": found}), cards)
    assert (packed.kept, packed.documents) == (2, 2)
    assert [row[0] for row in opened(packed.pieces[0])["documents"]] == ["d1", "d2"]


def test_a_scorecard_alone_has_its_errors():
    gold, found = sides()
    html = toolkit.render(toolkit.score(gold, found), "html")
    head, piece = pieces(html)
    (document,) = piece["documents"]
    assert piece["texts"] == [None]
    assert sorted(document["gold"]["id"]) == ["a", "b", "c"]
    assert sorted(code % 8 for code in document["items"][0][2]) == [1, 2, 6, 7]
    assert "Made from a scorecard alone" in html
    assert head["systems"] == ["predictions"]


def visible(html):
    """The page without its evidence, its style and its script."""
    return re.sub(r"<(script|style)\b.*?</\1>", "", html, flags=re.DOTALL)


def located(found=None):
    """Predictions in words, two of which are in the text."""
    said = found or [
        Mention("x", "speaker", text="Ana Roke"),
        Mention("y", "speaker", text="Cleo"),
        Mention("z", "claim", text="BEN"),
    ]
    return list(toolkit.ground([Document("d1", mentions=tuple(said))], GOLD))


def test_how_words_were_found_is_counted_with_links():
    html = report(GOLD, located())
    assert "Grounding of predictions" in html
    for address, number in (
        ("predicted=speaker&amp;grounding=exact&amp;kind=correct", 1),
        ("predicted=speaker&amp;grounding=none&amp;outcome=spurious", 1),
        ("predicted=claim&amp;grounding=normalised&amp;kind=boundary", 1),
        ("label=speaker&amp;kind=hallucinated", 1),
    ):
        assert f'<a href="#list=&amp;system=0&amp;{address}">{number}</a>' in html
    assert "words found in the text: 1 exact, 1 normalised" in html
    head = pieces(html)[0]
    assert head["groundings"] == ["exact", "normalised", "fuzzy", "ambiguous", "none"]
    assert "Grounding of predictions" not in report()
    assert pieces(report())[0]["groundings"] == []


def test_words_that_are_not_in_the_text_are_kept():
    _, piece = pieces(report(GOLD, located()))
    mentions = piece["documents"][0]["predicted"][0]
    assert mentions["id"] == ["x", "y", "z"]
    assert mentions["more"][1] == {"grounding": "none", "words": "Cleo"}


def test_a_scorecard_alone_knows_what_is_hallucinated():
    gold, found = sides(GOLD, located())
    _, piece = pieces(toolkit.render(toolkit.score(gold, found), "html"))
    (document,) = piece["documents"]
    row = document["predicted"][0]["id"].index("y")
    assert document["predicted"][0]["more"][row] == {"words": "Cleo", "grounding": "none"}
    _, predicted, codes, _ = document["items"][0]
    assert codes[predicted.index(row)] % 8 == 7


def test_how_long_documents_took_is_told():
    gold, found = sides()
    card = toolkit.score(gold, found)
    card.timing = Timing(("rules",), 2, latency=Latency(0.6, 0.5, 0.9, 1.0))
    html = toolkit.html_report({"system": card}, gold, {"system": found})
    assert "made by rules; seconds a document: median 0.5, 95 % 0.9" in html


def test_a_gates_report_takes_cards_of_any_name():
    gold, found = sides()
    judged = toolkit.gate(gold, found, gold)
    shown = {"old": gold, "new": found}
    cards = {name: toolkit.score(gold, each) for name, each in shown.items()}
    said = visible(toolkit.html_report(cards, gold, shown, judged=judged))
    table = said[said.index('aria-label="Newly wrong"') :].partition("</table>")[0]
    assert "#doc=d1&amp;mention=g.b" in table  # missed
    assert "#doc=d1&amp;mention=1.z" in table  # spurious
    one = {"new": cards["new"]}
    judged = toolkit.gate(gold, gold, found)
    said = visible(toolkit.html_report(one, gold, {"new": found}, judged=judged))
    table = said[said.index('aria-label="Newly right"') :].partition("</table>")[0]
    assert "#doc=d1&amp;mention=g.b" in table
    assert '"#doc=d1"' in table  # what was spurious is not in the page


SECOND = [
    Document(
        "d1", text=TEXT, mentions=(Mention("p", "speaker", 0, 8), Mention("q", "claim", 15, 18))
    ),
    Document("d2", text="Nobody."),
]
THIRD = [Document("d1", text=TEXT, mentions=(Mention("r", "speaker", 15, 18),))]


def of_annotators(**sets):
    first, gold, others = toolkit.first_as_gold(sets)
    cards = {name: toolkit.score(gold, other) for name, other in others.items()}
    found = toolkit.agreement(sets)
    return toolkit.html_report(cards, gold, others, judged=found, reference=first)


def test_annotators_stand_in_the_place_of_gold():
    html = of_annotators(ben=SECOND, ann=GOLD)
    said = visible(html)
    assert "<title>Agreement</title>" in said
    assert re.search(r"<b>ann</b>\s+against <b>ben</b>, 2 documents", said)
    assert "Agreement on places" in said
    assert "Rows are of ben, columns of ann" in said
    assert "gold" not in re.sub(r'href="[^"]*"|gold:\w+', "", said).lower()  # signature's gold:HASH
    assert pieces(html)[0]["reference"] == "ben"


def test_f1_of_two_annotators_leads_to_what_they_marked():
    said = visible(of_annotators(ann=GOLD, ben=SECOND))
    table = said[said.index("Agreement on places") :].partition("</table>")[0]
    assert '<a href="#list=&amp;system=0&amp;view=overlap&amp;label=speaker">66.7</a>' in table
    said = visible(of_annotators(ann=GOLD, ben=SECOND, cy=THIRD))
    table = said[said.index("Agreement on places") :].partition("</table>")[0]
    assert "<svg" in table
    assert "#list" not in table  # a mean over pairs is no list


def test_documents_that_not_all_did_are_told():
    told = "1 document not done by all: in the tables of agreement alone"
    assert told in of_annotators(ann=GOLD, ben=SECOND, cy=THIRD)
    assert told not in of_annotators(ann=GOLD, ben=SECOND)


@pytest.mark.parametrize("what", ["agreement", "gate"])
def test_a_judgement_alone_is_a_page_of_its_tables(what):
    gold, found = sides()
    made = toolkit.agreement({"a": GOLD, "b": SECOND}) if what == "agreement" else None
    html = toolkit.render(made or toolkit.gate(gold, found, found), "html")
    assert "<table" in html
    assert not re.search(r'href="#(list|doc)=[^"]', visible(html))


def test_agreement_of_people_is_marked():
    other = msgspec.structs.replace(GOLD[0], mentions=GOLD[0].mentions[1:])
    html = report(ceiling=toolkit.agreement({"one": GOLD, "other": [other, GOLD[1]]}))
    assert "people 66.7" in html  # speakers, strict: one of two
    assert "people 80.0" in html  # all three mentions
    assert 'class="people"' not in report()


def test_a_curve_needs_scores_that_differ():
    assert "Precision by recall" in report()
    plain_ones = [Document("d1", mentions=(Mention("x", "speaker", 0, 8),))]
    assert "Precision by recall" not in report(GOLD, plain_ones)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (2**53, str(2**53)),
        (-(2**60), str(-(2**60))),
        (float("nan"), "nan"),
        (float("inf"), "inf"),
        (1.5, 1.5),
        (True, True),
        ({"ref": "x"}, {"ref": "x"}),
        ({"start": 1, "end": 3}, {"span": [1, 3]}),
        ({"fragments": [[1, 3], [5, 6]]}, {"span": [1, 3, 5, 6]}),
        ([{"start": 0, "end": 1}, None], [{"span": [0, 1]}, None]),
    ],
)
def test_values_are_what_a_browser_reads_exactly(value, said):
    found = plain(value, offsets(None))
    assert found == said
    json.dumps(found, allow_nan=False)


def test_meta_is_flat():
    assert plain_meta({"a": {"b": 1, "c": None}, "d": [1]}) == {"a.b": "1", "d": "[1]"}


def test_addresses_hold_any_name():
    assert to_document("a&b=c#d/\ud800") == "#doc=a%26b%3Dc%23d%2F%EF%BF%BD"
    assert to_document("d", "0.a b") == "#doc=d&mention=0.a+b"
    assert to_list(1, label="x y", field=None) == "#list=&system=1&label=x+y"
