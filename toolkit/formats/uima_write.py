"""A document as a UIMA CAS (see `toolkit.formats.uima`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from toolkit.formats.holding import as_text, held_if, is_reference, numbered
from toolkit.formats.layers import RESPELLED, java_name, java_names, label_of, layer_of
from toolkit.formats.uima import HOLDS, RENAMED, load_library, quiet
from toolkit.model import Document, Mention, values

_RANGES = {bool: "Boolean", int: "Long", float: "Double", str: "String"}
_RESERVED = {"sofa", "begin", "end", "xmiID", "elements"}
_LONG = 2**63


def make_cases(documents: Iterable[Document], lost: Counter[str]) -> tuple[Any, dict[str, Any]]:
    """One type system for all documents, and a CAS for each.

    Ids that are whole numbers above 1 are kept, all others made such.
    """
    cassis = load_library()
    documents = list(documents)
    placed = {mention.label for one in documents for mention in one.mentions if mention.place}
    what = "mentions without a place under a label of others with one"
    written = [
        held_if(one, HOLDS, lost, lambda m: bool(m.place) or m.label not in placed, what)
        for one in documents
    ]
    mentions = [mention for one in written for mention in one.mentions]
    types = cassis.TypeSystem()
    with quiet():
        features = {
            label: _Features(types, name, [m for m in mentions if m.label == label], lost)
            for label, name in _type_names(mentions, lost).items()
        }
        cases = {one.id: _cas(cassis.Cas(types), one, features, lost) for one in written}
    return types, cases


def _cas(cas: Any, document: Document, features: dict[str, _Features], lost: Counter[str]) -> Any:
    """Fill the document's CAS."""
    cas.sofa_string = document.text
    cas.sofa_mime = "text/plain"
    document = numbered(document, _ids(document.mentions))
    free = count(max((int(mention.id) for mention in document.mentions), default=1) + 1)
    made: dict[str, Any] = {}
    for mention in document.mentions:
        type_ = features[mention.label].type
        span = dict(zip(("begin", "end"), mention.place[0], strict=True)) if mention.place else {}
        made[mention.id] = type_(**span)
        made[mention.id].xmiID = int(mention.id)
    for mention in document.mentions:
        features[mention.label].fill(made[mention.id], mention, made, free, lost)
        cas.add(made[mention.id], keep_id=True)
    return cas


def _ids(mentions: Iterable[Mention]) -> dict[str, str]:
    """A whole number for every id; 1 is that of the text."""
    mentions = list(mentions)
    own = {m.id for m in mentions if m.id.isascii() and m.id.isdigit()}
    own = {one for one in own if one == str(int(one)) and 1 < int(one) < 2**31}
    free = iter(n for n in range(2, 2 * len(mentions) + 3) if str(n) not in own)
    return {m.id: m.id if m.id in own else str(next(free)) for m in mentions}


def _type_names(mentions: Iterable[Mention], lost: Counter[str]) -> dict[str, str]:
    """The type of each label; those of UIMA itself are not to be had."""

    def clean(label: str) -> str:
        name = java_name(layer_of(label))
        return (
            java_name("webanno.custom." + name.replace(".", "_")) if name[:5] == "uima." else name
        )

    names = java_names((mention.label for mention in mentions), clean)
    lost[RESPELLED] += sum(label_of(name) != label for label, name in names.items())
    return names


class _Features:
    """A type with the features that the fields of its mentions need."""

    def __init__(self, types: Any, name: str, mentions: list[Mention], lost: Counter[str]) -> None:
        above = "uima.tcas.Annotation" if mentions[0].place else "uima.cas.TOP"
        self.type = types.create_type(name, above)
        self._types = types
        self._ranges: dict[str, tuple[str, bool]] = {}
        fields = dict.fromkeys(field for mention in mentions for field in mention.fields)
        self._names = java_names(fields, _feature_name)
        lost[RESPELLED] += sum(
            name not in (field, field + "_" * (field in RENAMED))
            for field, name in self._names.items()
        )
        for field, feature in self._names.items():
            given = [m.fields[field] for m in mentions if field in m.fields]
            many = any(isinstance(value, list) for value in given)
            kind = _range([one for value in given for one in values(value)])
            self._ranges[field] = (kind, many)
            single = "uima.cas.TOP" if kind == "FS" else f"uima.cas.{kind}"
            range_ = f"uima.cas.{kind}Array" if many else single
            types.create_feature(self.type, feature, range_)

    def fill(
        self,
        made: Any,
        mention: Mention,
        every: dict[str, Any],
        free: Iterator[int],
        lost: Counter[str],
    ) -> None:
        """Set the features from a mention's fields; lists are given ids that are `free`."""
        for field, value in mention.fields.items():
            kind, many = self._ranges[field]
            some: list[Any] = []
            for one in values(value):
                if is_reference(one):
                    lost["references beside other values"] += kind != "FS"
                    some += [every[one["ref"]]] if kind == "FS" else []
                elif kind == "String" and not isinstance(one, str):
                    lost["numbers and booleans beside texts, written as text"] += 1
                    some.append(as_text(one))
                else:
                    some.append(float(one) if kind == "Double" else one)
            if many:
                array = self._types.get_type(f"uima.cas.{kind}Array")
                setattr(made, self._names[field], array(elements=some, xmiID=next(free)))
            elif some:
                setattr(made, self._names[field], some[0])


def _feature_name(field: str) -> str:
    name = java_name(field.replace(".", "_"))
    return name + "_" if name in (*_RESERVED, *RENAMED) else name


def _range(some: list[Any]) -> str:
    """The range that holds all values: the one they share, or text."""
    kinds = {type(value) for value in some}
    if kinds == {dict}:
        return "FS"
    if kinds == {int, float}:
        kinds = {float}
    long = all(-_LONG <= value < _LONG for value in some if type(value) is int)
    return _RANGES.get(kinds.pop(), "String") if len(kinds) == 1 and long else "String"
