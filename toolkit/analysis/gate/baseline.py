"""A baseline on disk: predictions, the gold and the scorecards of the day it was accepted.

predictions.jsonl   or predictions-1.jsonl and so on, of several runs
gold.jsonl          the gold of that day, without texts
card.json           what scoring counted that day, likewise of each run
baseline.json       who accepted it, when, why, and what it was scored with
history/0001/       the baselines before, oldest first
"""

from __future__ import annotations

import getpass
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, TypeAlias

import msgspec

from toolkit.errors import DataError, MismatchError, Problem
from toolkit.files import read_bytes, replacing
from toolkit.formats.native import read, write
from toolkit.model import Corpus, Document
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.score import score
from toolkit.scoring.scorecard import Scorecard
from toolkit.scoring.verdicts import Verdicts

Runs: TypeAlias = Sequence[Corpus]
"""Predictions of one extractor, several times where it does not always answer alike."""

Predicted: TypeAlias = Corpus | Iterable[Document] | Iterable[Corpus]
"""Predictions as they are at hand: one run, its bare documents, or several runs."""

RECORD, HISTORY, NEW = "baseline.json", "history", ".new"


class Accepted(msgspec.Struct, frozen=True):
    """The record of a baseline: who accepted it, when (UTC) and why, on which gold."""

    who: str
    when: str
    why: str
    gold: str
    documents: int
    runs: int
    signature: str


class Baseline(NamedTuple):
    """A baseline read back; one that is a bare file of predictions has no record.

    `cards` are files, since only an explanation reads them: a scorer that writes them in another
    way still judges by the predictions.
    """

    runs: Runs
    accepted: Accepted | None = None
    gold: Corpus | None = None
    cards: tuple[Path, ...] = ()


def load_baseline(path: str | os.PathLike[str]) -> Baseline:
    """The baseline in a folder that `accept_baseline` wrote, or a file of predictions."""
    folder = Path(path).parent if Path(path).name == RECORD else Path(path)
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        raise DataError(
            Problem(str(path), "no baseline here", "`toolkit baseline accept` makes one")
        )
    if not (folder / RECORD).exists():
        return Baseline([read(folder)])
    accepted = _record(folder / RECORD)
    names = _run_names(accepted.runs)
    return Baseline(
        [read(folder / f"predictions{name}.jsonl") for name in names],
        accepted,
        read(folder / "gold.jsonl"),
        tuple(folder / f"card{name}.json" for name in names),
    )


def accept_baseline(
    gold: Corpus,
    predicted: Predicted,
    folder: str | os.PathLike[str],
    *,
    why: str,
    who: str = "",
    schema: LabelSchema | None = None,
) -> Accepted:
    """Make predictions the baseline in `folder`; the one before goes into its history.

    Raises `DataError` without a reason, and `MismatchError` where a gold document has no
    prediction.
    """
    if not why.strip():
        raise DataError(Problem("baseline", "no reason is given", "say why it is replaced"))
    runs = as_runs(predicted)
    cards = [score(gold, run, schema) for run in runs]
    missing = sorted({name for card in cards for name in card.not_predicted})
    if missing:
        what = f"{len(missing)} gold documents have no prediction: " + ", ".join(missing[:5])
        raise MismatchError(Problem("baseline", what, "a baseline must be complete"))
    accepted = Accepted(
        who=who or getpass.getuser(),
        when=datetime.now(UTC).isoformat(timespec="seconds"),
        why=why.strip(),
        gold=gold.source,
        documents=len(gold),
        runs=len(runs),
        signature=str(cards[0].signature),
    )
    new = Path(folder) / NEW  # written whole before the old one is touched
    shutil.rmtree(new, ignore_errors=True)
    _write(new, accepted, gold, runs, cards)
    _archive(Path(folder))
    for path in sorted(new.iterdir()):
        path.replace(Path(folder) / path.name)
    new.rmdir()
    return accepted


def baseline_history(folder: str | os.PathLike[str]) -> list[Accepted]:
    """The records of a baseline's folder, the oldest first and the present one last."""
    path = Path(folder)
    if not (path / RECORD).exists():
        hint = "`toolkit baseline accept PRED --gold GOLD --why TEXT` makes the first"
        raise DataError(Problem(str(folder), f"no baseline here: no {RECORD}", hint))
    old = sorted(path.glob(f"{HISTORY}/*/{RECORD}"))
    return [_record(file) for file in (*old, path / RECORD)]


def as_runs(predicted: Predicted) -> Runs:
    """Predictions as runs; none at all are one run without a document."""
    if isinstance(predicted, Corpus):
        return [predicted]
    given = list(predicted)
    runs = [each for each in given if isinstance(each, Corpus)]
    return runs or [Corpus([each for each in given if isinstance(each, Document)])]


def _write(
    folder: Path,
    accepted: Accepted,
    gold: Iterable[Document],
    runs: Sequence[Corpus],
    cards: Sequence[Scorecard],
) -> None:
    write(_stripped(gold), folder / "gold.jsonl")
    for name, run, card in zip(_run_names(len(runs)), runs, cards, strict=True):
        write(_stripped(run), folder / f"predictions{name}.jsonl")
        _counts_of(card).save(folder / f"card{name}.json")
    with replacing(folder / RECORD) as file:
        file.write(msgspec.json.format(msgspec.json.encode(accepted), indent=2) + b"\n")


def _counts_of(card: Scorecard) -> Scorecard:
    """A scorecard without its verdicts: nearly all of its size, and scoring gives them again."""
    verdicts = Verdicts(0, total=card.verdicts_total)
    return Scorecard(card.signature, card.counts, verdicts, card.taken)


def _stripped(documents: Iterable[Document]) -> Iterator[Document]:
    """Documents without their texts."""
    for document in documents:
        yield msgspec.structs.replace(document, text=None)


def _archive(folder: Path) -> None:
    """Move the present baseline, if there is one, to the end of the history."""
    if not (folder / RECORD).exists():
        return
    number = len(list(folder.glob(f"{HISTORY}/*/{RECORD}"))) + 1
    place = folder / HISTORY / f"{number:04}"
    place.mkdir(parents=True)
    files = [path for path in folder.iterdir() if path.is_file()]
    for path in files:  # copied before any is removed, so that a failure loses nothing
        shutil.copy2(path, place / path.name)
    for path in files:
        path.unlink()


def _run_names(runs: int) -> list[str]:
    return [""] if runs == 1 else [f"-{k}" for k in range(1, runs + 1)]


def _record(path: Path) -> Accepted:
    try:
        return msgspec.json.decode(read_bytes(path), type=Accepted)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        hint = "`toolkit baseline accept` writes it"
        raise DataError(Problem(str(path), f"is no record of a baseline: {error}", hint)) from None
