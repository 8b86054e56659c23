"""A run of an extractor: from documents to a file of predictions and the record of how it went."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from toolkit.errors import DataError, Problem, abridged
from toolkit.extractors.connect import connection, is_url, version_of
from toolkit.extractors.endpoint import shown
from toolkit.extractors.find import Extractor
from toolkit.extractors.journal import Made, check_same, journal_of, read_journal, writing
from toolkit.extractors.prompt import instructions
from toolkit.extractors.record import (
    Row,
    Run,
    cost,
    read_run,
    rows,
    tokens,
    write_run,
)
from toolkit.extractors.running import Outcome, run
from toolkit.formats import native
from toolkit.model import Document
from toolkit.schema.load import load_schema
from toolkit.schema.nouns import LabelSchema
from toolkit.scoring.timing import latency, run_of

Progress = Callable[[int, int, int], object]
"""Called with how many documents are done, of how many, and how many of those failed."""


def run_extractor(
    extractor: str | Extractor,
    documents: Iterable[Document],
    output: str | os.PathLike[str],
    *,
    command: bool = False,
    schema: str | os.PathLike[str] | LabelSchema | None = None,
    jobs: int = 1,
    timeout: float | None = None,
    retries: int | None = None,
    batch: int | None = None,
    resume: bool = False,
    version: str | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Run:
    """Run an extractor over documents with texts, into a file of predictions, and say how it went.

    `extractor` is a name, `package.module:function`, an `http://` or `https://` address, a
    function, or, with `command`, a command. A document that fails has no line in the file, and its
    error in the record beside it, `OUTPUT.run.json`. A run that is stopped leaves `OUTPUT.journal`;
    `resume` goes on from it, or asks again about what failed or changed since a run that ended.

    `timeout` is in seconds for one attempt at one document, or batch; `batch` documents are asked
    about at once. `version` is the extractor's where it cannot be found out. `options` are the
    extractor's own.
    """
    began, started = time.perf_counter(), datetime.now(UTC)
    asked = _with_checksums(documents)
    rules = load_schema(schema) if isinstance(schema, str | os.PathLike) else schema
    if extractor == "llm":
        options["schema"] = rules
    way = connection(
        extractor,
        command=command,
        jobs=jobs,
        timeout=timeout,
        retries=retries,
        batched=batch is not None,
        options=options,
    )
    made = _made(extractor, version or version_of(extractor, command=command), rules, options)
    done = _done(Path(output), made, asked) if resume else {}
    resumed = len(done)
    failed = 0
    with writing(journal_of(output), made, list(done.values()), resume=resume) as write:

        def record(outcome: Outcome) -> None:
            nonlocal failed
            write(outcome)
            done[outcome.id] = outcome
            failed += outcome.error is not None
            if progress:
                progress(len(done), len(asked), failed)

        rest = [document for document in asked if document.id not in done]
        if rest:
            run(
                way.connect,
                rest,
                record,
                jobs=min(jobs, len(rest)),
                retries=way.retries,
                batch=batch or 1,
                threads=way.threads,
            )
    outcomes = [done[document.id] for document in asked]
    found = [outcome.document for outcome in outcomes if outcome.document is not None]
    if not found:
        journal_of(output).unlink(missing_ok=True)
        raise DataError(abridged([Problem(one.id, f"{one.error}") for one in outcomes]))
    native.write(found, output)
    finished = Run(
        made=made,
        toolkit=version_of("rules", command=False) or "",
        started=started.isoformat(timespec="seconds"),
        seconds=round(time.perf_counter() - began, 3),
        jobs=jobs,
        resumed=resumed,
        latency=latency(one.seconds for one in outcomes if one.error is None),
        cost=cost(outcomes),
        tokens=tokens(outcomes),
        documents=rows(outcomes),
    )
    write_run(finished, run_of(output))
    journal_of(output).unlink(missing_ok=True)
    return finished


def _with_checksums(documents: Iterable[Document]) -> list[Document]:
    """The documents, each tied to its text; those without one are refused."""
    asked = list(documents)
    problems = [
        Problem(document.id, "has no text to extract from")
        for document in asked
        if document.text is None
    ]
    seen: set[str] = set()
    for document in asked:
        if document.id in seen:
            problems.append(Problem(document.id, "there are two documents of this id"))
        seen.add(document.id)
    if problems or not asked:
        raise DataError(problems or Problem("documents", "there are none"))
    return [
        document
        if document.text_sha256
        else msgspec.structs.replace(document, text_sha256=_checksum(document.text or ""))
        for document in asked
    ]


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _made(
    extractor: str | Extractor,
    version: str | None,
    schema: LabelSchema | None,
    options: dict[str, Any],
) -> Made:
    """What makes the predictions, without secrets; for a language model also which prompt does."""
    known = {key: value for key, value in options.items() if key != "schema" and value is not None}
    if "base_url" in known:
        known["base_url"] = shown(known["base_url"])
    if extractor == "llm" and schema:
        known["prompt"] = _checksum(instructions(schema, with_json_schema=True))[:12]
    return Made(
        _name(extractor),
        version,
        f"{schema.name}@{schema.version}#{schema.fingerprint}" if schema else None,
        msgspec.json.decode(msgspec.json.encode(known)),
    )


def _name(extractor: str | Extractor) -> str:
    if isinstance(extractor, str):
        return shown(extractor) if is_url(extractor) else extractor
    return f"{extractor.__module__}:{getattr(extractor, '__qualname__', type(extractor).__name__)}"


def _done(output: Path, made: Made, asked: Sequence[Document]) -> dict[str, Outcome]:
    """What an earlier run of the same extractor answered for the same texts."""
    journal = journal_of(output)
    if journal.exists():
        before, outcomes = read_journal(journal)
        check_same(journal, before, made)
    elif output.exists():
        earlier = read_run(run_of(output))
        check_same(run_of(output), earlier.made, made)
        outcomes = _outcomes(earlier.documents, output)
    else:
        return {}
    texts = {document.id: document.text_sha256 for document in asked}
    return {
        one.id: one
        for one in outcomes
        if one.document and one.document.text_sha256 == texts.get(one.id)
    }


def _outcomes(documents: Sequence[Row], output: Path) -> list[Outcome]:
    """The outcomes of a run that ended."""
    found = {document.id: document for document in native.read(output)}
    return [
        Outcome(row.id, row.seconds, found.get(row.id), row.error, row.attempts, row.meta)
        for row in documents
    ]
