"""The annotators' guidelines, written from the schema so that the two cannot disagree."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.schema.nouns import Choice, Examples, Field, Label, LabelSchema

LEGEND = """\
In the examples the marked words stand in [brackets]; the brackets are not part of the text. After
the dash stands what holds of them (✓) or what is wrong (✗). A bad example of a field gives the
wrong value first, then why it is wrong."""


def guidelines(schema: LabelSchema) -> str:
    """A Markdown page: what each label and field is, what to do in hard cases, examples good and
    bad.
    """
    return "\n".join(_page(schema)).rstrip() + "\n"


def _page(schema: LabelSchema) -> Iterator[str]:
    yield f"# Annotation guidelines: {schema.name} {schema.version}"
    yield ""
    if schema.description:
        yield from (schema.description, "")
    if any(_shown(label) for label in schema.labels.values()):
        yield from (LEGEND, "")
    yield "| mark | what it is | fields |"
    yield "|---|---|---|"
    for label in schema.labels.values():
        fields = ", ".join(f"`{name}`" for name in label.fields) or "none"
        yield f"| [**{label.name}**](#{label.name}) | {_cell(label.description)} | {fields} |"
    yield ""
    for label in schema.labels.values():
        yield from _label(label)


def _label(label: Label) -> Iterator[str]:
    yield from (f"## {label.name}", "", label.description, "")
    if label.guideline:
        yield from (label.guideline, "")
    yield from _examples(label.examples)
    if label.decisions:
        yield from ("### Hard cases", "")
    for decision in label.decisions:
        yield f"- **{decision.when}** {decision.do}"
        if decision.good:
            yield f"  - ✓ {decision.good}"
        if decision.bad:
            yield f"  - ✗ {decision.bad}"
    if label.decisions:
        yield ""
    if label.fields:
        yield from (f"### Fields of {label.name}", "")
    for field in label.fields.values():
        yield from _field(field)


def _field(field: Field) -> Iterator[str]:
    yield from (f"#### {field.name}", "")
    yield f"*{_type(field)}{', required' if field.required else ''}.* {field.description}"
    yield ""
    if field.guideline:
        yield from (field.guideline, "")
    if field.values:
        yield from ("| value | meaning |", "|---|---|")
        for value in field.values:
            yield f"| {_indent(value, field)}`{value.name}` | {_cell(value.description)} |"
        yield ""
    yield from _examples(field.examples)
    if field.agreement:
        yield from (f"Agreement between people: {field.agreement}.", "")


def _shown(label: Label) -> bool:
    """Whether the page has an example of this label."""
    own = (label.examples, *(field.examples for field in label.fields.values()))
    return bool(label.decisions) or any(one.good or one.bad for one in own)


def _examples(examples: Examples) -> Iterator[str]:
    for mark, sentences in (("✓", examples.good), ("✗", examples.bad)):
        for sentence in sentences:
            yield f"- {mark} {sentence}"
    if examples.good or examples.bad:
        yield ""


def _type(field: Field) -> str:
    names = {
        "choice": "Choose one",
        "text": "Text",
        "entity": "Name or id of an entity",
        "number": "Number",
        "date": "Date (2021, 2021-12, 2021-12-07, or a range with a slash)",
        "boolean": "Yes or no",
        "span": "Words of the text",
        "ref": f"Link to a {field.to}",
    }
    if field.many:
        return "Choose all that hold" if field.type == "choice" else names[field.type] + ", several"
    return names[field.type]


def _indent(value: Choice, field: Field) -> str:
    depth, parents = 0, field.parents
    name = value.name
    while name in parents:
        name, depth = parents[name], depth + 1
    return "&nbsp;&nbsp;&nbsp;" * depth


def _cell(text: str) -> str:
    """Text that cannot break out of a table's cell."""
    return " ".join(text.split()).replace("|", "\\|")
