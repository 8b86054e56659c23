"""Any extractor as a machine learning backend that Label Studio asks as a task is opened.

GET /health            {"status": "UP"}
POST /setup            {"model_version": ...}
POST /predict {tasks}  {"results": [{"model_version", "score", "result"}, ...]}, in order
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any

import msgspec

from toolkit.checking.rules import rule_faults
from toolkit.errors import DataError, Problem, ToolkitError
from toolkit.extractors.answers import Ask, Failed, answered
from toolkit.extractors.connect import connection
from toolkit.files import reason
from toolkit.labelstudio.controls import TEXT
from toolkit.labelstudio.writing import not_shown, prediction
from toolkit.model import Document
from toolkit.schema.nouns import LabelSchema

LARGEST = 64_000_000
"""Bytes of a question that are read."""


class _Task(msgspec.Struct):
    data: dict[str, Any] = {}
    id: int | None = None


class _Question(msgspec.Struct):
    tasks: list[_Task] = []


@contextmanager
def backend(
    extractor: str,
    schema: LabelSchema,
    *,
    host: str = "127.0.0.1",
    port: int = 9090,
    command: bool = False,
) -> Iterator[ThreadingHTTPServer]:
    """A server that is bound and not yet running; `serve_forever` runs it.

    The extractor is one of those of `toolkit extract`, asked about one text at a time. What it
    answers is held to the text and the schema; mentions that break it are left out, and told on
    standard error, as is every failure. Nothing of a question but its tasks is read.
    """
    way = connection(extractor, command=command, options={})
    with way.connect() as ask:
        predictor = _Predictor(ask, extractor, schema)
        handler = type("Handler", (_Handler,), {"predictor": predictor})
        try:
            server = ThreadingHTTPServer((host, port), handler)
        except OSError as error:
            what = f"cannot be served: {reason(error)}"
            raise DataError(Problem(f"{host}:{port}", what, "choose another with --port")) from None
        server.daemon_threads = True
        with server:
            yield server


class _Predictor:
    """An extractor's answers as predictions."""

    def __init__(self, ask: Ask, extractor: str, schema: LabelSchema) -> None:
        self.ask, self.schema, self.lock = ask, schema, Lock()
        self.version = extractor.replace(",", " ")

    def predict(self, task: _Task) -> dict[str, Any]:
        """One task's prediction; empty where the extractor fails."""
        text, name = task.data.get(TEXT), str(task.data.get("doc_id") or f"task {task.id}")
        if not isinstance(text, str):
            return self._failed(name, f"its data has no text under {TEXT!r}")
        document = Document(name, text=text)
        try:
            with self.lock:  # an extractor need not bear several questions at a time
                (answer,) = self.ask([document])
            found = answered(document, answer)
        except (Failed, ToolkitError) as error:
            return self._failed(name, str(error))
        lost: Counter[str] = Counter()
        made = prediction(self._sound(found), self.schema, self.version, lost)
        for what in not_shown(lost):
            _say(f"{name}: {what}")
        return {"score": None} | made

    def _sound(self, document: Document) -> Document:
        """A document without the mentions that break the schema, and those that refer to them."""
        while faults := {fault.mention: fault for fault in rule_faults(document, self.schema)}:
            for name, fault in faults.items():
                _say(f"{document.id} {name}: {fault.what}; left out")
            kept = tuple(one for one in document.mentions if one.id not in faults)
            document = msgspec.structs.replace(document, mentions=kept)
        return document

    def _failed(self, name: str, why: str) -> dict[str, Any]:
        _say(f"{name}: {why}")
        return {"model_version": self.version, "score": None, "result": []}


class _Handler(BaseHTTPRequestHandler):
    """The three questions that Label Studio asks."""

    predictor: _Predictor
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """Say that the backend is there."""
        known = self.path.rstrip("/") in ("", "/health")
        self._answer(200 if known else 404, {"status": "UP"} if known else {"detail": "not found"})

    def do_POST(self) -> None:
        """Answer `/setup`, `/predict`, and, with nothing, `/webhook`."""
        try:
            length = int(self.headers.get("Content-Length") or 0)
        except ValueError:
            length = -1
        if not 0 <= length <= LARGEST:
            self.close_connection = True
            self._answer(413, {"detail": f"at most {LARGEST} bytes"})
            return
        data, path = self.rfile.read(length), self.path.partition("?")[0].rstrip("/")
        if path == "/setup":
            self._answer(200, {"model_version": self.predictor.version})
        elif path == "/predict":
            self._predict(data)
        elif path == "/webhook":
            self._answer(200, {})
        else:
            self._answer(404, {"detail": "not found"})

    def _predict(self, data: bytes) -> None:
        try:
            question = msgspec.json.decode(data, type=_Question)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            self._answer(400, {"detail": f"no question: {error}"})
            return
        self._answer(200, {"results": [self.predictor.predict(task) for task in question.tasks]})

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        data = msgspec.json.encode(body)
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing of requests: addresses and headers hold the asker's token."""


def _say(what: str) -> None:
    """One line on standard error."""
    from toolkit.rendering.wording import visible

    print(visible(what), file=sys.stderr, flush=True)
