"""The body of one label or field, read from YAML data; faults are noted on the file and reading
goes on.
"""

from __future__ import annotations

import math
import re
from typing import Any, get_args

from toolkit.errors import did_you_mean
from toolkit.schema.nouns import (
    COMPARATORS,
    Choice,
    Decision,
    Examples,
    Field,
    FieldType,
    Granularity,
    Label,
    Match,
)
from toolkit.yamlfile import Keys, YamlFile, kind

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
FUNCTION = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*\Z")

LABEL_KEYS = ("description", "match", "guideline", "examples", "decisions", "fields")
FIELD_KEYS = (
    "type",
    "description",
    "many",
    "required",
    "compare",
    "guideline",
    "examples",
    "agreement",
)
TYPE_KEYS = {
    "choice": ("values", "partial"),
    "span": ("match",),
    "date": ("granularity",),
    "ref": ("to",),
}
"""The keys that only fields of one type take."""

NUMBER_PARAMETERS = ("absolute", "relative")


def given(data: dict[str, Any], key: str) -> Any:
    """What stands under a key, and an empty mapping where the key is absent or empty."""
    value = data.get(key)
    return {} if value is None else value


def check_name(file: YamlFile, keys: Keys, name: Any) -> None:
    """Note a label, field or value whose name could not stand in every format."""
    if not isinstance(name, str) or not NAME.match(name):
        file.fault(keys, f"{name!r} is no name", "a letter, then letters, digits, _ or -")


def read_label(file: YamlFile, keys: Keys, name: str, body: Any) -> Label:
    """One label."""
    body = file.mapping(keys, body, LABEL_KEYS)
    fields = file.mapping((*keys, "fields"), given(body, "fields"))
    return Label(
        name=name,
        description=file.text((*keys, "description"), body, required=True),
        match=_match(file, (*keys, "match"), body.get("match"), ("exact", "overlap", "none")),
        guideline=file.text((*keys, "guideline"), body),
        examples=_examples(file, (*keys, "examples"), body.get("examples")),
        decisions=_decisions(file, (*keys, "decisions"), body.get("decisions")),
        fields={
            field: _field(file, (*keys, "fields", field), field, fields[field]) for field in fields
        },
    )


def _field(file: YamlFile, keys: Keys, name: str, body: Any) -> Field:
    check_name(file, keys, name)
    body = file.mapping(keys, body)
    kind_of = _one_of(file, (*keys, "type"), body, get_args(FieldType), "text", required=True)
    own = TYPE_KEYS.get(kind_of, ())
    for key in body:
        users = [one for one, theirs in TYPE_KEYS.items() if key in theirs]
        if users and key not in own:
            file.fault((*keys, key), f"only a {users[0]} field takes this key, not a {kind_of}")
        elif key not in FIELD_KEYS + own:
            file.fault((*keys, key), "unknown key", did_you_mean(key, FIELD_KEYS + own))
    compare, parameters = _compare(file, (*keys, "compare"), body.get("compare"), kind_of)
    if kind_of == "ref":
        file.text((*keys, "to"), body, required=True)
    values = _choices(file, (*keys, "values"), body.get("values")) if kind_of == "choice" else ()
    partial = _one_of(file, (*keys, "partial"), body, ("parent",), None)
    if partial and not any(value.parent for value in values):
        file.fault((*keys, "partial"), "no value has a parent", "nest the values, or drop this key")
    return Field(
        name=name,
        type=kind_of,
        description=file.text((*keys, "description"), body),
        many=file.flag((*keys, "many"), body),
        required=file.flag((*keys, "required"), body),
        values=values,
        partial=partial,
        match=_match(file, (*keys, "match"), body.get("match"), ("exact", "overlap")),
        granularity=_one_of(file, (*keys, "granularity"), body, get_args(Granularity), "day"),
        to=body.get("to") if isinstance(body.get("to"), str) else None,
        compare=compare,
        parameters=parameters,
        guideline=file.text((*keys, "guideline"), body),
        examples=_examples(file, (*keys, "examples"), body.get("examples")),
        agreement=file.text((*keys, "agreement"), body),
    )


def _one_of(
    file: YamlFile,
    keys: Keys,
    parent: dict[str, Any],
    allowed: tuple[str, ...],
    default: Any,
    *,
    required: bool = False,
) -> Any:
    value = parent.get(str(keys[-1]))
    if value is None:
        if required:
            file.fault(keys, "is missing", "one of " + ", ".join(allowed))
        return default
    if value not in allowed:
        known = "one of " + ", ".join(allowed)
        hint = did_you_mean(value, allowed) if isinstance(value, str) else known
        file.fault(keys, f"unknown value {value!r}", hint)
        return default
    return value


def _match(file: YamlFile, keys: Keys, value: Any, words: tuple[str, ...]) -> Match:
    if value is None:
        return Match()
    if value in words:
        return Match(value)
    if isinstance(value, dict) and list(value) == ["iou"]:
        threshold = value["iou"]
        if _is_number(threshold) and 0 < threshold <= 1:
            return Match("iou", float(threshold))
        file.fault((*keys, "iou"), f"{threshold!r} is no threshold", "above 0, at most 1")
    else:
        file.fault(
            keys, f"unknown match rule {value!r}", "one of " + ", ".join(words) + ", {iou: 0.5}"
        )
    return Match()


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _compare(
    file: YamlFile, keys: Keys, value: Any, type_name: str
) -> tuple[str, dict[str, float]]:
    """`tokens`, `{number: {relative: 0.01}}` or `package.module:function`; empty by default."""
    parameters: dict[str, float] = {}
    if isinstance(value, dict) and len(value) == 1:
        value, given = next(iter(value.items()))
        keys = (*keys, value)
        parameter_names = NUMBER_PARAMETERS if value == "number" else ()
        for name, amount in file.mapping(keys, given, parameter_names).items():
            if not _is_number(amount) or not 0 <= amount < math.inf:
                file.fault((*keys, name), f"{amount!r} is no tolerance", "a number, 0 or more")
            else:
                parameters[name] = float(amount)
    if value is None:
        return "", {}
    known = COMPARATORS[type_name]
    if not isinstance(value, str) or not (value in known or FUNCTION.match(value)):
        what = f"a {type_name} field cannot be compared by {value!r}"
        file.fault(keys, what, "one of " + ", ".join(known) + ", or package.module:function")
        return "", {}
    return ("" if value == known[0] else value), parameters


def _choices(file: YamlFile, keys: Keys, value: Any) -> tuple[Choice, ...]:
    """Flat or nested values: a list of names, or a mapping of a name to its description or its
    children.
    """
    if not value:
        file.fault(keys, "is missing", "list the values that may be chosen")
        return ()
    found: list[Choice] = []
    _gather(file, keys, value, None, found)
    seen: set[str] = set()
    for choice in found:
        if choice.name in seen:
            file.fault(keys, f"the value {choice.name!r} stands here twice")
        seen.add(choice.name)
    return tuple(found)


def _gather(
    file: YamlFile, keys: Keys, value: Any, parent: str | None, found: list[Choice]
) -> None:
    if isinstance(value, dict):
        for name, body in value.items():
            check_name(file, (*keys, name), name)
            if isinstance(body, dict | list):
                found.append(Choice(name, "", parent))
                _gather(file, (*keys, name), body, name, found)
            else:
                description = file.text((*keys, name), value)
                found.append(Choice(name, description, parent))
    elif isinstance(value, list):
        for position, name in enumerate(value):
            check_name(file, (*keys, position), name)
            found.append(Choice(str(name), "", parent))
    else:
        file.fault(keys, f"is {kind(value)}, a list or a mapping of values is needed")


def _examples(file: YamlFile, keys: Keys, value: Any) -> Examples:
    if value is None:
        return Examples()
    value = file.mapping(keys, value, ("good", "bad"))
    good = file.texts((*keys, "good"), value.get("good"))
    return Examples(good, file.texts((*keys, "bad"), value.get("bad")))


def _decisions(file: YamlFile, keys: Keys, value: Any) -> tuple[Decision, ...]:
    decisions = []
    for position, item in enumerate(file.items(keys, value)):
        way = (*keys, position)
        item = file.mapping(way, item, ("when", "do", "good", "bad"))
        decisions.append(
            Decision(
                when=file.text((*way, "when"), item, required=True),
                do=file.text((*way, "do"), item, required=True),
                good=file.text((*way, "good"), item),
                bad=file.text((*way, "bad"), item),
            )
        )
    return tuple(decisions)
