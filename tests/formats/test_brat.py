"""brat standoff: what each kind of line becomes, and what is refused at which line."""

import pytest
from valid import save

from toolkit.errors import DataError
from toolkit.formats import find_writer, read
from toolkit.model import Document, Mention
from toolkit.spans import Span

TEXT = "Ana 🙂 said\r\nno to Bo"


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def pair(lines, text=TEXT):
    with open("d.ann", "wb") as file:
        file.write("\n".join(lines).encode())
    with open("d.txt", "wb") as file:
        file.write(text.encode())


def mentions(*lines):
    pair(lines)
    (document,) = read("d.ann", "brat")
    return {mention.id: mention for mention in document.mentions}


def faults(*lines):
    pair(lines)
    with pytest.raises(DataError) as caught:
        read("d.ann", "brat")
    return [str(problem) for problem in caught.value.problems]


def test_all_kinds_of_lines(here):
    path = save("brat", here)
    (document,) = read(path, "brat")
    found = {m.id: (m.label, m.place, m.fields) for m in document.mentions}
    assert found == {
        "T1": ("person", (Span(0, 3),), {"comment": "is it she?"}),
        "E1": ("left", (Span(6, 10),), {"who": {"ref": "T1"}, "sure": True}),
        "R1": ("knows", (), {"Arg1": {"ref": "T1"}, "Arg2": {"ref": "E1"}}),
        "*1": ("same", (), {"Arg": [{"ref": "T1"}, {"ref": "E1"}]}),
    }


def test_offsets_count_code_points_and_cr_lf_is_two():
    assert mentions("T1\tx 4 5\t🙂", "T2\tx 12 14\tno")["T2"].place == (Span(12, 14),)


def test_a_discontinuous_mention_has_its_fragments_and_those_that_touch_are_one():
    found = mentions("T1\tx 0 3;12 14\tAna no", "T2\tx 0 3;3 5\tAna 🙂")
    assert found["T1"].place == (Span(0, 3), Span(12, 14))
    assert (found["T2"].start, found["T2"].end) == (0, 5)


def test_two_events_at_one_place_are_two_mentions():
    found = mentions("T1\tx 0 3\tAna", "E1\tx:T1", "E2\tx:T1 with:E1")
    assert {one: m.place for one, m in found.items()} == {"E1": (Span(0, 3),), "E2": (Span(0, 3),)}


def test_a_role_that_repeats_is_one_field_and_one_that_only_ends_in_a_number_is_another():
    found = mentions("T1\tx 0 3\tAna", "T2\ty 4 5\t🙂", "E1\tx:T1 a:T2 a2:T2 a3:T2 b2:T2")
    assert found["E1"].fields == {"a": [{"ref": "T2"}] * 3, "b2": {"ref": "T2"}}


def test_normalizations_are_fields_and_what_is_left_out_is_said():
    pair(["T1\tx 0 3\tAna", "N1\tReference T1 Wiki:12\tAna", "#1\tNote A1\thm", "A1\tn T1"])
    corpus = read("d.ann", "brat")
    assert corpus["d"].mentions[0].fields == {"Reference": "Wiki:12", "n": True}
    assert corpus.notices == (
        "d.ann: 1 names of entries beside normalizations are left out",
        "d.ann: 1 notes on lines that are no mentions are left out",
    )


def test_texts_without_annotations_and_annotations_without_text_are_said(here):
    pair([])
    (here / "e.ann").write_text("T1\tx 0 3\tAna\n")
    (here / "f.txt").write_text("x")
    corpus = read(here, "brat")
    assert [(d.id, d.text) for d in corpus] == [("d", TEXT), ("e", None)]
    assert "has no e.txt" in corpus.notices[0]
    assert "1 texts have no .ann file" in corpus.notices[1]


def test_every_line_that_cannot_be_read_is_told():
    said = faults(
        "T1\tx 0 3\tBo",
        "T2\tx 0 99\tAna",
        "T3\tx 3 3\t",
        "T4\tx\tAna",
        "T1\tx 0 3\tAna",
        "E1\tx:T9",
        "hello",
        "A1\tsure T77",
        "R1\tx Arg1:T1",
    )
    assert said[:2] == [
        "d.ann:5: 'T1' already stands at line 1",
        "d.ann:7: is no line of brat's: 'hello'",
    ]
    assert said[2].startswith("d.ann:1: its words are 'Bo' but 'Ana' stands there")
    lines = [one.split(":")[1] for one in said]
    assert lines == ["5", "7", "1", "2", "3", "4", "6", "9", "8"]


def test_on_error_stop_tells_the_first_fault():
    pair(["hello", "hello"])
    with pytest.raises(DataError) as caught:
        read("d.ann", "brat", on_error="stop")
    assert len(caught.value.problems) == 1


def test_a_fault_of_a_mention_is_found_at_its_line():
    pair(["", "T1\tx 0 3\tAna"])
    corpus = read("d.ann", "brat")
    assert corpus.where("d", "T1") == "d.ann:2"
    assert corpus.where("d") == "d.ann:1"


def test_what_brat_cannot_spell_is_said():
    mention = Mention("m", "a b", 0, 3, fields={"x:y": "one\ntwo", "none": None})
    lost = find_writer("brat")([Document("d", text=TEXT, mentions=(mention,))], "out")
    assert lost == [
        ("empty values", 1),
        ("labels and field names, spelled without spaces and colons", 2),
        ("line ends in values, written as spaces", 1),
    ]
    (found,) = read("out", "brat")["d"].mentions
    assert (found.id, found.label, found.fields) == ("T1", "a_b", {"x_y": "one two"})
