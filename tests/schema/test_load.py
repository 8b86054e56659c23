from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import SchemaError
from toolkit.schema.load import lint_schema, load_schema
from toolkit.schema.nouns import Choice, Field, Label, LabelSchema, Match

HEAD = "schema: news\nversion: 1.0.0\n"
BASE = HEAD + "labels:\n  speaker: {description: Who.}\n  quote: {description: What.}\n"


def write(**files):
    for name, text in files.items():
        Path(f"{name}.yaml").write_text(text, encoding="utf-8")


def faults(path):
    return [str(problem) for problem in lint_schema(path)[1]]


def test_a_schema_has_its_name_version_description_and_labels_in_file_order(folder):
    write(s="description: All.\n" + BASE)
    schema = load_schema("s.yaml")
    assert (schema.name, schema.version, schema.description) == ("news", "1.0.0", "All.")
    assert list(schema.labels) == ["speaker", "quote"]


@pytest.mark.parametrize("change", [lambda t: "\ufeff" + t, lambda t: t.replace("\n", "\r\n")])
def test_byte_order_mark_and_crlf_change_nothing(folder, change):
    write(s=BASE)
    Path("t.yaml").write_bytes(change(BASE).encode())
    assert load_schema("t.yaml") == load_schema("s.yaml")


def test_all_faults_are_told_at_once(lint):
    assert lint(
        "shcema: news\nversion: 1.0\nlabels:\n  a b:\n    fields:\n      x: {type: nubmer}\n"
        "      y: {type: ref, to: speker}\n  speaker: {description: Who.}\n"
    ) == [
        "s.yaml:1: shcema: unknown key (did you mean 'schema'?)",
        "s.yaml:4: labels.a b: 'a b' is no name (a letter, then letters, digits, _ or -)",
        "s.yaml:4: labels.a b.description: is missing",
        "s.yaml:6: labels.a b.fields.x.type: unknown value 'nubmer' (did you mean 'number'?)",
        "s.yaml:1: schema: is missing",
        "s.yaml:2: version: is a number, a text is needed (put it in quotes)",
        "s.yaml:7: labels.a b.fields.y.to: no label 'speker' in s.yaml (did you mean 'speaker'?)",
    ]


def test_a_faulty_schema_is_not_loaded(folder):
    write(s=HEAD)
    with pytest.raises(SchemaError, match="has no labels"):
        load_schema("s.yaml")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "s.yaml:1: the file is empty"),
        ("# nothing\n", "s.yaml:1: the file is empty"),
        (HEAD, "s.yaml: has no labels (add `labels:` or `include:`)"),
        (HEAD + "labels: [a]\n", "s.yaml:3: labels: is a list, a mapping is needed"),
        (HEAD + "labels: {a: 1}\n", "s.yaml:3: labels.a: is a number, a mapping is needed"),
        ("- a\n", "s.yaml:1: is a list, a mapping is needed"),
        (HEAD + "include: x\n", "s.yaml:3: include: is a text, a list is needed"),
        (HEAD + "include: [1]\n", "s.yaml:3: include.0: is a number, a file name is needed"),
        (HEAD + "include: [{labels: [a]}]\n", "s.yaml:3: include.0.file: is missing"),
        (
            HEAD + "include: [{file: s.yaml, label: a}]\n",
            "s.yaml:3: include.0.label: unknown key (did you mean 'labels'?)",
        ),
        (
            HEAD + "include: [s.yaml]\n",
            "s.yaml:3: include.0: s.yaml is already being read, so it includes itself",
        ),
        (
            HEAD + "include: [none.yaml]\n",
            "s.yaml:3: include.0: no such file: none.yaml (paths are relative to this file)",
        ),
    ],
)
def test_a_fault_is_told_with_line_and_path(lint, text, fault):
    assert fault in lint(text)


def test_a_missing_schema_is_said_to_be_missing(folder):
    assert faults("none.yaml") == ["none.yaml: no such file"]


def test_a_schema_that_is_not_utf8_is_refused(folder):
    Path("s.yaml").write_bytes(HEAD.encode() + b"description: caf\xe9\n")
    assert faults("s.yaml")[0].startswith("s.yaml:3: not UTF-8: byte 0xe9")


def test_a_reference_needs_a_label_of_the_schema(lint):
    assert lint(labels="  a: {description: A., fields: {x: {type: ref, to: b}}}\n") == [
        "s.yaml:4: labels.a.fields.x.to: no label 'b' in news (known: a)"
    ]


def test_included_labels_come_before_the_schemas_own(folder):
    write(base=BASE, s=HEAD + "include: [base.yaml]\nlabels: {claim: {description: C.}}\n")
    assert list(load_schema("s.yaml").labels) == ["speaker", "quote", "claim"]


def test_only_the_labels_asked_for_are_included(folder):
    write(base=BASE, s=HEAD + "include: [{file: base.yaml, labels: [quote]}]\n")
    assert list(load_schema("s.yaml").labels) == ["quote"]


def test_a_label_that_is_not_there_cannot_be_included(folder):
    write(base=BASE, s=HEAD + "include:\n  - {file: base.yaml, labels: [qoute]}\n")
    assert "s.yaml:4: include.0.labels: no label 'qoute' in base.yaml (did you mean 'quote'?)" in (
        faults("s.yaml")
    )


def test_files_that_include_each_other_are_refused(folder):
    write(a=HEAD + "include: [b.yaml]\n", b=HEAD + "include: [a.yaml]\n")
    assert "b.yaml:3: include.0: a.yaml is already being read, so it includes itself" in (
        faults("a.yaml")
    )


def test_a_fault_in_an_included_file_is_told_at_that_file(folder):
    write(base=HEAD + "labels: {a: {}}\n", s=HEAD + "include: [base.yaml]\n")
    assert faults("s.yaml") == ["base.yaml:3: labels.a.description: is missing"]


def test_a_file_included_on_two_ways_counts_once(folder):
    Path("sub").mkdir()
    write(base=BASE, s=HEAD + "include: [sub/b.yaml, base.yaml]\n")
    write(**{"sub/b": HEAD + "include: [../base.yaml]\nlabels: {claim: {description: C.}}\n"})
    assert list(load_schema("s.yaml").labels) == ["speaker", "quote", "claim"]


def test_a_file_included_again_gives_the_labels_it_includes_too(folder):
    write(
        base=BASE,
        b=HEAD + "include: [base.yaml]\nlabels: {claim: {description: C.}}\n",
        s=HEAD + "include: [{file: b.yaml, labels: [claim]}, {file: b.yaml, labels: [quote]}]\n",
    )
    assert list(load_schema("s.yaml").labels) == ["claim", "quote"]


def test_two_files_cannot_define_the_same_label(folder):
    write(base=BASE, s=HEAD + "include: [base.yaml]\nlabels:\n  quote: {description: Q.}\n")
    assert faults("s.yaml") == [
        "s.yaml:5: labels.quote: the label 'quote' is already defined in base.yaml"
    ]


def test_a_label_that_an_include_leaves_out_may_be_defined_anew(folder):
    include = "include: [{file: base.yaml, labels: [speaker]}]\n"
    write(base=BASE, s=HEAD + include + "labels:\n  quote: {description: Mine.}\n")
    assert load_schema("s.yaml").labels["quote"].description == "Mine."


@pytest.mark.parametrize("labels", ["[]", "''", "0"])
def test_labels_that_are_no_mapping_are_told(folder, labels):
    write(s=HEAD + f"labels: {labels}\n")
    assert any("a mapping is needed" in fault for fault in faults("s.yaml"))


CHOICE = Field("f", "choice", values=(Choice("x"), Choice("y"), Choice("z", parent="x")))


def fingerprint(field, **label):
    return LabelSchema("n", "1", labels={"a": Label("a", fields={"f": field}, **label)}).fingerprint


def test_a_fingerprint_is_twelve_hex_digits():
    assert len(fingerprint(CHOICE)) == 12
    assert int(fingerprint(CHOICE), 16) >= 0


def test_every_rule_of_a_field_changes_the_fingerprint():
    fields = [
        CHOICE,
        Field("f", "number"),
        Field("f", "text"),
        Field("f", "choice", values=CHOICE.values[:2]),
        Field("f", "choice", values=(*CHOICE.values[:2], Choice("z", parent="y"))),
        Field("f", "choice", values=CHOICE.values, many=True),
        Field("f", "choice", values=CHOICE.values, partial="parent"),
        Field("f", "choice", values=CHOICE.values, compare="package.module:function"),
        Field("f", "number", parameters={"absolute": 1.0}),
        Field("f", "number", parameters={"absolute": 2.0}),
        Field("f", "date", granularity="year"),
        Field("f", "date"),
        Field("f", "span"),
        Field("f", "span", match=Match("iou", 0.5)),
        Field("f", "span", match=Match("iou", 0.6)),
        Field("f", "ref", to="a"),
        Field("f", "ref", to="b"),
    ]
    assert len(set(map(fingerprint, fields))) == len(fields)


@pytest.mark.parametrize("match", [Match("exact"), Match("none"), Match("iou", 0.5)])
def test_the_match_rule_of_a_label_changes_the_fingerprint(match):
    assert fingerprint(CHOICE, match=match) != fingerprint(CHOICE)


words = st.text(max_size=20)


@given(st.permutations(CHOICE.values), words, words, st.booleans())
def test_words_and_order_do_not_change_the_fingerprint(values, text, other, required):
    values = tuple(Choice(value.name, text, value.parent) for value in values)
    field = Field("f", "choice", text, False, required, values, guideline=other)
    assert fingerprint(field, description=other, guideline=text) == fingerprint(CHOICE)


names = st.lists(st.from_regex(r"[a-z]{1,5}", fullmatch=True), unique=True, min_size=1, max_size=5)


@given(names, st.randoms(), words)
def test_the_order_of_labels_and_fields_does_not_change_the_fingerprint(some, random, text):
    def schema(order):
        fields = {name: Field(name, "text") for name in order}
        return LabelSchema("n", "1", text, {name: Label(name, fields=fields) for name in order})

    assert schema(some).fingerprint == schema(random.sample(some, len(some))).fingerprint


def test_name_and_version_do_not_change_the_fingerprint():
    assert LabelSchema("a", "1").fingerprint == LabelSchema("b", "2").fingerprint


def test_a_default_that_is_written_out_does_not_change_the_fingerprint(load):
    plain = load("      n: {type: text}\n").fingerprint
    full = "{type: text, compare: normalised, many: false, required: false}"
    assert load(f"      n: {full}\n").fingerprint == plain
