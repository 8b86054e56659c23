"""The questions that Label Studio asks of a backend, over HTTP."""

import json
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from toolkit import DataError
from toolkit.labelstudio.backend import backend


def people(text):
    """Each Ana and Bo, and one thing that no schema knows."""
    for k, name in enumerate(("Ana", "Bo")):
        if name in text:
            start = text.index(name)
            place = {"start": start, "end": start + len(name)}
            yield {
                "id": f"p{k}",
                "label": "person",
                **place,
                "fields": {"kind": "one"},
                "score": 0.5,
            }
    yield {"id": "x", "label": "thing", "start": 0, "end": 1}


def failing(text):
    raise ValueError("no")


@contextmanager
def answering(extractor, schema):
    with backend(f"{__name__}:{extractor}", schema, port=0) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def ask(url, question=None):
    data = None if question is None else json.dumps(question).encode()
    try:
        with urllib.request.urlopen(url, data, timeout=20) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


@pytest.fixture
def named(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, __name__, sys.modules[__name__])


def test_it_says_that_it_is_there(kinds, named):
    with answering("people", kinds) as url:
        assert ask(f"{url}/health") == (200, {"status": "UP"})
        setup = ask(f"{url}/setup", {"project": "1", "schema": "<View/>", "access_token": "s"})
        assert setup == (200, {"model_version": f"{__name__}:people"})
        assert ask(f"{url}/other")[0] == 404
        assert ask(f"{url}/other", {})[0] == 404


def test_predictions_come_in_the_order_of_the_tasks(kinds, named, capsys):
    tasks = [{"id": 1, "data": {"text": "🙂 Bo"}}, {"id": 2, "data": {"text": "Ana"}}]
    with answering("people", kinds) as url:
        status, found = ask(f"{url}/predict", {"tasks": tasks, "label_config": "<View/>"})
    assert status == 200
    places = [
        [(one["value"]["start"], one["value"]["end"]) for one in each["result"]]
        for each in found["results"]
    ]
    assert places == [[(2, 4), (2, 4)], [(0, 3), (0, 3)]]
    assert [each["score"] for each in found["results"]] == [0.5, 0.5]
    said = capsys.readouterr().err
    assert "task 1 x: unknown label 'thing'; left out" in said


def test_an_extractor_that_fails_is_told_and_predicts_nothing(kinds, named, capsys):
    with answering("failing", kinds) as url:
        _, found = ask(f"{url}/predict", {"tasks": [{"id": 1, "data": {"text": "a"}}, {"id": 2}]})
    assert [each["result"] for each in found["results"]] == [[], []]
    said = capsys.readouterr().err
    assert "ValueError: no" in said
    assert "task 2: its data has no text" in said


def test_a_broken_question_is_refused(kinds, named):
    with answering("people", kinds) as url:
        assert ask(f"{url}/predict", [1])[0] == 400


def test_a_port_in_use_is_told(kinds, named):
    with answering("people", kinds) as url:
        port = int(url.rpartition(":")[2])
        with (
            pytest.raises(DataError, match="cannot be served"),
            backend(f"{__name__}:people", kinds, port=port),
        ):
            pass
