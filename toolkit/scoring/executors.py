"""Where pieces are scored: in this process, in several of this machine, or on a Dask cluster."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

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
        yield client.get_executor(retries=RETRIES)
