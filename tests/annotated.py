"""Annotators' documents made up for tests."""

from hypothesis import strategies as st

import toolkit
from toolkit.model import Document, Mention

SCHEMA = """
schema: small
version: 1.0.0
labels:
  quote:
    description: What is said.
    fields:
      source: {type: ref, to: speaker}
  speaker:
    description: Who speaks.
    fields:
      kind: {type: choice, values: [person, organisation], agreement: kappa .60 (published)}
      of: {type: ref, to: speaker}
      when: {type: date}
"""

TEXT = "Ana Roke said no. The ministry said yes, she added."


def schema(folder):
    (folder / "small.yaml").write_text(SCHEMA)
    return toolkit.load_schema(folder / "small.yaml")


def speaker(name, start=0, end=8, **fields):
    return Mention(name, "speaker", start, end, fields=fields)


def document(*mentions, name="d", text=TEXT):
    return Document(name, text=text, mentions=mentions)


@st.composite
def annotators(draw, count=2, names=("d1", "d2", "d3")):
    """What `count` people marked in the same documents; not all did all."""
    found = {}
    for who in "abc"[:count]:
        found[who] = [
            _drawn(draw, name) for name in names if name == names[0] or draw(st.booleans())
        ]
    return found


def _drawn(draw, name):
    spans = draw(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 6)), max_size=4))
    mentions = []
    for number, (start, size) in enumerate(spans):
        fields = {}
        if draw(st.booleans()):
            fields["kind"] = draw(st.sampled_from(["person", "organisation"]))
        if draw(st.booleans()):
            fields["when"] = draw(st.sampled_from(["2031", "2031-04", "2031-04-02"]))
        if number and draw(st.booleans()):
            fields["of"] = {"ref": f"m{draw(st.integers(0, number - 1))}"}
        mentions.append(speaker(f"m{number}", start, start + size, **fields))
    return document(*mentions, name=name)
