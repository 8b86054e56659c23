"""GATE's own XML: a text with numbered nodes, and annotations from node to node.

<GateDocument><TextWithNodes><Node id="0"/>Ana<Node id="3"/> left</TextWithNodes>
<AnnotationSet><Annotation Id="1" Type="Person" StartNode="0" EndNode="3">...
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from toolkit.errors import DataError, Problem, abridged
from toolkit.formats.plainxml import parse

_TYPES: dict[str, Callable[[str], str | int | float | bool]] = {
    "java.lang.String": str,
    "java.lang.Integer": int,
    "java.lang.Long": int,
    "java.lang.Short": int,
    "java.lang.Double": float,
    "java.lang.Float": float,
    "java.lang.Boolean": lambda text: {"true": True, "false": False}[text],
}
"""Classes of Java whose values are plain; those of others are left out."""


def bdoc_of(data: bytes, file: str, skipped: Counter[str]) -> dict[str, Any]:
    """The document as bdocjs has it, its offsets counting code points; what is left out is counted
    in `skipped`.
    """
    root = parse(data, file)
    content = root.find("TextWithNodes")
    if root.tag != "GateDocument" or content is None:
        raise DataError(Problem(f"{file}:1", "no GateDocument with a TextWithNodes"))
    text, nodes = _text(content)
    problems: list[Problem] = []
    sets: dict[str, Any] = {}
    for one_set in root.iter("AnnotationSet"):
        found = []
        for one in one_set.iter("Annotation"):
            start, end = (nodes.get(one.get(key, "")) for key in ("StartNode", "EndNode"))
            id_ = one.get("Id", "")
            if start is None or end is None or not id_.isdecimal() or len(id_) > 18:
                what = f"annotation {id_!r}: has no number, or no nodes that are in the text"
                problems.append(Problem(file, what, "needs Id, StartNode and EndNode"))
                continue
            features = _features(one, skipped)
            entry = {"id": int(id_), "type": one.get("Type", ""), "start": start, "end": end}
            found.append(entry | {"features": features})
        sets.setdefault(one_set.get("Name", ""), {"annotations": []})["annotations"] += found
    if problems:
        raise DataError(abridged(problems))
    meta = root.find("GateDocumentFeatures")
    return {
        "text": text,
        "offset_type": "p",
        "annotation_sets": sets,
        "features": {} if meta is None else _features(meta, skipped),
    }


def _text(content: Element) -> tuple[str, dict[str, int]]:
    """The text, and where in it each node stands."""
    parts = [content.text or ""]
    nodes, length = {}, len(parts[0])
    for node in content:
        nodes[node.get("id", "")] = length
        parts.append(node.tail or "")
        length += len(parts[-1])
    return "".join(parts), nodes


def _features(owner: Element, skipped: Counter[str]) -> dict[str, Any]:
    found = {}
    for feature in owner.findall("Feature"):
        name, value = feature.find("Name"), feature.find("Value")
        if name is None or value is None:
            continue
        try:
            kind = _TYPES[value.get("className", "java.lang.String")]
            found[name.text or ""] = kind(value.text or "")
        except (KeyError, ValueError):
            skipped["features with values inside values are left out"] += 1
    return found
