"""HTTP endpoints that answer well, badly, slowly, or not at all."""

import json
import sys
import time

import pytest
from answering import server

pytest.importorskip("httpx")

from toolkit.errors import DataError
from toolkit.extractors.answers import Failed
from toolkit.extractors.endpoint import posting, shown
from toolkit.model import Document, Mention

DOCUMENT = Document("d", text="Ana Roke said no.")
GOOD = json.dumps({"mentions": [{"id": "s", "label": "speaker", "start": 0, "end": 8}]}).encode()


def ask(answer, documents=(DOCUMENT,), *, timeout=5.0, retries=0, batched=False):
    with (
        server(answer) as (url, bodies),
        posting(url, timeout=timeout, retries=retries, batched=batched) as question,
    ):
        return question(documents), bodies


def always(status, data=b"", headers=None):
    return lambda number, body, sent: (status, headers or {}, data)


def test_the_text_is_posted_and_the_mentions_come_back():
    (answer,), bodies = ask(always(200, GOOD))
    assert bodies == [{"id": "d", "text": "Ana Roke said no."}]
    assert answer.mentions == (Mention("s", "speaker", 0, 8),)


def test_a_batch_is_a_list():
    answers, bodies = ask(always(200, b"[" + GOOD + b",{}]"), [DOCUMENT] * 2, batched=True)
    assert [len(answer.mentions) for answer in answers] == [1, 0]
    assert len(bodies[0]) == 2


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (always(200, b"<html>"), "the answer cannot be read: .*<html>"),
        (always(200, b'{"error": "too long"}'), None),
        (always(422, b"no   text"), "HTTP 422: no text"),
        (always(500, b"oh"), "HTTP 500: oh"),
        (always(302, b"", {"Location": "http://127.0.0.1:9/"}), "HTTP 302"),
        (always(200, GOOD[:20], {"Content-Length": "999"}), "the connection broke"),
    ],
)
def test_what_is_wrong_is_the_documents_error(answer, said):
    if said is None:
        assert ask(answer)[0][0].error == "too long"
        return
    with pytest.raises(Failed, match=said):
        ask(answer)


@pytest.mark.parametrize("status", [401, 403, 404])
def test_what_every_question_would_meet_stops_the_run(status):
    with pytest.raises(DataError, match=f"HTTP {status}"):
        ask(always(status))


def test_nobody_there_stops_the_run():
    with server(always(200)) as (url, _):
        pass
    with (
        pytest.raises(DataError, match="cannot be reached"),
        posting(url, timeout=5, retries=0, batched=False) as question,
    ):
        question([DOCUMENT])


def test_where_the_extra_is_missing_it_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(DataError, match=r"pip install extraction-toolkit\[http\]"):
        ask(always(200))


def test_what_may_be_secret_in_an_address_is_not_shown():
    assert shown("http://me:pass@host:80/v1?key=x#y") == "http://host:80/v1"


def test_a_slow_answer_is_not_waited_for():
    def slow(number, body, sent):
        time.sleep(1)
        return 200, {}, GOOD

    with pytest.raises(Failed, match=r"no answer within 0\.2 seconds"):
        ask(slow, timeout=0.2)


def test_an_answer_that_never_ends_is_not_waited_for():
    def dripping(number, body, sent):
        def drops():
            while True:
                time.sleep(0.05)
                yield b" "

        return 200, {}, drops()

    with pytest.raises(Failed, match=r"no answer within 0\.3 seconds"):
        ask(dripping, timeout=0.3)


class TestAskingAgain:
    @pytest.fixture(autouse=True)
    def waits(self, monkeypatch):
        waited = []
        monkeypatch.setattr("toolkit.extractors.attempts.sleep", waited.append)
        return waited

    @pytest.mark.parametrize("status", [408, 429, 500, 503])
    def test_what_may_pass_is_asked_again(self, status, waits):
        def busy(number, body, sent):
            return (200, {}, GOOD) if number == 2 else (status, {}, b"busy")

        (answer,), bodies = ask(busy, retries=2)
        assert len(bodies) == 3
        assert answer.meta == {"posts": 3}
        assert 1 <= waits[0] <= 2 <= waits[1] <= 3

    def test_a_server_that_says_how_long_to_wait_is_heard(self, waits):
        def busy(number, body, sent):
            return (200, {}, GOOD) if number else (429, {"Retry-After": "7"}, b"")

        ask(busy, retries=1)
        assert waits == [7]

    def test_no_wait_is_for_ever(self, waits):
        def busy(number, body, sent):
            later = {"Retry-After": "Fri, 31 Dec 2100 23:59:59 GMT"}
            return (200, {}, GOOD) if number else (429, later, b"")

        ask(busy, retries=1)
        assert waits == [120]

    def test_in_the_end_the_error_is_the_last_one(self):
        with pytest.raises(Failed, match="HTTP 429: slow down"):
            ask(always(429, b"slow down"), retries=2)

    def test_a_question_that_is_wrong_is_not_asked_again(self, waits):
        with pytest.raises(Failed, match="HTTP 400"):
            ask(always(400), retries=2)
        assert not waits
