"""The labelling interface of a schema, and its guidelines as the page of instructions."""

from __future__ import annotations

import colorsys
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from toolkit.labelstudio.controls import (
    BOOLEANS,
    LABEL,
    TEXT,
    Control,
    control_name,
    controls,
    relation_names,
    word_labels,
)
from toolkit.schema.guidelines import guidelines
from toolkit.schema.nouns import Field, LabelSchema

KEYS = "1234567890"
"""Keys of the labels, in their order; mentions come first, words that are values after them."""

STYLE = """
.toolkit-page { display: flex; gap: 20px; align-items: flex-start }
.toolkit-text { flex: 1 1 auto; min-width: 0 }
.toolkit-text .lsf-richtext__line { line-height: 2.3 }
.toolkit-text .lsf-htx-richtext { padding: 28px 0 0 44px }
.toolkit-labels { position: sticky; top: 0; z-index: 101; padding: 4px 0;
  background: var(--color-neutral-background, #fff) }
.toolkit-fields { flex: 0 0 300px; position: sticky; top: 0; max-height: 86vh; overflow-y: auto }
.toolkit-listed h4 { white-space: pre-line; font-size: 13px !important;
  font-weight: 400 !important; margin: 0 !important }
.toolkit-fields h4 { margin: 8px 0 2px !important; font-size: 13px !important }
.toolkit-fields .lsf-choices_layout_inline { gap: 0 10px !important }
.toolkit-fields .lsf-choice { margin: 0 !important; padding: 0 !important; min-height: 24px }
.toolkit-fields .lsf-choice label { font-size: 13px !important; font-weight: 400 !important }
.toolkit-fields .lsf-text-area { margin-top: 0 !important }
.toolkit-fields input[type=text] { padding: 2px 6px !important }
"""
"""Text and controls side by side, with room between the lines for relations, and left of them."""


def label_config(schema: LabelSchema, listed: str = "") -> str:
    """The labelling interface as Label Studio's XML.

    One control `label` for all labels, with a colour and a key each. The controls of a label's
    fields stand beside the text and show while a region with this label is selected. `listed` names
    data of the tasks that is shown above them. Offsets are by character.
    """
    view = Element("View")
    SubElement(view, "Style").text = STYLE
    page = SubElement(view, "View", className="toolkit-page")
    left = SubElement(page, "View", className="toolkit-text")
    _labels(SubElement(left, "View", className="toolkit-labels"), schema)
    relations = SubElement(left, "Relations")
    for name in relation_names(schema):
        SubElement(relations, "Relation", value=name)
    SubElement(left, "Text", name=TEXT, value=f"${TEXT}", granularity="symbol", saveTextResult="no")
    right = SubElement(page, "View", className="toolkit-fields")
    if listed:
        SubElement(
            SubElement(right, "View", className="toolkit-listed"),
            "Header",
            value=f"${listed}",
            size="5",
        )
    of_label: dict[str, list[Control]] = {}
    for control in controls(schema).values():
        of_label.setdefault(control.label, []).append(control)
    for label, found in of_label.items():
        group = SubElement(right, "View", _shown_for(label))
        for control in found:
            _control(group, control)
    indent(view)
    return tostring(view, encoding="unicode")


def instructions(schema: LabelSchema) -> str:
    """The schema's guidelines as HTML, with nothing in them that could act."""
    from markdown_it import MarkdownIt

    html: str = MarkdownIt("commonmark", {"html": False}).enable("table").render(guidelines(schema))
    return html


def _labels(view: Element, schema: LabelSchema) -> None:
    parent = SubElement(view, "Labels", name=LABEL, toName=TEXT, choice="single", showInline="true")
    words = word_labels(schema)
    names = [*schema.labels, *words]
    for number, name in enumerate(names):
        owner, field = words.get(name, (name, ""))
        noun = schema.labels[owner]
        said = noun.fields[field].description if field else noun.description
        hue = list(schema.labels).index(owner) / len(schema.labels)
        told = {"value": name, "background": _colour(hue, pale=bool(field)), "hint": _line(said)}
        if number < len(KEYS):
            told["hotkey"] = KEYS[number]
        SubElement(parent, "Label", told)


def _colour(hue: float, *, pale: bool) -> str:
    red, green, blue = colorsys.hls_to_rgb((hue + 0.58) % 1, 0.72 if pale else 0.5, 0.75)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"


def _control(group: Element, control: Control) -> None:
    field = control.field
    SubElement(group, "Header", value=_title(field), size="5")
    told = {
        "name": control_name(control.label, field.name),
        "toName": TEXT,
        "perRegion": "true",
        **_shown_for(control.label),
    }
    if field.required:
        told |= {"required": "true", "requiredMessage": f"{control.label}: choose {field.name}"}
    if control.kind == "number":
        SubElement(group, "Number", told)
    elif control.kind == "textarea":
        told |= {"placeholder": _placeholder(field), "editable": "true", "rows": "1"}
        SubElement(group, "TextArea", told | ({} if field.many else {"maxSubmissions": "1"}))
    elif control.kind == "taxonomy":
        told |= {"showFullPath": "false"} | ({} if field.many else {"maxUsages": "1"})
        _choices(SubElement(group, "Taxonomy", told), field)
    else:
        told |= {"choice": "multiple" if field.many else "single", "showInline": "true"}
        _choices(SubElement(group, "Choices", told), field)


def _choices(parent: Element, field: Field) -> None:
    """The values of a field, each within the coarser one that holds it, which stands before it."""
    if field.type == "boolean":
        for said in BOOLEANS.values():
            SubElement(parent, "Choice", value=said)
    known = {"": parent}
    for value in field.values:
        above = known[value.parent or ""]
        known[value.name] = SubElement(
            above, "Choice", value=value.name, hint=_line(value.description)
        )


def _shown_for(label: str) -> dict[str, str]:
    return {"visibleWhen": "region-selected", "whenTagName": LABEL, "whenLabelValue": label}


def _title(field: Field) -> str:
    several = " (several)" if field.many else ""
    return f"{field.name}{several}{' *' if field.required else ''}"


def _placeholder(field: Field) -> str:
    said = {"date": "2021-12-07, 2021-12 or 2021", "entity": "name or id", "text": "words"}
    return f"{said[field.type]}, then Enter"


def _line(text: str) -> str:
    return " ".join(text.split())
