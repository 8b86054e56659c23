"""Documents for property tests: short, with few labels, so that mentions nest, cross and repeat."""

import os

import msgspec
from hypothesis import settings
from hypothesis import strategies as st

from toolkit.model import Alternative, Document, Mention
from toolkit.spans import Span, canonical

TIMES = int(os.environ.get("EXAMPLES_TIMES", "1"))
"""How many times the usual number of examples property tests try; `make fuzz` raises it."""


def many(examples):
    """Settings for a property that is tried on this many examples."""
    return settings(max_examples=examples * TIMES)


LABELS = ("A", "B", "R")
LENGTH = 12

SCHEMA = """
schema: dense
version: 1.0.0
labels:
  A:
    description: Matches by overlap.
    fields:
      who: {type: entity}
      when: {type: date}
      what: {type: choice, many: true, partial: parent, values: {p: [x, y], q: [z]}}
      of: {type: ref, to: A}
  B:
    description: Matches at IoU 0.5.
    match: {iou: 0.5}
    fields:
      where: {type: span}
  R:
    description: A record.
    match: none
    fields:
      who: {type: text}
      n: {type: number}
"""


SPANS = [Span(start, end) for end in range(1, LENGTH + 1) for start in range(end)]

SPAN = st.sampled_from(SPANS)
"""Strategies are made once: to make them anew for each value takes longer than to draw it."""

PLACE = st.one_of(
    SPAN.map(lambda span: (span,)), st.tuples(SPAN, SPAN).map(lambda pair: canonical(pair))
)


def span_values():
    return SPAN.map(lambda span: {"start": span.start, "end": span.end})


FIELDS = {
    "A": st.fixed_dictionaries(
        {},
        optional={
            "who": st.sampled_from(["one", "two", "One", None]),
            "when": st.sampled_from(["2021", "2021-12", "2022"]),
            "what": st.lists(st.sampled_from(["p", "q", "x", "y", "z"]), max_size=3),
            "of": st.integers(0, 6).map(lambda i: {"ref": f"m{i}"}),
        },
    ),
    "B": st.fixed_dictionaries({}, optional={"where": span_values()}),
    "R": st.fixed_dictionaries(
        {}, optional={"who": st.sampled_from(["a", "b"]), "n": st.integers(0, 2)}
    ),
}


def make_mention(label, place, fields, position):
    one = {"start": place[0].start, "end": place[0].end} if len(place) == 1 else {}
    return Mention(
        id=f"m{position}",
        label=label,
        fragments=place if len(place) > 1 else (),
        fields=fields,
        **one,
    )


@st.composite
def mentions(draw, most=6, least=0):
    """Up to `most` mentions; references lead to mentions that are there, and never in a circle."""
    found = []
    for position in range(draw(st.integers(least, most))):
        label = draw(st.sampled_from(LABELS))
        place = () if label == "R" else draw(PLACE)
        fields = dict(draw(FIELDS[label]))
        earlier = [one.id for one in found if one.label == "A"]
        if fields.get("of", {}).get("ref") not in earlier:
            fields.pop("of", None)
        found.append(make_mention(label, place, fields, position))
    return tuple(found)


ALTERNATIVES = st.lists(
    st.one_of(
        SPAN.map(lambda span: Alternative(start=span.start, end=span.end)),
        FIELDS["A"].map(lambda fields: Alternative(fields={"who": fields.get("who")})),
    ),
    max_size=2,
).map(tuple)


@st.composite
def open_mentions(draw, most=6):
    """Gold mentions some of which may as well stand elsewhere or have other values."""
    return tuple(
        msgspec.structs.replace(each, alternatives=draw(ALTERNATIVES))
        if each.label == "A"
        else each
        for each in draw(mentions(most))
    )


@st.composite
def document_pairs(draw, most=6):
    """A gold and a predicted document of one id."""
    name = draw(st.sampled_from(["d1", "d2", "d3"]))
    gold, predicted = draw(mentions(most)), draw(mentions(most))
    return Document(id=name, mentions=gold), Document(id=name, mentions=predicted)
