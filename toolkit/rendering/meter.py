"""How far a long piece of work is, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def meter(what: str) -> Iterator[Callable[..., None]]:
    """A bar on standard error with rate and remaining time, gone when the work is done."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Counts(TextColumn):
        """What is done, what failed, and how fast it goes; rich renders columns by class."""

        def render(self, task: Task) -> Text:
            """One task's counts."""
            counts = f"{task.completed:,.0f}" + (f"/{task.total:,.0f}" if task.total else "")
            failed = f", {task.fields['failed']} failed" if task.fields["failed"] else ""
            rate = f", {task.speed:,.3g}/s" if task.speed else ""
            return Text(counts + failed + rate)

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), Counts(""))
    with Progress(
        *columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task(what, total=None, failed=0)

        def show(done: int, total: int, failed: int = 0) -> None:
            bar.update(task, completed=done, total=total, failed=failed)

        yield show
