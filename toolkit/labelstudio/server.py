"""A Label Studio server: the only place that asks the network."""

from __future__ import annotations

import json
import os
import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from toolkit.errors import DataError, Problem, ToolkitError
from toolkit.files import read_text
from toolkit.labelstudio.refusals import refusal

if TYPE_CHECKING:
    import httpx
    from label_studio_sdk.client import LabelStudio

LOCAL = "http://127.0.0.1:8080"
"""Where a server is looked for when nothing is said."""

TIMEOUT = 120
"""Seconds that the server has for an answer; a large import takes ten."""

PAGE = 1000
"""Tasks that are listed in one request."""


class ServerError(ToolkitError):
    """The server cannot be reached, refuses, or answers what cannot be used."""


class Head(msgspec.Struct, frozen=True):
    """A task without its annotations: whose text it is, and what stands at it.

    `versions` are the model versions of its predictions, one for each of them.
    """

    id: int
    document: str | None
    text_sha256: str | None
    updated_at: str
    annotations: tuple[int, ...] = ()
    draft: bool = False
    versions: tuple[str, ...] = ()

    @property
    def worked_on(self) -> bool:
        """Whether somebody's work would be lost with the task."""
        return bool(self.annotations) or self.draft


class Server:
    """A Label Studio server, asked through its own client.

    What only reads is asked again after a failure. What writes never is: an answer that was lost
    may be of a request that was carried out. Whoever writes looks what is there, and goes on.
    """

    def __init__(self, url: str, token: str) -> None:
        self.url = url.rstrip("/")
        with self._asking("connecting"):
            self._http, self._client = _client(self.url, token)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def projects(self, name: str) -> list[dict[str, Any]]:
        """Projects of this title, the oldest first, or the one of this number."""
        if name.isdecimal():
            by_number = self._read(lambda: self._client.projects.list(ids=name).items)
            if by_number:
                return by_number
        found = self._read(lambda: self._client.projects.list(title=name, page_size=100).items)
        return sorted((one for one in found if one["title"] == name), key=lambda one: one["id"])

    def project(self, name: str) -> dict[str, Any]:
        """The one project of this title or number, with all its settings."""
        found = self.projects(name)
        if len(found) != 1:
            what = f"{len(found)} projects are called {name!r}" if found else f"no project {name!r}"
            numbers = ", ".join(str(one["id"]) for one in found)
            hint = f"name it by its number: {numbers}" if found else "make it: labelstudio init"
            raise ServerError(Problem(self.url, what, hint))
        with self._asking("reading the project"):
            return _plain(self._client.projects.get(found[0]["id"]))

    def create_project(self, **settings: Any) -> dict[str, Any]:
        """Make a project."""
        with self._asking("making the project"):
            return _plain(self._client.projects.create(**settings, request_options=_WRITE))

    def update_project(self, project: int, **settings: Any) -> None:
        """Change settings of a project."""
        with self._asking("changing the project"):
            self._client.projects.update(project, **settings, request_options=_WRITE)

    def delete_project(self, project: int) -> None:
        """Delete a project and all that is in it."""
        with self._asking("deleting a project"):
            self._client.projects.delete(project, request_options=_WRITE)

    def check_config(self, project: int, config: str) -> None:
        """Have the server refuse a labelling interface that would orphan what people did."""
        with self._asking("checking the labelling interface"):
            self._client.projects.validate_label_config(
                project, label_config=config, request_options=_WRITE
            )

    def heads(self, project: int) -> list[Head]:
        """All tasks of a project, without their annotations; 5,000 take some 4 s."""
        include = "id,data,updated_at,predictions_model_versions,annotations_ids,draft_exists"
        found = self._read(
            lambda: _items(
                self._client.tasks.list(
                    project=project, fields="all", include=include, page_size=PAGE
                )
            )
        )
        return sorted(map(_head, found), key=lambda head: head.id)

    def tasks(self, project: int, ids: Iterable[int]) -> list[dict[str, Any]]:
        """Tasks with all their annotations, predictions and drafts, as the server holds them."""
        wanted = list(ids)
        query = json.dumps({"selectedItems": {"all": False, "included": wanted}})
        return self._read(
            lambda: (
                self._client.tasks.list(
                    project=project, fields="all", query=query, page_size=len(wanted)
                ).items
            )
        )

    def people(self) -> dict[int, str]:
        """The e-mail address of every user."""
        found = self._read(self._client.users.list)
        return {one["id"]: one.get("email") or one.get("username") or "" for one in found}

    def import_tasks(self, project: int, tasks: list[dict[str, Any]]) -> None:
        """Make tasks, with their predictions."""
        self._send("importing tasks", f"api/projects/{project}/import", tasks)

    def import_predictions(self, project: int, predictions: list[dict[str, Any]]) -> None:
        """Add predictions to tasks."""
        path = f"api/projects/{project}/import/predictions"
        self._send("importing predictions", path, predictions)

    def delete_task(self, task: int) -> None:
        """Delete a task; one that is gone already is well."""
        with self._asking("deleting a task", gone_is_well=True):
            self._client.tasks.delete(str(task), request_options=_WRITE)

    def delete_prediction(self, prediction: int) -> None:
        """Delete a prediction; one that is gone already is well."""
        with self._asking("deleting a prediction", gone_is_well=True):
            self._client.predictions.delete(prediction, request_options=_WRITE)

    def annotate(self, task: int, result: list[dict[str, Any]], **settings: Any) -> None:
        """Make an annotation."""
        with self._asking("writing an annotation"):
            more = _WRITE | {"additional_body_parameters": settings}
            self._client.annotations.create(task, result=result, request_options=more)

    def update_annotation(self, annotation: int, **settings: Any) -> None:
        """Change an annotation."""
        with self._asking("changing an annotation"):
            self._client.annotations.update(annotation, **settings, request_options=_WRITE)

    def _send(self, doing: str, path: str, body: list[dict[str, Any]]) -> None:
        """Post much at once: encoding it takes the client longer than the server takes for it."""
        from label_studio_sdk.core.api_error import ApiError

        with self._asking(doing):
            said = self._client._client_wrapper.get_headers()
            headers = said | {"Content-Type": "application/json"}
            data = msgspec.json.encode(body)
            answer = self._http.post(f"{self.url}/{path}", content=data, headers=headers)
            if answer.status_code not in (200, 201):
                text = answer.text
                told = answer.json() if text.startswith("{") else text
                code, found = answer.status_code, dict(answer.headers)
                raise ApiError(status_code=code, headers=found, body=told)
            answer.json()

    def _read(self, ask: Callable[[], Iterable[Any]]) -> list[dict[str, Any]]:
        with self._asking("reading"):
            return [_plain(one) for one in ask()]

    @contextmanager
    def _asking(self, doing: str, *, gone_is_well: bool = False) -> Iterator[None]:
        """Say what goes wrong without a header in it, for headers hold secrets."""
        import httpx
        import pydantic
        from label_studio_sdk.core.api_error import ApiError

        again = "nothing is lost; run the same command again"
        try:
            yield
        except ApiError as error:
            if gone_is_well and error.status_code == 404:
                return
            raise ServerError(Problem(self.url, *refusal(doing, error))) from None
        except httpx.TimeoutException:
            raise ServerError(
                Problem(self.url, f"no answer in time while {doing}", again)
            ) from None
        except httpx.ConnectError:
            hint = "is the server running? set LABEL_STUDIO_URL or --url"
            raise ServerError(Problem(self.url, "cannot be reached", hint)) from None
        except httpx.HTTPError as error:
            what = f"the connection broke while {doing} ({type(error).__name__})"
            raise ServerError(Problem(self.url, what, again)) from None
        except (httpx.InvalidURL, pydantic.ValidationError, ValueError, TypeError) as error:
            what = f"no answer of a Label Studio server while {doing} ({type(error).__name__})"
            raise ServerError(Problem(self.url, what, "is the address right?")) from None


def connect(url: str | None = None, token_file: str | os.PathLike[str] | None = None) -> Server:
    """The server at an address, else at `LABEL_STUDIO_URL`, with the token of a file or of
    `LABEL_STUDIO_API_KEY`.
    """
    if token_file is not None:
        token = read_text(Path(token_file)).strip()
    else:
        token = os.environ.get("LABEL_STUDIO_API_KEY", "").strip()
    if not token or not token.isascii() or not token.isprintable():
        where = str(token_file) if token_file is not None else "LABEL_STUDIO_API_KEY"
        hint = "Account & Settings in Label Studio shows your access token"
        raise DataError(Problem(where, "holds no access token", hint))
    try:
        import label_studio_sdk.version  # noqa: F401
    except ImportError:
        hint = "pip install 'extraction-toolkit[labelstudio]'"
        raise DataError(Problem("labelstudio", "its client is not installed", hint)) from None
    return Server(url or os.environ.get("LABEL_STUDIO_URL") or LOCAL, token)


_WRITE: Any = {"max_retries": 0, "timeout_in_seconds": TIMEOUT}


def _client(url: str, token: str) -> tuple[httpx.Client, LabelStudio]:
    import httpx

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the client's own, of what it is built on
        from label_studio_sdk.client import LabelStudio
    http = httpx.Client(timeout=TIMEOUT, follow_redirects=True)
    return http, LabelStudio(base_url=url, api_key=token, timeout=TIMEOUT, httpx_client=http)


def _plain(found: Any) -> dict[str, Any]:
    """An answer as JSON's own types."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the client's types do not fit all that servers answer
        plain: dict[str, Any] = msgspec.to_builtins(found.dict())
    return plain


def _items(pages: Any) -> Iterator[Any]:
    """What is listed, page by page; behind a first page that is not full none is asked for."""
    for number, item in enumerate(pages, 1):
        yield item
        if number == len(pages.items) < PAGE:
            return


def _head(task: dict[str, Any]) -> Head:
    data = task.get("data") or {}
    return Head(
        task["id"],
        _text(data.get("doc_id")),
        _text(data.get("text_sha256")),
        str(task.get("updated_at")),
        tuple(sorted(int(one) for one in re.findall(r"\d+", str(task.get("annotations_ids"))))),
        bool(task.get("draft_exists")),
        tuple(filter(None, str(task.get("predictions_model_versions") or "").split(","))),
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
