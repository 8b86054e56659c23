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
    assert to_list(1, label="x y", field=None) == "#list=&system=1&label=x+y"
