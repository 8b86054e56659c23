import pytest

from toolkit.schema.nouns import Choice, Decision, Examples, Match


def field(load, body):
    return load(f"      f: {body}\n").labels["a"].fields["f"]


def fault(lint, body, *, key="f"):
    """The one fault of a label with this field, without file and line."""
    found = lint(labels=f"  a:\n    description: A.\n    fields:\n      {key}: {body}\n")
    assert len(found) == 1, found
    where, _, what = found[0].partition(": labels.a.fields.")
    assert where == "s.yaml:7"
    return what


@pytest.mark.parametrize(
    "body",
    [
        "{type: text}",
        "{type: entity, many: true}",
        "{type: number}",
        "{type: date, granularity: month}",
        "{type: boolean, required: true}",
        "{type: span, match: exact}",
        "{type: ref, to: a}",
        "{type: choice, values: [x, y]}",
    ],
)
def test_each_type_has_its_keys(load, body):
    assert field(load, body).type in body


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (
            "{}",
            "f.type: is missing (one of choice, text, entity, number, date, boolean, span, ref)",
        ),
        ("{type: nubmer}", "f.type: unknown value 'nubmer' (did you mean 'number'?)"),
        (
            "{type: 3}",
            "f.type: unknown value 3 "
            "(one of choice, text, entity, number, date, boolean, span, ref)",
        ),
        ("{type: text, comapre: x}", "f.comapre: unknown key (did you mean 'compare'?)"),
        ("{type: text, values: [x]}", "f.values: only a choice field takes this key, not a text"),
        ("{type: text, to: a}", "f.to: only a ref field takes this key, not a text"),
        ("{type: number, match: exact}", "f.match: only a span field takes this key, not a number"),
        (
            "{type: span, granularity: day}",
            "f.granularity: only a date field takes this key, not a span",
        ),
        ("{type: text, many: 1}", "f.many: is a number, true or false is needed"),
        ("{type: text, required: 'yes'}", "f.required: is a text, true or false is needed"),
        (
            "{type: text, description: [x]}",
            "f.description: is a list, a text is needed (put it in quotes)",
        ),
        ("{type: ref}", "f.to: is missing"),
        ("{type: ref, to: 3}", "f.to: is a number, a text is needed (put it in quotes)"),
        (
            "{type: date, granularity: week}",
            "f.granularity: unknown value 'week' (known: day, month, year)",
        ),
        (
            "{type: text, compare: levenshtein}",
            "f.compare: a text field cannot be compared by 'levenshtein' "
            "(one of normalised, exact, tokens, or package.module:function)",
        ),
        (
            "{type: date, compare: tokens}",
            "f.compare: a date field cannot be compared by 'tokens' "
            "(one of date, or package.module:function)",
        ),
        (
            "{type: number, compare: {number: {absolute: -1}}}",
            "f.compare.number.absolute: -1 is no tolerance (a number, 0 or more)",
        ),
        (
            "{type: number, compare: {number: {absolute: .nan}}}",
            "f.compare.number.absolute: nan is no tolerance (a number, 0 or more)",
        ),
        (
            "{type: number, compare: {number: {relative: .inf}}}",
            "f.compare.number.relative: inf is no tolerance (a number, 0 or more)",
        ),
        (
            "{type: number, compare: {number: {absolute: true}}}",
            "f.compare.number.absolute: True is no tolerance (a number, 0 or more)",
        ),
        (
            "{type: number, compare: {number: {relativ: 1}}}",
            "f.compare.number.relativ: unknown key (did you mean 'relative'?)",
        ),
        ("{type: text, compare: {tokens: {x: 1}}}", "f.compare.tokens.x: unknown key"),
        ("{type: choice}", "f.values: is missing (list the values that may be chosen)"),
        ("{type: choice, values: []}", "f.values: is missing (list the values that may be chosen)"),
        (
            "{type: choice, values: x}",
            "f.values: is a text, a list or a mapping of values is needed",
        ),
        ("{type: choice, values: [x, y, x]}", "f.values: the value 'x' stands here twice"),
        ("{type: choice, values: {x: [y], y: ''}}", "f.values: the value 'y' stands here twice"),
        (
            "{type: choice, values: [yes]}",
            "f.values.0: True is no name (a letter, then letters, digits, _ or -)",
        ),
        (
            "{type: choice, values: {x: 3}}",
            "f.values.x: is a number, a text is needed (put it in quotes)",
        ),
        (
            "{type: choice, values: [x], partial: parent}",
            "f.partial: no value has a parent (nest the values, or drop this key)",
        ),
        (
            "{type: choice, values: {x: [y]}, partial: half}",
            "f.partial: unknown value 'half' (known: parent)",
        ),
        (
            "{type: span, match: overlaps}",
            "f.match: unknown match rule 'overlaps' (one of exact, overlap, {iou: 0.5})",
        ),
        (
            "{type: text, examples: {godo: [x]}}",
            "f.examples.godo: unknown key (did you mean 'good'?)",
        ),
        ("{type: text, examples: {good: [1]}}", None),
    ],
)
def test_a_fault_of_a_field_is_told_with_a_hint(lint, body, what):
    expected = what or "f.examples.good.0: is a number, a text is needed (put it in quotes)"
    assert fault(lint, body) == expected


@pytest.mark.parametrize("threshold", ["0", "-0.1", "1.1", "true", ".nan", "x"])
def test_a_threshold_lies_above_0_and_at_most_at_1(lint, threshold):
    assert "is no threshold (above 0, at most 1)" in (
        fault(lint, f"{{type: span, match: {{iou: {threshold}}}}}")
    )


@pytest.mark.parametrize("name", ["'1a'", "'a b'", "'a.b'", "é", "_a", "''"])
def test_a_name_is_a_letter_then_letters_digits_underscores_or_hyphens(lint, name):
    assert "is no name" in fault(lint, "{type: text}", key=name)


def test_a_key_that_stands_twice_is_told(lint):
    assert "the key 'type' stands here a second time" in "\n".join(
        lint(labels="  a: {description: A., fields: {x: {type: text, type: date}}}\n")
    )


@pytest.mark.parametrize(
    ("written", "match"),
    [
        ("overlap", Match()),
        ("exact", Match("exact")),
        ("none", Match("none")),
        ("{iou: 1}", Match("iou", 1.0)),
        ("{iou: 0.5}", Match("iou", 0.5)),
    ],
)
def test_a_label_matches_by_the_rule_it_names(load, written, match):
    schema = load(labels=f"  a: {{description: A., match: {written}}}\n")
    assert schema.labels["a"].match == match


def test_a_span_value_cannot_match_by_fields(lint):
    assert "unknown match rule 'none'" in fault(lint, "{type: span, match: none}")


def test_mentions_and_spans_match_by_overlap_unless_said_otherwise(load):
    assert field(load, "{type: span}").match == Match("overlap")
    assert load().labels["a"].match == Match("overlap")


def test_a_comparator_may_have_parameters(load):
    found = field(load, "{type: number, compare: {number: {absolute: 2, relative: 0.1}}}")
    assert found.parameters == {"absolute": 2.0, "relative": 0.1}


def test_a_comparator_may_be_any_function(load):
    assert field(load, "{type: text, compare: 'a_b.c:d'}").compare == "a_b.c:d"


def test_flat_values_have_no_parent(load):
    assert field(load, "{type: choice, values: [x, y]}").values == (Choice("x"), Choice("y"))


def test_nested_values_know_their_parent(load):
    found = field(load, "{type: choice, values: {x: {y: Why., z: [q]}, u: You.}}")
    assert found.parents == {"y": "x", "z": "x", "q": "z"}
    assert found.values[1] == Choice("y", "Why.", "x")
    assert found.values[-1] == Choice("u", "You.")


def test_examples_and_decisions_are_read_as_written(load):
    label = load(
        labels="  a:\n    description: A.\n    examples: {good: ['[x] y'], bad: ['x [y]']}\n"
        "    decisions:\n      - {when: W., do: D., good: G, bad: B}\n      - {when: W, do: D}\n"
    ).labels["a"]
    assert label.examples == Examples(("[x] y",), ("x [y]",))
    assert label.decisions == (Decision("W.", "D.", "G", "B"), Decision("W", "D"))


def test_a_decision_says_when_and_what_to_do(lint):
    assert lint(labels="  a:\n    description: A.\n    decisions: [{then: x}]\n") == [
        "s.yaml:6: labels.a.decisions.0.then: unknown key (did you mean 'when'?)",
        "s.yaml:6: labels.a.decisions.0.when: is missing",
        "s.yaml:6: labels.a.decisions.0.do: is missing",
    ]


@pytest.mark.parametrize(
    ("fields", "identity"),
    [
        ("      e: {type: entity}\n      t: {type: text}\n", "e"),
        ("      e: {type: entity}\n      m: {type: entity, many: true}\n", "e"),
        ("      e: {type: entity}\n      f: {type: entity}\n", None),
        ("      e: {type: entity, many: true}\n", None),
        ("      t: {type: text}\n", None),
    ],
)
def test_the_one_single_entity_field_is_the_identity(load, fields, identity):
    assert load(fields).labels["a"].identity == identity
