"""What a gate asks for, from a YAML file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from toolkit.errors import DataError, did_you_mean
from toolkit.scoring.views import FIELD_VIEWS, MENTION_VIEWS
from toolkit.statistics.metrics import METRICS, Metric
from toolkit.yamlfile import YamlFile, kind

TEMPLATE = """\
# What a change of an extractor must not break. Every key may be left out; each stands here with the
# value that it has then. Points are percentage points; a figure is (micro), (micro).(all), a label
# or label.field, and * in it stands for anything.

# When a mention is right, as in the tables of `toolkit score`: strict, exact, partial, type,
# overlap, iou>=0.5 or characters.
view: strict

# Which values of fields count: end_to_end (those of missed and spurious mentions too) or
# given_match (only those of mentions that were found).
field_view: end_to_end

# What is judged of each figure. All that is judged is one family: the fewer, the more each shows.
metrics: [precision, recall, f1]

# Figures that are judged, and of these the ones that are not.
gated: ["*"]
not_gated: []

# A drop is a regression where the test finds it and it is at least so many points; a figure passes
# where a drop of so many can be ruled out. Other values for some figures, such as {speaker.*: 5}.
tolerance: 2
tolerances: {}

# Figures with less in gold than this, or in fewer documents, are listed and not judged: they could
# only ever be inconclusive.
least_values: 20
least_documents: 10

# Documents that may be without a prediction, on either side; they are left out of both.
missing: []

# A document with more than so many times the baseline's mentions fails by itself.
blow_up: 5

# Least figures in percent, such as {speaker: {recall: 60}}: one fails where its whole interval lies
# below, and passes where its whole interval lies above.
floors: {}

# Gold mentions, fields of them or whole documents that the baseline has right and that must stay
# so, such as {document: d1, mention: s1, field: kind}. Of several runs the majority counts.
pinned: []
"""
"""A policy file with every key explained, that asks for what an empty one does."""


MOST = 1_000_000_000
"""The largest number that makes sense for any key."""


class Pin(NamedTuple):
    """A case that must stay right: a document, one of its gold mentions, or a field of that."""

    document: str
    mention: str | None = None
    field: str | None = None

    def __str__(self) -> str:
        return " ".join(filter(None, self))


class Policy(NamedTuple):
    """What a gate asks for; `TEMPLATE` explains each key. Fractions where the file has points."""

    view: str = "strict"
    field_view: str = "end_to_end"
    metrics: tuple[Metric, ...] = METRICS
    gated: tuple[str, ...] = ("*",)
    not_gated: tuple[str, ...] = ()
    tolerance: float = 0.02
    tolerances: dict[str, float] = {}  # noqa: RUF012
    least_values: int = 20
    least_documents: int = 10
    missing: tuple[str, ...] = ()
    blow_up: float = 5.0
    floors: dict[str, dict[Metric, float]] = {}  # noqa: RUF012
    pinned: tuple[Pin, ...] = ()

    def judges(self, figure: str) -> bool:
        """Whether a figure is judged at all."""
        return any_of(self.gated, figure) and not any_of(self.not_gated, figure)

    def tolerance_of(self, figure: str) -> float:
        """The drop of a figure that is let pass: that of the first pattern that names it."""
        for pattern, tolerance in self.tolerances.items():
            if fnmatchcase(figure, pattern):
                return tolerance
        return self.tolerance


def any_of(patterns: tuple[str, ...], figure: str) -> bool:
    """Whether any pattern names the figure."""
    return any(fnmatchcase(figure, pattern) for pattern in patterns)


def load_policy(path: str | os.PathLike[str]) -> Policy:
    """The policy in a file; `DataError` has every fault at its line."""
    file = YamlFile(path)
    if file.data is None:
        hint = "`toolkit gate --init` prints one with every key explained"
        raise DataError(file.problem((), "the file is empty", hint))
    data = file.mapping((), file.data, Policy._fields)
    found: dict[str, Any] = {}
    for name, known in (("view", MENTION_VIEWS), ("field_view", FIELD_VIEWS)):
        if name in data:
            found[name] = _one_of(file, (name,), data[name], tuple(known))
    for name in ("gated", "not_gated", "missing"):
        if name in data:
            found[name] = file.texts((name,), data[name])
    if "metrics" in data:
        said = file.texts(("metrics",), data["metrics"])
        found["metrics"] = tuple(
            _one_of(file, ("metrics", k), metric, METRICS) for k, metric in enumerate(said)
        )
        if not said:
            file.fault(("metrics",), "is empty", "name one of " + ", ".join(METRICS))
    for name, scale, most in (("tolerance", 0.01, 100), ("blow_up", 1.0, MOST)):
        if name in data:
            found[name] = _number(file, (name,), data[name], most) * scale
    for name in ("least_values", "least_documents"):
        if name in data:
            found[name] = int(_number(file, (name,), data[name]))
    if "tolerances" in data:
        points = _numbers(file, ("tolerances",), data["tolerances"], most=100)
        found["tolerances"] = {figure: number / 100 for figure, number in points}
    if "floors" in data:
        found["floors"] = {
            figure: {
                _one_of(file, ("floors", figure, metric), metric, METRICS): number / 100
                for metric, number in _numbers(file, ("floors", figure), floors, most=100)
            }
            for figure, floors in file.mapping(("floors",), data["floors"]).items()
        }
    if "pinned" in data:
        found["pinned"] = tuple(_pins(file, data["pinned"]))
    if file.problems:
        raise DataError(file.problems)
    return Policy(**found)


def _pins(file: YamlFile, data: Any) -> Iterator[Pin]:
    for position, item in enumerate(file.items(("pinned",), data)):
        keys = ("pinned", position)
        item = file.mapping(keys, item, Pin._fields)
        document = file.text((*keys, "document"), item, required=True)
        mention = file.text((*keys, "mention"), item) or None
        field = file.text((*keys, "field"), item) or None
        if field and not mention:
            file.fault((*keys, "field"), "has no mention", "name the gold mention that it is of")
        yield Pin(document, mention, field)


def _one_of(file: YamlFile, keys: tuple[str | int, ...], value: Any, known: Any) -> Any:
    if value not in known:
        file.fault(keys, f"cannot be {value!r}", did_you_mean(str(value), known))
    return value


def _numbers(
    file: YamlFile, keys: tuple[str | int, ...], data: Any, most: float
) -> Iterator[tuple[Any, float]]:
    for name, value in file.mapping(keys, data).items():
        yield name, _number(file, (*keys, name), value, most)


def _number(file: YamlFile, keys: tuple[str | int, ...], value: Any, most: float = MOST) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        file.fault(keys, f"is {kind(value)}, a number is needed")
        return 0.0
    if not 0 <= value <= most:
        file.fault(keys, f"is {value:g}, a number from 0 to {most:,} is needed")
    return float(value)
