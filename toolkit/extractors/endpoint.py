"""Extractors behind an HTTP endpoint: a question is posted, its answer comes back, both JSON."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import msgspec

from toolkit.errors import DataError, Problem
from toolkit.extractors.answers import (
    Answer,
    Ask,
    Failed,
    Transient,
    excerpt,
    question,
    read_answers,
)
from toolkit.extractors.attempts import attempted
from toolkit.model import Document

if TYPE_CHECKING:
    import httpx

_REFUSED = {401: "it wants other credentials", 403: "it forbids this", 404: "nothing is there"}
"""What a server answers to every question alike, so that asking on is in vain."""

_PASSING = {408, 409, 425, 429}


@contextmanager
def posting(url: str, *, timeout: float, retries: int, batched: bool) -> Iterator[Ask]:
    """Asks an endpoint."""
    with client(timeout) as session:

        def ask(documents: Sequence[Document]) -> list[Answer]:
            asked = question(documents, batched=batched)
            data, attempts = attempted(
                lambda: post(session, url, asked, timeout), retries, on=Transient
            )
            found = read_answers(data, documents, batched=batched)
            if attempts == 1:
                return found
            return [
                msgspec.structs.replace(one, meta={"posts": attempts, **one.meta}) for one in found
            ]

        yield ask


def shown(url: str) -> str:
    """An address without what may be secret in it: user, password, query."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def client(timeout: float, headers: dict[str, str] | None = None) -> httpx.Client:
    """A connection that is kept open; it follows no redirects, which could lead a key elsewhere."""
    try:
        import httpx
    except ImportError:
        hint = "pip install extraction-toolkit[http]"
        raise DataError(Problem("extractor", "asking over HTTP needs httpx", hint)) from None
    return httpx.Client(timeout=timeout, headers=headers)


def post(session: httpx.Client, url: str, body: bytes, timeout: float) -> bytes:
    """What a server answers to a JSON body.

    Raises `Transient` for what may pass, `Failed` for what is this question's fault, and
    `DataError`, which stops a run, where every question would fare alike.
    """
    import httpx

    late = time.monotonic() + timeout
    try:
        with session.stream(
            "POST", url, content=body, headers={"Content-Type": "application/json"}
        ) as answer:
            # httpx bounds the wait for each piece; a server may send piece after piece for ever.
            pieces = []
            for piece in answer.iter_bytes():
                pieces.append(piece)
                if time.monotonic() > late:
                    raise httpx.ReadTimeout("")
    except httpx.TimeoutException:
        raise Transient(f"no answer within {timeout:g} seconds") from None
    except httpx.ConnectError as error:
        raise DataError(Problem(shown(url), f"cannot be reached: {error}")) from None
    except httpx.TransportError as error:
        raise Transient(f"the connection broke: {error}") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise DataError(Problem(shown(url), f"cannot be asked: {error}")) from None
    data, status = b"".join(pieces), answer.status_code
    if status in _REFUSED:
        raise DataError(Problem(shown(url), f"HTTP {status}: {excerpt(data)}", _REFUSED[status]))
    if status in _PASSING or status >= 500:
        raise Transient(f"HTTP {status}: {excerpt(data)}", after=_after(answer))
    if not answer.is_success:
        raise Failed(f"HTTP {status}: {excerpt(data)}")
    return data


def _after(answer: httpx.Response) -> float | None:
    """The seconds that a server asks to wait, given as a number or as a date."""
    said = answer.headers.get("Retry-After", "")
    if said.isdecimal():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None
