"""The lines of the table: each function measures one thing, and gives a line or several.

Floors and aims stand beside what they are held against.
"""

from __future__ import annotations

import inspect
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

import toolkit
from benchmarks import data, peers
from benchmarks.measure import Bound, Row, Side, alone, in_turn, seconds
from toolkit.analysis.gate.policy import Policy
from toolkit.analysis.gate.verdicts import judge
from toolkit.analysis.parts import Name
from toolkit.model import Corpus, Document
from toolkit.scoring.scorecard import Scorecard

HERE = Path(__file__).parent

Sides = tuple[Corpus, Corpus]


class Setting:
    """How much is measured, and the documents, each made when first asked for."""

    def __init__(self, folder: Path, *, quick: bool) -> None:
        self.folder = folder
        self.quick = quick
        self.documents = 1_000 if quick else 10_000
        self.rounds = 3 if quick else 5
        self.streams = (50_000, 100_000, 200_000) if quick else (250_000, 500_000, 1_000_000)
        self.samples = cache(self._samples)
        self.corpora = cache(self._corpora)

    def _samples(self, *, nested: bool = False, fields: bool = False) -> list[data.Sample]:
        return data.samples(self.documents, nested=nested, fields=fields)

    def _corpora(self, *, nested: bool = False, fields: bool = False) -> Sides:
        return data.corpora(self.samples(nested=nested, fields=fields))

    @cached_property
    def files(self) -> tuple[Path, Path]:
        """The flat documents as JSON Lines, gold and predicted."""
        gold, predicted = self.corpora()
        return (
            data.write(gold, self.folder / "gold.jsonl"),
            data.write(predicted, self.folder / "predicted.jsonl"),
        )


def score(sides: Sides, schema: Any = None) -> Scorecard:
    """Score, and work out the table and the confusion of labels: what a peer's result holds."""
    card = toolkit.score(*sides, schema)
    _ = card.rows, card.confusion
    return card


def mistakes(sides: Sides) -> Any:
    """Score, and list what is wrong."""
    return score(sides).verdicts


def score_files(files: tuple[Path, Path]) -> Scorecard:
    """The same from two files, in one process."""
    if _takes("executor"):
        return score(tuple(map(str, files)))  # type: ignore[arg-type]
    return score((toolkit.read(files[0]), toolkit.read(files[1])))


def _takes(option: str) -> bool:
    return option in inspect.signature(toolkit.score).parameters


# In memory


def beside_nervaluate(setting: Setting) -> Iterable[Row]:
    """All four of its kinds of match against our table, and against our list of what is wrong."""
    for nested in (False, True):
        theirs = Side(peers.nervaluate(setting.samples(nested=nested)))
        sides = setting.corpora(nested=nested)
        times = in_turn(Side(partial(score, sides)), theirs, setting.rounds)
        yield times.row(f"nervaluate, {_shape(nested)}", Bound(15, 20))
        listed = Side(partial(mistakes, sides))
        times = in_turn(listed, theirs, setting.rounds)
        yield times.row(f"nervaluate, {_shape(nested)}; ours lists every mistake with its place")


def beside_seqeval(setting: Setting) -> Iterable[Row]:
    """Its strict mode; it knows flat mentions alone, and its time goes by tokens."""
    for made, tokens, bound in (
        (setting.samples(), 9, Bound(40, 50)),
        (data.samples(setting.documents, slot=20), 25, None),
    ):
        theirs = Side(peers.seqeval(made))
        sides = data.corpora(made)
        times = in_turn(Side(partial(score, sides)), theirs, setting.rounds)
        yield times.row(f"seqeval, strict IOB2, flat, a mention in {tokens} tokens", bound)


def beside_spacy(setting: Setting) -> Iterable[Row]:
    """Exact matches by label: of examples as an evaluation makes them, whose tokens it aligns when
    it scores, and of the same examples again, which keep that.
    """
    for nested in (False, True):
        prepare, run = peers.spacy(setting.samples(nested=nested), nested=nested)
        sides = setting.corpora(nested=nested)
        ours = Side(partial(score, sides))
        name = f"spaCy Scorer.score_spans, {_shape(nested)}"
        yield in_turn(ours, Side(run, prepare), setting.rounds).row(name, Bound(30, 40))
        examples = prepare()
        again = Side(partial(run, examples))
        yield in_turn(ours, again, setting.rounds).row(f"{name}; the same examples again")


def beside_faireval(setting: Setting) -> Row:
    """Each error once, by kind."""
    name, bound = "FairEval, flat", Bound(3, 3.5)
    file = os.environ.get("FAIREVAL")
    if not file:
        why = "it is not on PyPI; FAIREVAL=path/to/FairEval.py measures it"
        return Row(name, bound=bound, why=why)
    prepare, run = peers.faireval(setting.samples(), Path(file))
    sides = setting.corpora()
    times = in_turn(Side(partial(score, sides)), Side(run, prepare), setting.rounds)
    return times.row(name, bound)


def beside_a_bare_count(setting: Setting) -> Iterable[Row]:
    """How near all of it comes to counting equal mentions."""
    for nested in (False, True):
        sides = setting.corpora(nested=nested)
        ours = Side(partial(score, sides))
        times = in_turn(ours, Side(peers.bare_count(*sides)), setting.rounds)
        yield times.row(f"a bare multiset count, {_shape(nested)}", Bound(0.7, 0.9))


def first_time(setting: Setting) -> Row:
    """A corpus is checked the first time that it is scored, which all other lines leave out."""
    gold, predicted = setting.corpora()

    def prepare() -> Sides:
        return Corpus(gold.documents), Corpus(predicted.documents)

    known = Side(partial(score, (gold, predicted)))
    times = in_turn(Side(score, prepare), known, setting.rounds)
    return times.row("scored for the first time, and checked: time over that of later", slower=True)


def _shape(nested: bool) -> str:
    return "nested" if nested else "flat"


# Fields


def fields(setting: Setting) -> Iterable[Row]:
    """Five fields a mention, all compared, to the same run without: by a schema, then by none."""
    bare, full = setting.corpora(), setting.corpora(fields=True)
    file = setting.folder / "benchmark.yaml"
    file.write_text(data.SCHEMA)
    schema = toolkit.load_schema(file)
    for name, rules in (("no schema", None), ("typed by a schema", schema)):
        ours = Side(partial(score, full, rules))
        without = Side(partial(score, bare, rules))
        times = in_turn(ours, without, setting.rounds)
        yield times.row(f"five fields a mention, {name}: against none", Bound(0.4))


# Files


def from_files(setting: Setting) -> Iterable[Row]:
    """From two JSON Lines files to the table, to only decoding the same two files."""
    files = setting.files
    typed = msgspec.json.Decoder(Document)

    def decode() -> list[list[Document]]:
        return [typed.decode_lines(file.read_bytes()) for file in files]

    def load() -> list[list[Any]]:
        return [[json.loads(line) for line in file.open("rb")] for file in files]

    ours = Side(partial(score_files, files))
    times = in_turn(ours, Side(decode), setting.rounds)
    yield times.row(
        "files to table: time over that of msgspec decoding", Bound(2, 1.5, most=True), slower=True
    )
    times = in_turn(ours, Side(load), setting.rounds)
    yield times.row("files to table: time over that of json decoding", slower=True)


def two_jobs(setting: Setting) -> Iterable[Row]:
    """The command with two processes against one; then two that have started before."""
    name, bound = "`toolkit score --jobs 2` against one", Bound(1.7)
    files = [str(file) for file in setting.files]
    command = [sys.executable, "-m", "toolkit", "score", *files, "--no-per-document"]
    told = subprocess.run([*command, "--help"], capture_output=True, check=False).stdout
    if b"--jobs" not in told or not _takes("executor"):
        yield Row(name, bound=bound, why="there is no `--jobs` yet")
        return

    def run(jobs: int) -> Side:
        words = [*command, "--format", "json", "--jobs", str(jobs)]
        call = partial(subprocess.run, words, stdout=subprocess.DEVNULL, check=True)
        return Side(call, clock=time.perf_counter)

    yield in_turn(run(2), run(1), setting.rounds).row(name, bound)
    with ProcessPoolExecutor(2) as executor:
        call = partial(toolkit.score, *files, per_document=False)
        parallel = Side(partial(call, executor=executor), clock=time.perf_counter)
        single = Side(call, clock=time.perf_counter)
        times = in_turn(parallel, single, setting.rounds)
    yield times.row("`toolkit.score(executor=...)`, two processes at hand, against one")


def memory(setting: Setting) -> Iterable[Row]:
    """The peak of `toolkit score --no-per-document` as documents grow, 4 and 4 mentions in each."""
    most, least = max(setting.streams), min(setting.streams)
    name, bound = f"peak memory over {most:,} documents", Bound(400, most=True)
    made = data.samples(5_000, mentions=4)
    peaks = {}
    for documents in setting.streams:
        files = data.write_many(made, documents, setting.folder)
        words = ["score", *map(str, files), "--no-per-document", "--format", "json"]
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.peak", sys.executable, "-m", "toolkit", *words],
            capture_output=True,
            text=True,
            cwd=HERE.parent,
            check=False,
        )
        for file in files:
            file.unlink()
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["nothing"])[-1]
            yield Row(
                name, unit="MB", bound=bound, why=f"`toolkit score --no-per-document` says: {last}"
            )
            return
        peaks[documents] = float(done.stdout)
    grown = ", ".join(f"{documents:,}: {peak:.0f} MB" for documents, peak in peaks.items())
    yield Row(name, peaks[most], "MB", grown, bound=bound)
    flat = Bound(1.1, most=True)
    yield Row(f"the same over that of {least:,}: flat", peaks[most] / peaks[least], bound=flat)


# One document


def tangle(setting: Setting) -> Iterable[Row]:
    """A hostile document: every mention overlaps every other."""
    sizes = (500, 1_000, 2_000)
    took = [_alone(data.tangled(size), setting) for size in sizes]
    yield Row(
        "one document, 2,000 mentions a side that all overlap",
        took[-1],
        "s",
        _grown(sizes, took),
        bound=Bound(2, most=True),
    )


def many_in_one(setting: Setting) -> Iterable[Row]:
    """A long document: twice the mentions must take twice the time, not four times."""
    sizes = (12_500, 25_000, 50_000)
    took = [_alone(data.long(size), setting) for size in sizes]
    yield Row(
        "one document, 50,000 mentions that overlap little: time over that of 25,000",
        took[-1] / took[-2],
        ours=_grown(sizes, took),
        bound=Bound(2.5, 2.1, most=True),
    )


def _alone(sides: Sides, setting: Setting) -> float:
    return alone(Side(partial(score, sides)), setting.rounds)


def _grown(sizes: Sequence[int], took: Sequence[float]) -> str:
    pairs = zip(sizes, took, strict=True)
    return ", ".join(f"{size:,}: {seconds(time)}" for size, time in pairs)


# Judging


def judging(setting: Setting) -> Iterable[Row]:
    """24 checks of a gate, 10,000 swaps each, where both sides differ in nearly every document."""
    names = [Name(f"label {k}", None, "strict") for k in range(8)]
    for documents, most in ((1_000, 1.0), (100_000, 10.0)):
        sides = [data.parts(len(names), documents, seed) for seed in (1, 2)]
        took = alone(Side(partial(judge, names, *sides, Policy())), setting.rounds)
        name = f"{documents:,} documents, 24 checks: intervals, swap tests, Holm, planning"
        yield Row(name, took, "s", bound=Bound(most, most=True))


def gating(setting: Setting) -> Row:
    """A whole gate from documents in memory: both sides scored, judged, and what broke listed."""
    gold, predicted = setting.corpora()
    pairs = list(zip(gold, predicted, strict=True))
    halves = [Corpus([pair[k % 2 == odd] for k, pair in enumerate(pairs)]) for odd in (0, 1)]
    took = alone(Side(partial(toolkit.gate, gold, *halves)), setting.rounds)
    return Row(f"`toolkit.gate`, {setting.documents:,} documents, 18 checks", took, "s")


# Starting


class Start(NamedTuple):
    """A command that does next to nothing."""

    name: str
    words: tuple[str, ...]


def starting(setting: Setting) -> Iterable[Row]:
    """How long it takes to import the package, and to see the command's help."""
    nothing = Start("python -c pass", ("-c", "pass"))
    loading = Start("import toolkit", ("-c", "import toolkit"))
    helping = Start("toolkit --help", ("-m", "toolkit", "--help"))
    rounds = 5 * setting.rounds
    took: dict[str, list[float]] = {each.name: [] for each in (nothing, loading, helping)}
    for _ in range(rounds):
        for each in (nothing, loading, helping):
            start = time.perf_counter()
            subprocess.run([sys.executable, *each.words], stdout=subprocess.DEVNULL, check=True)
            took[each.name].append(time.perf_counter() - start)
    idle, loaded, helped = (statistics.median(times) for times in took.values())
    yield Row(
        "`import toolkit`, beyond `python -c pass`",
        1000 * (loaded - idle),
        "ms",
        seconds(loaded),
        f"{seconds(idle)}, {loaded / idle:.2f}x",
        bound=Bound(60, most=True),
    )
    yield Row(
        "`toolkit --help`",
        1000 * helped,
        "ms",
        seconds(helped),
        f"{seconds(idle)}, {helped / idle:.2f}x",
        bound=Bound(150, most=True),
    )


Measure = Callable[[Setting], Row | Iterable[Row]]

SECTIONS: dict[str, tuple[Measure, ...]] = {
    "In memory": (
        beside_nervaluate,
        beside_seqeval,
        beside_spacy,
        beside_faireval,
        beside_a_bare_count,
        first_time,
        fields,
    ),
    "From files": (from_files, two_jobs, memory),
    "One document": (tangle, many_in_one),
    "Judging": (judging, gating),
    "Starting": (starting,),
}
