"""Work on many tasks, some at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias, TypeVar

from toolkit.labelstudio.server import Server

T = TypeVar("T")

Progress: TypeAlias = Callable[[int, int], object] | None
"""Called with how many are done, and of how many."""

WHOLE = 100
"""Tasks that are fetched with all their annotations in one request."""


def batches(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Slices of at most `size` items."""
    return (items[start : start + size] for start in range(0, len(items), size))


def whole_tasks(
    server: Server, project: int, ids: Sequence[int], progress: Progress = None
) -> Iterator[list[dict[str, Any]]]:
    """Tasks with their annotations, a batch at a time."""
    done = 0
    for batch in batches(ids, WHOLE):
        yield server.tasks(project, batch)
        done += len(batch)
        if progress:
            progress(done, len(ids))
