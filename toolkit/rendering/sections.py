"""The report as titled tables, the same for every format that people read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import ceil, floor
from typing import NamedTuple, TypeAlias

from toolkit.analysis.errors import (
    KINDS,
    confusions,
    examples,
    few_examples,
    taxonomy,
    worst_documents,
)
from toolkit.analysis.figures import FEW_DOCUMENTS, FEW_VALUES, Bounds, Figure, figures
from toolkit.errors import plural
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.verdicts import Verdict
from toolkit.scoring.views import ALL_FIELDS, MACRO, MICRO, Row
from toolkit.spans import value_place

DASH = "–"
"""What stands for a figure that is undefined."""

MOST_CONFUSIONS, MOST_NAMES = 15, 5
"""Longer lists are cut, and the report says so."""


class Section(NamedTuple):
    """A table with its title and what one must know to read it; the first `texts` columns hold
    words, the rest numbers.

    `cut` names columns whose cells a narrow page may cut, so that a row stays on one line.
    """

    title: str
    note: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    texts: int
    cut: tuple[str, ...] = ()


def summary(card: Scorecard) -> list[str]:
    """What was scored, and what was not."""
    lines = [f"documents: {card.documents} · {card.signature}"]
    if card.not_predicted:
        lines.append(_listed("without a prediction, counted as empty", card.not_predicted))
    if card.unknown:
        lines.append(_listed("predicted but not in the gold, not counted", card.unknown))
    if card.optional:
        lines.append(f"optional mentions that were not found, not counted: {card.optional}")
    if card.verdicts_total > len(card.verdicts):
        kept = f"{len(card.verdicts)} of {card.verdicts_total}"
        lines.append(f"errors shown are a sample, {kept}, for documents were not kept one by one")
    if card.faults:
        total = sum(card.faults.values())
        worst = sorted(card.faults.items(), key=lambda row: (-row[1], row[0]))
        names = [what if len(worst) == 1 else f"{what} ({times})" for what, times in worst]
        lines.append(_listed("predictions break the schema", names, total))
    return lines


def tables(card: Scorecard) -> list[Section]:
    """Precision, recall and F1 of mentions and of fields."""
    found = figures(card)
    shown = [_mentions([figure for figure in found if figure.row.field is None])]
    if fields := [figure for figure in found if figure.row.field is not None]:
        shown.append(_fields(fields))
    return shown


def sections(card: Scorecard, *, brief: bool = False) -> list[Section]:
    """The whole report; `brief` with few examples, which may be cut."""
    shown = _few_examples(card) if brief else _examples(card)
    return [
        *tables(card),
        *filter(lambda s: s.rows, (_taxonomy(card), _confusions(card), _worst(card), shown)),
    ]


def percent(figure: float | None) -> str:
    """A fraction in percent with one decimal."""
    return DASH if figure is None else f"{100 * figure:.1f}"


def with_bounds(figure: float | None, bounds: Bounds) -> str:
    """A fraction in percent with its interval in whole percent, as in `75.3 62–84`.

    The ends are rounded outwards, so that the interval shown is never narrower than it is.
    """
    low, high = bounds
    if figure is None:
        return DASH
    if low is None or high is None:
        return f"{percent(figure)} {DASH:<6}"
    ends = f"{_outwards(floor, low)}–{_outwards(ceil, high)}"
    return f"{percent(figure)} {ends:<6}"


def _outwards(rounding: Callable[[float], int], bound: float) -> int:
    return rounding(round(100 * bound, 9))


def count(number: int | None) -> str:
    """A count."""
    return DASH if number is None else str(number)


def points(difference: float | None) -> str:
    """A difference of fractions in percentage points, with its sign."""
    if difference is None:
        return DASH
    shown = f"{100 * difference:+.1f}".replace("-", "−")
    return "0.0" if shown[1:] == "0.0" else shown


def probability(p: float | None) -> str:
    """A p value, in more digits where it is small."""
    if p is None:
        return DASH
    return f"{p:.4f}" if p < 0.1 else f"{p:.2f}"


def figure_name(label: str, field: object = None) -> str:
    """A label, `label.field`, or all fields together."""
    name = f"{label}.{field}" if field else label
    return name.replace(f".{ALL_FIELDS}", " fields")


def visible(text: str) -> str:
    """`text` with control and direction characters written out, so that data cannot drive the
    terminal.
    """
    if text.isprintable():
        return text
    parts = _EMOJI_JOINER.split(text)
    return "\u200d".join(
        "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in part)
        for part in parts
    )


_PICTURE = "[\u2190-\u2bff\U0001f000-\U0001faff]"
_EMOJI_JOINER = re.compile(rf"(?:(?<={_PICTURE})|(?<={_PICTURE}\ufe0f))\u200d(?={_PICTURE})")
"""A zero-width joiner that makes one picture of two; skin tones are pictures too."""


FEW = "*"
"""Marks small support."""

METRIC_NAMES = {"precision": "P", "recall": "R", "f1": "F1"}

COUNTS = ("cor", "par", "inc", "mis", "spu")


def _mentions(rows: list[Figure]) -> Section:
    note = (
        "P, R, F1 in percent, each with its 95 % interval over documents. strict: same label and "
        "place; exact: same place; partial: half credit for overlap; type: same label, any "
        "overlap; overlap: the schema's match rule. (micro) pools all mentions, (macro) is the "
        "mean over labels with support."
    ) + _small(rows)
    return Section(
        "Mentions",
        note,
        ("label", "view", "P", "R", "F1", "support", *COUNTS),
        [
            (*_first(row.label, row.view == "strict"), row.view, *_figures(figure))
            for figure in rows
            for row in (figure.row,)
        ],
        2,
    )


def _fields(rows: list[Figure]) -> Section:
    note = (
        "A field's first row is end to end: values of missed and spurious mentions count as "
        "missing and spurious; given match: only mentions that were found."
    ) + _small(rows)
    return Section(
        "Fields",
        note,
        ("field", "P", "R", "F1", "support", *COUNTS),
        [(_field_name(figure.row), *_figures(figure)) for figure in rows],
        1,
    )


def _field_name(row: Row) -> str:
    """`label.field` in the row end to end, the view alone in the one under it."""
    given_match = row.view != "end_to_end"
    if row.field == ALL_FIELDS:
        return f"{row.label} given match" if given_match else f"{row.label} end to end"
    return "  given match" if given_match else f"{row.label}.{row.field}"


def _figures(figure: Figure) -> tuple[str, ...]:
    row = figure.row
    counts = (row.correct, row.partial, row.incorrect, row.missing, row.spurious)
    return (
        with_bounds(row.precision, figure.precision),
        with_bounds(row.recall, figure.recall),
        with_bounds(row.f1, figure.f1),
        (FEW if figure.few else "") + count(row.gold),
        *map(count, counts),
    )


def _small(rows: list[Figure]) -> str:
    """What marks mean, where any row has them: small support, and no interval."""
    said = ""
    if any(figure.few for figure in rows):
        said += (
            f" {FEW} small support: fewer than {FEW_VALUES} in gold, or worth fewer than "
            f"{FEW_DOCUMENTS} documents of one size; the interval may be too narrow."
        )
    if any(figure.row.f1 is not None and figure.f1[0] is None for figure in rows):
        said += (
            f" {DASH} for an interval: all stands in one document, or the mean is over labels "
            "whose documents were not kept one by one."
        )
    return said


def _first(name: str, first: bool) -> tuple[str]:
    """A name where its group begins, empty in the rows below."""
    return (name if first or name in (MICRO, MACRO) else "",)


def _taxonomy(card: Scorecard) -> Section:
    rows = [
        (label, *(str(found[kind]) for kind in KINDS)) for label, found in taxonomy(card).items()
    ]
    note = "Each mention that is not exactly right, once."
    return Section("Errors of mentions", note, ("label", *KINDS), rows, 1)


def _confusions(card: Scorecard) -> Section:
    found = confusions(card)
    rows = [
        (row.label or "(labels)", row.field or "label", row.gold, row.predicted, str(row.times))
        for row in found[:MOST_CONFUSIONS]
    ]
    rest = len(found) - len(rows)
    note = f"The most frequent; {rest} rarer ones are not shown." if rest else ""
    return Section(
        "Taken for one another", note, ("of", "in", "gold", "predicted", "count"), rows, 4
    )


def _worst(card: Scorecard) -> Section:
    rows = [
        (row.document, str(row.mentions), str(row.fields), str(row.total))
        for row in worst_documents(card)
    ]
    columns = ("document", "mentions", "fields", "errors")
    return Section("Documents with the most errors", "", columns, rows, 1)


def _examples(card: Scorecard) -> Section:
    note = (
        "The mention stands between « and ». Spans are given by their offsets. → leads to the "
        "mention of that id, in gold and in the predictions each to one of its own."
    )
    return Section(
        "Examples", note, _EXAMPLE, _example_rows(examples(card), _known(card)), len(_EXAMPLE)
    )


def _few_examples(card: Scorecard) -> Section:
    note = f"A few of {plural(card.verdicts_total, 'error')}, cut to fit; Markdown has more, whole."
    rows = _example_rows(few_examples(card), _known(card))
    return Section("Examples", note, _EXAMPLE, rows, len(_EXAMPLE), _EXAMPLE[2:])


_EXAMPLE = ("of", "error", "gold", "predicted", "document", "in the text")


def _example_rows(verdicts: Iterable[Verdict], known: Known) -> list[tuple[str, ...]]:
    return [
        (
            figure_name(verdict.label, verdict.field),
            verdict.kind if verdict.field is None else verdict.outcome,
            *_answers(verdict, known),
            verdict.document,
            verdict.context,
        )
        for verdict in verdicts
    ]


Known: TypeAlias = Mapping[tuple[str, str, str], str]
"""Label and words of mentions, by document, side and id."""


def _known(card: Scorecard) -> Known:
    """What the card says of mentions to which references may lead: of those that are not right."""
    found = {}
    for verdict in card.verdicts:
        if verdict.field is None:
            sides = (
                ("gold", verdict.gold_id, verdict.gold, verdict.label),
                (
                    "predicted",
                    verdict.predicted_id,
                    verdict.predicted,
                    verdict.predicted_label or verdict.label,
                ),
            )
            for side, name, words, label in sides:
                if name is not None:
                    found[verdict.document, side, name] = f"{label} {words}"
    return found


def _answers(verdict: Verdict, known: Known) -> Iterator[str]:
    for side, value, label in (
        ("gold", verdict.gold, verdict.label),
        ("predicted", verdict.predicted, verdict.predicted_label),
    ):
        shown = value_text(value)
        if isinstance(value, dict) and "ref" in value:
            said = known.get((verdict.document, side, str(value["ref"])))
            shown += f" ({said})" if said else ""
        yield f"{label}: {shown}" if verdict.predicted_label else shown


def value_text(value: object) -> str:
    """A value on one line: a reference as an arrow to its id, a span by its offsets, none as a
    dash.
    """
    if value is None:
        return DASH
    if isinstance(value, dict):
        if place := value_place(value):
            return "+".join(f"{start}–{end}" for start, end in place)
        if value.keys() == {"ref"}:
            return f"→ {value['ref']}"
        return " ".join(f"{key} {part}" for key, part in value.items())
    return str(value)


def _listed(what: str, names: Sequence[str], total: int | None = None) -> str:
    rest = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return f"{what}: {total or len(names)}: {', '.join(names[:MOST_NAMES])}{rest}"
