"""What happens when a connection breaks or a server refuses: nothing is lost, nothing is twice."""

import random
import time
from base64 import urlsafe_b64encode
from json import dumps

import msgspec
import pytest
from hard import document, hard_documents

import toolkit.labelstudio.batches as batching
import toolkit.labelstudio.push as pushing
import toolkit.labelstudio.server as asking
from live.labelstudio.proxy import WRITES, Proxy
from live.labelstudio.test_circle import accept, told
from toolkit.labelstudio.adjudication import adjudicate
from toolkit.labelstudio.projects import make_project
from toolkit.labelstudio.pull import pull
from toolkit.labelstudio.push import push
from toolkit.labelstudio.server import Server, ServerError

pytestmark = pytest.mark.live

POINTS = 50

WRITES_OF_FLOW = 9


@pytest.fixture
def proxy(studio):
    with Proxy(studio.url) as between:
        yield between


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(pushing, "AT_ONCE", 2)
    monkeypatch.setattr(batching, "WHOLE", 2)


def first_and_latest():
    """Documents, and the same with one text changed; predictions of both."""
    first = [one for one in hard_documents() if one.id not in ("crowded", "nested")]
    changed = document("empty", "Nothing at all here.", [])
    return first, [changed if one.id == "empty" else one for one in first]


def whole_flow(server, name, kinds):
    """Each kind of write: a project made and changed, tasks made and deleted, predictions added."""
    first, latest = first_and_latest()
    make_project(server, name, kinds)
    begun = server.heads(server.project(name)["id"])
    if not any(head.text_sha256 == latest[-1].text_sha256 for head in begun):
        push(server, name, first, kinds)
    push(server, name, latest, kinds, predictions=latest)
    wider = msgspec.structs.replace(kinds, version="1.0.1", description="Changed.")
    make_project(server, name, wider)


@pytest.mark.parametrize("seed", range(POINTS))
def test_a_cut_write_leaves_nothing_twice_and_nothing_lost(
    seed, proxy, token, server, kinds, small_batches
):
    chance = random.Random(seed)
    at, mode = seed % WRITES_OF_FLOW, chance.choice(["before", "during", "after"])
    count = iter(range(1000))

    def plan(method, path):
        return mode if method in WRITES and next(count) == at else None

    proxy.plan = plan
    name = f"cut {seed}"
    with (
        Server(proxy.url, token) as cut,
        pytest.raises(ServerError, match="the connection broke") as broken,
    ):
        whole_flow(cut, name, kinds)
    assert token not in str(broken.value)
    assert next(count) > at, "the flow has fewer writes than WRITES_OF_FLOW"
    proxy.plan = lambda method, path: None
    with Server(proxy.url, token) as again:
        whole_flow(again, name, kinds)
    (project,) = server.projects(name)
    latest = {one.id: one for one in first_and_latest()[1]}
    heads = server.heads(project["id"])
    assert sorted(head.document for head in heads) == sorted(latest)
    assert {head.text_sha256 for head in heads} == {one.text_sha256 for one in latest.values()}
    version = server.project(str(project["id"]))["model_version"]
    assert [head.versions for head in heads] == [(version,)] * len(latest)


@pytest.mark.parametrize("mode", ["before", "during", "after"])
def test_a_cut_adjudication_leaves_one_ground_truth(
    mode, proxy, token, server, second, kinds, tmp_path
):
    name, documents = f"truth {mode}", hard_documents()[:2]
    project = make_project(server, name, kinds).id
    push(server, name, documents, kinds, predictions=documents)
    for who in (next(iter(server.people())), second):
        accept(server, project, who)
    proxy.plan = lambda method, path: (
        mode if method == "POST" and path.endswith("/annotations/") else None
    )
    with (
        Server(proxy.url, token) as cut,
        pytest.raises(ServerError, match="the connection broke"),
    ):
        adjudicate(cut, [name], tmp_path, documents, kinds)
    proxy.plan = lambda method, path: None
    with Server(proxy.url, token) as again:
        found = adjudicate(again, [name], tmp_path, documents, kinds)
    assert len(found.agreed) == 2
    for task in server.tasks(project, [head.id for head in server.heads(project)]):
        assert [one["ground_truth"] for one in task["annotations"]].count(True) == 1
        assert len(task["annotations"]) == 3


REFUSALS = {
    "too many requests": (429, {"Retry-After": "7"}, b'{"detail": "slow down"}'),
    "answered 500": (500, {"Set-Cookie": "sessionid=secret"}, b'{"detail": "broken"}'),
    "answered 502": (
        502,
        {"Content-Type": "text/html", "Set-Cookie": "sessionid=secret"},
        b"<html><head><title>Bad Gateway</title></head><body>secret</body></html>",
    ),
    "no answer in time": "hang",
    "the connection broke": "before",
    "no answer of a Label Studio server": (200, {"Content-Type": "text/html"}, b"<html>secret"),
}


@pytest.mark.parametrize("what", REFUSALS)
@pytest.mark.parametrize("methods", [("GET",), WRITES], ids=["reading", "writing"])
def test_a_refusal_is_one_clear_message(what, methods, proxy, token, kinds, monkeypatch):
    monkeypatch.setattr(asking, "TIMEOUT", 1)
    monkeypatch.setitem(asking._WRITE, "timeout_in_seconds", 1)
    monkeypatch.setattr(time, "sleep", lambda seconds: None)  # the client's own waiting
    proxy.plan = lambda method, path: REFUSALS[what] if method in methods else None
    with pytest.raises(ServerError) as refused, Server(proxy.url, token) as server:
        make_project(server, f"refused {what} {methods}", kinds)
    (problem,) = refused.value.problems
    assert what in problem.what
    assert problem.hint
    assert "secret" not in str(problem)
    assert token not in str(problem)
    if what == "too many requests":
        assert problem.hint == "wait 7 s and run it again"


def test_a_server_that_is_gone_in_mid_pull_loses_nothing(
    proxy, token, server, kinds, tmp_path, small_batches
):
    documents = hard_documents()
    project = make_project(server, "gone", kinds).id
    push(server, "gone", documents, kinds, predictions=documents)
    accept(server, project, next(iter(server.people())))
    count = iter(range(1000))
    proxy.plan = lambda method, path: (
        "before" if "selectedItems" in path and next(count) >= 2 else None
    )  # two batches come through
    out = tmp_path / "out"
    with Server(proxy.url, token) as cut, pytest.raises(ServerError, match="connection broke"):
        pull(cut, "gone", out, documents, kinds)
    assert len(list(out.glob("annotators/*/*.json"))) == 4
    assert not list(out.rglob(".*"))
    proxy.plan = lambda method, path: None
    with Server(proxy.url, token) as again:
        found = pull(again, "gone", out, documents, kinds)
    assert (found.looked_at, found.count("new")) == (2, 2)
    assert len(list(out.glob("annotators/*/*.json"))) == 6


def _jwt(expires):
    parts = [{"alg": "HS256", "typ": "JWT"}, {"token_type": "refresh", "exp": expires}]
    coded = [urlsafe_b64encode(dumps(part).encode()).rstrip(b"=").decode() for part in parts]
    return ".".join([*coded, "c2VjcmV0"])


@pytest.mark.parametrize("wrong", ["f" * 40, "no-token", _jwt(1_000_000_000), _jwt(4_000_000_000)])
def test_a_wrong_or_expired_token_is_refused_in_one_line(wrong, studio, schema_file):
    found = told(studio, wrong, "init", schema_file, "--project", "wrong")
    problem = found.exception
    assert found.exit_code != 0
    assert "access token was refused" in str(problem)


def test_a_server_that_is_not_there_is_told(studio, token, schema_file, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    nowhere = studio._replace(url="http://127.0.0.1:1")
    found = told(nowhere, token, "init", schema_file, "--project", "nowhere")
    assert "cannot be reached" in str(found.exception)
