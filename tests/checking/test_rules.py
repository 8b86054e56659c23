import pytest

from toolkit.checking.rules import edge_faults, required_faults, rule_faults
from toolkit.model import Document, Mention
from toolkit.schema.nouns import Choice, Field, Label, LabelSchema, Match

FIELDS = (
    Field("kind", "choice", values=(Choice("person"), Choice("document"))),
    Field("acts", "choice", many=True, values=(Choice("speech"), Choice("writing"))),
    Field("role", "text"),
    Field("who", "entity"),
    Field("amount", "number"),
    Field("day", "date"),
    Field("negated", "boolean"),
    Field("cue", "span"),
    Field("source", "ref", to="speaker"),
    Field("outer", "ref", to="quote"),
)

SCHEMA = LabelSchema(
    "news",
    "1",
    labels={
        "speaker": Label("speaker", fields={"kind": Field("kind", "text", required=True)}),
        "quote": Label("quote", fields={field.name: field for field in FIELDS}),
        "deal": Label("deal", match=Match("none")),
    },
)

SPEAKER = Mention("s", "speaker", 0, 3)


def told(faults):
    return [str(fault.mention) + ": " + fault.what + f" ({fault.hint})" for fault in faults]


def faults(*mentions, text="x" * 20):
    return told(rule_faults(Document("d", mentions=mentions, text=text), SCHEMA))


def fault(**fields):
    found = faults(SPEAKER, Mention("q", "quote", 5, 9, fields=fields))
    assert len(found) == 1, found
    return found[0].removeprefix("q: ")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"kind": "person", "role": "", "who": "Renk", "amount": 0, "day": "2021-12", "acts": []},
        {"acts": ["speech", "writing"], "negated": False, "cue": {"start": 0, "end": 20}},
        {"acts": "speech", "source": {"ref": "s"}, "outer": {"ref": "p"}},
        dict.fromkeys(("kind", "acts", "role", "who", "amount", "day", "negated", "cue"), None),
        {"acts": [None]},
    ],
)
def test_right_fields_have_no_fault(fields):
    assert (
        faults(SPEAKER, Mention("p", "quote", 1, 2), Mention("q", "quote", 5, 9, fields=fields))
        == []
    )


def test_an_unknown_label_is_told_with_the_nearest():
    assert faults(Mention("m", "speakr", 0, 3)) == [
        "m: unknown label 'speakr' (did you mean 'speaker'?)"
    ]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"knd": "person"}, "unknown field 'knd' of quote (did you mean 'kind'?)"),
        ({"kind": ["person"]}, "kind is a list (the schema gives this field one value)"),
        ({"kind": "preson"}, "kind: unknown value 'preson' (did you mean 'person'?)"),
        ({"kind": "Person"}, "kind: unknown value 'Person' (did you mean 'person'?)"),
        ({"kind": {"x": 1}}, "kind: unknown value {'x': 1} (known: document, person)"),
        ({"acts": ["speech", "thought"]}, "acts: unknown value 'thought' (known: speech, writing)"),
        ({"acts": [["speech"]]}, "acts: unknown value ['speech'] (did you mean 'speech'?)"),
        ({"role": 3}, "role: 3 is no text (a text is needed)"),
        ({"who": ""}, "who: '' is no entity (an entity's id or name)"),
        ({"who": {"ref": "s"}}, "who: {'ref': 's'} is no entity (an entity's id or name)"),
        ({"amount": "3"}, "amount: '3' is no number (a number is needed)"),
        ({"amount": True}, "amount: True is no number (a number is needed)"),
        ({"day": "7 December"}, "day: '7 December' is no date (2021, 2021-12, 2021-12-07 or a/b)"),
        ({"day": 2021}, "day: 2021 is no date (2021, 2021-12, 2021-12-07 or a/b)"),
        ({"negated": "true"}, "negated: 'true' is no boolean (true or false)"),
        ({"negated": 0}, "negated: 0 is no boolean (true or false)"),
        ({"cue": "said"}, 'cue: \'said\' is no span ({"start": 3, "end": 9})'),
        ({"cue": {"start": 15, "end": 21}}, "cue: end 21 is past the text's 20 characters ()"),
        ({"source": "s"}, 'source: \'s\' is no ref ({"ref": "mention id"})'),
        ({"source": {"ref": 1}}, 'source: {\'ref\': 1} is no ref ({"ref": "mention id"})'),
        (
            {"source": {"ref": "x"}},
            "source: refers to 'x', which is not in the document (point it at a mention)",
        ),
        ({"outer": {"ref": "s"}}, "outer: refers to 's', a speaker (it must be a quote)"),
        (
            {"outer": {"ref": "q"}},
            "refers to itself (point the reference at another mention)",
        ),
    ],
)
def test_a_wrong_value_is_told_with_a_hint(fields, expected):
    assert fault(**fields) == expected


def test_every_wrong_value_is_told():
    wrong = Mention("q", "quote", 5, 9, fields={"role": 1, "who": 2, "acts": [3, 4]})
    assert len(faults(wrong)) == 4


def test_references_do_not_lead_back_to_where_they_began():
    chain = {"a": "b", "b": "c", "c": "a"}
    mentions = [
        Mention(one, "quote", n, n + 1, fields={"outer": {"ref": other}})
        for n, (one, other) in enumerate(chain.items())
    ]
    (found,) = faults(*mentions)
    way = found.partition("refers in a circle: ")[2].partition(" (")[0].split(" -> ")
    assert [chain[one] for one in way[:-1]] == way[1:]
    assert way[0] == way[-1]


def test_a_chain_of_references_is_no_circle():
    mentions = [
        Mention(f"q{n}", "quote", n, n + 1, fields={"outer": {"ref": f"q{n + 1}"}})
        for n in range(9)
    ]
    assert faults(*mentions, Mention("q9", "quote", 10, 11)) == []


def test_a_mention_says_something_by_place_or_fields():
    assert faults(Mention("m", "quote")) == ["m: has neither a place in the text nor fields ()"]
    assert faults(Mention("m", "quote", fields={"role": "x"})) == []


def test_words_that_are_not_in_the_text_are_no_fault_of_the_file():
    assert faults(Mention("m", "quote", text="gone", grounding="none")) == []


def test_a_record_that_aligns_by_fields_needs_no_place():
    assert faults(Mention("m", "deal")) == []


def test_without_a_text_span_values_have_no_upper_bound():
    cue = {"cue": {"start": 0, "end": 999}}
    assert faults(Mention("m", "quote", 0, 9, fields=cue), text=None) == []


@pytest.mark.parametrize("fields", [{}, {"kind": None}, {"kind": []}])
def test_a_required_field_has_a_value(fields):
    document = Document("d", mentions=(Mention("s", "speaker", 0, 3, fields=fields),))
    assert told(required_faults(document, SCHEMA)) == [
        "s: kind is missing (every speaker needs it)"
    ]


@pytest.mark.parametrize(
    "mention",
    [
        Mention("s", "speaker", 0, 3, fields={"kind": "person"}),
        Mention("s", "speaker", 0, 3, fields={"kind": ""}),
        Mention("q", "quote", 0, 3),
        Mention("u", "unknown", 0, 3),
    ],
)
def test_only_required_fields_of_known_labels_are_required(mention):
    assert told(required_faults(Document("d", mentions=(mention,)), SCHEMA)) == []


@pytest.mark.parametrize("place", [(0, 3), (2, 4), (4, 6), (5, 6)])
def test_a_place_does_not_begin_or_end_with_white_space(place):
    document = Document("d", text=" ab\u00a0c\nd", mentions=(Mention("m", "quote", *place),))
    assert "white space at the edge of" in told(edge_faults(document))[0]


@pytest.mark.parametrize("text", ["ab c", None])
def test_white_space_within_a_place_is_no_fault(text):
    document = Document("d", text=text, mentions=(Mention("m", "quote", 0, 4), Mention("n", "x")))
    assert told(edge_faults(document)) == []
