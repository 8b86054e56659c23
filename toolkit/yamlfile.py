"""YAML with the line of every key, so that each fault can be shown where it stands."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterable
from typing import Any, TypeAlias

import yaml

from toolkit.errors import DataError, Problem, did_you_mean
from toolkit.files import BOM, read_text

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

Keys: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys of mappings, positions in lists."""

MAX_VALUES = 100_000
"""Aliases can make a small file expand without end; no file we read comes near this many values."""

MAX_DEPTH = 50

TOO_DEEP = "values are nested too deep"


class YamlFile:
    """One YAML file: its data, the line of each value, and the faults found in it so far."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = str(path)
        self.problems: list[Problem] = []
        self._lines: dict[Keys, int] = {(): 1}
        self._values = 0
        self.data = self._load(read_text(path).removeprefix(BOM))

    def problem(self, keys: Keys, what: str, hint: str = "") -> Problem:
        """A problem at a value, or at the nearest value around it that the file holds."""
        here = keys
        while here not in self._lines:
            here = here[:-1]
        way = ".".join(map(str, keys))
        what = f"{way}: {what}" if way else what
        return Problem(f"{self.path}:{self._lines[here]}", what, hint)

    def fault(self, keys: Keys, what: str, hint: str = "") -> None:
        """Note a problem and go on reading."""
        self.problems.append(self.problem(keys, what, hint))

    def mapping(self, keys: Keys, value: Any, known: Iterable[str] | None = None) -> dict[str, Any]:
        """`value` as a mapping, its unknown keys noted; empty where it is none."""
        if not isinstance(value, dict):
            self.fault(keys, f"is {kind(value)}, a mapping is needed")
            return {}
        if known is not None:
            known = tuple(known)
            for key in value:
                if key not in known:
                    self.fault((*keys, key), "unknown key", did_you_mean(str(key), known))
        return value

    def text(self, keys: Keys, parent: dict[str, Any], *, required: bool = False) -> str:
        """The string at the last of `keys` in `parent`, or the empty string."""
        value = parent.get(str(keys[-1]))
        if value is None:
            value = ""
        if not isinstance(value, str):
            self.fault(keys, f"is {kind(value)}, a text is needed", "put it in quotes")
            return ""
        if required and not value.strip():
            self.fault(keys, "is missing")
        return value.strip()

    def flag(self, keys: Keys, parent: dict[str, Any]) -> bool:
        """The boolean at the last of `keys` in `parent`, or false."""
        value = parent.get(str(keys[-1]), False)
        if not isinstance(value, bool):
            self.fault(keys, f"is {kind(value)}, true or false is needed")
            return False
        return value

    def items(self, keys: Keys, value: Any) -> list[Any]:
        """`value` as a list; empty where it is absent or none."""
        if value is None or isinstance(value, list):
            return value or []
        self.fault(keys, f"is {kind(value)}, a list is needed")
        return []

    def texts(self, keys: Keys, value: Any) -> tuple[str, ...]:
        """`value` as a list of strings."""
        value = self.items(keys, value)
        for position, item in enumerate(value):
            if not isinstance(item, str):
                self.fault(
                    (*keys, position), f"is {kind(item)}, a text is needed", "put it in quotes"
                )
        return tuple(item for item in value if isinstance(item, str))

    def _load(self, text: str) -> Any:
        try:
            self._check_depth(text)
            node = yaml.compose(text, Loader=Loader)
            if node is None:
                self.fault((), "the file is empty")
                return None
            return self._value(node, (), ())
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            tab = "\t" in text.split("\n")[min(line - 1, text.count("\n"))]
            hint = "YAML indents with spaces, this line holds a tab" if tab else ""
            # PyYAML of 6.0.4 on has a limit of its own, far above ours, met before any event.
            deep = "nesting depth" in str(error.problem)
            what = TOO_DEEP if deep else f"not YAML: {error.problem}"
            problem = Problem(f"{self.path}:{line}", what, hint)
        except yaml.YAMLError as error:
            problem = Problem(f"{self.path}:1", f"not YAML: {str(error).splitlines()[0]}")
        raise DataError(problem) from None

    def _check_depth(self, text: str) -> None:
        """Refuse what is nested so deep that composing it would exhaust the stack."""
        depth = 0
        for event in yaml.parse(text, Loader=Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise DataError(Problem(f"{self.path}:{line}", TOO_DEEP))

    def _value(self, node: yaml.Node, keys: Keys, above: tuple[yaml.Node, ...]) -> Any:
        self._lines.setdefault(keys, node.start_mark.line + 1)
        self._values += 1
        if node in above or len(keys) > MAX_DEPTH or self._values > MAX_VALUES:
            what = "contains itself" if node in above else "expands without end"
            where = f"{self.path}:{node.start_mark.line + 1}"
            raise DataError(
                Problem(where, f"this value {what}", "write it without anchors and aliases")
            )
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, keys, above)
        if isinstance(node, yaml.SequenceNode):
            return [
                self._value(item, (*keys, position), (*above, node))
                for position, item in enumerate(node.value)
            ]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, keys: Keys, above: tuple[yaml.Node, ...]) -> Any:
        data: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.append(Problem(f"{self.path}:{line}", "a key must be a plain word"))
                continue
            key = key_node.value
            if key in data:
                self.problems.append(
                    Problem(f"{self.path}:{line}", f"the key {key!r} stands here a second time")
                )
                continue
            self._lines[*keys, key] = line
            data[key] = self._value(value_node, (*keys, key), (*above, node))
        return data


def kind(value: Any) -> str:
    """What sort of YAML value it is, for messages."""
    names = {dict: "a mapping", list: "a list", str: "a text", bool: "true or false"}
    names |= {int: "a number", float: "a number"}
    if value is None:
        return "empty"
    return names.get(type(value), f"a {type(value).__name__}")


def _scalar(node: yaml.Node) -> Any:
    """A scalar's value by YAML's own rules, but dates stay the text they are written as."""
    if node.tag == "tag:yaml.org,2002:timestamp":
        return node.value
    try:
        return yaml.SafeLoader("").construct_object(node)
    except (ValueError, KeyError):
        kind_of = node.tag.rpartition(":")[2]
        what = f"{node.value[:40]!r} is no {kind_of}"
        raise yaml.MarkedYAMLError(problem=what, problem_mark=node.start_mark) from None
