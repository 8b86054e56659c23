"""WebAnno TSV: layers, slots, relations, chains; what is refused at which line."""

import pytest
from valid import save

from toolkit.errors import DataError
from toolkit.formats import find_writer, read
from toolkit.model import Document, Mention
from toolkit.spans import Span

NAMED = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def tsv(*lines, version="3.3"):
    with open("d.tsv", "wb") as file:
        file.write("\n".join([f"#FORMAT=WebAnno TSV {version}", *lines, ""]).encode())


def document(*lines, **options):
    tsv(*lines, **options)
    (found,) = read("d.tsv", "webanno")
    return found


def faults(*lines):
    tsv(*lines)
    with pytest.raises(DataError) as caught:
        read("d.tsv", "webanno")
    return [str(problem) for problem in caught.value.problems]


def test_all_that_a_file_holds(here):
    (found,) = read(save("webanno", here), "webanno")
    assert found.text == "Ana 🙂 left"
    assert {m.id: (m.label, m.place, m.fields) for m in found.mentions} == {
        "1": ("Person", (Span(0, 3),), {"kind": "official", "does": {"ref": "Act-1-3"}}),
        "Person-1-2": ("Person", (Span(4, 5),), {"kind": "sign"}),
        "Person-1-2/2": ("Person", (Span(4, 5),), {}),
        "Act-1-3": ("Act", (Span(6, 10),), {}),
        "3": ("Person", (Span(6, 7),), {"kind": "x"}),
        "Same-chain-1-1": ("Same", (Span(0, 3),), {"next": {"ref": "Same-chain-1-2"}}),
        "Same-chain-1-2": ("Same", (Span(6, 10),), {}),
        "Knows-1-2": (
            "Knows",
            (),
            {"how": "well", "Governor": {"ref": "1"}, "Dependent": {"ref": "Person-1-2"}},
        ),
    }


def test_well_known_layers_have_their_short_name_and_others_their_own():
    rows = ["1-1\t0-1\ta\tPER\tx\t"]
    found = document(f"#T_SP={NAMED}|value", "#T_SP=org.me.NamedEntity|v", "", "#Text=a", *rows)
    assert [(m.label, m.fields) for m in found.mentions] == [
        ("NamedEntity", {"value": "PER"}),
        ("org.me.NamedEntity", {"v": "x"}),
    ]


def test_text_between_sentences_is_a_line_end_or_spaces_or_nothing():
    found = document(
        "",
        "#Text=a",
        "#Text=b",
        "1-1\t2-3\ta\t",
        "1-2\t4-5\tb\t",
        "",
        "#Text=c",
        "2-1\t5-6\tc\t",
        "",
        "#Text=d",
        "3-1\t9-10\td\t",
    )
    assert found.text == "  a\nbc\n  d"


def test_escapes_are_those_of_the_version():
    row = "1-1\t0-1\ta\tx\\|y\\_\\->\\\\\t"
    found = document("#T_SP=webanno.custom.A|v", "", "#Text=a\\tb\\\\n\\r", row)
    assert found.text == "a\tb\\n\r"
    assert found.mentions[0].fields == {"v": "x|y_->\\"}
    found = document("", "#Text=a\\u263a", "1-1\t0-1\ta\t", version="3.1")
    assert found.text == "a☺"


def test_every_line_that_cannot_be_read_is_told():
    assert faults("#T_XX=a", "", "#Text=a b", "1-1\t0-1\ta\t", "hello", "1-2\t2-3\tx\t") == [
        "d.tsv:2: is no layer: '#T_XX=a'",
        "d.tsv:6: is neither a token nor a sentence: 'hello'",
        "d.tsv:7: 'x' should stand at 2-3 but 'b' does (offsets count UTF-16 units of the text)",
    ]
    assert faults("#T_SP=webanno.custom.A|v|w", "", "#Text=a", "1-1\t0-1\ta\tx|y\tz\t") == [
        "d.tsv:5: the columns of webanno.custom.A hold different numbers of values"
    ]
    layer = "#T_RL=webanno.custom.R|v|BT_webanno.custom.A"
    assert faults(layer, "", "#Text=a", "1-1\t0-1\ta\tx\t7-7\t") == [
        "d.tsv:5: webanno.custom.R refers to a token that is not there"
    ]
    assert faults("#T_SP=webanno.custom.A|v|w", "", "#Text=a", "1-1\t0-1\ta\tx") == [
        "d.tsv:5: has 4 columns, the layers need 5"
    ]


def test_a_file_of_another_version_is_refused():
    with open("d.tsv", "w") as file:
        file.write("#FORMAT=WebAnno TSV 2\n")
    with pytest.raises(DataError, match=r"d.tsv:1: is no WebAnno TSV 3 file"):
        read("d.tsv", "webanno")


def test_relations_between_mentions_are_written_and_read_again():
    ends = {"Governor": {"ref": "a"}, "Dependent": {"ref": "b"}}
    mentions = (
        Mention("a", "Person", 0, 3),
        Mention("b", "Person", 8, 10),
        Mention("r", "knows", fields=ends),
        Mention("s", "knows", fields={**ends, "how": "x"}),
        Mention("t", "meets", fields=ends),
    )
    assert (
        find_writer("webanno")([Document("d", text="Ana saw Bo", mentions=mentions)], "d.tsv") == []
    )
    (found,) = read("d.tsv", "webanno")
    relations = [(m.label, m.fields) for m in found.mentions if not m.place]
    ends = {"Governor": {"ref": "1"}, "Dependent": {"ref": "2"}}
    assert relations == [("knows", ends), ("knows", {"how": "x", **ends}), ("meets", ends)]


def test_a_sentence_is_a_line_with_the_blank_lines_after_it():
    text = "  One.\n\nTwo is 🙂.\r\nThree\n"
    find_writer("webanno")([Document("d", text=text)], "d.tsv")
    with open("d.tsv", encoding="utf-8", newline="") as file:
        lines = file.read().split("\n")
    assert [line for line in lines if line.startswith("#Text")] == [
        "#Text=One.",
        "#Text=",
        "#Text=Two is 🙂.\\r",
        "#Text=Three",
        "#Text=",
    ]
    assert read("d.tsv", "webanno")["d"].text == text


def test_white_space_that_the_file_cannot_hold_is_said():
    assert find_writer("webanno")([Document("d", text="\t\na")], "d.tsv") == [
        ("white space before the first word, written as spaces", 1)
    ]
    assert read("d.tsv", "webanno")["d"].text == "  a"
