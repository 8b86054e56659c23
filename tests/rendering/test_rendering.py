"""Every format shows the same table, and none lets data act on its reader."""

import csv
import io
import json

import pytest

from toolkit.errors import plural
from toolkit.model import Document, Mention
from toolkit.rendering import FORMATS, render
from toolkit.rendering.markdown import escape
from toolkit.rendering.wording import value_text
from toolkit.scoring.score import score
from toolkit.scoring.views import Row

HOSTILE = [
    "=HYPERLINK(1)",
    "<script>alert(1)</script>",
    "| cell | breaks |",
    "[click](javascript:alert(1))",
    "`code` **bold** @team #1",
    "line\nbreak\r\u2028\u202eright-to-left",
    "\x1b[31mred\x07\x00",
]


def card(label="speaker", value="imposed", text="Ana Roke said no."):
    def document(end, value):
        mention = Mention(id="m", label=label, start=0, end=end, fields={"status": value})
        return Document(id="d<1>", text=text, mentions=(mention,))

    return score([document(8, value), Document(id="e")], [document(3, "other")])


def test_json_rows_carry_the_documented_keys():
    report = json.loads(render(card(), "json"))
    keys = "label field view correct partial incorrect missing spurious precision recall f1"
    for row in report["rows"]:
        assert set(keys.split()) <= set(row)
    assert report["signature"]["schema"] == "none"
    assert report["not_predicted"] == ["e"]
    views = {row["view"] for row in report["rows"] if row["field"] is None}
    assert {"strict", "exact", "partial", "type", "overlap"} <= views
    assert {row["label"] for row in report["rows"]} == {"speaker", "(micro)", "(macro)"}


def spread(documents=12):
    gold = [Document(f"d{k}", mentions=(Mention("m", "speaker", 0, 8),)) for k in range(documents)]
    found = [
        Document(f"d{k}", mentions=(Mention("m", "speaker", 0, 8 if k % 3 else 5),))
        for k in range(documents)
    ]
    return score(gold, found)


def test_every_figure_carries_its_interval():
    report = json.loads(render(spread(), "json"))
    for row in report["rows"]:
        for metric in ("precision", "recall", "f1"):
            assert row[f"{metric}_low"] < row[metric] + 1e-9
            assert row[metric] - 1e-9 < row[f"{metric}_high"]
    strict = next(row for row in report["rows"] if row["view"] == "strict")
    low, high = (round(100 * strict[f"precision_{end}"], 1) for end in ("low", "high"))
    assert (low, high) == (35.0, 88.1)
    for format_ in ("terminal", "markdown"):
        assert "66.7 35–89" in render(spread(), format_)


def test_small_support_is_marked_and_said():
    for format_ in ("terminal", "markdown"):
        assert "small support" in render(spread(12), format_)
        assert "small support" not in render(spread(20), format_)
    assert json.loads(render(spread(12), "json"))["rows"][0]["small_support"] is True
    assert json.loads(render(spread(20), "json"))["rows"][0]["effective_documents"] == 20.0


def test_an_interval_that_one_document_cannot_give_is_a_dash_and_said():
    text = render(spread(1))
    assert "0.0 –" in text
    assert "– for an interval: all stands in one document" in " ".join(text.split())
    assert json.loads(render(spread(1), "json"))["rows"][0]["f1_low"] is None


def test_the_tables_fit_100_columns(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    long = card(label="organisation", value="x" * 30)
    assert max(map(len, render(long).splitlines()[1:])) <= 100


def test_csv_is_the_table():
    found = card()
    rows = list(csv.DictReader(io.StringIO(render(found, "csv"))))
    assert tuple(rows[0])[: len(Row._fields)] == Row._fields
    assert tuple(rows[0]) == tuple(json.loads(render(found, "json"))["rows"][0])
    assert [row["view"] for row in rows] == [row.view for row in found.rows]


def test_an_undefined_figure_is_a_dash_null_or_empty():
    empty = score([Document(id="d")], [Document(id="d")])
    assert "–" in render(empty)
    assert json.loads(render(empty, "json"))["rows"][0]["f1"] is None
    assert next(csv.DictReader(io.StringIO(render(empty, "csv"))))["f1"] == ""


def test_people_see_errors_with_their_text():
    for format_ in ("terminal", "markdown"):
        text = render(card(), format_)
        for words in ("boundary", "imposed", "other", "«Ana Roke» said no"):
            assert words in text, (format_, words)


def test_the_report_says_what_was_not_predicted():
    for format_ in ("terminal", "markdown"):
        assert "without a prediction, counted as empty: 1: e" in render(card(), format_)


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_data_stays_data(format_, hostile):
    found = card(label=hostile, value=hostile, text=hostile * 3)
    text = render(found, format_)
    assert "\x1b" not in text
    if format_ == "csv":
        first = next(csv.DictReader(io.StringIO(text)))["label"]
        assert not first.startswith("=")
    if format_ == "json":
        assert json.loads(text)["rows"][0]["label"] == hostile
    if format_ == "terminal":
        assert all(c.isprintable() or c == "\n" for c in text)
    if format_ == "markdown":
        assert "<script" not in text
        assert "](javascript" not in text.replace("\\]", "").replace("\\(", "")
        table = [line for line in text.splitlines() if line.startswith("|")]
        mentions = [line.replace("\\|", "").count("|") for line in table[:9]]
        assert len(set(mentions)) == 1


def test_a_narrow_terminal_loses_no_figure(monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    narrow = render(card())
    monkeypatch.setenv("COLUMNS", "200")
    assert narrow.split()[:40] == render(card()).split()[:40]
    assert "…" not in narrow


def long_errors():
    words = "the Council of Ministers has today lifted the ban on imports of fertiliser"
    text = f"Before it all began in the town, {words} imposed by decree. And then came more words."

    def document(name, end):
        spans = ((label, f"{label}{k}") for label in ("claim", "quote") for k in range(3))
        return Document(
            name,
            text=text,
            mentions=tuple(Mention(name, label, 33, end) for label, name in spans),
        )

    names = [f"a-document-with-a-long-name-{k}" for k in range(5)]
    gold = [document(name, 33 + len(words)) for name in names]
    return score(gold, [document(name, 50 + len(words)) for name in names])


@pytest.mark.parametrize("columns", ["100", "160"])
def test_the_terminal_gives_each_of_a_few_examples_one_line(monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    table = render(long_errors()).partition("EXAMPLES\n")[2].splitlines()
    assert [line.split()[:2] for line in table[2:-1]] == 2 * [["claim", "boundary"]] + 2 * [
        ["quote", "boundary"]
    ]
    assert max(map(len, table)) <= int(columns)
    assert "of fertiliser  " in table[2]
    assert "imposed" in table[2]
    assert ("«the" in table[2]) == (columns == "160")


def test_markdown_keeps_examples_whole():
    text = render(long_errors(), "markdown")
    assert "| the Council of Ministers has today lifted the ban on imports of fertiliser |" in text


def test_spans_are_offsets_and_references_say_where_they_lead():
    def document(target, end):
        said = {"source": {"ref": "s1"}, "object": {"start": 279, "end": end}}
        quote = Mention("q", "quote", 20, 30, fields=said)
        return Document("d", text="Ana said, and Bea heard, all of it.", mentions=(target, quote))

    gold = document(Mention("s1", "speaker", 0, 3), 319)
    found = document(Mention("s1", "person", 14, 17), 300)
    for format_, dash in (("terminal", "–"), ("markdown", "–")):
        text = render(score([gold], [found]), format_)
        assert f"279{dash}319" in text
        assert "→ s1 (speaker Ana)" in text.replace("\\", "")
        assert "→ s1 (person Bea)" in text.replace("\\", "")
    assert value_text({"fragments": [[3, 5], [7, 9]]}) == "3–5+7–9"
    assert value_text({"ref": "s9"}) == "→ s9"


PLAIN = [
    "strict: same label (micro); iou>=0.5 & a+b, 1–2 {x} #! 50%",
    "sanction.legal_instrument, snake_case_name",
    "\U0001f469\u200d\U0001f4bb and \U0001f3f3\ufe0f\u200d\U0001f308",
    "\U0001f468\U0001f3fd\u200d\U0001f680",
]


@pytest.mark.parametrize("plain", PLAIN)
def test_markdown_leaves_what_does_nothing_as_it_is(plain):
    assert escape(plain) == plain


ACTIVE = {
    "<b>&lt;": "&lt;b>&amp;lt;",
    "&#60;b": r"&amp;\#60;b",
    "a|b\\|c": r"a\|b\\\|c",
    "*a* _a_ `a` ~a~ a__b": r"\*a\* \_a\_ \`a\` \~a\~ a\_\_b",
    "![a](b)": r"!\[a\](b)",
    "@team #1 a@b.c": r"\@team \#1 a\@b.c",
    "HTTPS://a.b www.a.b": r"HTTPS\://a.b www\.a.b",
    "a\u202eb\u200dc\x1b\u200d": r"a\\u202eb\\u200dc\\x1b\\u200d",
}


@pytest.mark.parametrize("active", ACTIVE)
def test_markdown_escapes_what_would_act(active):
    assert escape(active) == ACTIVE[active]


def test_faults_of_predictions_are_counted_once():
    found = card()
    found.faults = {"unknown label 'nope'": 14}
    assert "predictions break the schema: 14: unknown label 'nope'\n" in render(found)
    found.faults = {"unknown label 'nope'": 14, "what": 1}
    assert "the schema: 15: unknown label 'nope' (14), what (1)\n" in render(found)


def test_a_signature_without_a_schema_says_only_that():
    assert "schema:none|gold:" in render(card())


def test_one_thing_is_not_several():
    assert [plural(number, "document") for number in (0, 1, 2)] == [
        "0 documents",
        "1 document",
        "2 documents",
    ]
