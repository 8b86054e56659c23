"""Annotators' sets in, their agreement out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from math import isnan

import numpy as np

from toolkit.analysis.agreement.coefficients import character_row, value_rows
from toolkit.analysis.agreement.places import VIEWS, ByDocument, over_pairs, pair_parts
from toolkit.analysis.agreement.report import Agreement, Apart, Row
from toolkit.analysis.agreement.splits import splits
from toolkit.analysis.agreement.units import Unit, category, rated_fields, units
from toolkit.analysis.parts import Name
from toolkit.columns import Columns
from toolkit.errors import DataError, MismatchError, Problem, plural
from toolkit.model import Document, Entities
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.alignment import Tier
from toolkit.scoring.inputs import refuse_invalid_gold, sound
from toolkit.scoring.pieces import Progress
from toolkit.scoring.plan import Plan
from toolkit.scoring.twins import Twins, twins
from toolkit.scoring.views import MICRO
from toolkit.statistics.intervals import interval
from toolkit.statistics.metrics import value
from toolkit.statistics.parts import GOLD, PREDICTED, moments

Documents = dict[str, Document]
"""Documents by id."""

Pairs = dict[tuple[str, str], dict[str, list[Twins]]]


def agreement(
    sets: Mapping[str, Iterable[Document]],
    schema: LabelSchema | None = None,
    *,
    entities: Entities | None = None,
    progress: Progress | None = None,
) -> Agreement:
    """How far two or more annotators agree, from each one's documents by name.

    Only documents that two of them did are counted; the others are named in the notices. Raises
    `DataError` for documents that break the schema or cannot be compared, `MismatchError` where no
    document was done twice, or not on one text. `progress` is called with how many labels are
    done, and of how many.
    """
    entities = entities or Entities({})
    read = {who: sound(documents, who).columns for who, documents in sorted(sets.items())}
    if len(read) < 2:
        what = f"{plural(len(read), 'annotator')}: agreement takes two or more"
        raise DataError(Problem("agreement", what, "give a folder for each"))
    if schema:
        _refuse_invalid(read, schema)
    by_name = {who: {each.id: each for each in of.documents} for who, of in read.items()}
    documents, alone = _by_document(by_name)
    plan = Plan(schema, entities)
    pairs: Pairs = {}
    for one, other in combinations(by_name, 2):
        both = [name for name, versions in documents.items() if {one, other} <= versions.keys()]
        if both:
            ours, theirs = by_name[one], by_name[other]
            pairs[one, other] = {name: twins(ours[name], theirs[name], plan) for name in both}
    parts = {
        (one, other): pair_parts(
            [by_name[one][name] for name in found],
            [by_name[other][name] for name in found],
            schema,
            entities,
        )
        for (one, other), found in pairs.items()
    }
    everyone = over_pairs(list(parts.values()))
    groups = {tuple(by_name): everyone} | (parts if len(by_name) > 2 else {})
    rows = [row for group, figures in groups.items() for row in _f1_rows(group, figures)]
    rows += _chance_rows(list(groups), documents, pairs, schema, entities, progress)
    return Agreement(
        tuple(by_name),
        len(documents),
        f"{schema.name} {schema.version}" if schema else "",
        tuple(sorted(rows, key=_order)),
        _published(schema),
        tuple(splits(pairs, documents)),
        tuple(_apart(pairs, everyone)),
        tuple(_notices(by_name, documents, alone)),
    )


def _refuse_invalid(found: Mapping[str, Columns], schema: LabelSchema) -> None:
    """Refuse annotations that break the schema, with whose they are."""
    problems = []
    for who, of in found.items():
        try:
            refuse_invalid_gold(of, schema)
        except DataError as error:
            problems += [
                problem._replace(where=f"{who}: {problem.where.removeprefix('gold: ')}")
                for problem in error.problems
            ]
    if problems:
        raise DataError(problems)


def _by_document(
    by_name: Mapping[str, Documents],
) -> tuple[dict[str, dict[str, Document]], dict[str, str]]:
    """The versions of each document that two or more did, and who did each of the others."""
    versions: dict[str, dict[str, Document]] = {}
    for who, documents in by_name.items():
        for name, document in documents.items():
            versions.setdefault(name, {})[who] = document
    both = {name: found for name, found in sorted(versions.items()) if len(found) > 1}
    problems = [
        Problem(name, "annotators had different texts: " + ", ".join(sorted(found)))
        for name, found in both.items()
        for texts in ({one.text_sha256 for one in found.values()} - {None},)
        if len(texts) > 1 or len({one.text for one in found.values()} - {None}) > 1
    ]
    if not both:
        first = {who: min(documents, default="none") for who, documents in by_name.items()}
        named = ", ".join(f"{who} has {name}" for who, name in first.items())
        hint = "document ids must be the same"
        problems.append(Problem("agreement", f"no document was done by two ({named})", hint))
    if problems:
        raise MismatchError(problems)
    alone = {
        name: next(iter(found)) for name, found in sorted(versions.items()) if name not in both
    }
    return both, alone


def _f1_rows(group: tuple[str, ...], figures: Mapping[Name, ByDocument]) -> Iterator[Row]:
    for name, by_document in figures.items():
        found = moments(np.array(list(by_document.values())))
        f1 = float(value(found.sums, "f1"))
        items = float(found.sums[GOLD] + found.sums[PREDICTED]) / 2
        low, high = (float(end) for end in interval(found, "f1"))
        yield Row(
            group,
            name.label,
            name.field,
            VIEWS[name.view],
            None if isnan(f1) else f1,
            None if isnan(low) else low,
            None if isnan(high) else high,
            items,
            "nobody has any" if isnan(f1) else "",
        )


def _chance_rows(
    groups: list[tuple[str, ...]],
    documents: Mapping[str, Mapping[str, Document]],
    pairs: Pairs,
    schema: LabelSchema | None,
    entities: Entities,
    progress: Progress | None,
) -> Iterator[Row]:
    """Coefficients of every field of every label, and of every label's characters."""
    by_label: dict[str, dict[str, list[Unit]]] = {}
    for name, versions in documents.items():
        found = {pair: every[name] for pair, every in pairs.items() if name in every}
        for unit in units(versions, found):
            label = next(iter(unit.values())).label
            by_label.setdefault(label, {}).setdefault(name, []).append(unit)
    marked = {
        mention.label
        for versions in documents.values()
        for version in versions.values()
        for mention in version.mentions
    }
    for done, label in enumerate(sorted(marked)):
        if progress:
            progress(done, len(marked))
        here = by_label.get(label, {})
        fields = rated_fields(schema, label, [unit for every in here.values() for unit in every])
        for field in fields.values():
            rated = {
                name: [
                    {who: category(mention, field, entities) for who, mention in unit.items()}
                    for unit in every
                ]
                for name, every in here.items()
            }
            for group in groups:
                yield from value_rows(group, label, field.name, rated)
        for group in groups:
            yield character_row(group, label, list(documents.values()))


def _published(schema: LabelSchema | None) -> dict[str, str]:
    labels = schema.labels.values() if schema else ()
    return {
        f"{label.name}.{field.name}": field.agreement
        for label in labels
        for field in label.fields.values()
        if field.agreement
    }


def _apart(pairs: Pairs, figures: Mapping[Name, ByDocument]) -> list[Apart]:
    """Documents by how far people are apart in them, the furthest first."""
    found: dict[str, list[list[Twins]]] = {}
    for every in pairs.values():
        for name, both in every.items():
            found.setdefault(name, []).append(both)
    strict = figures.get(Name(MICRO, None, "strict"), {})
    rows = []
    for name, versions in found.items():
        f1 = float(value(strict[name], "f1")) if name in strict else float("nan")
        mentions = sum(pair.tier is not Tier.EXACT for both in versions for pair in both)
        values = sum(len(pair.differing) for both in versions for pair in both)
        number = len(versions)
        rows.append(Apart(name, None if isnan(f1) else f1, mentions / number, values / number))
    return sorted(rows, key=lambda row: (-row.mentions - row.values, row.document))


def _notices(
    by_name: Mapping[str, Documents],
    documents: Mapping[str, Mapping[str, Document]],
    alone: Mapping[str, str],
) -> Iterator[str]:
    for who in by_name:
        if mine := [name for name, one in alone.items() if one == who]:
            yield f"done by {who} alone, not counted: " + ", ".join(mine)
    silent = [
        name
        for name, versions in documents.items()
        if all(version.text is None for version in versions.values())
    ]
    if silent:
        yield "without a text, left out of character alpha: " + ", ".join(silent)


def _order(row: Row) -> tuple[object, ...]:
    return row.label != MICRO, row.label, row.field or "", -len(row.annotators), row.annotators
