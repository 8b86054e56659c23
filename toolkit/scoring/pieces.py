"""Work handed out piece by piece, here or to an executor, and scorecards gathered from it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from typing import TypeAlias, TypeVar

from toolkit.errors import DataError, Problem, ToolkitError
from toolkit.formats.native import OnError
from toolkit.scoring.scorecard import Scorecard, add_up

PIECE = 250
"""Gold documents in a piece, few enough to stay in the processor's cache."""

WAITING = 32
"""Pieces that are handed out ahead of the one that is waited for."""

Progress: TypeAlias = Callable[[int, int], object]
"""Called with how many documents are scored, and of how many."""

Piece = TypeVar("Piece")

Result: TypeAlias = Scorecard | ToolkitError
"""The scorecard of a piece, or what is wrong with it."""


def run(
    work: Callable[[Piece], Scorecard], pieces: Iterable[Piece], executor: Executor | None
) -> Iterator[Result]:
    """The result of each piece, in order."""
    if executor is None:
        for piece in pieces:
            try:
                yield work(piece)
            except ToolkitError as error:
                yield error
        return
    waiting: deque[Future[Scorecard]] = deque()
    try:
        for piece in pieces:
            waiting.append(executor.submit(work, piece))
            if len(waiting) >= WAITING:
                yield _result(waiting.popleft())
        while waiting:
            yield _result(waiting.popleft())
    finally:
        for future in waiting:
            future.cancel()


def gather(
    results: Iterable[Result],
    documents: int,
    *,
    per_document: bool,
    on_error: OnError,
    progress: Progress | None,
) -> Scorecard:
    """The scorecard of all pieces; raises `DataError` for what is wrong with the first of them that
    is not sound, or with all.
    """
    cards: list[Scorecard] = []
    problems: list[Problem] = []
    done = 0
    for result in results:
        if isinstance(result, ToolkitError):
            problems += result.problems
            if on_error == "stop":
                break
            continue
        done += result.documents
        if progress:
            progress(done, documents)
        cards.append(result)
        if not per_document:
            cards = [add_up(cards)]
    if problems:
        raise DataError(problems)
    return add_up(cards)


def _result(future: Future[Scorecard]) -> Result:
    try:
        return future.result()
    except ToolkitError as error:
        return error
    except BrokenExecutor:
        what = "a process that scored a piece was ended from outside"
        hint = "is there memory enough? try fewer processes"
        raise ToolkitError(Problem("executor", what, hint)) from None
