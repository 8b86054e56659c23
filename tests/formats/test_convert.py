"""From one format to another, under other names, with everything said that is lost."""

import pytest
from valid import VALID, needs_extra, save

import toolkit
from toolkit.errors import DataError
from toolkit.formats import WRITERS
from toolkit.formats.native import write
from toolkit.model import Alternative, Document, Mention

TEXT = "Ana Roke said no. The ministry 🙂 denied it."

DOCUMENT = Document(
    "d",
    text=TEXT,
    meta={"source": "x"},
    mentions=(
        Mention("a", "PER", 0, 8, fields={"role": "official", "age": 61}),
        Mention("b", "ORG", 22, 30, fields={"role": "body"}),
        Mention("c", "MISC", 31, 32),
        Mention("q", "quote", 14, 16, fields={"by": {"ref": "a"}, "of": [{"ref": "c"}]}, score=0.5),
        Mention("e", "NE", 4, 8, fields={"value": "LOC", "note": "x"}),
    ),
)


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write([DOCUMENT], "in.jsonl")
    return tmp_path


def refused(*arguments, **options):
    with pytest.raises(DataError) as caught:
        toolkit.convert(*arguments, **options)
    return [str(problem) for problem in caught.value.problems]


def mapped(yaml):
    with open("map.yaml", "w", encoding="utf-8") as file:
        file.write(yaml)
    done = toolkit.convert("in.jsonl", "out.jsonl", mapping="map.yaml")
    return done, {m.id: m for m in toolkit.read("out.jsonl")["d"].mentions}


def test_native_loses_nothing():
    done = toolkit.convert("in.jsonl", "out.jsonl")
    assert done == (1, 5, "native", [], ())
    assert list(toolkit.read("out.jsonl")) == [DOCUMENT]


def test_what_the_target_cannot_hold_is_said_with_its_number():
    done = toolkit.convert("in.jsonl", "out.conll", to="conll")
    assert dict(done.lost) == {
        "field values": 7,
        "scores": 1,
        "values of meta": 1,
        "mentions that overlap one before or around them": 1,
        "texts whose white space differs, so that offsets do": 1,
    }
    assert [m.label for m in toolkit.read("out.conll")["d"].mentions] == [
        "PER",
        "quote",
        "ORG",
        "MISC",
    ]


def test_the_scheme_of_the_tags_can_be_chosen():
    toolkit.convert("in.jsonl", "out.conll", to="conll", to_scheme="BIOES")
    with open("out.conll", encoding="utf-8") as file:
        assert file.read().startswith(
            "# newdoc id = d\nAna\tB-PER\nRoke\tE-PER\nsaid\tO\nno\tS-quote\n"
        )
    assert refused("in.jsonl", "out", to="brat", to_scheme="BIOES") == [
        "format brat: has no option 'scheme' (it has: none)"
    ]


def test_labels_and_fields_get_other_names_and_the_rest_is_listed():
    done, found = mapped(
        "labels: {PER: speaker, ORG: speaker, MISC: null, quote: quote}\n"
        "fields: {speaker: {role: kind}}\n"
        "label_from: {NE: value}\n"
    )
    assert {one: mention.label for one, mention in found.items()} == {
        "a": "speaker",
        "b": "speaker",
        "q": "quote",
        "e": "LOC",
    }
    assert found["a"].fields == {"kind": "official", "age": 61}
    assert found["q"].fields == {"by": {"ref": "a"}}
    assert found["e"].fields == {"note": "x"}
    assert done.notices == (
        "label 'MISC' left out, as mapped: 1",
        "references of quote.of left out, as mapped: 1",
        "field speaker.age not mapped, kept: 1",
        "label 'LOC' not mapped, kept: 1",
    )


def test_a_field_can_be_left_out_and_a_label_without_its_field_is_said():
    done, found = mapped("fields: {ORG: {role: null}}\nlabel_from: {PER: title}\n")
    assert found["b"].fields == {}
    assert found["a"].label == "PER"
    assert done.notices == (
        "field ORG.role left out, as mapped: 1",
        "label 'PER' without a text in field 'title' not mapped, kept: 1",
    )


def test_all_faults_of_a_mapping_are_told_with_their_lines():
    with open("map.yaml", "w", encoding="utf-8") as file:
        file.write("label: {}\nlabels: {PER: 3}\nfields: [x]\n")
    said = refused("in.jsonl", "out.jsonl", mapping="map.yaml")
    assert [one.partition(" ")[0] for one in said] == [f"map.yaml:{line}:" for line in (1, 3, 2)]


def test_the_format_is_that_of_the_content_and_is_said(here):
    save("brat", here)
    done = toolkit.convert("a.ann", "out.jsonl")
    assert done.notices == ("a.ann: read as brat, which its content shows",)
    assert toolkit.convert("a.ann", "out.jsonl", format="brat").notices == ()


def test_a_folder_is_of_the_format_that_its_files_show(here):
    save("brat", here)
    (here / "in.jsonl").unlink()
    assert toolkit.recognise(here) == "brat"
    save("webanno", here)
    with pytest.raises(DataError, match=r"may be brat or webanno .*--from: brat, webanno"):
        toolkit.recognise(here)


def test_what_shows_no_format_is_refused_and_the_formats_named(here):
    (here / "a.xyz").write_text("just words\n")
    with pytest.raises(DataError, match=r"a.xyz: no format that is known .*native, conll, brat"):
        toolkit.read("a.xyz")
    with pytest.raises(DataError, match="no such file or folder"):
        toolkit.recognise("nothing.here")


@pytest.mark.parametrize("name", VALID)
def test_no_format_is_taken_for_another(name, here):
    (here / "in.jsonl").unlink()
    assert toolkit.recognise(save(name, here)) == toolkit.recognise(here) == name


@pytest.mark.parametrize(
    ("arguments", "options", "said"),
    [
        (("in.jsonl", "out.xyz"), {}, "out.xyz: its ending shows no format (say which with --to"),
        (("in.jsonl", "in.jsonl"), {}, "in.jsonl: would be written over what is read"),
        (("in.jsonl", "out"), {"to": "gate"}, "format 'gate': is only read, not written"),
        (("in.jsonl", "out"), {"to": "bart"}, "did you mean 'brat'"),
        (("no.jsonl", "out.jsonl"), {}, "no.jsonl: no such file"),
    ],
)
def test_what_cannot_be_converted_is_one_clear_message(arguments, options, said):
    assert said in refused(*arguments, **options)[0]


def test_a_folder_that_holds_other_documents_is_left_as_it_is(here):
    toolkit.convert("in.jsonl", "out", to="brat")
    write([Document("other", text="x")], "second.jsonl")
    assert (
        "already holds other documents, such as d.ann"
        in refused("second.jsonl", "out", to="brat")[0]
    )
    assert sorted(f.name for f in (here / "out").iterdir()) == ["d.ann", "d.txt"]


@pytest.mark.parametrize("id_", ["../up", "/etc/x", "a/b", "..", ".hidden", "nul\0", "a%2Fb"])
def test_no_document_id_leads_out_of_the_folder(id_, here):
    write([Document(id_, text="x")], "odd.jsonl")
    done = toolkit.convert("odd.jsonl", "deep/out", to="brat")
    assert dict(done.lost) == {"document ids, spelled otherwise as file names": 1}
    assert len(list((here / "deep/out").iterdir())) == 2
    assert [f.name for f in (here / "deep").iterdir()] == ["out"]


def test_one_file_holds_one_document():
    write([Document("x", text="x"), Document("y", text="y")], "two.jsonl")
    said = refused("two.jsonl", "out.tsv", to="webanno")
    assert said == ["out.tsv: is one file, for one document, and there are 2 (name a folder)"]


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_is_written_recognised_and_checked(name, here):
    needs_extra(name)
    target = {"label-studio": "out.json", "table": "out.csv"}.get(name, "out")
    done = toolkit.convert("in.jsonl", target, to=name)
    assert (done.documents, done.format) == (1, name)
    assert toolkit.recognise(target) == name
    for format_ in (None, name):
        checked = toolkit.check([target], format=format_)
        assert checked.problems == ()
    assert "PER" in {
        mention.label for document in toolkit.read(target) for mention in document.mentions
    }


@pytest.mark.parametrize("name", sorted(set(WRITERS) - {"native"}))
def test_what_gold_leaves_open_is_said_to_be_lost(name):
    needs_extra(name)
    other = Alternative(start=0, end=3)
    mention = Mention("a", "PER", 0, 8, alternatives=(other, other), optional=True)
    write([Document("d", text=TEXT, mentions=(mention,))], "open.jsonl")
    done = toolkit.convert("open.jsonl", "out.json", to=name)
    assert ("alternatives and marks of optional mentions", 3) in done.lost


def test_options_of_writing_begin_with_to():
    toolkit.convert("in.jsonl", "a.jsonl", to="doccano")
    toolkit.convert("in.jsonl", "b.jsonl", to="doccano", to_offsets="code-points")
    found = toolkit.read("a.jsonl")["d"].mentions
    assert found == toolkit.read("b.jsonl", "doccano", offsets="code-points")["d"].mentions
    assert refused("in.jsonl", "c.jsonl", to="doccano", to_offsets="bytes") == [
        "format doccano: offsets cannot be 'bytes' (known: code-points, utf16)"
    ]


def test_a_schema_serves_what_is_read_and_written(here):
    (here / "s.yaml").write_text(
        "schema: s\nversion: 1.0.0\nlabels:\n  PER:\n    description: A person.\n    fields:\n"
        "      role: {type: text}\n  quote:\n    description: Words.\n    fields:\n"
        "      by: {type: ref, to: PER}\n"
    )
    toolkit.convert("in.jsonl", "out.jsonl", to="llm", schema="s.yaml")
    (here / "texts").mkdir()
    (here / "texts" / "d.txt").write_text(TEXT, encoding="utf-8")
    toolkit.convert("out.jsonl", "back.jsonl", schema="s.yaml", texts="texts")
    found = {mention.id: mention for mention in toolkit.read("back.jsonl")["d"].mentions}
    assert found["q"].fields["by"] == {"ref": "a"}
    assert [(one.start, one.end) for one in found.values()] == [
        (one.start, one.end) for one in DOCUMENT.mentions
    ]


def test_a_folder_of_rows_is_read_file_by_file(here):
    row = '{"text": "Ana", "label": [[0, 3, "p"]]}\n'
    (here / "rows").mkdir()
    (here / "rows" / "a.jsonl").write_text(row + row)
    (here / "rows" / "b.jsonl").write_text(row)
    (here / "rows" / "c.conll").write_text("Ana\tB-p\n")
    assert toolkit.recognise("rows") == "doccano"
    assert [document.id for document in toolkit.read("rows")] == ["a-1", "a-2", "b-1"]
