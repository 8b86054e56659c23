"""Where pieces are scored: in this process, in several of this machine, or on a Dask cluster."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from toolkit.errors import DataError, Problem

RETRIES = 3
"""How often Dask scores a piece again whose worker was lost."""


@contextmanager
def executor(jobs: int = 1, scheduler: str | None = None) -> Iterator[Executor | None]:
    """An executor of `jobs` processes, or of the Dask cluster at `scheduler`; none for one job."""
    if scheduler:
        with _dask(scheduler) as found:
            yield found
    elif jobs > 1:
        with ProcessPoolExecutor(jobs, initializer=_leave_interrupts) as pool:
            try:
                yield pool
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    else:
        yield None


def _leave_interrupts() -> None:
    """Ctrl-C reaches every process of a terminal; the parent alone heeds it and ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _dask(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client
    except ImportError:
        hint = "pip install extraction-toolkit[cluster]"
        raise DataError(Problem("--scheduler", "needs Dask's distributed", hint)) from None
    try:
        client = Client(address, timeout="5s")
    except (OSError, ValueError) as error:
        what = f"no Dask scheduler answers: {error}"
        raise DataError(Problem(address, what, "tcp://host:8786")) from None
    with client:
        yield _Dask(client)


class _Dask(Executor):
    """Dask's own executor takes a result for a fault where its worker is lost just after it was
    fetched; here a result is asked for until it is there.
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have work done by any worker."""
        found: Future[Any] = Future()
        remote = self._client.submit(work, *args, pure=False, retries=RETRIES, **kwargs)
        found.add_done_callback(lambda done: remote.cancel() if done.cancelled() else None)
        remote.add_done_callback(lambda remote: _bring(remote, found))
        return found


def _bring(remote: Any, found: Future[Any]) -> None:
    from distributed import KilledWorker

    if not found.set_running_or_notify_cancel():
        return
    try:
        found.set_result(remote.result())
    except KilledWorker as error:
        found.set_exception(BrokenExecutor(str(error)))
    except BaseException as error:
        found.set_exception(error)
