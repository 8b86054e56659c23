"""The report as titled tables, the same for every format that people read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from toolkit.analysis.errors import (
    HALLUCINATED,
    WAYS,
    confusions,
    examples,
    few_examples,
    groundings,
    kinds_of,
    taxonomy,
    worst_documents,
)
from toolkit.analysis.figures import FEW_DOCUMENTS, FEW_VALUES, Figure, figures
from toolkit.errors import listed, plural
from toolkit.rendering.examples import example_rows
from toolkit.rendering.wording import (
    DASH,
    FEW,
    count,
    with_bounds,
)
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.timing import Timing
from toolkit.scoring.views import ALL_FIELDS, MACRO, MICRO, Row

MOST_CONFUSIONS, MOST_NAMES = 15, 5
"""Longer lists are cut, and the report says so."""


class Section(NamedTuple):
    """A table with its title and what one must know to read it; the first `texts` columns hold
    words, the rest numbers.

    `cut` names columns whose cells a narrow page may cut, so that a row stays on one line. `about`
    is what each row tells of, for a page that can lead there.
    """

    title: str
    note: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    texts: int
    cut: tuple[str, ...] = ()
    about: Sequence[object] = ()


def summary(card: Scorecard) -> list[str]:
    """What was scored, and what was not."""
    lines = [f"documents: {card.documents} · {card.signature}"]
    if card.not_predicted:
        lines.append(_listed("without a prediction, counted as empty", card.not_predicted))
    if card.unknown:
        lines.append(_listed("predicted but not in the gold, not counted", card.unknown))
    if card.optional:
        lines.append(f"optional mentions that were not found, not counted: {card.optional}")
    if card.groundings:
        ways = Counter[str]()
        for row in groundings(card):
            ways[row.grounding] += row.mentions
        found = ", ".join(f"{ways[way]} {way}" for way in WAYS)
        lost = sum(errors[HALLUCINATED] for errors in taxonomy(card).values())
        lines.append(
            f"words found in the text: {found}; {HALLUCINATED}, counted as spurious: {lost}"
        )
    if card.timing:
        lines.append(timing_line(card.timing))
    if card.verdicts_total > len(card.verdicts):
        kept = f"{len(card.verdicts)} of {card.verdicts_total}"
        lines.append(f"errors shown are a sample, {kept}, for documents were not kept one by one")
    if card.faults:
        total = sum(card.faults.values())
        worst = sorted(card.faults.items(), key=lambda row: (-row[1], row[0]))
        names = [what if len(worst) == 1 else f"{what} ({times})" for what, times in worst]
        lines.append(_listed("predictions break the schema", names, total))
    return lines


def timing_line(timing: Timing) -> str:
    """How long documents took to make, and what they cost."""
    said = [f"made by {', '.join(timing.extractors)}"]
    if timing.latency:
        median, p95 = timing.latency.median, timing.latency.p95
        said.append(f"seconds a document: median {median:.3g}, 95 % {p95:.3g}")
    if timing.cost is not None:
        said.append(
            f"cost a document {timing.cost / timing.documents:.3g}, in all {timing.cost:.6g}"
        )
    if timing.failed:
        said.append(f"failed: {timing.failed} of {timing.documents}")
    return "; ".join(said)


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
    errors = (_taxonomy(card), _groundings(card), _confusions(card), _worst(card), shown)
    return [*tables(card), *(section for section in errors if section.rows)]


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
    kinds = kinds_of(card)
    rows = [
        (label, *(str(found[kind]) for kind in kinds)) for label, found in taxonomy(card).items()
    ]
    note = "Each mention that is not exactly right, once."
    if card.groundings:
        note += f" {HALLUCINATED}: spurious, with words that are not in the text."
    return Section("Errors of mentions", note, ("label", *kinds), rows, 1)


def _groundings(card: Scorecard) -> Section:
    rows = [(*row[:2], *map(count, row[2:])) for row in groundings(card)]
    note = (
        "How the words of predictions were found in the text; none: they are not there. "
        "cor: right; par: another boundary; inc: another label; spu: spurious."
    )
    columns = ("label", "grounding", "mentions", "cor", "par", "inc", "spu")
    return Section("Grounding of predictions", note, columns, rows, 2)


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
    return Section("Examples", note, _EXAMPLE, example_rows(card, examples(card)), len(_EXAMPLE))


def _few_examples(card: Scorecard) -> Section:
    note = f"A few of {plural(card.verdicts_total, 'error')}, cut to fit; Markdown has more, whole."
    rows = example_rows(card, few_examples(card))
    return Section("Examples", note, _EXAMPLE, rows, len(_EXAMPLE), _EXAMPLE[2:])


_EXAMPLE = ("of", "error", "gold", "predicted", "document", "in the text")


def _listed(what: str, names: Sequence[str], total: int | None = None) -> str:
    return f"{what}: {total or len(names)}: {listed(names, MOST_NAMES)}"
