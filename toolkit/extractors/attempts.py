"""Asking again after a failure that may pass."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep
from typing import TYPE_CHECKING, TypeVar

from toolkit.extractors.answers import Failed, Transient

if TYPE_CHECKING:
    from tenacity import RetryCallState

LONGEST = 120.0
"""No wait between two attempts is longer than so many seconds, whatever a server asks for."""

Result = TypeVar("Result")


def attempted(
    function: Callable[[], Result], retries: int, on: type[Failed] = Failed
) -> tuple[Result, int]:
    """A function's result and the number of attempts it took: one, and up to `retries` more.

    Waits grow from about a second, with chance in them so that parallel jobs do not ask in step; a
    server that says how long to wait is heard.
    """
    if not retries:
        return function(), 1
    from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

    attempts = Retrying(
        stop=stop_after_attempt(retries + 1),
        retry=retry_if_exception_type(on),
        wait=_wait,
        sleep=sleep,
        reraise=True,
    )
    result = attempts(function)
    return result, attempts.statistics["attempt_number"]


def _wait(state: RetryCallState) -> float:
    from tenacity import wait_exponential_jitter

    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, Transient) and error.after is not None:
        return min(error.after, LONGEST)
    return float(wait_exponential_jitter(max=30)(state))
