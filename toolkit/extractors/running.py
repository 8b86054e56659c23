"""Asking an extractor about many documents, several at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from itertools import islice
from threading import Event, Lock, Thread
from typing import Any

import msgspec

from toolkit.extractors.answers import Answer, Ask, Connect, Failed, answered
from toolkit.extractors.attempts import attempted
from toolkit.model import Document


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one document: itself with mentions, or the error, and the seconds it took.

    A document of a batch has its share of the batch's time. `attempts` are those of the document
    itself.
    """

    id: str
    seconds: float
    document: Document | None = None
    error: str | None = None
    attempts: int = 1
    meta: dict[str, Any] = {}


Record = Callable[[Outcome], object]


def run(
    connect: Connect,
    documents: Iterable[Document],
    record: Record,
    *,
    jobs: int = 1,
    retries: int = 0,
    batch: int = 1,
    threads: bool = True,
) -> None:
    """Ask about every document and record each outcome as soon as it is there.

    What stops a run, Ctrl-C or an error that is no document's own, lets the jobs finish and record
    what they are at; a second Ctrl-C does not wait for them. Without `threads` the one job runs
    here, where Ctrl-C reaches it.
    """
    rest, taking = iter(documents), Lock()
    stop, given_up = Event(), Event()
    stopped_by: list[BaseException] = []

    def work(ask: Ask) -> None:
        while not stop.is_set():
            with taking:
                group = list(islice(rest, batch))
            if not group:
                return
            for outcome in outcomes(ask, group, retries):
                if not given_up.is_set():
                    record(outcome)

    def job() -> None:
        try:
            work(stack.enter_context(connect()))
        except BaseException as error:
            stopped_by.append(error)
            stop.set()

    with ExitStack() as stack:
        if not threads:
            work(stack.enter_context(connect()))
            return
        running = [Thread(target=job, daemon=True) for _ in range(jobs)]
        for thread in running:
            thread.start()
        try:
            _join(running)
        except KeyboardInterrupt:
            stop.set()
            try:
                _join(running)
            finally:
                given_up.set()
            raise
    if stopped_by:
        raise stopped_by[0]


def _join(threads: Sequence[Thread]) -> None:
    for thread in threads:
        thread.join()


def outcomes(ask: Ask, documents: Sequence[Document], retries: int) -> list[Outcome]:
    """What becomes of documents asked about together; one that fails is asked about alone."""
    if len(documents) == 1:
        return [_outcome(ask, documents[0], retries)]
    started = time.perf_counter()
    try:
        answers = ask(documents)
    except Failed:
        return [_outcome(ask, document, retries) for document in documents]
    share = (time.perf_counter() - started) / len(documents)
    return [
        _of_batch(document, answer, share) or _outcome(ask, document, retries)
        for document, answer in zip(documents, answers, strict=True)
    ]


def _of_batch(document: Document, answer: Answer, seconds: float) -> Outcome | None:
    try:
        return Outcome(document.id, seconds, answered(document, answer), meta=answer.meta)
    except Failed:
        return None


def _outcome(ask: Ask, document: Document, retries: int) -> Outcome:
    started = time.perf_counter()

    def attempt() -> tuple[Document, dict[str, Any]]:
        (answer,) = ask([document])
        return answered(document, answer), answer.meta

    try:
        (found, meta), attempts = attempted(attempt, retries)
    except Failed as error:
        seconds = time.perf_counter() - started
        return Outcome(
            document.id, seconds, error=str(error), attempts=retries + 1, meta=error.meta
        )
    return Outcome(document.id, time.perf_counter() - started, found, attempts=attempts, meta=meta)
